// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/task.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace kdra::ui {

class Theme;

// All that happened in one task, as it happens; the error with the server's own words. Deletes itself.
class TaskDetails : public QDialog {
    Q_OBJECT
public:
    TaskDetails(const Theme &theme, const actions::Task &task, QWidget *parent);

private:
    void update(const actions::Task &task);

    QLabel *m_step;
    QPlainTextEdit *m_log;
    qsizetype m_lines = 0;
};

} // namespace kdra::ui
