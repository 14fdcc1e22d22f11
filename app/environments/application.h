// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/steps.h"

namespace kdra::environments {

// Applies a plan's objects one after the other, but for those that it keeps. An object that exists and is not of this
// environment is never touched. Fields that KDRA itself has changed another way (scaling, pausing) are taken back;
// those of other managers are a conflict, unless `force`. A Job whose pods are to be others is made anew, as nobody can
// change it.
class Application : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<void> &)>;

    Application(Steps &steps, const Plan &plan, bool force);
    void start(Done done);
    // Ends with Cancelled after the request that is under way has been answered.
    void halt() { m_halted = true; }

    // Those that have been dealt with, of all objects of the plan.
    int applied() const { return static_cast<int>(m_next); }
    // What was applied of the kinds that are watched.
    const QList<Written> &written() const { return m_written; }

Q_SIGNALS:
    void advanced();

private:
    void next();
    void look(const PlannedObject &object);
    void write(const PlannedObject &object, bool force);
    void replace(const PlannedObject &object);
    void finish(const Result<void> &result);

    Steps &m_steps;
    const Plan &m_plan;
    const bool m_force;
    qsizetype m_next = 0;
    bool m_halted = false;
    bool m_replaced = false; // the object at m_next
    QList<Written> m_written;
    Done m_done;
};

} // namespace kdra::environments
