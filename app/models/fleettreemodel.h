// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"

#include <QAbstractItemModel>

namespace kdra::models {

// The nodes of a cluster under their sites or roles. Two levels; both sorted by name. A group's severity is that of its
// worst node.
class FleetTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum class Grouping { Site, Role };
    Q_ENUM(Grouping)

    using QAbstractItemModel::QAbstractItemModel;

    // Another cluster, or another grouping: the only resets there are.
    void setSnapshot(store::SnapshotPtr snapshot);
    void setGrouping(Grouping grouping);
    Grouping grouping() const { return m_grouping; }
    void apply(const store::Batch &batch);

    // The index of a node; invalid when there is none.
    QModelIndex indexOf(const Item &item) const;
    // Of a row that is a node; store::noSlot for others.
    store::Slot slotOf(const QModelIndex &index) const;
    // Of a row that is a site: its name. Empty for others.
    QString siteOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group {
        QString key;
        quint32 id = 0;
        std::vector<store::Slot> nodes;
        store::Severity severity = store::Severity::Healthy;
    };
    QString keyOf(const store::NodeRecord &node, const store::Snapshot &snapshot) const;
    QString title(const Group &group) const;
    bool goesBefore(store::Slot a, store::Slot b) const;
    int groupRow(quint32 id) const;
    int findGroup(const QString &key) const;
    void rebuild();
    void insertNodes(QString key, std::vector<store::Slot> nodes);
    void removeNode(store::Slot slot);
    void updateSeverity(int group);

    Grouping m_grouping = Grouping::Site;
    store::SnapshotPtr m_snapshot = std::make_shared<store::Snapshot>();
    std::vector<Group> m_groups;
    QHash<store::Slot, quint32> m_groupOfNode; // group id by slot
    quint32 m_nextId = 1;
};

} // namespace kdra::models
