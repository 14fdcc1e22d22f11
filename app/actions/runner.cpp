// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/runner.h"

#include "store/clusterstore.h"

namespace kdra::actions {
namespace {

constexpr qsizetype MaxFinished = 100;

}

Runner::Runner(store::ClusterStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_offers(store.client())
{
    connect(&store, &store::ClusterStore::published, this, [this](const store::Batch &batch) {
        // A task that ends may start another: not while the list is walked.
        const QList<Task *> tasks = m_tasks;
        for (Task *task : tasks)
            task->apply(batch);
    });
}

Runner::~Runner()
{
    const QList<Task *> tasks = std::exchange(m_tasks, {});
    for (Task *task : tasks) {
        task->disconnect(this);
        if (task->isRunning())
            task->abandon();
        delete task;
    }
}

Task *Runner::start(Order order)
{
    return start(new Task(std::move(order), m_store, this));
}

Task *Runner::start(const Job &job)
{
    return start(new Task(job, m_store, this));
}

Task *Runner::start(Task *task)
{
    m_tasks.append(task);
    connect(task, &Task::changed, this, [this, task] { Q_EMIT taskChanged(task); });
    connect(task, &Task::ended, this, [this, task] {
        // The server decides, not what it said a minute ago.
        if (task->error() && task->error()->kind == Error::Kind::Forbidden)
            m_offers.forget();
    });
    Q_EMIT taskAdded(task);
    task->start();
    const auto finished = std::ranges::count_if(m_tasks, [](const Task *one) { return !one->isRunning(); });
    if (finished > MaxFinished)
        drop(*std::ranges::find_if(m_tasks, [](const Task *one) { return !one->isRunning(); }));
    return task;
}

int Runner::runningCount() const
{
    return static_cast<int>(std::ranges::count_if(m_tasks, &Task::isRunning));
}

void Runner::clearFinished()
{
    const QList<Task *> tasks = m_tasks;
    for (Task *task : tasks) {
        if (!task->isRunning())
            drop(task);
    }
}

void Runner::drop(Task *task)
{
    m_tasks.removeOne(task);
    Q_EMIT taskRemoved(task);
    task->deleteLater();
}

} // namespace kdra::actions
