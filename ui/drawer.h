// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"

#include <QFrame>

class QStackedWidget;
class QTabWidget;

namespace kdra::ui {

class DenseTable;
class Session;

// The drawer at the bottom: the newest warnings, and tasks in progress.
class Drawer : public QFrame {
    Q_OBJECT
public:
    explicit Drawer(Session &session, QWidget *parent = nullptr);

private:
    void updateTitle();

    Session &m_session;
    models::RecordTableModel m_warnings;
    DenseTable *m_table;
    QStackedWidget *m_list;
    QTabWidget *m_tabs;
};

} // namespace kdra::ui
