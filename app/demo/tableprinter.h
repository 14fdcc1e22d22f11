// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/resources.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace kdra::demo {

// The columns that `kubectl get` shows for a kind (kubernetes/pkg/printers/internalversion).
class TablePrinter {
public:
    struct Column {
        QLatin1StringView name;
        int priority = 0; // 1: only with -o wide
        QLatin1StringView type = QLatin1StringView("string");
    };
    using Cells = std::function<QJsonArray(const QJsonObject &)>;

    static const TablePrinter &of(const ResourceType &type);

    QJsonArray columns() const;
    QJsonArray cells(const QJsonObject &object) const { return m_cells(object); }

    TablePrinter(QList<Column> columns, Cells cells)
        : m_columns(std::move(columns))
        , m_cells(std::move(cells))
    {
    }

private:
    QList<Column> m_columns;
    Cells m_cells;
};

// "5m30s", "3d4h": apimachinery's HumanDuration of the time since an RFC 3339 time; "<unknown>" without one.
QString humanAge(const QString &since);
// The cells of the workload kinds, of a pod; in tablecells.cpp.
QJsonArray podCells(const QJsonObject &pod);
QJsonArray nodeCells(const QJsonObject &node);
QJsonArray workloadCells(const QJsonObject &workload, const QStringList &counts);

} // namespace kdra::demo
