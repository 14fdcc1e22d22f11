// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/job.h"
#include "actions/order.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

#include <memory>

namespace kdra::store {
struct Batch;
class ClusterStore;
}

namespace kdra::actions {

class Procedure;
class Runner;

// One order (or job of another room) being carried out, or what became of it. Made by a Runner, which owns it. GUI
// thread.
class Task : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Running, Succeeded, Failed, Cancelled };
    Q_ENUM(State)

    struct LogLine {
        QDateTime time;
        QString text;
    };

    ~Task() override;

    // What it carries out; without targets where it is a job of another room.
    ActionId action() const { return m_order.id; }
    const Order &order() const { return m_order; }
    // "Drain pi-007", "Scale team-3/web to 5": translated, for a list of tasks.
    QString title() const { return m_title; }
    // "pi-007", "12 pods"
    QString target() const { return m_target; }

    State state() const { return m_state; }
    bool isRunning() const { return m_state == State::Running; }
    // Steps done and in all; a total of 0 means that it is not known yet.
    int done() const { return m_done; }
    int total() const { return m_total; }
    // What it does or waits for now, and why, as a sentence; when finished, what came of it.
    QString step() const { return m_step; }
    // Everything that happened, oldest first.
    const QList<LogLine> &log() const { return m_log; }
    // Set when Failed: the server's own words.
    const std::optional<Error> &error() const { return m_error; }
    QDateTime started() const { return m_started; }
    QDateTime finished() const { return m_finished; } // invalid while running

    // Stops at the next possible moment; what was done stays done (and may be undone), unless the job takes it back,
    // which shows as isCancelling() until it has ended. Nothing when finished.
    void cancel();
    bool isCancelling() const { return m_cancelling && isRunning(); }

    // There is a way back from what was done, also after a failure half way, and nobody took it yet.
    bool canUndo() const;
    // "Uncordon pi-007", "Scale team-3/web to 3"; empty when there is none.
    QString undoTitle() const;
    // The order that takes it back.
    const std::optional<Order> &undoOrder() const { return m_undo; }
    // Starts a task of its own that does; null when it cannot be undone.
    Task *undo();

Q_SIGNALS:
    // At most once in a turn of the event loop.
    void changed();
    void ended();

private:
    friend class Procedure;
    friend class Runner;
    Task(Order order, store::ClusterStore &store, Runner *runner);
    Task(const Job &job, store::ClusterStore &store, Runner *runner);
    void start();
    // Ends it at once, whatever the job would like to do.
    void abandon();
    void apply(const store::Batch &batch);
    void touch();
    void end(State state);

    Order m_order;
    QString m_title;
    QString m_target;
    Runner *m_runner;
    std::unique_ptr<Procedure> m_procedure;
    State m_state = State::Running;
    int m_done = 0;
    int m_total = 0;
    QString m_step;
    QList<LogLine> m_log;
    std::optional<Error> m_error;
    QDateTime m_started;
    QDateTime m_finished;
    std::optional<Order> m_undo;
    bool m_undone = false;
    bool m_cancelling = false;
    bool m_told = true;
};

// "Drain pi-007", "Scale team-3/web to 5".
QString titleOf(const Order &order);

} // namespace kdra::actions
