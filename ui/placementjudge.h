// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/dropadvice.h"
#include "environments/library.h"
#include "environments/plan.h"
#include "kube/accessreview.h"

#include <QHash>
#include <QObject>

namespace kdra::ui {

class Session;

// Says whether environments fit into the current cluster, from its newest snapshot and from what its user may do. What
// the user may do is asked for when it is needed first, and remembered until another cluster is shown; until it is
// known it is not held against anything. GUI thread.
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
    // The server has said what may be done: what was not known may be known now.
    void answered();

private:
    struct Advice;
    environments::Rights rights(const environments::Demand &demand, const QString &ns);
    void ask(const QStringList &kinds, const QString &ns);
    environments::Planner planner(const environments::Demand &demand, environments::Placing placing);
    void readDemands();
    void forget();

    Session &m_session;
    environments::TemplateLibrary &m_library;
    std::unique_ptr<kube::AccessReview> m_review;
    // By namespace (empty: one that will be made) and kind: allowed (empty) or why not. Without an entry: not answered.
    QHash<std::pair<QString, QString>, std::optional<QString>> m_allowed;
    QSet<std::pair<QString, QString>> m_asked;
    QHash<QString, environments::Demand> m_demands; // by template id, with default values
    std::shared_ptr<const Advice> m_advice;
    quint64 m_rightsRevision = 0;
};

} // namespace kdra::ui
