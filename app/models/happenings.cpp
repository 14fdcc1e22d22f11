// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/happenings.h"

#include "models/environmenttext.h"

#include <QCoreApplication>

namespace kdra::models {

using namespace Qt::StringLiterals;
using environments::Environment;
using store::Kind;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::models::Happening)
};

class Gathering {
public:
    Gathering(const store::Snapshot &snapshot, const HappeningScope &scope, qint64 from, qint64 to)
        : m_snapshot(snapshot)
        , m_scope(scope)
        , m_from(from)
        , m_to(to)
        , m_nodes(scope.nodes)
    {
        if (!scope.namespaces.isEmpty() || !scope.workloads.isEmpty() || !scope.pods.isEmpty())
            followPods();
    }

    void addEnvironments(const QList<Environment> &environments, const QList<Happening> &ended)
    {
        for (const Environment &one : environments) {
            if (!concerns(one))
                continue;
            const QString title = firstTemplateText(one);
            add({.kind = Happening::Kind::EnvironmentCreated,
                .time = one.created.isValid() ? one.created.toMSecsSinceEpoch() : 0,
                .ns = one.ns,
                .name = one.name,
                .text = title.isEmpty() ? Text::tr("%1 was created").arg(one.name)
                                        : Text::tr("%1 was created (%2)").arg(one.name, title)});
        }
        for (const Happening &one : ended) {
            if (m_scope.isAll() || m_scope.namespaces.contains(one.ns))
                add(one);
        }
    }

    void addRollouts()
    {
        if (!m_scope.isAll() && m_scope.namespaces.isEmpty() && m_scope.workloads.isEmpty() && m_scope.pods.isEmpty())
            return; // of nodes only
        m_snapshot.table<Kind::ReplicaSet>().forEach([&](const store::Ref<store::WorkloadRecord> &set) {
            // The first one is the Deployment itself.
            if (set->revision < 2 || !isIn(set->meta.created))
                return;
            const QString ns = m_snapshot.string(set->meta.ns);
            if (!m_scope.isAll() && !m_owners.contains(set->meta.owner)
                && (isNarrow() || !m_scope.namespaces.contains(ns)))
                return;
            // A ReplicaSet is called as its Deployment, with a hash behind.
            const QString name = store::toQString(set.name()).section(u'-', 0, -2);
            add({.kind = Happening::Kind::Rollout,
                .time = qint64(set->meta.created) * 1000,
                .ns = ns,
                .name = name,
                .text = Text::tr("%1 to %2", "a workload and its new image")
                    .arg(QString(ns + u'/' + name), m_snapshot.string(set->image).section(u'/', -1))});
        });
    }

    void addNodes()
    {
        QSet<store::Uid> toldSilent;
        m_snapshot.table<Kind::Event>().forEach([&](const store::Ref<store::EventRecord> &event) {
            if (m_snapshot.view(event->regardingKind) != "Node" || (!isIn(event->first) && !isIn(event->last)))
                return;
            const QString name = store::toQString(event.text(event->regardingName));
            const std::string_view reason = m_snapshot.view(event->reason);
            Happening made{.name = name};
            if (reason == "NodeNotReady") {
                made.kind = Happening::Kind::NodeNotReady;
                made.text = Text::tr("%1 is not ready").arg(name);
                toldSilent.insert(event->regardingUid);
            } else if (reason == "NodeReady") {
                made.kind = Happening::Kind::NodeReady;
                made.text = Text::tr("%1 is ready").arg(name);
            } else if (reason == "Rebooted") {
                made.kind = Happening::Kind::NodeRestarted;
                made.text = Text::tr("%1 was restarted").arg(name);
            } else if (event->warning) {
                made.kind = Happening::Kind::NodeProblem;
                made.text = Text::tr("%1: %2", "a node, and what is wrong with it")
                                .arg(name, store::toQString(event.text(event->message)).simplified());
            } else {
                return;
            }
            if (!concernsNode(name))
                return;
            // An event that came again counts up: the times in between are not known.
            made.time = qint64(event->last) * 1000;
            add(made);
            if (event->first != event->last && event->first != 0) {
                made.time = qint64(event->first) * 1000;
                add(made);
            }
        });
        m_snapshot.table<Kind::Node>().forEach([&](const store::Ref<store::NodeRecord> &node) {
            if (node->ready != store::NodeRecord::Ready::Unknown || toldSilent.contains(node->meta.uid))
                return;
            const QString name = store::toQString(node.name());
            if (concernsNode(name))
                add({.kind = Happening::Kind::NodeNotReady,
                    .time = qint64(node->heartbeat) * 1000,
                    .name = name,
                    .text = Text::tr("%1 was heard of for the last time").arg(name)});
        });
    }

