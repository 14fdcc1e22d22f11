// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/causes.h"

#include "relations/evidence.h"

#include <QCoreApplication>

namespace kdra::relations {
namespace {

using store::Item;
using store::Kind;
using store::Severity;
using WorkloadRef = store::Ref<store::WorkloadRecord>;

class Diagnosis {
    Q_DECLARE_TR_FUNCTIONS(kdra::relations::Diagnosis)

public:
    Diagnosis(const store::Snapshot &snapshot, qint64 now)
        : m_snapshot(snapshot)
        , m_now(now)
    {
    }

    QList<Cause> of(const NodeRef &node, Kind) const { return nodeCauses(m_snapshot, node, m_now); }
    QList<Cause> of(const PodRef &pod, Kind) const { return podCauses(m_snapshot, pod, m_now); }

    QList<Cause> of(const WorkloadRef &workload, Kind kind) const
    {
        if (kind == Kind::CronJob)
            return ofCronJob(workload);
        if (kind == Kind::Job)
            return ofJob(workload);
        const Item item{kind, workload->meta.uid};
        QList<Cause> causes;
        if (workload->meta.severity != Severity::Healthy) {
            if (Cause refused = refusal(workload, item); !refused.text.isEmpty())
                causes.append(std::move(refused));
        }
        if (causes.isEmpty())
            causes = worstOf(m_snapshot, podsOf(m_snapshot, item), m_now);
        // Only on its way: a rollout whose pods are starting.
        if (causes.isEmpty() && workload->meta.severity < Severity::Warning)
            return {};
        causes.append({item,
            tr("%1 %2: %3 of %4 ready.")
                .arg(store::kindName(kind), nameOf(workload), number(workload->ready), number(workload->desired)),
            worse(workload->meta.severity)});
        return causes;
    }

    QList<Cause> of(const ServiceRef &service, Kind kind) const
    {
        // Without a selector somebody else keeps the endpoints.
        if (service->selector == StringId::Empty || !isKnown(Kind::Pod))
            return {};
        const Item item{kind, service->meta.uid};
        const std::vector<PodRef> pods = podsOf(m_snapshot, item);
        if (std::ranges::any_of(pods, [](const PodRef &pod) { return pod->ready && !pod->meta.deleted; }))
            return {};
        QList<Cause> causes = worstOf(m_snapshot, pods, m_now);
        if (pods.empty())
            causes.append({item,
                tr("No pod has the labels %1.")
                    .arg(m_snapshot.string(service->selector).trimmed().replace(u'\n', QStringLiteral(", "))),
                Severity::Warning});
        causes.append(
            {item, tr("Service %1 has no ready pod to send requests to.").arg(nameOf(service)), Severity::Failing});
        return causes;
    }

    QList<Cause> of(const IngressRef &ingress, Kind kind) const
    {
        if (!isKnown(Kind::Service))
            return {};
        const Item item{kind, ingress->meta.uid};
        QList<Cause> causes;
        QStringList seen;
        pieces(ingress.text(ingress->services), ',', [&](std::string_view name) {
            const QString text = store::toQString(name);
            if (seen.contains(text))
                return;
            seen.append(text);
            const ServiceRef service = serviceNamed(ingress->meta.ns, name);
            if (!service) {
                causes.append(
                    {item, tr("Ingress %1 routes to service %2, which does not exist.").arg(nameOf(ingress), text),
                        Severity::Failing});
            } else if (QList<Cause> below = of(service, Kind::Service); !below.isEmpty()) {
                causes.append(std::move(below));
                causes.append(
                    {item, tr("Ingress %1 routes to service %2, which cannot answer.").arg(nameOf(ingress), text),
                        Severity::Failing});
            }
        });
        return causes;
    }

    QList<Cause> of(const store::Ref<store::ClaimRecord> &claim, Kind kind) const
    {
        const std::string_view phase = m_snapshot.view(claim->phase);
        const Item item{kind, claim->meta.uid};
        if (phase == "Lost")
            return {{item, tr("Claim %1 has lost its volume %2.").arg(nameOf(claim), text(claim, claim->volume)),
                Severity::Failing}};
        if (phase != "Pending")
            return {};
        QList<Cause> causes;
        if (const EventRef event = newestAbout(claim->meta.uid))
            causes.append(said(event));
        causes.append({item, tr("Claim %1 waits for a volume.").arg(nameOf(claim)), Severity::Warning});
        return causes;
    }

    QList<Cause> of(const store::Ref<store::AutoscalerRecord> &scaler, Kind kind) const
    {
        if (scaler->meta.severity < Severity::Warning)
            return {};
        const Item item{kind, scaler->meta.uid};
        const QString target = m_snapshot.string(scaler->targetKind) + u' ' + text(scaler, scaler->targetName);
        QList<Cause> causes;
        if (const QString why = text(scaler, scaler->message); !why.isEmpty())
            causes.append({item, tr("The cluster says: %1.").arg(why), Severity::Warning});
        causes.append({item,
            m_snapshot.view(scaler->reason) == "FailedGetScale"
                ? tr("HorizontalPodAutoscaler %1 cannot scale %2.").arg(nameOf(scaler), target)
                : tr("HorizontalPodAutoscaler %1 cannot read its metrics, so %2 stays at %3.")
                      .arg(nameOf(scaler), target, number(scaler->current)),
            Severity::Warning});
        return causes;
    }

