// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"
#include "ui/common/itemviews.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace kdra::ui {

class Banner;
class QueryEdit;
class QueryHelp;
class TableCopy;

// A page around one table: title, query, "problems only", count, columns, what is wrong with the query and with the
// data, and the table. What the user makes of it is remembered in the settings under the table's first kind.
class TablePage : public QFrame {
    Q_OBJECT
public:
    // `shown` is the model itself or a proxy over it, which may append `extra` columns. `sortColumn` to begin with, and
    // `order` of the columns by key; what it leaves out follows.
    TablePage(const Theme &theme, models::Selection &selection, const QString &title, models::RecordTableModel &model,
        QAbstractItemModel &shown, int sortColumn, QWidget *parent = nullptr, const QList<TableColumn> &extra = {},
        const QStringList &order = {});

    DenseTable &table() const { return *m_table; }
    QLineEdit &filterEdit() const;
    // What is wrong with the query, as shown under the box; empty when nothing is.
    QString queryError() const;
    // kubectl's name of the cluster, for commands that are copied; empty for its current context.
    void setKubectlContext(const QString &context);
    // What else can be done to selected rows; comes after copying in the context menu.
    void setRowActions(RowActions actions) { m_rowActions = std::move(actions); }
    // Tells what the kinds' watches are worth; after each batch.
    void refresh();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QLayout *makeHead(const Theme &theme, const QString &title);
    void applyFilter();
    void tellError(const QString &error);
    void openHelp();
    void openColumns();
    void updateCount();
    void setWatching(bool watching);

    models::RecordTableModel &m_model;
    Banner *m_banner;
    Banner *m_wrong;
    QueryEdit *m_filter;
    QToolButton *m_problems;
    QToolButton *m_columns;
    QueryHelp *m_help;
    QLabel *m_count;
    DenseTable *m_table;
    QLabel *m_empty;
    TableCopy *m_copy;
    RowActions m_rowActions;
    QString m_error;
    QTimer m_tellError;
    QTimer m_ages;
};

} // namespace kdra::ui
