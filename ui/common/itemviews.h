// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"
#include "ui/common/tablecolumns.h"

#include <QPersistentModelIndex>
#include <QScopedValueRollback>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QAction;

namespace kdra::ui {

class Theme;

// Where items are in a view's model; those that are not there are left out, the others keep their order.
using ItemFinder = std::function<QModelIndexList(const QList<models::Item> &)>;

// The selected rows of a flat view, from top to bottom.
std::vector<int> selectedRows(const QItemSelectionModel &rows);
// What a view's rows say is selected, as items, the current row last; at most `limit` of them.
QList<models::Item> selectedItems(const QItemSelectionModel &rows, qsizetype limit);
// Selects the rows of the items and brings the last one into view.
void selectItems(QAbstractItemView &view, const QList<models::Item> &items, const ItemFinder &finder);

// A view whose selection is the shared one: its rows speak with ItemRole. Only what the user does in it is told; rows
// that come and go by themselves are not a choice.
template <class View> class SharedSelectionView : public View {
public:
    explicit SharedSelectionView(models::Selection &selection, QWidget *parent)
        : View(parent)
        , m_selection(selection)
    {
        QObject::connect(&m_selection, &models::Selection::changed, this, [this] { follow(); });
        m_followLater.setSingleShot(true);
        m_followLater.setInterval(100);
        QObject::connect(&m_followLater, &QTimer::timeout, this, [this] { follow(); });
    }

    // How to find the indexes of items; without it the shared selection is not followed.
    void setFinder(ItemFinder finder) { m_finder = std::move(finder); }
    // The same, one by one: for models that are not large.
    void setFinder(std::function<QModelIndex(const models::Item &)> find)
    {
        m_finder = [find = std::move(find)](const QList<models::Item> &items) {
            QModelIndexList indexes;
            for (const models::Item &item : items) {
                if (const QModelIndex index = find(item); index.isValid())
                    indexes.append(index);
            }
            return indexes;
        };
    }

    void setModel(QAbstractItemModel *model) override
    {
        View::setModel(model);
        // A row that is selected elsewhere may come later.
        const auto later = [this] {
            if (!m_selection.isEmpty())
                m_followLater.start();
        };
        QObject::connect(model, &QAbstractItemModel::modelReset, this, later);
        QObject::connect(model, &QAbstractItemModel::rowsInserted, this, later);
    }

protected:
    bool viewportEvent(QEvent *event) override
    {
        const QScopedValueRollback guard(m_userActs, true);
        return View::viewportEvent(event);
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const QScopedValueRollback guard(m_userActs, true);
        View::keyPressEvent(event);
    }

    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override
    {
        View::selectionChanged(selected, deselected);
        if (m_userActs)
            m_selection.set(selectedItems(*this->selectionModel(), sharedLimit));
    }

private:
    void follow()
    {
        if (!m_userActs && m_finder && this->selectionModel())
            selectItems(*this, m_selection.items(), m_finder);
    }

    // Somebody who selects ten thousand rows does not want ten thousand items followed everywhere.
    static constexpr qsizetype sharedLimit = 500;
    models::Selection &m_selection;
    ItemFinder m_finder;
    QTimer m_followLater;
    bool m_userActs = false;
};

// What can be done to the selected items: the actions, owned by `owner`, that a context menu shows.
using RowActions = std::function<QList<QAction *>(const QList<models::Item> &items, QObject *owner)>;

// A dense, quiet table.
class DenseTable : public SharedSelectionView<QTableView> {
    Q_OBJECT
public:
    DenseTable(const Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    // The widths the columns would like to have; columns without one are hidden. The last visible one takes what is
    // left.
    void setColumns(const QList<int> &widths);
    TableColumns &columns() const { return *m_columns; }

    // What the context menu of rows shows (a right click, or the menu key); no menu without. Of more rows than this
    // many the actions are asked for none.
    void setRowActions(RowActions actions) { m_rowActions = std::move(actions); }
    static constexpr qsizetype actionLimit = 10'000;

    void setModel(QAbstractItemModel *model) override;
    void setSelectionModel(QItemSelectionModel *selectionModel) override;

Q_SIGNALS:
    // Return or a double click.
    void opened(const kdra::models::Item &item);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void takeSelectionOut();
    void putSelectionBack();

    TableColumns *m_columns;
    std::unique_ptr<QObject> m_order; // connections to the model's changes of order
    std::optional<QList<QPersistentModelIndex>> m_unselected; // while the order changes
    QItemSelectionModel *m_headerSelection = nullptr;
    RowActions m_rowActions;
};

class SelectionTree : public SharedSelectionView<QTreeView> {
    Q_OBJECT
public:
    SelectionTree(const Theme &theme, models::Selection &selection, QWidget *parent = nullptr);
};

} // namespace kdra::ui
