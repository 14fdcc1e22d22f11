// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"
#include "store/nodeload.h"

#include <KExtraColumnsProxyModel>

namespace kdra::models {

// The node table with what runs on each node.
class NodeLoadColumns : public KExtraColumnsProxyModel {
    Q_OBJECT
public:
    enum Column { Pods, Cpu, Memory };

    explicit NodeLoadColumns(QObject *parent = nullptr);

    void setSnapshot(const store::Snapshot &snapshot);
    // After the source model has applied it.
    void apply(const store::Batch &batch);
    const store::NodeLoad &load() const { return m_load; }

    QVariant extraColumnData(const QModelIndex &parent, int row, int extraColumn, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void tellChanged(int firstRow, int lastRow);

    store::NodeLoad m_load;
};

} // namespace kdra::models
