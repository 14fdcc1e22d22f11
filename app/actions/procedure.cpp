// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/procedure.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "store/clusterstore.h"

namespace kdra::actions {

Procedure::Procedure(Task &task, store::ClusterStore &store)
    : m_task(task)
    , m_store(store)
{
}

Procedure::~Procedure()
{
    abandon();
}

void Procedure::apply(const store::Batch &) { }

bool Procedure::takeBack()
{
    return false;
}

void Procedure::stop()
{
    abandon();
}

void Procedure::abandon()
{
    for (auto &future : m_underWay)
        future.cancel();
    m_underWay.clear();
}

void Procedure::send(kube::Request request, Handler handler)
{
    if (!m_task.isRunning())
        return;
    const quint64 number = ++m_number;
    const QFuture<Result<kube::Response>> future = m_store.client().send(std::move(request));
    m_underWay.insert(number, future);
    whenFinished(onPool(QFuture<Result<kube::Response>>(future),
                     [](const Result<kube::Response> &response) { return objectOf(response); }),
        this, [this, number, handler = std::move(handler)](const Result<QJsonObject> &answer) {
            if (m_underWay.remove(number) && m_task.isRunning())
                handler(answer);
        });
}

void Procedure::setTotal(int total)
{
    m_task.m_total = total;
    m_task.touch();
}

void Procedure::setDone(int done)
{
    m_task.m_done = done;
    m_task.touch();
}

void Procedure::say(const QString &text)
{
    if (m_task.m_step == text)
        return;
    m_task.m_step = text;
    note(text);
}

void Procedure::note(const QString &text)
{
    m_task.m_log.append({QDateTime::currentDateTime(), text});
    m_task.touch();
}

void Procedure::setUndo(const Order &undo)
{
    m_task.m_undo = undo;
}

void Procedure::succeed(const QString &text)
{
    if (!m_task.isRunning())
        return;
    say(text);
    m_task.end(Task::State::Succeeded);
}

void Procedure::fail(const Error &error, const QString &text)
{
    if (!m_task.isRunning())
        return;
    m_task.m_error = error;
    say(text);
    m_task.end(Task::State::Failed);
}

void Procedure::cancelled(const QString &text)
{
    if (!m_task.isRunning())
        return;
    say(text);
    m_task.end(Task::State::Cancelled);
}

} // namespace kdra::actions
