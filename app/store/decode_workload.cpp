// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"

namespace kdra::store {
namespace {

using json::Value;

struct Gathered {
    qint64 generation = 0;
    qint64 observedGeneration = 0;
    bool hasObserved = false;
    bool failed = false; // a condition that says so
    bool complete = false;
    quint32 daemonDesired = 0;
    quint32 active = 0;
    bool explicitReplicas = false;
};

void podTemplate(Value value, DecodeContext &context, WorkloadRecord &workload)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "spec" || key == "template" || key == "jobTemplate") {
            podTemplate(field, context, workload);
        } else if (key == "containers") {
            json::elements(field, [&](Value container) {
                json::fields(container, [&](std::string_view name, Value part) {
                    if (name == "image" && workload.image == StringId::Empty)
                        workload.image = context.strings.intern(json::string(part));
                });
            });
        }
    });
}

void spec(Value value, DecodeContext &context, WorkloadRecord &workload, Gathered &gathered)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "replicas" || key == "completions") {
            workload.desired = json::count(field);
            gathered.explicitReplicas = true;
        } else if (key == "paused" || key == "suspend") {
            workload.paused = json::boolean(field);
        } else if (key == "schedule") {
            workload.schedule = context.strings.intern(json::string(field));
        } else if (key == "selector") {
            json::fields(field, [&](std::string_view name, Value part) {
                if (name == "matchLabels")
                    workload.selector = json::labelSet(part, context);
            });
        } else if (key == "template" || key == "jobTemplate") {
            podTemplate(field, context, workload);
        }
    });
}

void condition(
    const json::Condition &condition, DecodeContext &context, Decoded<WorkloadRecord> &out, Gathered &gathered)
{
    const bool failed = (condition.type == "Progressing" && condition.isFalse())
        || ((condition.type == "ReplicaFailure" || condition.type == "Failed") && condition.isTrue());
    if (condition.type == "Complete" && condition.isTrue())
        gathered.complete = true;
    if (failed || (condition.type == "Available" && condition.isFalse() && !gathered.failed)) {
        gathered.failed = gathered.failed || failed;
        out.record.reason = context.strings.intern(condition.reason);
        out.record.message = out.keep(condition.message.substr(0, 512));
    }
}

void status(Value value, DecodeContext &context, Decoded<WorkloadRecord> &out, Gathered &gathered)
{
    WorkloadRecord &workload = out.record;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "replicas" || key == "currentNumberScheduled")
            workload.current = json::count(field);
        else if (key == "readyReplicas" || key == "numberReady")
            workload.ready = json::count(field);
        else if (key == "updatedReplicas" || key == "updatedNumberScheduled")
            workload.updated = json::count(field);
        else if (key == "availableReplicas" || key == "numberAvailable")
            workload.available = json::count(field);
        else if (key == "desiredNumberScheduled")
            gathered.daemonDesired = json::count(field);
        else if (key == "succeeded")
            workload.succeeded = json::count(field);
        else if (key == "failed")
            workload.failed = json::count(field);
        else if (key == "lastScheduleTime")
            workload.lastScheduled = json::timeSeconds(json::string(field));
        else if (key == "active") {
            // A number in a Job, a list of references in a CronJob.
            simdjson::ondemand::json_type type;
            if (field.type().get(type) == simdjson::SUCCESS && type == simdjson::ondemand::json_type::array)
                json::elements(field, [&](Value) { ++gathered.active; });
            else
                gathered.active = json::count(field);
        } else if (key == "observedGeneration") {
            gathered.observedGeneration = json::integer(field);
            gathered.hasObserved = true;
        } else if (key == "conditions") {
            json::conditions(field, [&](const json::Condition &one) { condition(one, context, out, gathered); });
        }
    });
}

Severity replicaSeverity(const WorkloadRecord &workload, const Gathered &gathered, bool rollsOut)
{
    if (gathered.failed)
        return Severity::Failing;
    if (workload.desired == 0 && workload.current == 0)
        return Severity::Healthy;
    const bool rolling =
        rollsOut && (!workload.observed || workload.updated < workload.desired || workload.current > workload.desired);
    if (workload.ready >= workload.desired)
        return rolling ? Severity::Progressing : Severity::Healthy;
    if (rolling)
        return Severity::Progressing;
    return workload.ready == 0 ? Severity::Failing : Severity::Warning;
}

Severity severityOf(const WorkloadRecord &workload, const Gathered &gathered, Kind kind)
{
    switch (kind) {
    case Kind::Job:
        if (gathered.failed)
            return Severity::Failing;
        if (gathered.complete || workload.paused)
            return Severity::Healthy;
        return workload.failed > 0 ? Severity::Warning : Severity::Progressing;
    case Kind::CronJob:
        return workload.current > 0 ? Severity::Progressing : Severity::Healthy;
    case Kind::ReplicaSet:
        return replicaSeverity(workload, gathered, false);
    default:
        return replicaSeverity(workload, gathered, true);
    }
}

} // namespace

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<WorkloadRecord> &out, Kind kind)
{
    WorkloadRecord &workload = out.record;
    Gathered gathered;
    for (auto field : object) {
        const std::string_view key = field.escaped_key();
        if (key == "metadata") {
            json::Annotations annotations;
            gathered.generation =
                json::meta(json::unwrap(field.value()), context, workload.meta, out.text, &annotations);
            workload.revision = annotations.revision;
        } else if (key == "spec") {
            spec(json::unwrap(field.value()), context, workload, gathered);
        } else if (key == "status") {
            status(json::unwrap(field.value()), context, out, gathered);
        }
    }
    if (kind == Kind::DaemonSet)
        workload.desired = gathered.daemonDesired;
    else if (!gathered.explicitReplicas && kind != Kind::CronJob)
        workload.desired = 1;
    if (kind == Kind::Job || kind == Kind::CronJob)
        workload.current = gathered.active;
    workload.observed = !gathered.hasObserved || gathered.observedGeneration >= gathered.generation;
    workload.meta.severity = severityOf(workload, gathered, kind);
}

} // namespace kdra::store