    QList<Happening> take()
    {
        std::ranges::stable_sort(m_found, {}, &Happening::time);
        if (m_found.size() > mostHappenings)
            m_found.remove(0, m_found.size() - mostHappenings);
        return std::move(m_found);
    }

private:
    bool isNarrow() const { return !m_scope.workloads.isEmpty() || !m_scope.pods.isEmpty(); }
    bool isIn(quint32 seconds) const { return qint64(seconds) * 1000 >= m_from && qint64(seconds) * 1000 <= m_to; }
    void add(const Happening &one)
    {
        if (one.time != 0 && one.time >= m_from && one.time <= m_to)
            m_found.append(one);
    }
    bool concernsNode(const QString &name) const { return m_scope.isAll() || m_nodes.contains(name); }
    bool concerns(const Environment &one) const
    {
        if (m_scope.isAll() || m_scope.namespaces.contains(one.ns))
            return true;
        return m_scope.namespaces.isEmpty()
            && std::ranges::any_of(one.nodes, [this](const QString &node) { return m_scope.nodes.contains(node); });
    }
    bool isNamespaceMeant(StringId ns) const
    {
        return m_scope.namespaces.isEmpty() || m_scope.namespaces.contains(m_snapshot.string(ns));
    }

    // The nodes that the pods of the scope run on, and the Deployments that they are of.
    void followPods()
    {
        const auto workloads = [this](const auto &table) {
            table.forEach([&](const store::Ref<store::WorkloadRecord> &workload) {
                if (isNamespaceMeant(workload->meta.ns)
                    && m_scope.workloads.contains(store::toQString(workload.name())))
                    m_owners.insert(workload->meta.uid);
            });
        };
        if (!m_scope.workloads.isEmpty()) {
            workloads(m_snapshot.table<Kind::Deployment>());
            workloads(m_snapshot.table<Kind::StatefulSet>());
            workloads(m_snapshot.table<Kind::DaemonSet>());
            workloads(m_snapshot.table<Kind::Job>());
        }
        QHash<store::Uid, store::Uid> deploymentOf;
        if (isNarrow()) {
            m_snapshot.table<Kind::ReplicaSet>().forEach([&](const store::Ref<store::WorkloadRecord> &set) {
                if (!set->meta.owner.isNull())
                    deploymentOf.insert(set->meta.uid, set->meta.owner);
            });
        }
        QSet<store::Uid> ofPods;
        m_snapshot.table<Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
            if (!isNamespaceMeant(pod->meta.ns))
                return;
            const store::Uid owner = deploymentOf.value(pod->meta.owner, pod->meta.owner);
            const bool isMeant = !isNarrow() || m_owners.contains(owner)
                || (!m_scope.pods.isEmpty() && m_scope.pods.contains(store::toQString(pod.name())));
            if (!isMeant)
                return;
            m_nodes.insert(m_snapshot.string(pod->node));
            if (!m_scope.pods.isEmpty() && !owner.isNull())
                ofPods.insert(owner);
        });
        m_owners |= ofPods;
    }

    const store::Snapshot &m_snapshot;
    const HappeningScope &m_scope;
    qint64 m_from;
    qint64 m_to;
    QSet<QString> m_nodes;
    QSet<store::Uid> m_owners;
    QList<Happening> m_found;
};

} // namespace

QString kindText(Happening::Kind kind)
{
    switch (kind) {
    case Happening::Kind::EnvironmentCreated:
    case Happening::Kind::EnvironmentEnded:
        return Text::tr("Environment");
    case Happening::Kind::Rollout:
        return Text::tr("Rollout");
    case Happening::Kind::NodeNotReady:
    case Happening::Kind::NodeReady:
    case Happening::Kind::NodeRestarted:
    case Happening::Kind::NodeProblem:
        return Text::tr("Node");
    }
    return {};
}

store::Severity severityOf(Happening::Kind kind)
{
    switch (kind) {
    case Happening::Kind::NodeNotReady:
        return store::Severity::Failing;
    case Happening::Kind::NodeRestarted:
    case Happening::Kind::NodeProblem:
        return store::Severity::Warning;
    case Happening::Kind::NodeReady:
    case Happening::Kind::EnvironmentCreated:
        return store::Severity::Healthy;
    case Happening::Kind::EnvironmentEnded:
        return store::Severity::Unknown;
    case Happening::Kind::Rollout:
        break;
    }
    return store::Severity::Progressing;
}

QList<Happening> happeningsIn(const store::Snapshot &snapshot, const QList<Environment> &environments,
    const QList<Happening> &ended, const HappeningScope &scope, qint64 from, qint64 to)
{
    Gathering gathering(snapshot, scope, from, to);
    gathering.addEnvironments(environments, ended);
    gathering.addRollouts();
    gathering.addNodes();
    return gathering.take();
}

Happening environmentEnd(const Environment &environment, qint64 time)
{
    return {.kind = Happening::Kind::EnvironmentEnded,
        .time = time,
        .ns = environment.ns,
        .name = environment.name,
        .text = Text::tr("%1 was removed").arg(environment.name)};
}

} // namespace kdra::models
