// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itemviews.h"

#include "models/roles.h"
#include "models/tabletext.h"
#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>

#include <algorithm>
#include <ranges>

namespace kdra::ui {

std::vector<int> selectedRows(const QItemSelectionModel &rows)
{
    std::vector<int> selected;
    for (const auto ranges = rows.selection(); const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            selected.push_back(row);
    }
    std::ranges::sort(selected);
    const auto repeated = std::ranges::unique(selected);
    selected.erase(repeated.begin(), repeated.end());
    return selected;
}

QList<models::Item> selectedItems(const QItemSelectionModel &rows, qsizetype limit)
{
    // By ranges: a list of indexes of 150,000 rows would cost more than what is taken from it.
    QList<models::Item> items;
    for (const auto ranges = rows.selection(); const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom() && items.size() < limit; ++row) {
            const QVariant item = rows.model()->index(row, 0, range.parent()).data(models::ItemRole);
            if (item.isValid())
                items.append(item.value<models::Item>());
        }
    }
    const QVariant current = rows.currentIndex().siblingAtColumn(0).data(models::ItemRole);
    if (current.isValid() && items.removeOne(current.value<models::Item>()))
        items.append(current.value<models::Item>());
    return items;
}

void selectItems(QAbstractItemView &view, const QList<models::Item> &items, const ItemFinder &finder)
{
    // Selections cost the square of their ranges, and nobody looks at more rows than that.
    constexpr qsizetype limit = 500;
    QItemSelectionModel &rows = *view.selectionModel();
    QItemSelection wanted;
    const QModelIndexList indexes = finder(items.last(qMin(limit, items.size())));
    for (const QModelIndex &index : indexes)
        wanted.select(index, index);
    rows.select(wanted, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const QModelIndex current = indexes.isEmpty() ? QModelIndex() : indexes.last();
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
    m_columns = new TableColumns(*this);
    connect(this, &QTableView::doubleClicked, this,
        [this](const QModelIndex &index) { Q_EMIT opened(index.data(models::ItemRole).value<models::Item>()); });
}

void DenseTable::setColumns(const QList<int> &widths)
{
    QList<TableColumn> columns;
    // Without keys of their own they could not be told apart, and would be put in a wrong order.
    for (const int width : widths)
        columns.append({.key = QString::number(columns.size()), .title = {}, .width = width});
    m_columns->setColumns(std::move(columns));
}

void DenseTable::setModel(QAbstractItemModel *model)
{
    m_order = std::make_unique<QObject>();
    // Before the selection's own connection, which is made with the model.
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, m_order.get(), [this] { takeSelectionOut(); });
    SharedSelectionView::setModel(model);
    connect(model, &QAbstractItemModel::layoutChanged, m_order.get(), [this] { putSelectionBack(); });
}

// QItemSelectionModel follows a change of order by an index for each selected row, unless all are: a quarter of a
// second for 150,000 but one. Here the few that are not selected are followed instead. Nobody is told: in the end the
// same rows are selected.
void DenseTable::takeSelectionOut()
{
    constexpr int few = 1000;
    m_unselected.reset();
    const int count = model()->rowCount();
    if (!selectionModel() || count <= 2 * few)
        return;
    qsizetype atMost = 0;
    for (const auto ranges = selectionModel()->selection(); const QItemSelectionRange &range : ranges)
        atMost += range.height();
    if (atMost < count - few)
        return;
    const std::vector<int> selected = selectedRows(*selectionModel());
    const qsizetype others = count - static_cast<qsizetype>(selected.size());
    if (others == 0 || others > few)
        return;
    QList<QPersistentModelIndex> unselected;
    auto next = selected.begin();
    for (int row = 0; row < count; ++row) {
        if (next != selected.end() && *next == row)
            ++next;
        else
            unselected.append(model()->index(row, 0));
    }
    m_unselected = std::move(unselected);
    const QSignalBlocker quiet(selectionModel());
    selectionModel()->clearSelection();
}

void DenseTable::putSelectionBack()
{
    if (!m_unselected)
        return;
    const QList<QPersistentModelIndex> unselected = *std::exchange(m_unselected, std::nullopt);
    std::vector<int> rows;
    for (const QPersistentModelIndex &index : unselected) {
        if (index.isValid())
            rows.push_back(index.row());
    }
    rows.push_back(model()->rowCount());
    std::ranges::sort(rows);
    QItemSelection selection;
    int first = 0;
    for (const int row : rows) {
        if (row > first)
            selection.append(
                QItemSelectionRange(model()->index(first, 0), model()->index(row - 1, model()->columnCount() - 1)));
        first = row + 1;
    }
    const QSignalBlocker quiet(selectionModel());
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

// A header that knows the selection asks every selected row, for each column that it paints, whether it may be
// selected: 40 ms for 150,000 rows.
void DenseTable::setSelectionModel(QItemSelectionModel *selectionModel)
{
    SharedSelectionView::setSelectionModel(selectionModel);
    QItemSelectionModel *old = m_headerSelection;
    m_headerSelection = new QItemSelectionModel(model(), this);
    horizontalHeader()->setSelectionModel(m_headerSelection);
    delete old;
}

void DenseTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex().data(models::ItemRole).value<models::Item>());
        return;
    }
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (sideways && event->modifiers() == (Qt::ALT | Qt::SHIFT) && currentIndex().isValid()) {
        m_columns->move(currentIndex().column(), event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        const std::vector<int> rows = selectedRows(*selectionModel());
        const QList<int> shown = m_columns->shown();
        for (const int row : rows | std::views::take(actionLimit)) {
            QStringList cells;
            for (const int column : shown)
                cells.append(model()->index(row, column).data().toString());
            lines.append(models::tsvLine(cells));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        return;
    }
    SharedSelectionView::keyPressEvent(event);
}

void DenseTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (!m_rowActions || !selectionModel() || !selectionModel()->hasSelection())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<models::Item> items = selectedItems(*selectionModel(), actionLimit + 1);
    menu->addActions(m_rowActions(items.size() > actionLimit ? QList<models::Item>() : items, menu));
    if (menu->isEmpty()) {
        delete menu;
        return;
    }
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid();
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
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
