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

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

QString annotationOf(const QJsonObject &object, QLatin1StringView key)
{
    return valueAt(object, {u"metadata"_s, u"annotations"_s, key}).toString();
}

// Namespace, parent, objects, and then patience. Whatever is there of the same plan already is taken as done, so that
// starting it again goes on where it was interrupted.
class Creation final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Creation)
public:
    Creation(actions::Task &task, store::ClusterStore &clusterStore, const Plan &plan, bool force)
        : Steps(task, clusterStore)
        , m_plan(plan)
        , m_application(*this, m_plan, force)
        , m_heartbeat(*this, this)
    {
        connect(&m_application, &Application::advanced, this, [this] { setDone(m_application.applied()); });
    }

    void start() override
    {
        setTotal(static_cast<int>(m_plan.objects.size() + m_plan.demand.pods.size()));
        if (m_plan.spec.ownNamespace)
            makeNamespace();
        else
            makeParent();
    }

    void apply(const store::Batch &batch) override
    {
        if (m_readiness)
            m_readiness->apply(batch);
        if (m_removal)
            m_removal->apply(batch);
    }

    QString summary() const override { return tr("%n objects were applied.", nullptr, m_application.applied()); }

    bool takeBack() override
    {
        m_takingBack = true;
        tell(tr("Cancelled: taking back what was made."));
        m_application.halt();
        // A request that is under way may still make something: its answer is awaited first.
        if (m_readiness) {
            m_readiness->stop();
            remove();
        }
        return true;
    }