    template <class Record> QList<Cause> of(const store::Ref<Record> &, Kind) const { return {}; }

private:
    QList<Cause> ofJob(const WorkloadRef &job) const
    {
        if (job->meta.severity < Severity::Warning)
            return {};
        const Item item{Kind::Job, job->meta.uid};
        QList<Cause> causes;
        // A pod that failed says more than one that could not be made at first.
        causes = worstOf(m_snapshot, podsOf(m_snapshot, item), m_now);
        if (causes.isEmpty()) {
            if (Cause refused = refusal(job, item); !refused.text.isEmpty())
                causes.append(std::move(refused));
        }
        const QString why = shortened(job.text(job->message));
        QString state;
        if (job->meta.severity != Severity::Failing)
            state = tr("Pods of job %1 have failed (%2); it tries again.").arg(nameOf(job), number(job->failed));
        else
            state =
                why.isEmpty() ? tr("Job %1 failed.").arg(nameOf(job)) : tr("Job %1 failed: %2.").arg(nameOf(job), why);
        causes.append({item, state, job->meta.severity});
        return causes;
    }

    QList<Cause> ofCronJob(const WorkloadRef &cron) const
    {
        const Item item{Kind::CronJob, cron->meta.uid};
        QList<Cause> causes;
        WorkloadRef last;
        forEachOwned<Kind::Job>(m_snapshot, {cron->meta.uid}, [&](const WorkloadRef &job) {
            if (!last || job->meta.created >= last->meta.created)
                last = job;
        });
        if (last) {
            causes = ofJob(last);
            if (!causes.isEmpty())
                causes.append(
                    {item, tr("The last run of cron job %1 did not succeed.").arg(nameOf(cron)), Severity::Warning});
        }
        if (cron->paused)
            causes.append(
                {item, tr("Cron job %1 is suspended: it starts no new jobs.").arg(nameOf(cron)), Severity::Warning});
        return causes;
    }

    // Why the workload, or the replica set it makes its pods through, may not create the pods it lacks (a quota, a
    // webhook); no text when they can be created.
    Cause refusal(const WorkloadRef &workload, const Item &item) const
    {
        WorkloadRef lacking = workload;
        if (item.kind == Kind::Deployment) {
            lacking = {};
            forEachOwned<Kind::ReplicaSet>(m_snapshot, {item.uid}, [&](const WorkloadRef &set) {
                if (set->current < set->desired)
                    lacking = set;
            });
        }
        const bool lacks = lacking
            && (item.kind == Kind::Job ? lacking->current + lacking->succeeded < lacking->desired
                                       : lacking->current < lacking->desired);
        if (!lacks)
            return {};
        const QString sentence = tr("No more pods can be made: %1.");
        if (const EventRef event =
                withReason(m_snapshot, warningsAbout(m_snapshot, lacking->meta.uid), {"FailedCreate"}))
            return {{Kind::Event, event->meta.uid}, sentence.arg(text(event, event->message)), Severity::Failing};
        if (m_snapshot.view(lacking->reason) != "FailedCreate")
            return {};
        const Kind kind = item.kind == Kind::Deployment ? Kind::ReplicaSet : item.kind;
        return {{kind, lacking->meta.uid}, sentence.arg(text(lacking, lacking->message)), Severity::Failing};
    }

    ServiceRef serviceNamed(StringId ns, std::string_view name) const
    {
        ServiceRef found;
        m_snapshot.table<Kind::Service>().forEach([&](const ServiceRef &service) {
            if (service->meta.ns == ns && service.name() == name)
                found = service;
        });
        return found;
    }

    // All of a kind are in the snapshot: only then is what is not there missing.
    bool isKnown(Kind kind) const
    {
        const store::KindPhase phase = m_snapshot.state(kind).phase;
        return phase == store::KindPhase::Live || phase == store::KindPhase::Stale;
    }

    // Of a claim that waits, what is no warning tells too: that no volume fits, or that it waits for its first pod.
    EventRef newestAbout(const store::Uid &uid) const
    {
        EventRef newest;
        m_snapshot.table<Kind::Event>().forEach([&](const EventRef &event) {
            if (event->regardingUid == uid && (!newest || event->last > newest->last))
                newest = event;
        });
        return newest;
    }

    Cause said(const EventRef &event) const
    {
        return {{Kind::Event, event->meta.uid}, tr("The cluster says: %1.").arg(text(event, event->message)),
            Severity::Warning};
    }

    static Severity worse(Severity severity) { return std::max(severity, Severity::Warning); }
    static QString number(quint32 value) { return QLocale().toString(value); }
    template <class Record> static QString nameOf(const store::Ref<Record> &record)
    {
        return store::toQString(record.name());
    }
    template <class Record> static QString text(const store::Ref<Record> &record, store::Text piece)
    {
        return shortened(record.text(piece));
    }

    const store::Snapshot &m_snapshot;
    const qint64 m_now;
};

} // namespace

QList<Cause> diagnose(const store::Snapshot &snapshot, const Item &item, qint64 now)
{
    const std::optional<store::RowKey> row = store::find(snapshot, item);
    if (!row)
        return {};
    const Diagnosis diagnosis(snapshot, now);
    return store::withTable(
        snapshot, item.kind, [&](const auto &table) { return diagnosis.of(table.at(row->slot()), item.kind); });
}

} // namespace kdra::relations
