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
class EmptyState;

// A page around one table: title, filter, "problems only", count, what is wrong with the data, and the table.
class TablePage : public QFrame {
    Q_OBJECT
public:
    // `shown` is the model itself or a proxy over it. `sortColumn` to begin with.
    TablePage(const Theme &theme, models::Selection &selection, const QString &title, models::RecordTableModel &model,
        QAbstractItemModel &shown, int sortColumn, QWidget *parent = nullptr);

    DenseTable &table() const { return *m_table; }
    QLineEdit &filterEdit() const { return *m_filter; }
    // Tells what the kinds' watches are worth; after each batch.
    void refresh();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void applyFilter();
    void updateCount();
    void setWatching(bool watching);

    models::RecordTableModel &m_model;
    Banner *m_banner;
    QLineEdit *m_filter;
    QToolButton *m_problems;
    QLabel *m_count;
    DenseTable *m_table;
    QLabel *m_empty;
    QTimer m_ages;
};

} // namespace kdra::ui
