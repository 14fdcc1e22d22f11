// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/runner.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QTimer>

namespace kdra::models {

// What KDRA does in the clusters that are open, newest first: one row a task. GUI thread.
class TaskModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TaskColumn, StepColumn, ProgressColumn, TimeColumn, WayBackColumn, ColumnCount };

    explicit TaskModel(QObject *parent = nullptr);

    // Follows the runner's tasks until it is destroyed; `cluster` is told with them once there is more than one.
    void addRunner(actions::Runner &runner, const QString &cluster);

    actions::Task *taskAt(int row) const { return m_tasks.value(row).task; }
    int runningCount() const;
    void clearFinished();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    // A task came, went or changed its state.
    void countsChanged();

private:
    struct Row {
        actions::Task *task = nullptr;
        const actions::Runner *runner = nullptr;
        QString cluster;
    };
    void insert(actions::Task *task, const actions::Runner *runner, const QString &cluster);
    void remove(const actions::Task *task);
    void removeRunner(const QObject *runner);
    void tellChanged(const actions::Task *task);
    void updateClock();

    QList<Row> m_tasks;
    QList<QPointer<actions::Runner>> m_runners;
    QTimer m_seconds; // while something runs
};

// How a task's state is marked.
store::Severity severityOf(actions::Task::State state);

} // namespace kdra::models
