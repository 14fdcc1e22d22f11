// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/summary.h"

#include "base/quantity.h"
#include "edge/piidentity.h"
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class Summarizer {
    Q_DECLARE_TR_FUNCTIONS(Summary)

public:
    Summarizer(const store::Snapshot &snapshot, const store::NodeLoad &load, qint64 now)
        : m_snapshot(snapshot)
        , m_load(load)
        , m_now(now)
    {
    }

    Summary of(const store::Ref<store::NodeRecord> &node)
    {
        const store::NodeLoad::Load load = m_load.load(node.name());
        const edge::PiIdentity pi = edge::identifyPi(*node, m_snapshot);
        m_status = node->ready == store::NodeRecord::Ready::True ? tr("Ready")
            : node->ready == store::NodeRecord::Ready::False     ? tr("Not ready")
                                                                 : tr("Silent");
        add(tr("Board"), pi.isPi() ? board(pi) : m_snapshot.string(node->instanceType));
        add(tr("Site"), m_snapshot.string(node->zone));
        add(tr("Role"), node->controlPlane ? tr("Control plane") : tr("Worker"));
        if (node->unschedulable)
            add(tr("Scheduling"), tr("Cordoned"));
        QStringList pressures;
        for (const auto &[bit, what] : {std::pair{store::NodeRecord::Memory, tr("memory")},
                 std::pair{store::NodeRecord::Disk, tr("disk")}, std::pair{store::NodeRecord::Pid, tr("process ids")},
                 std::pair{store::NodeRecord::Network, tr("network")}}) {
            if (node->pressures & bit)
                pressures += what;
        }
        add(tr("Under pressure"), pressures.join(QStringLiteral(", ")));
        Section requested{tr("Requested"), {}};
        bar(requested, tr("CPU"),
            tr("%1 of %2 cores").arg(formatCores(load.cpuMilli), formatCores(node->cpuMilliAllocatable)), load.cpuMilli,
            node->cpuMilliAllocatable);
        bar(requested, tr("Memory"),
            tr("%1 of %2").arg(formatBytes(load.memory), formatBytes(static_cast<qint64>(node->memoryAllocatable))),
            load.memory, static_cast<qint64>(node->memoryAllocatable));
        bar(requested, tr("Pods"), tr("%1 of %2").arg(number(load.pods), number(node->podsAllocatable)), load.pods,
            node->podsAllocatable);
        m_summary.sections = {requested};
        add(tr("Capacity"),
            tr("%1 cores, %2")
                .arg(formatCores(node->cpuMilliCapacity), formatBytes(static_cast<qint64>(node->memoryCapacity))),
            node->cpuMilliCapacity != 0 && node->memoryCapacity != 0);
        const quint32 heard = heartbeat(node);
        add(tr("Heartbeat"), tr("%1 ago").arg(age(heard, m_now)), heard != 0);
        add(tr("Address"), text(node, node->address));
        add(tr("Architecture"), m_snapshot.string(node->architecture));
        add(tr("System"), m_snapshot.string(node->osImage));
        add(tr("Kernel"), m_snapshot.string(node->kernel));
        add(tr("Kubelet"), m_snapshot.string(node->kubelet));
        add(tr("Runtime"), m_snapshot.string(node->runtime));
        m_summary.message = text(node, node->readyMessage);
        return finish(node, store::Kind::Node);
    }

    Summary of(const store::Ref<store::PodRecord> &pod)
    {
        m_status = m_snapshot.string(pod->status);
        add(tr("Node"), m_snapshot.string(pod->node));
        add(tr("Ready"), tr("%1 of %2 containers").arg(pod->readyContainers).arg(pod->containers));
        add(tr("Restarts"),
            pod->lastRestart ? tr("%1, the last %2 ago").arg(number(pod->restarts), age(pod->lastRestart, m_now))
                             : number(pod->restarts));
        add(tr("CPU requested"), tr("%1 cores").arg(formatCores(pod->cpuMilliRequested)), pod->cpuMilliRequested != 0);
        add(tr("Memory requested"), formatBytes(static_cast<qint64>(pod->memoryRequested)), pod->memoryRequested != 0);
        add(tr("Image"), m_snapshot.string(pod->image));
        add(tr("Address"), text(pod, pod->ip));
        m_summary.message = text(pod, pod->message);
        return finish(pod, store::Kind::Pod);
    }

    Summary of(const store::Ref<store::WorkloadRecord> &workload, store::Kind kind)
    {
        m_status = m_snapshot.string(workload->reason);
        if (kind == store::Kind::CronJob) {
            add(tr("Schedule"), m_snapshot.string(workload->schedule));
            add(tr("Running"), number(workload->current));
            add(tr("Last run"), tr("%1 ago").arg(age(workload->lastScheduled, m_now)), workload->lastScheduled != 0);
        } else if (kind == store::Kind::Job) {
            add(tr("Succeeded"), tr("%1 of %2").arg(number(workload->succeeded), number(workload->desired)));
            add(tr("Failed"), number(workload->failed), workload->failed != 0);
        } else {
            add(tr("Revision"), number(workload->revision), workload->revision != 0);
            // Of the others a section with bars tells.
            add(tr("Ready"), tr("%1 of %2").arg(number(workload->ready), number(workload->desired)),
                kind == store::Kind::ReplicaSet);
            add(tr("Available"), number(workload->available), kind == store::Kind::ReplicaSet);
        }
        add(tr("Paused"), tr("Yes"), workload->paused);
        add(tr("Image"), m_snapshot.string(workload->image));
        add(tr("Selects"), pairs(workload->selector));
        m_summary.message = text(workload, workload->message);
        return finish(workload, kind);
    }

    Summary of(const store::Ref<store::ServiceRecord> &service)
    {
        m_status = m_snapshot.string(service->type);
        add(tr("Address"), text(service, service->clusterIp));
        add(tr("Ports"), text(service, service->ports));
        add(tr("Selects"), pairs(service->selector));
        return finish(service, store::Kind::Service);
    }

    Summary of(const store::Ref<store::IngressRecord> &ingress)
    {
        m_status = m_snapshot.string(ingress->ingressClass);
        add(tr("Hosts"), text(ingress, ingress->hosts));
        add(tr("Services"), text(ingress, ingress->services));
        add(tr("Address"), text(ingress, ingress->address));
        return finish(ingress, store::Kind::Ingress);
    }

    Summary of(const store::Ref<store::ClaimRecord> &claim)
    {
        m_status = m_snapshot.string(claim->phase);
        add(tr("Storage class"), m_snapshot.string(claim->storageClass));
        add(tr("Capacity"), formatBytes(static_cast<qint64>(claim->capacity)), claim->capacity != 0);
        add(tr("Volume"), text(claim, claim->volume));
        return finish(claim, store::Kind::PersistentVolumeClaim);
    }

    Summary of(const store::Ref<store::AutoscalerRecord> &scaler)
    {
        m_status = m_snapshot.string(scaler->reason);
        add(tr("Scales"), m_snapshot.string(scaler->targetKind) + u' ' + text(scaler, scaler->targetName));
        add(tr("Replicas"), tr("%1, wants %2").arg(number(scaler->current), number(scaler->desired)));
        add(tr("Range"), tr("%1 to %2").arg(number(scaler->minReplicas), number(scaler->maxReplicas)));
        m_summary.message = text(scaler, scaler->message);
        return finish(scaler, store::Kind::HorizontalPodAutoscaler);
    }

    Summary of(const store::Ref<store::EventRecord> &event)
    {
        m_status = m_snapshot.string(event->reason);
        add(tr("Object"), m_snapshot.string(event->regardingKind) + u' ' + text(event, event->regardingName));
        add(tr("Count"), number(event->count));
        add(tr("Last seen"), tr("%1 ago").arg(age(event->last, m_now)), event->last != 0);
        add(tr("Source"), m_snapshot.string(event->source));
        m_summary.message = text(event, event->message);
        return finish(event, store::Kind::Event);
    }

    template <class Record> Summary other(const store::Ref<Record> &record, store::Kind kind)
    {
        return finish(record, kind);
    }

private:
    // With the memory that it is sold with; and what is only likely is said to be.
    static QString board(const edge::PiIdentity &pi)
    {
        const QString model = edge::modelName(pi.model);
        const QString name =
            pi.memory ? tr("%1 with %2").arg(model, formatBytes(static_cast<qint64>(pi.memory))) : model;
        return pi.certainty == edge::Certainty::Likely ? tr("%1, to judge by its kernel").arg(name) : name;
    }

    // When the node was last heard of, in seconds since the Unix epoch: by its lease, which it renews every ten
    // seconds; without one by its status, which it posts every five minutes.
    quint32 heartbeat(const store::Ref<store::NodeRecord> &node) const
    {
        qint64 seenMs = 0;
        m_snapshot.table<store::Kind::Lease>().forEach([&](store::Ref<store::LeaseRecord> lease) {
            if (lease.name() == node.name())
                seenMs = lease->seenMs;
        });
        return seenMs ? static_cast<quint32>(seenMs / 1000) : node->heartbeat;
    }

    void add(const QString &label, const QString &value, bool there = true)
    {
        if (there && !value.isEmpty())
            m_summary.facts.append({label, value});
    }

    void bar(Section &section, const QString &label, const QString &value, qint64 part, qint64 whole) const
    {
        Line line;
        line.label = label;
        line.value = value;
        line.fraction = whole > 0 ? std::clamp(double(part) / double(whole), 0.0, 1.0) : 0;
        section.lines.append(line);
    }

    template <class Record> QString text(const store::Ref<Record> &record, store::Text piece) const
    {
        return store::toQString(record.text(piece));
    }

    QString pairs(StringId lines) const
    {
        return m_snapshot.string(lines).trimmed().replace(u'\n', QStringLiteral(", "));
    }

    template <class Record> Summary finish(const store::Ref<Record> &record, store::Kind kind)
    {
        const auto &meta = record->meta;
        add(tr("Age"), age(meta.created, m_now));
        add(tr("Being deleted"), tr("since %1").arg(exactTime(meta.deleted)), meta.deleted != 0);
        m_summary.name = store::toQString(record.name());
        m_summary.ns = m_snapshot.string(meta.ns);
        m_summary.severity = meta.severity;
        m_summary.version = meta.resourceVersion;
        QStringList subtitle = {kindTitle(kind), m_summary.ns, m_status};
        subtitle.removeAll(QString());
        m_summary.subtitle = subtitle.join(QStringLiteral(" · "));
        return std::move(m_summary);
    }

    const store::Snapshot &m_snapshot;
    const store::NodeLoad &m_load;
    qint64 m_now;
    QString m_status;
    Summary m_summary;
};

} // namespace

std::optional<Summary> summarize(
    const store::Snapshot &snapshot, const Item &item, const store::NodeLoad &load, qint64 now)
{
    const std::optional<RowKey> row = find(snapshot, item);
    if (!row)
        return {};
    Summarizer summarizer(snapshot, load, now);
    return withTable(snapshot, item.kind, [&](const auto &table) {
        const auto record = table.at(row->slot());
        if constexpr (requires { summarizer.of(record); })
            return summarizer.of(record);
        else if constexpr (requires { summarizer.of(record, item.kind); })
            return summarizer.of(record, item.kind);
        else
            return summarizer.other(record, item.kind);
    });
}

} // namespace kdra::models
