// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/inspectorreport.h"

#include "base/whenfinished.h"
#include "models/format.h"
#include "models/recordsections.h"
#include "relations/graph.h"

#include <QtConcurrentRun>

namespace kdra::ui {

namespace {

constexpr int relatedShown = 12;

// What leads on comes first: what is reached from outside, then controllers, then where it runs.
int rank(store::Kind kind)
{
    using enum store::Kind;
    switch (kind) {
    case Ingress:
        return 0;
    case Service:
        return 1;
    case Deployment:
    case StatefulSet:
    case DaemonSet:
    case CronJob:
        return 2;
    case ReplicaSet:
    case Job:
        return 3;
    case Node:
        return 4;
    default:
        return 5;
    }
}

} // namespace

ObjectReport reportOf(const store::Snapshot &snapshot, const models::Item &item, qint64 now)
{
    ObjectReport report;
    report.causes = relations::diagnose(snapshot, item, now);
    report.sections = models::recordSections(snapshot, item);
    // A node's only relations are its pods, which have a tab of their own, as those of workloads have.
    if (item.kind == store::Kind::Node)
        return report;
    const auto isTold = [&](store::Kind kind) {
        // Pods have a tab of their own, or are endpoints; revisions and jobs have a section.
        if (kind == store::Kind::Pod)
            return item.kind == store::Kind::Ingress || item.kind == store::Kind::PersistentVolumeClaim;
        if (kind == store::Kind::EndpointSlice)
            return false;
        // The nodes of all pods of a workload are no list to choose from.
        if (kind == store::Kind::Node)
            return item.kind == store::Kind::Pod;
        return !(kind == store::Kind::ReplicaSet && item.kind == store::Kind::Deployment)
            && !(kind == store::Kind::Job && item.kind == store::Kind::CronJob);
    };
    QList<models::Item> items;
    for (const relations::Link &link : relations::relationsOf(snapshot, item).links) {
        for (const models::Item &end : {link.from, link.to}) {
            if (end != item && isTold(end.kind) && !items.contains(end))
                items.append(end);
        }
    }
    std::ranges::stable_sort(items, {}, [](const models::Item &one) { return rank(one.kind); });
    report.more = static_cast<int>(qMax<qsizetype>(0, items.size() - relatedShown));
    items.resize(items.size() - report.more);
    for (const models::Item &related : std::as_const(items)) {
        if (const auto row = models::find(snapshot, related))
            report.related.append({related, store::toQString(models::recordAt(snapshot, *row).name)});
    }
    return report;
}

InspectorReport::InspectorReport(models::ClusterModels &models, QObject *parent)
    : QObject(parent)
    , m_models(models)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(500);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_again)
            run();
    });
}

void InspectorReport::look(const models::Item &item)
{
    if (item != m_item) {
        clear();
        m_item = item;
        if (!item.isNull())
            run();
        return;
    }
    if (item.isNull())
        return;
    m_again = true;
    if (!m_pause.isActive() && !m_running)
        run();
}

void InspectorReport::clear()
{
    m_latest.cancel();
    m_item = {};
    m_running = false;
    m_again = false;
    take({});
}

void InspectorReport::run()
{
    // Of a large cluster one answer may take longer than the pause; the next question waits for it.
    if (m_running)
        return;
    m_running = true;
    m_again = false;
    m_pause.start();
    whenFinished(QtConcurrent::run([snapshot = m_models.snapshot(), item = m_item] {
        return reportOf(*snapshot, item, models::nowSeconds());
    }),
        this, [this, token = m_latest.next()](ObjectReport report) {
            if (!token.isCurrent())
                return;
            m_running = false;
            take(std::move(report));
            if (m_again && !m_pause.isActive())
                run();
        });
}

void InspectorReport::take(ObjectReport report)
{
    if (report == m_report)
        return;
    m_report = std::move(report);
    Q_EMIT changed();
}

} // namespace kdra::ui
