// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"

#include <KExtraColumnsProxyModel>

#include <unordered_map>

namespace kdra::models {

// What the pods of each node add up to, kept up by batches.
class NodeLoad {
public:
    struct Load {
        quint32 pods = 0; // that count against the node: neither succeeded nor failed
        quint32 failing = 0;
        qint64 cpuMilli = 0; // requested
        qint64 memory = 0; // requested, bytes
        bool operator==(const Load &) const = default;
    };
    void reset(const store::Snapshot &snapshot);
    // The names of the nodes whose load differs.
    QSet<StringId> apply(const store::Batch &batch);
    Load load(StringId node) const { return m_loads.value(node); }
    Load load(std::string_view node) const;

private:
    void add(const store::Snapshot &snapshot, const store::PodRecord &pod, int sign);
    static Load shareOf(const store::PodRecord &pod);
    QHash<StringId, Load> m_loads;
    // Node records know their name as text, pods the interned one; the views live as long as the pool.
    std::unordered_map<std::string_view, StringId> m_ids;
    std::shared_ptr<const StringPool> m_strings;
};

// The node table with what runs on each node.
class NodeLoadColumns : public KExtraColumnsProxyModel {
    Q_OBJECT
public:
    enum Column { Pods, Cpu, Memory };

    explicit NodeLoadColumns(QObject *parent = nullptr);

    void setSnapshot(const store::Snapshot &snapshot);
    // After the source model has applied it.
    void apply(const store::Batch &batch);
    const NodeLoad &load() const { return m_load; }

    QVariant extraColumnData(const QModelIndex &parent, int row, int extraColumn, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void tellChanged(int firstRow, int lastRow);

    NodeLoad m_load;
};

} // namespace kdra::models
