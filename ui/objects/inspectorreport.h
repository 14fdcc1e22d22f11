// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/clustermodels.h"
#include "models/section.h"
#include "relations/causes.h"

#include <QTimer>

namespace kdra::ui {

// An object that has to do with the one that is shown.
struct RelatedEntry {
    models::Item item;
    QString name;
    bool operator==(const RelatedEntry &) const = default;
};

// What is wrong with an object, and what it has to do with others.
struct ObjectReport {
    QList<relations::Cause> causes; // as relations::diagnose
    QList<RelatedEntry> related; // owners, services, ingresses, nodes: at most 12
    int more = 0; // related objects beyond these
    models::Sections sections; // as models::recordSections
    bool operator==(const ObjectReport &) const = default;
};

// Any thread. `now` in seconds since the Unix epoch.
ObjectReport reportOf(const store::Snapshot &snapshot, const models::Item &item, qint64 now);

// Keeps the report of one object current: worked out on a thread of the pool from the newest snapshot, at once for
// another object and at most every 500 ms for the same. GUI thread.
class InspectorReport : public QObject {
    Q_OBJECT
public:
    explicit InspectorReport(models::ClusterModels &models, QObject *parent = nullptr);

    // The object may have changed, or is another one; null for none.
    void look(const models::Item &item);
    // The objects are of another cluster now.
    void clear();
    const ObjectReport &report() const { return m_report; }

Q_SIGNALS:
    // The report differs from before.
    void changed();

private:
    void run();
    void take(ObjectReport report);

    models::ClusterModels &m_models;
    models::Item m_item;
    ObjectReport m_report;
    Latest m_latest;
    QTimer m_pause;
    bool m_running = false;
    bool m_again = false;
};

} // namespace kdra::ui
