// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"

#include <algorithm>

namespace kdra::store {
namespace {

using json::Value;

// What containerStatuses say of one container.
struct ContainerStatus {
    bool ready = false;
    bool running = false;
    bool started = false;
    bool terminated = false;
    quint32 restarts = 0;
    qint64 exitCode = 0;
    qint64 lastExitCode = 0;
    quint32 lastFinished = 0;
    std::string_view name;
    std::string_view lastReason;
    std::string_view waitingReason;
    std::string_view waitingMessage;
    std::string_view terminatedReason;
    std::string_view terminatedMessage;
};

// What is gathered of a pod before its status can be named.
struct Gathered {
    std::string_view phase;
    std::string_view reason;
    std::string_view message;
    std::string_view unschedulable; // message of PodScheduled=False
    bool scheduled = true;
    int initContainers = 0;
    int initDone = 0;
    ContainerStatus worst; // the container that explains the pod best
    ContainerStatus worstInit;
    ContainerStatus endedLast;
    std::string claims;
    bool anyRunning = false;
    bool hasInitProblem = false;
};

void containerState(Value value, ContainerStatus &status, bool last)
{
    json::fields(value, [&](std::string_view state, Value details) {
        if (!last && state == "running")
            status.running = true;
        json::fields(details, [&](std::string_view key, Value field) {
            if (last) {
                if (key == "finishedAt")
                    status.lastFinished = json::timeSeconds(json::string(field));
                else if (key == "reason")
                    status.lastReason = json::string(field);
                else if (key == "exitCode")
                    status.lastExitCode = json::integer(field);
            } else if (state == "waiting") {
                if (key == "reason")
                    status.waitingReason = json::string(field);
                else if (key == "message")
                    status.waitingMessage = json::string(field);
            } else if (state == "terminated") {
                status.terminated = true;
                if (key == "reason")
                    status.terminatedReason = json::string(field);
                else if (key == "message")
                    status.terminatedMessage = json::string(field);
                else if (key == "exitCode")
                    status.exitCode = json::integer(field);
            }
        });
    });
}

ContainerStatus containerStatus(Value value)
{
    ContainerStatus status;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "name")
            status.name = json::string(field);
        else if (key == "ready")
            status.ready = json::boolean(field);
        else if (key == "started")
            status.started = json::boolean(field);
        else if (key == "restartCount")
            status.restarts = json::count(field);
        else if (key == "state")
            containerState(field, status, false);
        else if (key == "lastState")
            containerState(field, status, true);
    });
    return status;
}

// Higher explains more.
int weight(const ContainerStatus &status)
{
    if (!status.waitingReason.empty())
        return status.waitingReason == "ContainerCreating" || status.waitingReason == "PodInitializing" ? 1 : 3;
    return status.terminated && (status.exitCode != 0 || status.terminatedReason != "Completed") ? 2 : 0;
}

void requests(Value container, PodRecord &pod)
{
    json::fields(container, [&](std::string_view name, Value map) {
        if (name != "requests")
            return;
        json::fields(map, [&](std::string_view resource, Value value) {
            if (resource == "cpu")
                pod.cpuMilliRequested += json::milliCores(json::quantity(value));
            else if (resource == "memory")
                pod.memoryRequested += json::bytes(json::quantity(value));
        });
    });
}

// spec.volumes: the name of the claim that it is, where it is one.
void volume(Value value, std::string &claims)
{
    json::fields(value, [&](std::string_view key, Value source) {
        if (key != "persistentVolumeClaim")
            return;
        json::fields(source, [&](std::string_view name, Value part) {
            if (name != "claimName")
                return;
            if (!claims.empty())
                claims += ',';
            claims += json::string(part);
        });
    });
}

void spec(Value value, DecodeContext &context, PodRecord &pod, Gathered &gathered)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "nodeName") {
            pod.node = context.strings.intern(json::string(field));
        } else if (key == "initContainers") {
            json::elements(field, [&](Value) { ++gathered.initContainers; });
        } else if (key == "volumes") {
            json::elements(field, [&](Value element) { volume(element, gathered.claims); });
        } else if (key == "containers") {
            json::elements(field, [&](Value container) {
                ++pod.containers;
                json::fields(container, [&](std::string_view name, Value part) {
                    if (name == "resources")
                        requests(part, pod);
                    else if (name == "image" && pod.image == StringId::Empty)
                        pod.image = context.strings.intern(json::string(part));
                });
            });
        }
    });
}

void status(Value value, Decoded<PodRecord> &out, Gathered &gathered)
{
    PodRecord &pod = out.record;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "phase") {
            gathered.phase = json::string(field);
        } else if (key == "reason") {
            gathered.reason = json::string(field);
        } else if (key == "message") {
            gathered.message = json::string(field);
        } else if (key == "podIP") {
            pod.ip = out.keep(json::string(field));
        } else if (key == "startTime") {
            pod.started = json::timeSeconds(json::string(field));
        } else if (key == "conditions") {
            json::conditions(field, [&](const json::Condition &condition) {
                if (condition.type == "Ready") {
                    pod.ready = condition.isTrue();
                } else if (condition.type == "PodScheduled" && condition.isFalse()) {
                    gathered.scheduled = false;
                    gathered.unschedulable = condition.message;
                }
            });
        } else if (key == "initContainerStatuses") {
            json::elements(field, [&](Value element) {
                const ContainerStatus status = containerStatus(element);
                pod.lastRestart = std::max(pod.lastRestart, status.lastFinished);
                if ((status.terminated && status.exitCode == 0) || (status.running && status.started)) {
                    ++gathered.initDone;
                } else if (!gathered.hasInitProblem) {
                    gathered.hasInitProblem = true;
                    gathered.worstInit = status;
                }
            });
        } else if (key == "containerStatuses") {
            json::elements(field, [&](Value element) {
                const ContainerStatus status = containerStatus(element);
                pod.restarts += status.restarts;
                pod.readyContainers = static_cast<quint8>(pod.readyContainers + (status.ready ? 1 : 0));
                pod.lastRestart = std::max(pod.lastRestart, status.lastFinished);
                gathered.anyRunning = gathered.anyRunning || status.running;
                if (status.lastFinished > gathered.endedLast.lastFinished)
                    gathered.endedLast = status;
                if (weight(status) > weight(gathered.worst))
                    gathered.worst = status;
            });
        }
    });
}

