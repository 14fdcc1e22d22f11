// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/taskmodel.h"

#include <QStackedWidget>

class QTableView;

namespace kdra::ui {

class Theme;

// What is being done in the cluster, and what became of it: progress, the server's words, cancel and undo.
class TaskList : public QStackedWidget {
    Q_OBJECT
public:
    TaskList(const Theme &theme, models::TaskModel &tasks, QWidget *parent = nullptr);

    QTableView &table() const { return *m_table; }
    // Cancels what runs, else takes back what can be taken back.
    void actOn(actions::Task *task);
    // Takes back the newest task that can be.
    void undoNewest();
    bool canUndo() const { return newestUndoable() != nullptr; }
    void showDetails(const actions::Task &task);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    actions::Task *currentTask() const;
    actions::Task *newestUndoable() const;
    void openMenu(const QPoint &position);

    const Theme &m_theme;
    models::TaskModel &m_tasks;
    QTableView *m_table;
};

} // namespace kdra::ui
