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
// again: the parent has the new plan from the beginning, and knows old and new kinds until the old ones are gone.
class Change final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Change)
public:
    Change(actions::Task &task, store::ClusterStore &clusterStore, const Plan &plan, bool force)
        : Steps(task, clusterStore)
        , m_plan(plan)
        , m_application(*this, m_plan, force)
        , m_removal(*this, {.name = plan.spec.name, .ns = plan.spec.ns, .id = plan.id})
    {
        connect(&m_application, &Application::advanced, this, [this] { setDone(m_application.applied()); });
    }

    void start() override
    {
        setTotal(static_cast<int>(m_plan.objects.size()));
        tell(tr("Reading what is there."));
        ask(actions::getRequest(m_plan.parentPath()), [this](const Result<QJsonObject> &parent) {
            if (parent)
                notePlan(*parent);
            else
                fail(parent.error(), parent.error().what);
        });
    }

    void apply(const store::Batch &batch) override
    {
        m_removal.apply(batch);
        if (m_readiness)
            m_readiness->apply(batch);
    }

    QString summary() const override
    {
        return tr("%n objects were applied; it can be resumed.", nullptr, m_application.applied());
    }

    void stop() override
    {
        if (m_readiness)
            m_readiness->stop();
        Steps::stop();
    }

private:
    void notePlan(const QJsonObject &there)
    {
        const QJsonObject annotations = valueAt(there, {u"metadata"_s, u"annotations"_s}).toObject();
        if (const QString tooling = annotations.value(ToolingAnnotation).toString(); tooling != Tooling) {
            const Error error{.kind = Error::Kind::Conflict,
                .what = tr("%1 is managed by %2, not by KDRA.").arg(m_plan.spec.name, tooling),
                .where = m_plan.parentPath(),
                .remedy = tr("Change it with the tool that made it.")};
            fail(error, error.what);
            return;
        }
        // Back to how it was made when that was interrupted: then it may be rolled back.
        const QString phase =
            annotations.value(PhaseAnnotation).toString() == "applying"_L1 ? u"applying"_s : u"changing"_s;
        m_kinds = groupKindsOf(annotations.value(GroupKindsAnnotation).toString()) + m_plan.groupKinds();
        QJsonObject parent = m_plan.parent(phase, QDateTime::currentDateTime());
        parent = withValueAt(parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation}, groupKindsText(m_kinds));
        parent = withValueAt(parent, {u"metadata"_s, u"resourceVersion"_s}, actions::resourceVersionOf(there));
        ask(patchRequest(m_plan.parentPath(), parent), [this](const Result<QJsonObject> &noted) {
            if (noted)
                applyAll();
            else
                fail(noted.error(), noted.error().what);
        });
    }

    void applyAll()
    {
        m_application.start([this](const Result<void> &applied) {
            if (applied)
                findOthers();
            else
                fail(applied.error(), tr("Stopped half way: it can be resumed. %1").arg(applied.error().what));
        });
    }

    void findOthers()
    {
        list(groupKindsOf(groupKindsText(m_kinds)), m_plan.spec.ns, PartOfLabel + u'=' + m_plan.id,
            [this](const Result<Members> &members) {
                if (!members) {
                    fail(members.error(), members.error().what);
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
                m_removal.prune(others, [this](const Result<void> &pruned) {
                    if (pruned)
                        finishApplying();
                    else
                        fail(pruned.error(), pruned.error().what);
                });
            });
    }

    void finishApplying()
    {
        ask(annotationRequest(m_plan.parentPath(),
                {{PhaseAnnotation, "applied"_L1}, {PausedAnnotation, QJsonValue()},
                    {GroupKindsAnnotation, m_plan.groupKinds().join(u',')}}),
            [this](const Result<QJsonObject> &noted) {
                if (noted)
                    awaitReady();
                else
                    fail(noted.error(), noted.error().what);
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
    Removal m_removal;
    Readiness *m_readiness = nullptr;
    QStringList m_kinds; // of what is there and of what will be
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
