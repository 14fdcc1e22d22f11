// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "environments/annotating.h"
#include "environments/application.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/lifecycle.h"
#include "environments/readiness.h"
#include "environments/removal.h"
#include "store/clusterstore.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// Notes the new plan, applies it, takes away what fell out of it, and waits. Interrupted anywhere, it can be started
// again: the parent has the new plan from the beginning, and knows old and new kinds until the old ones are gone. It
// can be taken back as well: until the end the parent also has the old spec, and the templates of that.
class Change final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Change)
public:
    Change(actions::Task &task, store::ClusterStore &clusterStore, const Plan &plan, bool force)
        : Steps(task, clusterStore)
        , m_plan(plan)
        , m_application(*this, m_plan, force)
        , m_heartbeat(*this, this)
        , m_removal(*this, {.name = plan.spec.name, .ns = plan.spec.ns, .id = plan.id})
    {
        connect(&m_application, &Application::advanced, this, [this] { setDone(m_application.applied()); });
    }

    void start() override
    {
        setTotal(static_cast<int>(m_plan.objects.size()));
        tell(tr("Reading what is there."));
        readThere();
    }

    void apply(const store::Batch &batch) override
    {
        m_removal.apply(batch);
        if (m_rest)
            m_rest->apply(batch);
        if (m_readiness)
            m_readiness->apply(batch);
    }

    QString summary() const override
    {
        return tr("%n objects were applied; it can be resumed.", nullptr, m_application.applied());
    }

    bool takeBack() override
    {
        m_heartbeat.giveUp();
        return false;
    }

    void stop() override
    {
        if (m_readiness)
            m_readiness->stop();
        Steps::stop();
    }