private:
    void makeNamespace()
    {
        // All annotations of an object together (apimachinery, TotalAnnotationSizeLimitB).
        constexpr qsizetype mostAnnotations = 250 * 1024;
        const QString noted = annotationOf(m_plan.nameSpace(), SpecAnnotation);
        if (noted.size() > mostAnnotations) {
            refuse(tr("The templates of %1 are together too large for a new namespace to keep.").arg(m_plan.spec.name),
                tr("Put the environment into a namespace that is there, or add some of the templates later."));
            return;
        }
        tell(tr("Making namespace %1.").arg(m_plan.spec.ns));
        ask(actions::postRequest(m_plan.namespaces.path(), m_plan.nameSpace()),
            [this](const Result<QJsonObject> &made) {
                if (made)
                    own([this] { makeParent(); });
                else if (made.error().reason == "AlreadyExists"_L1)
                    lookAtNamespace();
                else
                    giveUp(made.error());
            });
    }

    void lookAtNamespace()
    {
        ask(actions::getRequest(m_plan.namespaces.path({}, m_plan.spec.ns)), [this](const Result<QJsonObject> &there) {
            if (!there) {
                giveUp(there.error());
                return;
            }
            const QJsonObject kept = QJsonDocument::fromJson(annotationOf(*there, SpecAnnotation).toUtf8()).object();
            const bool isOurs =
                valueAt(*there, {u"metadata"_s, u"labels"_s, EnvironmentLabel}).toString() == m_plan.spec.name;
            if (valueAt(*there, {u"metadata"_s, u"deletionTimestamp"_s}).isString()) {
                refuse(tr("Namespace %1 is still being deleted.").arg(m_plan.spec.ns),
                    tr("Wait until it is gone, or choose another name."));
            } else if (isOurs && kept.value(PlanAnnotation).toString() == m_plan.hash) {
                own([this] { makeParent(); });
            } else if (isOurs && kept.isEmpty()) {
                // There is a parent, which says whose plan it is.
                makeParent();
            } else {
                refuse(tr("There is a namespace %1 already.").arg(m_plan.spec.ns),
                    tr("Choose another name, or put the environment into that namespace."));
            }
        });
    }

    void makeParent()
    {
        tell(tr("Noting what is to be made."));
        ask(actions::postRequest(
                m_plan.configMaps.path(m_plan.spec.ns), m_plan.parent(u"applying"_s, QDateTime::currentDateTime())),
            [this](const Result<QJsonObject> &made) {
                if (made)
                    goOnWith(*made);
                else if (made.error().reason == "AlreadyExists"_L1)
                    lookAtParent();
                else
                    giveUp(made.error());
            });
    }

    void lookAtParent()
    {
        ask(actions::getRequest(m_plan.parentPath()), [this](const Result<QJsonObject> &there) {
            if (!there) {
                giveUp(there.error());
            } else if (annotationOf(*there, PlanAnnotation) == m_plan.hash
                && annotationOf(*there, PhaseAnnotation) == "applying"_L1) {
                remember(tr("Going on where it was interrupted."));
                goOnWith(*there);
            } else {
                refuse(tr("There is an environment %1 in namespace %2 already.").arg(m_plan.spec.name, m_plan.spec.ns),
                    tr("Choose another name; or change, resume or delete that one on the Environments page."));
            }
        });
    }

    void goOnWith(const QJsonObject &parent)
    {
        m_heartbeat.start(m_plan.parentPath(), parent);
        own([this] { releaseNamespace(); });
    }

    // The parent knows everything now; the namespace need not.
    void releaseNamespace()
    {
        if (!m_plan.spec.ownNamespace) {
            applyAll();
            return;
        }
        ask(annotationRequest(m_plan.namespaces.path({}, m_plan.spec.ns), {{SpecAnnotation, QJsonValue()}}),
            [this](const Result<QJsonObject> &released) {
                if (released)
                    own([this] { applyAll(); });
                else
                    giveUp(released.error());
            });
    }

    void applyAll()
    {
        m_application.start([this](const Result<void> &applied) {
            if (applied)
                own([this] { finishApplying(); });
            else
                giveUp(applied.error());
        });
    }

    void finishApplying()
    {
        const QJsonObject patch{
            {"metadata"_L1, QJsonObject{{"annotations"_L1, QJsonObject{{PhaseAnnotation, "applied"_L1}}}}}};
        m_heartbeat.finish(patch, [this](const Result<Heartbeat::End> &noted) {
            if (!noted)
                giveUp(noted.error());
            else if (*noted == Heartbeat::End::Replaced)
                failReplaced();
            else if (*noted == Heartbeat::End::Gone)
                own([this] { removeRest(); });
            else
                own([this] { awaitReady(); });
        });
    }

    void failReplaced()
    {
        const Error error = replacedMeanwhile(m_plan.spec.name, m_plan.parentPath());
        fail(error, error.what);
    }

    void awaitReady()
    {
        m_readiness = new Readiness(*this, m_plan, m_application.written());
        connect(m_readiness, &Readiness::advanced, this, [this](int ready, int all) {
            setTotal(static_cast<int>(m_plan.objects.size()) + all);
            setDone(m_application.applied() + ready);
        });
        m_readiness->start([this](const Result<void> &ready) {
            if (ready)
                succeed(tr("%1 is ready.").arg(m_plan.spec.name));
            else
                fail(ready.error(), ready.error().what);
        });
    }

    // Somebody has taken it away while it was still being applied: what was written since would belong to nothing.
    void removeRest()
    {
        const Error error = deletedMeanwhile(m_plan);
        m_removal = new Removal(*this, removedBy(m_plan, m_plan.groupKinds(), m_heartbeat.parentUid()));
        m_removal->start([this, error](const Result<void> &removed) {
            if (removed)
                fail(error, error.what);
            else
                fail(removed.error(), tr("Not everything could be taken back. %1").arg(removed.error().what));
        });
    }

    void remove()
    {
        m_heartbeat.stop();
        m_removal = new Removal(*this, removedBy(m_plan, m_plan.groupKinds(), m_heartbeat.parentUid()));
        m_removal->start([this](const Result<void> &removed) {
            if (removed)
                cancelled(tr("Cancelled. Nothing of %1 is left.").arg(m_plan.spec.name));
            else
                fail(removed.error(), tr("Not everything could be taken back. %1").arg(removed.error().what));
        });
    }

    // What is in the cluster is this plan's, and may be taken back: go on, unless that is wanted.
    void own(const std::function<void()> &next)
    {
        m_mine = true;
        if (m_takingBack)
            remove();
        else
            next();
    }

    // What is there belongs to somebody else: nothing of it is taken back.
    void refuse(const QString &what, const QString &remedy)
    {
        fail(Error{.kind = Error::Kind::Conflict, .what = what, .where = m_plan.parentPath(), .remedy = remedy}, what);
    }

    void giveUp(const Error &error)
    {
        if (!m_mine) {
            fail(error, error.what);
            return;
        }
        // Nobody is at it from now on.
        m_heartbeat.giveUp([this, error](bool isThere) {
            if (m_takingBack)
                remove();
            else if (!isThere)
                removeRest();
            else
                fail(error, tr("Stopped half way: it can be resumed or rolled back. %1").arg(error.what));
        });
    }

    const Plan m_plan;
    Application m_application;
    Heartbeat m_heartbeat;
    Readiness *m_readiness = nullptr;
    Removal *m_removal = nullptr;
    bool m_mine = false;
    bool m_takingBack = false;
};

} // namespace

actions::Job createJob(const Plan &plan, bool force)
{
    return {
        .title =
            QCoreApplication::translate("kdra::environments::Creation", "Create environment %1").arg(plan.spec.name),
        .target = plan.spec.name,
        .make = [plan, force](actions::Task &task, store::ClusterStore &store) -> std::unique_ptr<actions::Procedure> {
            return std::make_unique<Creation>(task, store, plan, force);
        }};
}

} // namespace kdra::environments
