// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/task.h"
#include "kube/apiclient.h"

#include <QJsonObject>

#include <functional>

namespace kdra::actions {

// How an order or a job is carried out: the steps of one kind of action. Belongs to its Task, and tells it everything.
// GUI thread; what the server answers is parsed on a worker.
class Procedure : public QObject {
    Q_OBJECT
public:
    Procedure(Task &task, store::ClusterStore &store);
    // Cancels what is under way.
    ~Procedure() override;

    virtual void start() = 0;
    // What the watches tell, while it runs.
    virtual void apply(const store::Batch &batch);
    // What was done until now, as a sentence, for a task that is cancelled.
    virtual QString summary() const = 0;
    // The user has cancelled. True: what was done is being taken back, and the task ends by itself (cancelled());
    // false: it ends now.
    virtual bool takeBack();
    // The task has ended: nothing is sent from now on, and nothing of what is under way is heard again.
    virtual void stop();

protected:
    using Handler = std::function<void(const Result<QJsonObject> &answer)>;
    // Sends it; the answer's object goes to `handler` unless the task has ended by then.
    void send(kube::Request request, Handler handler);

    const Order &order() const { return m_task.order(); }
    store::ClusterStore &store() { return m_store; }
    void setTotal(int total);
    void setDone(int done);
    // What happens now; remembered in the log.
    void say(const QString &text);
    void note(const QString &text);
    void setUndo(const Order &undo);
    // Each ends the task; the first one counts.
    void succeed(const QString &text);
    void fail(const Error &error, const QString &text);
    // After takeBack().
    void cancelled(const QString &text);

private:
    void abandon();

    Task &m_task;
    store::ClusterStore &m_store;
    QHash<quint64, QFuture<Result<kube::Response>>> m_underWay;
    quint64 m_number = 0;
};

std::unique_ptr<Procedure> makeProcedure(Task &task, store::ClusterStore &store);

} // namespace kdra::actions
