// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"

namespace kdra::store {
namespace {

using json::sections;
using json::Value;

void append(std::string &list, std::string_view piece)
{
    if (piece.empty())
        return;
    if (!list.empty())
        list += ',';
    list += piece;
}

std::string port(Value value)
{
    std::string_view protocol = "TCP";
    qint64 number = 0;
    qint64 nodePort = 0;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "port")
            number = json::integer(field);
        else if (key == "nodePort")
            nodePort = json::integer(field);
        else if (key == "protocol")
            protocol = json::string(field);
    });
    std::string text = std::to_string(number);
    if (nodePort)
        text += ':' + std::to_string(nodePort);
    return text.append("/").append(protocol);
}

// The service a backend of an Ingress names: networking.k8s.io/v1, or v1beta1's serviceName.
void backend(Value value, std::string &services)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "serviceName") {
            append(services, json::string(field));
        } else if (key == "service") {
            json::fields(field, [&](std::string_view name, Value part) {
                if (name == "name")
                    append(services, json::string(part));
            });
        }
    });
}

void ingressRule(Value rule, std::string &hosts, std::string &services)
{
    json::fields(rule, [&](std::string_view key, Value field) {
        if (key == "host") {
            append(hosts, json::string(field));
        } else if (key == "http") {
            json::fields(field, [&](std::string_view, Value paths) {
                json::elements(paths, [&](Value path) {
                    json::fields(path, [&](std::string_view name, Value part) {
                        if (name == "backend")
                            backend(part, services);
                    });
                });
            });
        }
    });
}