private:
    void readThere()
    {
        m_obsolete = {};
        m_removed.clear();
        ask(actions::getRequest(m_plan.parentPath()), [this](const Result<QJsonObject> &parent) {
            if (parent)
                notePlan(*parent);
            else
                fail(parent.error(), parent.error().what);
        });
    }

    void notePlan(const QJsonObject &there)
    {
        const QJsonObject annotations = valueAt(there, {u"metadata"_s, u"annotations"_s}).toObject();
        if (const QString tooling = annotations.value(ToolingAnnotation).toString(); tooling != Tooling) {
            refuse(tr("%1 is managed by %2, not by KDRA.").arg(m_plan.spec.name, tooling),
                tr("Change it with the tool that made it."));
            return;
        }
        const QString planThere = annotations.value(PlanAnnotation).toString();
        const QString expected = m_plan.spec.noted;
        if (!expected.isEmpty() && planThere != expected && planThere != m_plan.hash) {
            refuse(tr("Somebody else has changed %1 meanwhile.").arg(m_plan.spec.name),
                tr("Do it again: it starts from what the environment is now."));
            return;
        }
        const QString phaseThere = annotations.value(PhaseAnnotation).toString();
        if (phaseThere == "deleting"_L1) {
            refuse(tr("Somebody is deleting %1.").arg(m_plan.spec.name),
                tr("Create it again, when it is gone, if it is still wanted."));
            return;
        }
        // What is applied would not know what was paused: that has to be resumed by what has noted it.
        if (phaseThere == "applied"_L1 && annotations.contains(PausedAnnotation)) {
            refuse(tr("%1 is paused.").arg(m_plan.spec.name), tr("Resume it first."));
            return;
        }
        // Back to how it was made when that was interrupted: then it may be rolled back.
        const QString phase = phaseThere == "applying"_L1 ? u"applying"_s : u"changing"_s;
        m_kinds = groupKindsOf(annotations.value(GroupKindsAnnotation).toString()) + m_plan.groupKinds();
        QJsonObject parent = m_plan.parent(phase, QDateTime::currentDateTime());
        parent = withValueAt(parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation}, groupKindsText(m_kinds));
        parent = withValueAt(parent, {u"metadata"_s, u"resourceVersion"_s}, actions::resourceVersionOf(there));
        noteFormer(parent, there, phaseThere);
        ask(patchRequest(m_plan.parentPath(), parent), [this](const Result<QJsonObject> &noted) {
            // Somebody wrote it in between, or this very request did and its answer was lost.
            constexpr int most = 5;
            if (noted) {
                m_heartbeat.start(m_plan.parentPath(), *noted);
                applyAll();
            } else if (noted.error().reason == "Conflict"_L1 && ++m_conflicts < most) {
                readThere();
            } else {
                fail(noted.error(), noted.error().what);
            }
        });
    }

    void refuse(const QString &what, const QString &remedy)
    {
        fail(Error{.kind = Error::Kind::Conflict, .what = what, .where = m_plan.parentPath(), .remedy = remedy}, what);
    }

    // What half a change would be taken back to is what the environment was before the first half.
    void noteFormer(QJsonObject &parent, const QJsonObject &there, const QString &phase)
    {
        const QJsonObject data = there.value("data"_L1).toObject();
        const QJsonObject kept = parent.value("binaryData"_L1).toObject();
        for (const QString &key : there.value("binaryData"_L1).toObject().keys()) {
            if (kept.contains(key))
                continue;
            m_obsolete.insert(key, QJsonValue());
            if (const QString name = key.mid(TemplateKey.size() + 1); nameProblem(name).isEmpty())
                m_removed.append(name);
        }
        const bool isHalf = phase == "changing"_L1;
        // Of what was never whole there is no before; nor when nobody noted it.
        if (phase == "applying"_L1 || (isHalf && !data.contains(FormerSpecKey)))
            return;
        parent =
            withValueAt(parent, {u"data"_s, FormerSpecKey}, data.value(isHalf ? FormerSpecKey : SpecKey).toString());
    }

    void applyAll()
    {
        m_application.start([this](const Result<void> &applied) {
            if (applied)
                findOthers();
            else
                giveUp(applied.error());
        });
    }

    void findOthers()
    {
        list(groupKindsOf(groupKindsText(m_kinds)), m_plan.spec.ns, PartOfLabel + u'=' + m_plan.id,
            [this](const Result<Members> &members) {
                if (!members) {
                    giveUp(members.error());
                    return;
                }
                QSet<QString> planned;
                for (const PlannedObject &one : m_plan.objects)
                    planned.insert(one.path());
                Members others;
                for (const Member &one : *members) {
                    if (!planned.contains(one.path()))
                        others.append(one);
                }
                findClaims(others);
            });
    }

    // Those that StatefulSets of removed parts made: they are no members.
    void findClaims(const Members &others)
    {
        if (m_removed.isEmpty()) {
            prune(others);
            return;
        }
        const QString selector =
            EnvironmentLabel + u'=' + m_plan.spec.name + u',' + PartLabel + u" in ("_s + m_removed.join(u',') + u')';
        list({u"PersistentVolumeClaim"_s}, m_plan.spec.ns, selector, [this, others](const Result<Members> &claims) {
            if (!claims) {
                giveUp(claims.error());
                return;
            }
            Members all = others;
            for (const Member &claim : *claims) {
                if (!std::ranges::contains(all, claim.uid, &Member::uid))
                    all.append(claim);
            }
            prune(all);
        });
    }

    void prune(const Members &members)
    {
        m_removal.prune(members, [this](const Result<void> &pruned) {
            if (pruned)
                finishApplying();
            else
                giveUp(pruned.error());
        });
    }

    void finishApplying()
    {
        const QJsonObject annotations{
            {PhaseAnnotation, "applied"_L1}, {GroupKindsAnnotation, m_plan.groupKinds().join(u',')}};
        const QJsonObject patch{{"metadata"_L1, QJsonObject{{"annotations"_L1, annotations}}},
            {"data"_L1, QJsonObject{{FormerSpecKey, QJsonValue()}}}, {"binaryData"_L1, m_obsolete}};
        m_heartbeat.finish(patch, [this](const Result<Heartbeat::End> &noted) {
            if (!noted)
                giveUp(noted.error());
            else if (*noted == Heartbeat::End::Replaced)
                failReplaced();
            else if (*noted == Heartbeat::End::Gone)
                removeRest();
            else
                awaitReady();
        });
    }

    void failReplaced()
    {
        const Error error = replacedMeanwhile(m_plan.spec.name, m_plan.parentPath());
        fail(error, error.what);
    }

    void giveUp(const Error &error)
    {
        // Nobody is at it from now on.
        m_heartbeat.giveUp([this, error](bool isThere) {
            if (isThere)
                fail(error, tr("Stopped half way: it can be resumed. %1").arg(error.what));
            else
                removeRest();
        });
    }

    // Somebody has taken it away meanwhile: what was written since would belong to nothing.
    void removeRest()
    {
        const Error error = deletedMeanwhile(m_plan);
        m_rest = new Removal(*this, removedBy(m_plan, m_kinds, m_heartbeat.parentUid()));
        m_rest->start([this, error](const Result<void> &removed) {
            if (removed)
                fail(error, error.what);
            else
                fail(removed.error(), removed.error().what);
        });
    }

    void awaitReady()
    {
        m_readiness = new Readiness(*this, m_plan, m_application.written());
        m_readiness->start([this](const Result<void> &ready) {
            if (ready)
                succeed(tr("%1 is changed and ready.").arg(m_plan.spec.name));
            else
                fail(ready.error(), ready.error().what);
        });
    }

    const Plan m_plan;
    Application m_application;
    Heartbeat m_heartbeat;
    Removal m_removal;
    Removal *m_rest = nullptr;
    Readiness *m_readiness = nullptr;
    QStringList m_kinds; // of what is there and of what will be
    QJsonObject m_obsolete; // templates that the parent need not keep afterwards, as nulls
    QStringList m_removed; // names of parts
    int m_conflicts = 0;
};

} // namespace

actions::Job changeJob(const Plan &plan, bool force)
{
    return {
        .title = QCoreApplication::translate("kdra::environments::Change", "Change environment %1").arg(plan.spec.name),
        .target = plan.spec.name,
        .make = [plan, force](actions::Task &task, store::ClusterStore &store) -> std::unique_ptr<actions::Procedure> {
            return std::make_unique<Change>(task, store, plan, force);
        }};
}

} // namespace kdra::environments
