// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itemviews.h"

#include "models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace kdra::ui {

QList<models::Item> selectedItems(const QItemSelectionModel &rows)
{
    // Somebody who selects ten thousand rows does not want ten thousand items followed everywhere.
    constexpr qsizetype limit = 500;
    QList<models::Item> items;
    const QModelIndexList selected = rows.selectedRows();
    for (const auto first = selected.first(qMin(limit, selected.size())); const QModelIndex &index : first) {
        if (const QVariant item = index.data(models::ItemRole); item.isValid())
            items.append(item.value<models::Item>());
    }
    const QVariant current = rows.currentIndex().siblingAtColumn(0).data(models::ItemRole);
    if (current.isValid() && items.removeOne(current.value<models::Item>()))
        items.append(current.value<models::Item>());
    return items;
}

void selectItems(QAbstractItemView &view, const QList<models::Item> &items, const ItemFinder &finder)
{
    QItemSelectionModel &rows = *view.selectionModel();
    QItemSelection wanted;
    QModelIndex current;
    for (const models::Item &item : items) {
        const QModelIndex index = finder(item);
        if (!index.isValid())
            continue;
        wanted.select(index, index);
        current = index;
    }
    rows.select(wanted, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (current.isValid() && current.siblingAtColumn(0) != rows.currentIndex().siblingAtColumn(0)) {
        rows.setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        view.scrollTo(current);
    }
}

DenseTable::DenseTable(const Theme &theme, models::Selection &selection, QWidget *parent)
    : SharedSelectionView(selection, parent)
{
    setItemDelegate(new CellDelegate(theme, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setSortingEnabled(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Metrics::rowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setFont(theme.font(Theme::FontRole::Small));
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionsMovable(true);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        const bool dragged = QGuiApplication::mouseButtons() & Qt::LeftButton;
        m_userSized = m_userSized || (dragged && horizontalHeader()->viewport()->underMouse());
    });
    connect(this, &QTableView::doubleClicked, this,
        [this](const QModelIndex &index) { Q_EMIT opened(index.data(models::ItemRole).value<models::Item>()); });
}

void DenseTable::setColumns(const QList<int> &widths)
{
    m_widths = widths;
    fitColumns();
}

void DenseTable::fitColumns()
{
    constexpr int least = 76;
    constexpr int wide = 120; // columns of words, not of figures
    if (m_userSized || !model())
        return;
    int wanted = 0;
    int spare = 0;
    int words = 0;
    for (const int width : std::as_const(m_widths)) {
        wanted += width;
        spare += qMax(0, width - least);
        words += width >= wide ? width : 0;
    }
    const int missing = wanted - viewport()->width();
    for (int column = 0; column < m_widths.size(); ++column) {
        const int width = m_widths[column];
        int given = width;
        // Words that are cut short everywhere are worse than having to scroll.
        if (missing > 0 && missing <= spare / 2)
            given -= (missing * qMax(0, width - least) + spare - 1) / spare;
        else if (missing < 0 && width >= wide)
            given += qMin(width, -missing * width / words);
        setColumnWidth(column, given);
    }
}

void DenseTable::resizeEvent(QResizeEvent *event)
{
    SharedSelectionView::resizeEvent(event);
    fitColumns();
}

void DenseTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        for (const auto rows = selectionModel()->selectedRows(); const QModelIndex &row : rows) {
            QStringList cells;
            for (int column = 0; column < model()->columnCount(); ++column)
                cells.append(row.siblingAtColumn(column).data().toString());
            lines.append(cells.join(u'\t'));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex().data(models::ItemRole).value<models::Item>());
        return;
    }
    SharedSelectionView::keyPressEvent(event);
}

SelectionTree::SelectionTree(const Theme &theme, models::Selection &selection, QWidget *parent)
    : SharedSelectionView(selection, parent)
{
    setItemDelegate(new CellDelegate(theme, this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    setIndentation(14);
}

} // namespace kdra::ui
