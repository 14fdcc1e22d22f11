// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/recordtablemodel.h"
#include "models/tabletext.h"

#include <QAction>
#include <QFuture>

namespace kdra::ui {

class DenseTable;

// Copies the selected rows of a table: as cells, as names, as commands. Texts are made on a worker, so that 150,000
// rows do not stop the window; the clipboard has them a moment later.
class TableCopy : public QObject {
    Q_OBJECT
public:
    TableCopy(DenseTable &table, models::RecordTableModel &model);
    ~TableCopy() override;

    // kubectl's name for the cluster that is shown; empty for its current context.
    void setContext(const QString &context) { m_context = context; }
    // For context menus, in their order.
    QList<QAction *> actions() const { return m_actions; }

Q_SIGNALS:
    void copied(qsizetype rows);

private:
    std::vector<models::RowKey> selectedKeys() const;
    void copyCells(bool header);
    void copyNames();
    void copyCommand(models::KubectlVerb verb);
    template <class Make> void copy(Make make);
    void toClipboard(const QString &text, qsizetype rows);
    QString cellsOfView(bool header) const;

    DenseTable &m_table;
    models::RecordTableModel &m_model;
    QString m_context;
    QList<QAction *> m_actions;
    Latest m_latest;
    QFuture<QString> m_future;
};

} // namespace kdra::ui
