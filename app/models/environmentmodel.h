// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"
#include "models/alertmarks.h"

#include <QAbstractTableModel>
#include <QHash>

namespace kdra::models {

// What the pods of an environment use, by the cluster's Prometheus.
struct EnvironmentUse {
    qint64 cpuMilli = 0;
    qint64 memory = 0; // bytes, the working set
    bool operator==(const EnvironmentUse &) const = default;
};
// By namespace and name.
using EnvironmentUses = QHash<std::pair<QString, QString>, EnvironmentUse>;

// The environments of a cluster, one row each, in the order of their names. GUI thread.
class EnvironmentModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        StateColumn,
        AlertsColumn, // empty while nothing fires
        NamespaceColumn,
        TemplateColumn,
        OwnerColumn,
        AgeColumn,
        TimeLeftColumn,
        PlacementColumn,
        PodsColumn,
        CpuColumn,
        MemoryColumn,
        CpuUsedColumn, // empty without metrics
        MemoryUsedColumn,
        ReasonColumn,
        ColumnCount
    };

    explicit EnvironmentModel(QObject *parent = nullptr);

    // What there is now, in any order; told as insertions, removals and changes. Identity is namespace and name.
    void setEnvironments(QList<environments::Environment> environments);
    const QList<environments::Environment> &environments() const { return m_rows; }
    // Environments that are not in it: nothing is known of them.
    void setUses(const EnvironmentUses &uses);
    // What fires; only that of the environments counts.
    void setAlerts(const models::AlertMarks &alerts);
    const environments::Environment &environmentAt(int row) const { return m_rows[row]; }
    // -1 when there is none.
    int rowOf(const QString &ns, const QString &name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeMissing(const QList<environments::Environment> &wanted);
    void insertNew(const QList<environments::Environment> &wanted);
    void updateChanged(const QList<environments::Environment> &wanted);

    std::optional<EnvironmentUse> useOf(const environments::Environment &environment) const;
    QVariant alertData(const environments::Environment &environment, int role) const;

    QList<environments::Environment> m_rows;
    EnvironmentUses m_uses;
    QHash<std::pair<QString, QString>, AlertMark> m_alerts;
};

} // namespace kdra::models
