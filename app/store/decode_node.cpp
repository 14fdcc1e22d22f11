// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"
#include "store/nodeproblem.h"

namespace kdra::store {
namespace {

using json::Value;

void resources(Value value, quint32 &cpu, quint64 &memory, quint16 *pods)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "cpu")
            cpu = json::milliCores(json::quantity(field));
        else if (key == "memory")
            memory = json::bytes(json::quantity(field));
        else if (key == "pods" && pods)
            *pods = static_cast<quint16>(std::min<quint64>(json::bytes(json::quantity(field)), 0xffff));
    });
}

void nodeInfo(Value value, StringPool &strings, NodeRecord &node)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "architecture")
            node.architecture = strings.intern(json::string(field));
        else if (key == "osImage")
            node.osImage = strings.intern(json::string(field));
        else if (key == "kernelVersion")
            node.kernel = strings.intern(json::string(field));
        else if (key == "kubeletVersion")
            node.kubelet = strings.intern(json::string(field));
        else if (key == "containerRuntimeVersion")
            node.runtime = strings.intern(json::string(field));
    });
}

void condition(const json::Condition &condition, StringPool &strings, Decoded<NodeRecord> &out)
{
    NodeRecord &node = out.record;
    node.heartbeat = std::max(node.heartbeat, json::timeSeconds(condition.heartbeat));
    if (condition.type == "Ready") {
        node.ready = condition.isTrue() ? NodeRecord::Ready::True
            : condition.isFalse()       ? NodeRecord::Ready::False
                                        : NodeRecord::Ready::Unknown;
        node.readyReason = strings.intern(condition.reason);
        node.readyMessage = out.keep(condition.message);
    } else if (condition.isTrue()) {
        if (condition.type == "MemoryPressure")
            node.pressures |= NodeRecord::Memory;
        else if (condition.type == "DiskPressure")
            node.pressures |= NodeRecord::Disk;
        else if (condition.type == "PIDPressure")
            node.pressures |= NodeRecord::Pid;
        else if (condition.type == "NetworkUnavailable")
            node.pressures |= NodeRecord::Network;
        else if (node.problem == StringId::Empty && isNodeProblem(condition.type)) {
            node.problem = strings.intern(condition.type);
            node.problemMessage = out.keep(condition.message.substr(0, 512));
        }
    }
}

// As kubectl writes a taint: "key=value:Effect", "key:Effect".
std::string taint(Value value)
{
    std::string_view key;
    std::string_view text;
    std::string_view effect;
    json::fields(value, [&](std::string_view name, Value field) {
        if (name == "key")
            key = json::string(field);
        else if (name == "value")
            text = json::string(field);
        else if (name == "effect")
            effect = json::string(field);
    });
    std::string line(key);
    if (!text.empty())
        line.append("=").append(text);
    return line.append(":").append(effect).append("\n");
}

void taints(Value value, Decoded<NodeRecord> &out)
{
    std::vector<std::string> lines;
    json::elements(value, [&](Value element) { lines.push_back(taint(element)); });
    std::ranges::sort(lines);
    std::string list;
    for (const std::string &line : lines)
        list += line;
    out.record.taints = static_cast<quint16>(lines.size());
    out.record.taintList = out.keep(list);
}

void addresses(Value value, Decoded<NodeRecord> &out)
{
    json::elements(value, [&](Value element) {
        std::string_view type;
        std::string_view address;
        json::fields(element, [&](std::string_view key, Value field) {
            if (key == "type")
                type = json::string(field);
            else if (key == "address")
                address = json::string(field);
        });
        if (type == "InternalIP" && out.record.address.size == 0)
            out.record.address = out.keep(address);
    });
}

void status(Value value, StringPool &strings, Decoded<NodeRecord> &out)
{
    NodeRecord &node = out.record;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "allocatable")
            resources(field, node.cpuMilliAllocatable, node.memoryAllocatable, &node.podsAllocatable);
        else if (key == "capacity")
            resources(field, node.cpuMilliCapacity, node.memoryCapacity, nullptr);
        else if (key == "conditions")
            json::conditions(field, [&](const json::Condition &one) { condition(one, strings, out); });
        else if (key == "addresses")
            addresses(field, out);
        else if (key == "nodeInfo")
            nodeInfo(field, strings, node);
    });
}

void labels(StringPool &strings, NodeRecord &node)
{
    const std::string_view set = strings.view(node.meta.labels);
    const auto first = [&](std::initializer_list<std::string_view> keys) {
        for (const std::string_view key : keys) {
            if (const std::string_view value = json::label(set, key); !value.empty())
                return strings.intern(value);
        }
        return StringId::Empty;
    };
    node.zone = first({"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"});
    node.instanceType = first({"node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"});
    node.board = first({"kdra.dev/board"});
    node.controlPlane = set.find("node-role.kubernetes.io/control-plane=") != std::string_view::npos
        || set.find("node-role.kubernetes.io/master=") != std::string_view::npos;
}

Severity severityOf(const NodeRecord &node)
{
    if (node.ready == NodeRecord::Ready::Unknown)
        return Severity::Unknown;
    if (node.ready == NodeRecord::Ready::False)
        return Severity::Failing;
    const bool troubled = node.pressures || node.problem != StringId::Empty;
    return troubled || node.unschedulable || node.meta.deleted ? Severity::Warning : Severity::Healthy;
}

} // namespace

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<NodeRecord> &out)
{
    NodeRecord &node = out.record;
    for (auto field : object) {
        const std::string_view key = field.escaped_key();
        if (key == "metadata") {
            json::meta(json::unwrap(field.value()), context, node.meta, out.text);
        } else if (key == "spec") {
            json::fields(json::unwrap(field.value()), [&](std::string_view name, Value value) {
                if (name == "unschedulable")
                    node.unschedulable = json::boolean(value);
                else if (name == "taints")
                    taints(value, out);
            });
        } else if (key == "status") {
            status(json::unwrap(field.value()), context.strings, out);
        }
    }
    labels(context.strings, node);
    node.meta.severity = severityOf(node);
}

} // namespace kdra::store
