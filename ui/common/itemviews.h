// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"

#include <QScopedValueRollback>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

#include <functional>

namespace kdra::ui {

class Theme;

using ItemFinder = std::function<QModelIndex(const models::Item &)>;

// What a view's rows say is selected, as items, the current row last.
QList<models::Item> selectedItems(const QItemSelectionModel &rows);
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

    // How to find the index of an item; without it the shared selection is not followed.
    void setFinder(ItemFinder finder) { m_finder = std::move(finder); }

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
            m_selection.set(selectedItems(*this->selectionModel()));
    }

private:
    void follow()
    {
        if (!m_userActs && m_finder && this->selectionModel())
            selectItems(*this, m_selection.items(), m_finder);
    }

    models::Selection &m_selection;
    ItemFinder m_finder;
    QTimer m_followLater;
    bool m_userActs = false;
};

// A dense, quiet table.
class DenseTable : public SharedSelectionView<QTableView> {
    Q_OBJECT
public:
    DenseTable(const Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    // The widths the columns would like to have. Columns of words take more where there is room and give way where
    // there is too little; the last visible one takes what is left. Once the user has set a width, widths are the
    // user's.
    void setColumns(const QList<int> &widths);

Q_SIGNALS:
    // Return or a double click.
    void opened(const kdra::models::Item &item);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();

    QList<int> m_widths;
    bool m_userSized = false;
};

class SelectionTree : public SharedSelectionView<QTreeView> {
    Q_OBJECT
public:
    SelectionTree(const Theme &theme, models::Selection &selection, QWidget *parent = nullptr);
};

} // namespace kdra::ui