PodRecord::Phase parsePhase(std::string_view phase)
{
    if (phase == "Pending")
        return PodRecord::Phase::Pending;
    if (phase == "Running")
        return PodRecord::Phase::Running;
    if (phase == "Succeeded")
        return PodRecord::Phase::Succeeded;
    return phase == "Failed" ? PodRecord::Phase::Failed : PodRecord::Phase::Unknown;
}

std::string_view explain(const ContainerStatus &status, std::string &scratch, std::string_view prefix)
{
    scratch.assign(prefix);
    if (!status.waitingReason.empty())
        scratch.append(status.waitingReason);
    else if (!status.terminatedReason.empty())
        scratch.append(status.terminatedReason);
    else
        scratch.append("ExitCode:").append(std::to_string(status.exitCode));
    return scratch;
}

// The STATUS column of kubectl get pods (kubernetes/pkg/printers/internalversion printPod).
std::string_view displayStatus(const PodRecord &pod, const Gathered &gathered, std::string &scratch)
{
    if (pod.meta.deleted)
        return "Terminating";
    if (gathered.hasInitProblem && gathered.initDone < gathered.initContainers) {
        const ContainerStatus &init = gathered.worstInit;
        const bool waiting = !init.waitingReason.empty() && init.waitingReason != "PodInitializing";
        if (waiting || init.terminated)
            return explain(init, scratch, "Init:");
        scratch = "Init:" + std::to_string(gathered.initDone) + "/" + std::to_string(gathered.initContainers);
        return scratch;
    }
    if (weight(gathered.worst) > 0)
        return explain(gathered.worst, scratch, {});
    if (!gathered.reason.empty())
        return gathered.reason;
    if (pod.phase == PodRecord::Phase::Succeeded)
        return "Completed";
    return gathered.phase.empty() ? std::string_view("Unknown") : gathered.phase;
}

Severity severityOf(const PodRecord &pod, const Gathered &gathered, quint32 now)
{
    using Phase = PodRecord::Phase;
    const std::string_view waiting = gathered.worst.waitingReason;
    const auto creating = [](std::string_view reason) {
        return reason == "ContainerCreating" || reason == "PodInitializing";
    };
    if (pod.phase == Phase::Succeeded)
        return Severity::Healthy;
    if (pod.phase == Phase::Failed)
        return Severity::Failing;
    if (pod.phase == Phase::Unknown)
        return Severity::Unknown;
    if (pod.meta.deleted)
        return Severity::Progressing;
    if ((!waiting.empty() && !creating(waiting)) || weight(gathered.worstInit) > 1)
        return Severity::Failing;
    if (weight(gathered.worst) == 2)
        return Severity::Failing;
    if (!gathered.scheduled)
        return Severity::Warning;
    if (pod.phase == Phase::Pending)
        return Severity::Progressing;
    if (!pod.ready) {
        // A pod that has just started is on its way; one that is not ready for minutes is not well.
        const bool young = pod.started && now < pod.started + 120;
        return young ? Severity::Progressing : Severity::Warning;
    }
    return Severity::Healthy;
}

// How the container that explains the pod ended last.
void termination(const ContainerStatus &status, DecodeContext &context, PodRecord &pod)
{
    pod.container = context.strings.intern(status.name);
    pod.lastReason = context.strings.intern(status.terminated ? status.terminatedReason : status.lastReason);
    const qint64 exitCode = status.terminated ? status.exitCode : status.lastExitCode;
    pod.lastExitCode = static_cast<qint32>(std::clamp<qint64>(exitCode, INT32_MIN, INT32_MAX));
}

} // namespace

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<PodRecord> &out)
{
    PodRecord &pod = out.record;
    Gathered gathered;
    for (auto field : object) {
        const std::string_view key = field.escaped_key();
        if (key == "metadata")
            json::meta(json::unwrap(field.value()), context, pod.meta, out.text);
        else if (key == "spec")
            spec(json::unwrap(field.value()), context, pod, gathered);
        else if (key == "status")
            status(json::unwrap(field.value()), out, gathered);
    }
    pod.phase = parsePhase(gathered.phase);
    pod.status = context.strings.intern(displayStatus(pod, gathered, context.scratch));
    pod.meta.severity = severityOf(pod, gathered, static_cast<quint32>(context.nowMs / 1000));
    pod.claims = out.keep(gathered.claims);
    const ContainerStatus &worst = gathered.hasInitProblem ? gathered.worstInit : gathered.worst;
    termination(worst.name.empty() ? gathered.endedLast : worst, context, pod);
    for (const std::string_view message :
        {worst.waitingMessage, worst.terminatedMessage, gathered.message, gathered.unschedulable}) {
        if (!message.empty()) {
            // Enough to explain; the whole text comes with the object.
            pod.message = out.keep(message.substr(0, 512));
            break;
        }
    }
}

} // namespace kdra::store
