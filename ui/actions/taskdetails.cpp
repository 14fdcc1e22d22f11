// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/taskdetails.h"

#include "ui/common/widgets.h"

#include <QDialogButtonBox>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kdra::ui {

TaskDetails::TaskDetails(const Theme &theme, const actions::Task &task, QWidget *parent)
    : QDialog(parent)
    , m_step(makeLabel(theme, Theme::FontRole::Body))
    , m_log(new QPlainTextEdit)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(task.title());
    resize(640, 420);
    m_step->setWordWrap(true);
    m_log->setReadOnly(true);
    m_log->setFont(theme.font(Theme::FontRole::Mono));
    m_log->setAccessibleName(tr("What happened"));
    m_log->setMaximumBlockCount(10000);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, task.title()));
    column->addWidget(m_step);
    column->addWidget(m_log, 1);
    column->addWidget(buttons);
    connect(&task, &actions::Task::changed, this, [this, &task] { update(task); });
    update(task);
}

void TaskDetails::update(const actions::Task &task)
{
    m_step->setText(task.error() ? task.error()->text() : task.step());
    const QLocale locale;
    for (; m_lines < task.log().size(); ++m_lines) {
        const actions::Task::LogLine &line = task.log()[m_lines];
        m_log->appendPlainText(locale.toString(line.time.toLocalTime().time(), QStringLiteral("HH:mm:ss"))
            + QStringLiteral("  ") + line.text);
    }
}

} // namespace kdra::ui
