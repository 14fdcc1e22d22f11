// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/departures.h"
#include "environments/heartbeat.h"

namespace kdra::environments {

// What is to be removed.
struct Removed {
    QString name = {};
    QString ns = {};
    QString id = {}; // of the ApplySet
    QString parent = {}; // name of the ConfigMap
    bool ownNamespace = false;
    QStringList groupKinds = {}; // of what may be there though the parent is gone
    QString parentUid = {}; // not empty: only that of this parent, not of another one that has its name by now
};

// All that a plan makes, of these kinds ("Deployment.apps"). `parentUid`: of the parent as it was applied.
Removed removedBy(const Plan &plan, const QStringList &groupKinds, const QString &parentUid);
// What happened to whoever applied the plan: somebody else has deleted the environment, and what was written since was
// taken away as well; or has made another of this name.
Error deletedMeanwhile(const Plan &plan);
Error replacedMeanwhile(const QString &name, const QString &parentPath);

// Takes an environment away: its members, claims that its StatefulSets made, its parent, and its namespace when that
// was made for it; waits until everything is gone. The parent goes last but for the namespace, and says "deleting"
// until then: whoever finds it can go on. What is awaited for long is named.
class Removal : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<void> &)>;

    Removal(Steps &steps, Removed removed);
    void start(Done done);
    void apply(const store::Batch &batch) { m_departures.apply(batch); }

    // Only these members, and not the parent: what fell out of a plan.
    void prune(const Steps::Members &members, Done done);

    // The task ends before it is done: anybody may go on at once.
    void interrupt() { m_heartbeat.giveUp(); }

private:
    void markDeleting();
    void checkParent(const QString &path);
    void listMembers(const QStringList &groupKinds);
    void listClaims();
    void listPods();
    void deleteNext();
    void await(const Steps::Member &member);
    void tellAwaited();
    QString awaitedText(const store::Uid &uid) const;
    void whenGone();
    void deleteParent();
    void deleteNamespace();
    void finish(const Result<void> &result);

    enum class Phase : quint8 { Members, Namespace, Over };
    Steps &m_steps;
    const Removed m_removed;
    QString m_parentUid; // empty: it was gone from the beginning
    actions::Departures m_departures;
    Heartbeat m_heartbeat;
    QHash<store::Uid, Steps::Member> m_awaited; // all that was ever awaited
    QTimer m_patience;
    Steps::Members m_members; // still to be deleted
    Phase m_phase = Phase::Members;
    bool m_deleting = false;
    bool m_onlyMembers = false;
    Done m_done;
};

} // namespace kdra::environments
