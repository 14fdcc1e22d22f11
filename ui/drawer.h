// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"

#include <QFrame>

class QStackedWidget;
class QTabWidget;

namespace kdra::ui {

class DenseTable;
class Session;
class TaskList;

// The drawer at the bottom: the newest warnings, and tasks in progress.
class Drawer : public QFrame {
    Q_OBJECT
public:
    explicit Drawer(Session &session, QWidget *parent = nullptr);

    TaskList &tasks() const { return *m_tasks; }
    void showTasks();

private:
    void updateTitle();
    void updateTasksTitle();

    Session &m_session;
    models::RecordTableModel m_warnings;
    DenseTable *m_table;
    QStackedWidget *m_list;
    TaskList *m_tasks;
    QTabWidget *m_tabs;
};

} // namespace kdra::ui
