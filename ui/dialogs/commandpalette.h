// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"

#include <QConcatenateTablesProxyModel>
#include <QFrame>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

class QAction;
class QLineEdit;
class QListView;

namespace kdra::ui {

class Theme;

// Search and commands (Ctrl+K): actions and the nodes of the fleet, found by any part of their name.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    // `nodes`: one flat column of names with ItemRole.
    CommandPalette(const Theme &theme, QAbstractItemModel &nodes, QWidget *parent);

    // What can be done; texts and shortcuts are taken over each time it is opened.
    void setActions(const QList<QAction *> &actions) { m_actions = actions; }
    void open(const QPoint &topLeft, int width);

    QLineEdit &edit() const { return *m_edit; }
    QListView &list() const { return *m_list; }

Q_SIGNALS:
    void nodeChosen(const kdra::models::Item &item);
    // Enter on "Pods that match ...".
    void podSearchRequested(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Filter : public QSortFilterProxyModel {
    protected:
        bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    };
    void filter(const QString &text);
    void run();

    QList<QAction *> m_actions;
    QStandardItemModel m_commands;
    QConcatenateTablesProxyModel m_all;
    Filter m_filtered;
    QLineEdit *m_edit;
    QListView *m_list;
};

} // namespace kdra::ui
