// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/panelbody.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

class QTableView;

namespace kdra::ui {

// A metrics::Table as an item model. New answers with the same columns replace cells, and add or take rows at the end:
// a view keeps its place.
class AnswerTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    // With the ranks of its columns.
    void setTable(metrics::Table table, std::vector<std::vector<quint32>> ranks);
    const metrics::Table &table() const { return m_table; }

    // What a cell sorts by.
    quint32 rank(const QModelIndex &cell) const { return m_ranks[size_t(cell.column())][size_t(cell.row())]; }
    // A cell as it is written.
    QString text(int row, int column) const;
    // RFC 4180.
    QByteArray csv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    metrics::Table m_table;
    std::vector<metrics::PanelSeries> m_formats; // of the columns
    std::vector<std::vector<quint32>> m_ranks; // the same
};

// Numbers by their size, with what is no number last whatever the order; words by the language's order.
class AnswerOrder : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

class TableBody : public PanelBody {
    Q_OBJECT
public:
    TableBody(const Theme &theme, QWidget *parent);

    void setContents(const metrics::Panel &panel, PanelContents contents) override;
    bool isEmpty() const override { return m_model->rowCount() == 0; }
    QByteArray csv() const override { return m_model->csv(); }
    void describe(const QString &title) override;
    QStringList notes() const override { return m_model->table().notes; }
    QTableView *view() const { return m_view; }

private:
    AnswerTableModel *m_model;
    AnswerOrder *m_order;
    QTableView *m_view;
    bool m_sized = false;
};

} // namespace kdra::ui
