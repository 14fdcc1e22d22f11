// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alertplaces.h"

#include "environments/labels.h"
#include "store/labels.h"
#include "ui/metrics/alertwords.h"
#include "ui/topology/controllers.h"

#include <QSet>

namespace kdra::ui {

namespace {

using store::Kind;
using Key = std::pair<QString, QString>; // namespace and name

// As many as a tooltip has room for.
constexpr qsizetype mostLines = 6;

// The first of that name; a cluster-wide kind has no namespace.
template <Kind kind> auto findNamed(const store::Snapshot &snapshot, const QString &ns, const QString &name)
{
    using Record = typename store::RecordOf<kind>::Type;
    store::Ref<Record> found;
    const QByteArray wantedName = name.toUtf8();
    const QByteArray wantedNs = ns.toUtf8();
    if (name.isEmpty())
        return found;
    snapshot.table<kind>().forEach([&](const store::Ref<Record> &record) {
        if (!found && record.name() == std::string_view(wantedName)
            && snapshot.view(record->meta.ns) == std::string_view(wantedNs))
            found = record;
    });
    return found;
}

std::optional<Key> environmentOf(const store::Snapshot &snapshot, const store::Meta &meta)
{
    const auto name = store::labelValue(snapshot.view(meta.labels),
        std::string_view(environments::EnvironmentLabel.data(), size_t(environments::EnvironmentLabel.size())));
    return name ? std::optional<Key>({snapshot.string(meta.ns), store::toQString(*name)}) : std::nullopt;
}

template <Kind kind>
bool take(AlertTarget &target, const store::Snapshot &snapshot, const QString &ns, const QString &name)
{
    const auto found = findNamed<kind>(snapshot, ns, name);
    if (!found)
        return false;
    target.item = {.kind = kind, .uid = found->meta.uid};
    if (const auto environment = environmentOf(snapshot, found->meta)) {
        target.environment = environment->second;
        target.ns = ns;
    }
    return true;
}

// What is concerned when something is wrong with one object.
struct Concern {
    QSet<store::Uid> objects;
    std::optional<Key> environment;
};

// Of all objects that alerts speak of; found in one pass over each kind.
class Concerns {
public:
    Concerns(const QList<metrics::Alert> &alerts, const store::Snapshot &snapshot)
        : m_snapshot(snapshot)
    {
        QSet<Key> pods;
        QSet<Key> workloads;
        bool anyNode = false;
        for (const metrics::Alert &alert : alerts) {
            if (!alert.place.pod.isEmpty())
                pods.insert({alert.place.ns, alert.place.pod});
            if (!alert.place.workload.isEmpty())
                workloads.insert({alert.place.ns, alert.place.workload});
            anyNode = anyNode || !alert.place.node.isEmpty();
        }
        if (anyNode || !pods.isEmpty()) {
            snapshot.table<Kind::Node>().forEach([&](const store::Ref<store::NodeRecord> &node) {
                m_nodes.insert(store::toQString(node.name()), {.objects = {node->meta.uid}, .environment = {}});
            });
        }
        if (!workloads.isEmpty() || !pods.isEmpty())
            m_controllers.reset(snapshot);
        if (!workloads.isEmpty()) {
            const auto find = [&]<Kind kind>() {
                forNamed<kind>(workloads, [&](const Key &key, const auto &record) {
                    m_workloads.insert(key,
                        {.objects = {record->meta.uid, m_controllers.top(snapshot, record->meta.uid).uid},
                            .environment = environmentOf(snapshot, record->meta)});
                });
            };
            find.operator()<Kind::Job>();
            find.operator()<Kind::DaemonSet>();
            find.operator()<Kind::StatefulSet>();
            find.operator()<Kind::Deployment>();
        }
        if (!pods.isEmpty())
            forNamed<Kind::Pod>(pods, [&](const Key &key, const auto &pod) { m_pods.insert(key, concernOf(*pod)); });
    }

    Concern of(const metrics::AlertPlace &place) const
    {
        Concern concern;
        if (const auto pod = m_pods.constFind({place.ns, place.pod}); pod != m_pods.cend())
            concern = *pod;
        else if (const auto workload = m_workloads.constFind({place.ns, place.workload});
            workload != m_workloads.cend())
            concern = *workload;
        // With a pod the node may be that of whoever watches it.
        else if (place.pod.isEmpty())
            concern = m_nodes.value(place.node);
        if (!concern.environment && !place.environment.isEmpty())
            concern.environment = {place.ns, place.environment};
        return concern;
    }

private:
    template <Kind kind> void forNamed(const QSet<Key> &wanted, const auto &take) const
    {
        m_snapshot.table<kind>().forEach([&](const auto &record) {
            const Key key(m_snapshot.string(record->meta.ns), store::toQString(record.name()));
            if (wanted.contains(key))
                take(key, record);
        });
    }

    Concern concernOf(const store::PodRecord &pod) const
    {
        Concern concern{.objects = {pod.meta.uid}, .environment = environmentOf(m_snapshot, pod.meta)};
        if (const Controllers::Controller controller = m_controllers.of(m_snapshot, pod); !controller.uid.isNull())
            concern.objects += {pod.meta.owner, controller.uid};
        concern.objects += m_nodes.value(m_snapshot.string(pod.node)).objects;
        return concern;
    }

    const store::Snapshot &m_snapshot;
    Controllers m_controllers;
    QHash<Key, Concern> m_pods;
    QHash<Key, Concern> m_workloads;
    QHash<QString, Concern> m_nodes;
};

void add(models::AlertMark &mark, const metrics::Alert &alert)
{
    const store::Severity severity = glyphOf(alert);
    if (!mark.count)
        mark.first = alert.id;
    mark.worst = mark.count++ ? std::max(mark.worst, severity) : severity;
    if (mark.lines.size() < mostLines)
        mark.lines += alert.name + QStringLiteral(": ") + alert.summary.simplified().left(120);
}

} // namespace

AlertTarget targetOf(const metrics::AlertPlace &place, const store::Snapshot &snapshot)
{
    AlertTarget target{.item = {}, .environment = place.environment, .ns = place.ns};
    if (take<Kind::Pod>(target, snapshot, place.ns, place.pod)
        || take<Kind::Deployment>(target, snapshot, place.ns, place.workload)
        || take<Kind::StatefulSet>(target, snapshot, place.ns, place.workload)
        || take<Kind::DaemonSet>(target, snapshot, place.ns, place.workload)
        || take<Kind::Job>(target, snapshot, place.ns, place.workload))
        return target;
    take<Kind::Node>(target, snapshot, {}, place.node);
    return target;
}

models::AlertMarks alertMarks(const QList<metrics::Alert> &alerts, const store::Snapshot &snapshot)
{
    QList<metrics::Alert> firing;
    std::ranges::copy_if(alerts, std::back_inserter(firing), [](const metrics::Alert &alert) {
        return alert.state == metrics::Alert::State::Firing && !metrics::isWatchdog(alert);
    });
    const Concerns concerns(firing, snapshot);
    models::AlertMarks marks;
    for (const metrics::Alert &alert : std::as_const(firing)) {
        const Concern concern = concerns.of(alert.place);
        for (const store::Uid &uid : concern.objects)
            add(marks.objects[uid], alert);
        if (concern.environment)
            add(marks.environments[*concern.environment], alert);
    }
    return marks;
}

} // namespace kdra::ui
