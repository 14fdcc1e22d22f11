// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/task.h"

#include "actions/procedure.h"
#include "actions/runner.h"

namespace kdra::actions {

Task::Task(Order order, store::ClusterStore &store, Runner *runner)
    : QObject(runner)
    , m_order(std::move(order))
    , m_title(titleOf(m_order))
    , m_target(displayOf(m_order.targets))
    , m_runner(runner)
    , m_procedure(makeProcedure(*this, store))
    , m_total(static_cast<int>(m_order.targets.size()))
    , m_started(QDateTime::currentDateTime())
{
}

Task::Task(const Job &job, store::ClusterStore &store, Runner *runner)
    : QObject(runner)
    , m_title(job.title)
    , m_target(job.target)
    , m_runner(runner)
    , m_procedure(job.make(*this, store))
    , m_started(QDateTime::currentDateTime())
{
}

Task::~Task() = default;

void Task::start()
{
    m_procedure->start();
}

void Task::apply(const store::Batch &batch)
{
    if (isRunning())
        m_procedure->apply(batch);
}

void Task::cancel()
{
    if (!isRunning() || std::exchange(m_cancelling, true))
        return;
    if (m_procedure->takeBack())
        touch();
    else
        abandon();
}

void Task::abandon()
{
    m_step = tr("Cancelled. %1").arg(m_procedure->summary());
    m_log.append({QDateTime::currentDateTime(), m_step});
    end(State::Cancelled);
}

bool Task::canUndo() const
{
    return m_undo && !m_undone && !isRunning();
}

QString Task::undoTitle() const
{
    return m_undo ? titleOf(*m_undo) : QString();
}

Task *Task::undo()
{
    if (!canUndo())
        return nullptr;
    m_undone = true;
    touch();
    return m_runner->start(*m_undo);
}

void Task::touch()
{
    if (!std::exchange(m_told, false))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_told = true;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

void Task::end(State state)
{
    m_state = state;
    m_finished = QDateTime::currentDateTime();
    m_procedure->stop();
    touch();
    Q_EMIT ended();
}

} // namespace kdra::actions
