// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/relationsource.h"

#include "base/whenfinished.h"

#include <QHash>
#include <QTimerEvent>
#include <QtConcurrent/QtConcurrentRun>

namespace kdra::ui {

using relations::Link;
using relations::Relation;

namespace {

using namespace std::chrono_literals;

// How often what is shown follows a stream of changes.
constexpr auto pause = 250ms;

// Numbers the objects of links in the order in which they are met, and reads what is shown of them.
class Collector {
public:
    int number(const store::Item &item)
    {
        const auto it = m_numbers.constFind(item.uid);
        if (it != m_numbers.cend())
            return *it;
        const int number = static_cast<int>(m_related.objects.size());
        m_numbers.insert(item.uid, number);
        RelatedObject object;
        object.item = item;
        m_related.objects.push_back(object);
        return number;
    }

    void add(const Link &link)
    {
        const int from = number(link.from);
        m_related.links.push_back({from, number(link.to), link.relation});
    }

    // One pass over the table of each kind there is, instead of one for each object.
    Related read(const store::Snapshot &snapshot, const QList<store::Item> &selected)
    {
        std::array<bool, store::kindCount> kinds{};
        for (const RelatedObject &object : m_related.objects)
            kinds[static_cast<size_t>(object.item.kind)] = true;
        for (const store::KindInfo &info : store::allKinds()) {
            if (!kinds[static_cast<size_t>(info.kind)])
                continue;
            store::withTable(snapshot, info.kind, [&](const auto &table) {
                table.forEach([&](const auto &record) {
                    const auto it = m_numbers.constFind(record->meta.uid);
                    if (it == m_numbers.cend())
                        return;
                    RelatedObject &object = m_related.objects[static_cast<size_t>(*it)];
                    object.name = store::toQString(record.name());
                    object.ns = snapshot.string(record->meta.ns);
                    object.severity = record->meta.severity;
                    object.slot = record.slot();
                });
            });
        }
        for (RelatedObject &object : m_related.objects)
            object.selected = selected.contains(object.item);
        return std::move(m_related);
    }

    Related m_related;

private:
    QHash<store::Uid, int> m_numbers;
};

} // namespace

Related RelationSource::find(const store::SnapshotPtr &snapshot, const QList<store::Item> &items)
{
    Collector collector;
    if (!snapshot || !snapshot->strings || items.isEmpty())
        return {};
    if (items.size() == 2) {
        collector.m_related.isPath = true;
        // The chain's order is the order of the sentence, also where a link is walked against its direction.
        store::Item at = items.front();
        collector.number(at);
        const std::vector<Link> chain = relations::path(*snapshot, items.front(), items.back());
        for (const Link &link : chain) {
            at = link.from == at ? link.to : link.from;
            collector.number(at);
        }
        for (const Link &link : chain)
            collector.add(link);
        collector.number(items.back());
        return collector.read(*snapshot, items);
    }
    const store::Item &item = items.back();
    const relations::Graph graph = relations::relationsOf(*snapshot, item);
    collector.number(item);
    // Where many pods run is seen by their cells; the node of one pod is worth telling.
    const bool withNodes = item.kind == store::Kind::Pod || item.kind == store::Kind::Node;
    for (const Link &link : graph.links) {
        // Slices are how a Service keeps its book; its pods say the same.
        if (link.from.kind == store::Kind::EndpointSlice || link.to.kind == store::Kind::EndpointSlice)
            continue;
        if (withNodes || link.relation != Relation::RunsOn)
            collector.add(link);
    }
    collector.m_related.truncated = graph.truncated;
    return collector.read(*snapshot, {item});
}

void RelationSource::ask(const store::SnapshotPtr &snapshot, const QList<store::Item> &items)
{
    ++m_question;
    m_snapshot = snapshot;
    m_items = items;
    m_stale = false;
    if (items.isEmpty()) {
        m_waiting = false;
        Q_EMIT ready({});
        return;
    }
    start();
}

void RelationSource::refresh(const store::SnapshotPtr &snapshot)
{
    if (m_items.isEmpty())
        return;
    m_snapshot = snapshot;
    if (m_pause.isActive()) {
        m_stale = true;
        return;
    }
    start();
}

void RelationSource::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_pause.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    m_pause.stop();
    if (std::exchange(m_stale, false))
        start();
}

void RelationSource::start()
{
    if (m_working) {
        m_waiting = true;
        return;
    }
    m_waiting = false;
    m_pause.start(pause, this);
    m_working = true;
    // Nobody waits for it: it reads a snapshot of its own, and its answer is dropped once there is no one to tell.
    whenFinished(QtConcurrent::run([snapshot = m_snapshot, items = m_items] { return find(snapshot, items); }), this,
        [this, question = m_question](const Related &related) {
            m_working = false;
            if (question == m_question)
                Q_EMIT ready(related);
            if (m_waiting && !m_items.isEmpty())
                start();
        });
}

} // namespace kdra::ui
