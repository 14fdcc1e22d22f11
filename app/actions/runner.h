// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/offer.h"
#include "actions/task.h"

#include <QObject>

namespace kdra::store {
class ClusterStore;
}

namespace kdra::actions {

// Carries out orders on one cluster, any number at a time, and remembers what became of them. GUI thread. The store
// must outlive it; running tasks are cancelled when it is destroyed.
class Runner : public QObject {
    Q_OBJECT
public:
    explicit Runner(store::ClusterStore &store, QObject *parent = nullptr);
    ~Runner() override;

    // Starts at once. An order without targets fails.
    Task *start(Order order);
    Task *start(const Job &job);

    // Running and finished, oldest first. The oldest finished ones are dropped beyond 100.
    const QList<Task *> &tasks() const { return m_tasks; }
    int runningCount() const;
    // Forgets all that have finished.
    void clearFinished();

    Offers &offers() { return m_offers; }
    store::ClusterStore &store() { return m_store; }

Q_SIGNALS:
    void taskAdded(kdra::actions::Task *task);
    void taskChanged(kdra::actions::Task *task);
    // The last moment to look at it.
    void taskRemoved(kdra::actions::Task *task);

private:
    Task *start(Task *task);
    void drop(Task *task);

    store::ClusterStore &m_store;
    Offers m_offers;
    QList<Task *> m_tasks;
};

} // namespace kdra::actions
