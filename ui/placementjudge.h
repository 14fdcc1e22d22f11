// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/creationrights.h"
#include "environments/dropadvice.h"
#include "environments/library.h"
#include "environments/plan.h"

#include <QHash>
#include <QObject>

namespace kdra::ui {

class Session;

// Says whether environments fit into the current cluster, from its newest snapshot and from what its user may do. Until
// that is known it is not held against anything. GUI thread.
class PlacementJudge : public QObject {
    Q_OBJECT
public:
    PlacementJudge(Session &session, environments::TemplateLibrary &library, QObject *parent = nullptr);

    // For a template with its default values; the same pointer as long as nothing has changed.
    std::shared_ptr<const environments::DropAdvice> advice(const QString &templateId);
    // Of the demand, which is that of the plan or of a part of it. `exists`: the environment is there already;
    // `replaced`: as in environments::Placing.
    environments::Verdict verdict(const environments::Plan &plan, const environments::Demand &demand,
        const environments::Target &target, bool exists, const std::optional<QString> &replaced);
    environments::Proposal proposal(const QString &templateId);

Q_SIGNALS:
    // The server has said what may be done, or what it said is old: what was judged may be judged otherwise now.
    void answered();

private:
    struct Advice;
    environments::Planner planner(const environments::Demand &demand, environments::Placing placing);
    void readDemands();
    void forget();

    Session &m_session;
    environments::TemplateLibrary &m_library;
    std::unique_ptr<environments::CreationRights> m_rights; // in the current cluster; null for none
    QHash<QString, environments::Demand> m_demands; // by template id, with default values
    std::shared_ptr<const Advice> m_advice;
    quint64 m_rightsRevision = 0;
};

} // namespace kdra::ui