void storage(Value map, quint64 &bytes)
{
    json::fields(map, [&](std::string_view key, Value field) {
        if (key == "storage")
            bytes = json::bytes(json::quantity(field));
    });
}

} // namespace

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<NamespaceRecord> &out)
{
    sections(object, context, out, [&](std::string_view section, Value value) {
        json::fields(value, [&](std::string_view key, Value field) {
            if (section == "status" && key == "phase")
                out.record.phase = context.strings.intern(json::string(field));
        });
    });
    out.record.meta.severity = out.record.meta.deleted ? Severity::Progressing : Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ServiceRecord> &out)
{
    ServiceRecord &service = out.record;
    std::string ports;
    sections(object, context, out, [&](std::string_view section, Value value) {
        if (section != "spec")
            return;
        json::fields(value, [&](std::string_view key, Value field) {
            if (key == "type")
                service.type = context.strings.intern(json::string(field));
            else if (key == "selector")
                service.selector = json::labelSet(field, context);
            else if (key == "clusterIP")
                service.clusterIp = out.keep(json::string(field));
            else if (key == "ports")
                json::elements(field, [&](Value element) { append(ports, port(element)); });
        });
    });
    service.ports = out.keep(ports);
    service.meta.severity = Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<EndpointSliceRecord> &out)
{
    EndpointSliceRecord &slice = out.record;
    sections(object, context, out, [&](std::string_view section, Value value) {
        if (section != "endpoints")
            return;
        json::elements(value, [&](Value endpoint) {
            bool ready = true; // nil means ready (discovery/v1 EndpointConditions)
            json::fields(endpoint, [&](std::string_view key, Value field) {
                if (key == "conditions") {
                    json::fields(field, [&](std::string_view name, Value part) {
                        if (name == "ready")
                            ready = json::boolean(part);
                    });
                }
            });
            ++(ready ? slice.ready : slice.notReady);
        });
    });
    slice.service = out.keep(json::label(context.strings.view(slice.meta.labels), "kubernetes.io/service-name"));
    slice.meta.severity = slice.notReady ? Severity::Warning : Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<IngressRecord> &out)
{
    IngressRecord &ingress = out.record;
    std::string hosts;
    std::string services;
    std::string addresses;
    sections(object, context, out, [&](std::string_view section, Value value) {
        json::fields(value, [&](std::string_view key, Value field) {
            if (section == "spec" && key == "ingressClassName") {
                ingress.ingressClass = context.strings.intern(json::string(field));
            } else if (section == "spec" && (key == "defaultBackend" || key == "backend")) {
                backend(field, services);
            } else if (section == "spec" && key == "rules") {
                json::elements(field, [&](Value rule) { ingressRule(rule, hosts, services); });
            } else if (section == "status" && key == "loadBalancer") {
                json::fields(field, [&](std::string_view, Value list) {
                    json::elements(list, [&](Value entry) {
                        json::fields(
                            entry, [&](std::string_view, Value part) { append(addresses, json::string(part)); });
                    });
                });
            }
        });
    });
    ingress.hosts = out.keep(hosts);
    ingress.services = out.keep(services);
    ingress.address = out.keep(addresses);
    ingress.meta.severity = Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ClaimRecord> &out)
{
    ClaimRecord &claim = out.record;
    quint64 requested = 0;
    sections(object, context, out, [&](std::string_view section, Value value) {
        json::fields(value, [&](std::string_view key, Value field) {
            if (section == "status" && key == "phase") {
                claim.phase = context.strings.intern(json::string(field));
            } else if (section == "status" && key == "capacity") {
                storage(field, claim.capacity);
            } else if (key == "storageClassName") {
                claim.storageClass = context.strings.intern(json::string(field));
            } else if (key == "volumeName") {
                claim.volume = out.keep(json::string(field));
            } else if (section == "spec" && key == "resources") {
                json::fields(field, [&](std::string_view name, Value part) {
                    if (name == "requests")
                        storage(part, requested);
                });
            }
        });
    });
    if (!claim.capacity)
        claim.capacity = requested;
    const std::string_view phase = context.strings.view(claim.phase);
    claim.meta.severity = phase == "Bound" ? Severity::Healthy
        : phase == "Lost"                  ? Severity::Failing
                                           : Severity::Progressing;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<AutoscalerRecord> &out)
{
    AutoscalerRecord &scaler = out.record;
    bool troubled = false;
    sections(object, context, out, [&](std::string_view section, Value value) {
        json::fields(value, [&](std::string_view key, Value field) {
            if (section == "spec" && key == "scaleTargetRef") {
                json::fields(field, [&](std::string_view name, Value part) {
                    if (name == "kind")
                        scaler.targetKind = context.strings.intern(json::string(part));
                    else if (name == "name")
                        scaler.targetName = out.keep(json::string(part));
                });
            } else if (key == "minReplicas") {
                scaler.minReplicas = json::count(field);
            } else if (key == "maxReplicas") {
                scaler.maxReplicas = json::count(field);
            } else if (key == "currentReplicas") {
                scaler.current = json::count(field);
            } else if (key == "desiredReplicas") {
                scaler.desired = json::count(field);
            } else if (section == "status" && key == "conditions") {
                json::conditions(field, [&](const json::Condition &condition) {
                    // ScalingDisabled: its target is scaled to zero, on purpose. A limit that is reached is worth a
                    // word, yet not wrong.
                    const bool bad = (condition.type == "ScalingActive" || condition.type == "AbleToScale")
                        && condition.isFalse() && condition.reason != "ScalingDisabled";
                    const bool limited = condition.type == "ScalingLimited" && condition.isTrue();
                    if ((!bad && !limited) || troubled)
                        return;
                    troubled = bad;
                    scaler.reason = context.strings.intern(condition.reason);
                    scaler.message = out.keep(condition.message.substr(0, 512));
                });
            }
        });
    });
    scaler.meta.severity = troubled        ? Severity::Warning
        : scaler.current != scaler.desired ? Severity::Progressing
                                           : Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<EventRecord> &out)
{
    EventRecord &event = out.record;
    StringPool &strings = context.strings;
    quint32 eventTime = 0;
    quint32 seriesLast = 0;
    sections(object, context, out, [&](std::string_view key, Value value) {
        if (key == "type") {
            event.warning = json::string(value) == "Warning";
        } else if (key == "reason") {
            event.reason = strings.intern(json::string(value));
        } else if (key == "message" || key == "note") {
            event.message = out.keep(json::string(value).substr(0, 1024));
        } else if (key == "count" || key == "deprecatedCount") {
            event.count = json::count(value);
        } else if (key == "firstTimestamp" || key == "deprecatedFirstTimestamp") {
            event.first = json::timeSeconds(json::string(value));
        } else if (key == "lastTimestamp" || key == "deprecatedLastTimestamp") {
            event.last = json::timeSeconds(json::string(value));
        } else if (key == "eventTime") {
            eventTime = json::timeSeconds(json::string(value));
        } else if (key == "series") {
            json::fields(value, [&](std::string_view name, Value part) {
                if (name == "count")
                    event.count = json::count(part);
                else if (name == "lastObservedTime")
                    seriesLast = json::timeSeconds(json::string(part));
            });
        } else if (key == "reportingComponent" || key == "reportingController") {
            if (const std::string_view source = json::string(value); !source.empty())
                event.source = strings.intern(source);
        } else if (key == "source" || key == "deprecatedSource") {
            json::fields(value, [&](std::string_view name, Value part) {
                if (name == "component" && event.source == StringId::Empty)
                    event.source = strings.intern(json::string(part));
            });
        } else if (key == "involvedObject" || key == "regarding") {
            json::fields(value, [&](std::string_view name, Value part) {
                if (name == "kind")
                    event.regardingKind = strings.intern(json::string(part));
                else if (name == "name")
                    event.regardingName = out.keep(json::string(part));
                else if (name == "uid")
                    event.regardingUid = Uid::parse(json::string(part));
            });
        }
    });
    if (!event.first)
        event.first = eventTime ? eventTime : event.meta.created;
    event.last = std::max({event.last, seriesLast, event.first});
    event.count = std::max<quint32>(event.count, 1);
    event.meta.severity = event.warning ? Severity::Warning : Severity::Healthy;
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<LeaseRecord> &out)
{
    LeaseRecord &lease = out.record;
    sections(object, context, out, [&](std::string_view section, Value value) {
        if (section != "spec")
            return;
        json::fields(value, [&](std::string_view key, Value field) {
            if (key == "renewTime")
                lease.renewedMs = json::timeMs(json::string(field));
            else if (key == "leaseDurationSeconds")
                lease.durationSeconds = json::count(field);
        });
    });
    lease.seenMs = context.nowMs;
    lease.meta.severity = Severity::Healthy;
}

EventType parseEventType(std::string_view text)
{
    if (text == "ADDED")
        return EventType::Added;
    if (text == "MODIFIED")
        return EventType::Modified;
    if (text == "DELETED")
        return EventType::Deleted;
    if (text == "BOOKMARK")
        return EventType::Bookmark;
    return text == "ERROR" ? EventType::Error : EventType::Unknown;
}

} // namespace kdra::store
