// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/clustermodels.h"
#include "models/objectsearch.h"

#include <QConcatenateTablesProxyModel>
#include <QFrame>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

class QAction;
class QLineEdit;
class QListView;

namespace kdra::ui {

class Theme;

// Search and commands (Ctrl+K): actions and the objects of the cluster, found by any part of their name.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    CommandPalette(const Theme &theme, const models::ClusterModels &models, QWidget *parent);

    // What can be done; texts and shortcuts are taken over each time it is opened.
    void setActions(const QList<QAction *> &actions) { m_actions = actions; }
    void open(const QPoint &topLeft, int width);

    QLineEdit &edit() const { return *m_edit; }
    QListView &list() const { return *m_list; }

Q_SIGNALS:
    void objectChosen(const kdra::models::Item &item);
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

    const models::ClusterModels &m_models;
    QList<QAction *> m_actions;
    QStandardItemModel m_commands;
    QStandardItemModel m_podSearch; // one row, after everything else
    models::ObjectSearch m_objects;
    QConcatenateTablesProxyModel m_all;
    Filter m_filtered;
    bool m_chosen = false; // by arrow keys: stays, whatever else is found
    QLineEdit *m_edit;
    QListView *m_list;
};

} // namespace kdra::ui
