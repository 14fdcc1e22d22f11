// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/taskmodel.h"

#include "models/format.h"
#include "models/roles.h"

#include <QLocale>

#include <algorithm>

namespace kdra::models {

using actions::Task;

store::Severity severityOf(Task::State state)
{
    switch (state) {
    case Task::State::Running:
        return store::Severity::Progressing;
    case Task::State::Succeeded:
        return store::Severity::Healthy;
    case Task::State::Failed:
        return store::Severity::Failing;
    case Task::State::Cancelled:
        return store::Severity::Unknown;
    }
    return store::Severity::Unknown;
}

TaskModel::TaskModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        for (int row = 0; row < m_tasks.size(); ++row) {
            if (m_tasks[row].task->isRunning())
                Q_EMIT dataChanged(index(row, TimeColumn), index(row, TimeColumn), {Qt::DisplayRole});
        }
    });
}

void TaskModel::addRunner(actions::Runner &runner, const QString &cluster)
{
    const actions::Runner *of = &runner;
    connect(&runner, &actions::Runner::taskAdded, this, [this, of, cluster](Task *task) { insert(task, of, cluster); });
    connect(&runner, &actions::Runner::taskChanged, this, &TaskModel::tellChanged);
    connect(&runner, &actions::Runner::taskRemoved, this, &TaskModel::remove);
    // Its tasks are its own and go with it.
    connect(&runner, &QObject::destroyed, this, &TaskModel::removeRunner);
    m_runners.append(&runner);
    for (Task *task : runner.tasks())
        insert(task, of, cluster);
}

void TaskModel::insert(Task *task, const actions::Runner *runner, const QString &cluster)
{
    beginInsertRows({}, 0, 0);
    m_tasks.prepend({task, runner, cluster});
    endInsertRows();
    updateClock();
}

void TaskModel::remove(const Task *task)
{
    const auto at = std::ranges::find(m_tasks, task, &Row::task);
    if (at == m_tasks.end())
        return;
    const int row = static_cast<int>(at - m_tasks.begin());
    beginRemoveRows({}, row, row);
    m_tasks.erase(at);
    endRemoveRows();
    updateClock();
}

void TaskModel::removeRunner(const QObject *runner)
{
    for (int row = static_cast<int>(m_tasks.size()) - 1; row >= 0; --row) {
        // The runner is a mere QObject by now: compared, not used.
        if (static_cast<const QObject *>(m_tasks[row].runner) != runner)
            continue;
        beginRemoveRows({}, row, row);
        m_tasks.removeAt(row);
        endRemoveRows();
    }
    m_runners.removeIf([](const QPointer<actions::Runner> &one) { return !one; });
    updateClock();
}

void TaskModel::tellChanged(const Task *task)
{
    const auto at = std::ranges::find(m_tasks, task, &Row::task);
    if (at == m_tasks.end())
        return;
    const int row = static_cast<int>(at - m_tasks.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    updateClock();
}

void TaskModel::updateClock()
{
    if (runningCount() == 0)
        m_seconds.stop();
    else if (!m_seconds.isActive())
        m_seconds.start();
    Q_EMIT countsChanged();
}

int TaskModel::runningCount() const
{
    return static_cast<int>(std::ranges::count_if(m_tasks, [](const Row &row) { return row.task->isRunning(); }));
}

void TaskModel::clearFinished()
{
    for (const QPointer<actions::Runner> &runner : std::as_const(m_runners)) {
        if (runner)
            runner->clearFinished();
    }
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tasks.size());
}

int TaskModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_tasks[index.row()];
    const Task &task = *row.task;
    if (role == Qt::ToolTipRole && index.column() == StepColumn)
        return task.error() ? task.error()->text() : task.step();
    if (role == SeverityRole && index.column() == TaskColumn)
        return static_cast<int>(severityOf(task.state()));
    if (role == FractionRole && index.column() == ProgressColumn && task.isRunning() && task.total() > 0)
        return std::clamp(static_cast<double>(task.done()) / task.total(), 0.0, 1.0);
    if (role == Qt::TextAlignmentRole && (index.column() == ProgressColumn || index.column() == TimeColumn))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QLocale locale;
    switch (index.column()) {
    case TaskColumn:
        return m_runners.size() > 1 ? tr("%1 (%2)").arg(task.title(), row.cluster) : task.title();
    case StepColumn:
        return task.error() ? task.error()->what : task.step();
    case ProgressColumn:
        return task.total() > 1 ? tr("%1 of %2").arg(locale.toString(task.done()), locale.toString(task.total()))
                                : QString();
    case TimeColumn: {
        const QDateTime until = task.isRunning() ? QDateTime::currentDateTime() : task.finished();
        return shortSpan(task.started().secsTo(until));
    }
    case WayBackColumn:
        if (task.isCancelling())
            return tr("Cancelling…");
        if (task.isRunning())
            return tr("Cancel");
        return task.canUndo() ? tr("Undo") : QString();
    }
    return {};
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TaskColumn:
        return tr("Task");
    case StepColumn:
        return tr("What it does");
    case ProgressColumn:
        return tr("Progress");
    case TimeColumn:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace kdra::models
