// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/procedure.h"
#include "actions/requests.h"

namespace kdra::actions {

// The same few requests for each target, some targets at a time. What fails for one does not stop the others.
class EachTarget : public Procedure {
    Q_OBJECT
public:
    using Procedure::Procedure;
    void start() override;
    QString summary() const override;

protected:
    // Do it to this one, and end with succeeded() or failed().
    virtual void act(qsizetype index) = 0;
    // What is shown while the last ones are under way.
    virtual QString doing(qsizetype index) const;

    const Target &target(qsizetype index) const { return order().targets[index]; }
    // `back`: what takes it back with undoId(); none when nothing was changed or it cannot be.
    void succeeded(qsizetype index, const QString &note, const std::optional<Parameters> &back = {});
    void failed(qsizetype index, const Error &error);
    virtual std::optional<ActionId> undoId() const { return {}; }

private:
    void advance();

    qsizetype m_next = 0;
    int m_underWay = 0;
    int m_succeeded = 0;
    int m_failed = 0;
    std::optional<Error> m_firstError;
    QString m_lastNote;
    std::optional<Order> m_back;
};

// The procedures of single actions, each in a file of its own.
std::unique_ptr<Procedure> makePatch(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeScale(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeEdit(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeRollback(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeTrigger(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeDeletion(Task &task, store::ClusterStore &store);
std::unique_ptr<Procedure> makeDrain(Task &task, store::ClusterStore &store);

} // namespace kdra::actions
