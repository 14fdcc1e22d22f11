// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QAbstractTableModel>

namespace kdra::models {

// One row a kind: how fresh what is shown of it is, and how it gets here.
class FreshnessModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { KindColumn, StateColumn, SinceColumn, ObjectsColumn, TransportColumn, HeardColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(store::SnapshotPtr snapshot);
    const store::Snapshot &snapshot() const { return *m_snapshot; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    store::SnapshotPtr m_snapshot = std::make_shared<store::Snapshot>();
};

QString phaseName(store::KindPhase phase);
// How the phase fares as a severity.
store::Severity phaseSeverity(store::KindPhase phase);

// The whole cluster's freshness in one look.
struct Freshness {
    enum class State { Connecting, Live, Stale, Partial };
    State state = State::Connecting;
    qint64 silentSeconds = 0; // Stale: since the stalest kind was last heard of
    QList<store::Kind> stale, denied; // denied: forbidden, not served or failed
};
Freshness freshnessOf(const store::Snapshot &snapshot);

} // namespace kdra::models
