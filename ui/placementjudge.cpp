// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/placementjudge.h"

#include "base/whenfinished.h"
#include "edge/piidentity.h"
#include "ui/session.h"

#include <QtConcurrentRun>

#include <map>

namespace kdra::ui {
namespace {

using namespace environments;

} // namespace

// One moment of the cluster. Each namespace has rights and quotas of its own, so that it gets a planner of its own.
struct PlacementJudge::Advice final : DropAdvice {
    using Maker = std::function<Planner(const QString &ns)>;
    Advice(QString id, store::SnapshotPtr snapshot, quint64 revision, Maker make)
        : templateId(std::move(id))
        , of(std::move(snapshot))
        , rightsRevision(revision)
        , m_make(std::move(make))
        , m_general(m_make({}))
    {
    }

    Fit node(store::Slot slot) const override { return m_general.node(slot); }
    Verdict verdict(const Target &target) const override
    {
        if (target.kind != Target::Kind::Namespace && target.kind != Target::Kind::Environment)
            return m_general.verdict(target);
        const QString ns = target.kind == Target::Kind::Namespace ? target.name : target.ns;
        const auto known = m_namespaces.find(ns);
        return (known != m_namespaces.end() ? known : m_namespaces.emplace(ns, m_make(ns)).first)
            ->second.verdict(target);
    }
    Proposal proposal() const { return m_general.proposal(); }

    const QString templateId;
    const store::SnapshotPtr of;
    const quint64 rightsRevision;

private:
    Maker m_make;
    Planner m_general;
    mutable std::map<QString, Planner> m_namespaces;
};

PlacementJudge::PlacementJudge(Session &session, TemplateLibrary &library, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_library(library)
{
    connect(&session, &Session::currentChanged, this, &PlacementJudge::forget);
    connect(&session, &Session::marksChanged, this, [this] { ++m_rightsRevision; });
    connect(&library, &TemplateLibrary::changed, this, &PlacementJudge::readDemands);
    readDemands();
    forget();
}

void PlacementJudge::forget()
{
    m_rights.reset();
    m_advice.reset();
    ++m_rightsRevision;
    if (!m_session.current())
        return;
    m_rights = std::make_unique<CreationRights>(m_session.current()->client());
    connect(m_rights.get(), &CreationRights::changed, this, [this] {
        ++m_rightsRevision;
        Q_EMIT answered();
    });
}

void PlacementJudge::readDemands()
{
    whenFinished(QtConcurrent::run([templates = m_library.templates()] {
        QHash<QString, Demand> demands;
        for (const TemplatePtr &one : templates) {
            if (const Result<Demand> demand = likelyDemand(*one))
                demands.insert(one->id, *demand);
        }
        return demands;
    }),
        this, [this](const QHash<QString, Demand> &demands) {
            m_demands = demands;
            m_advice.reset();
        });
}

Planner PlacementJudge::planner(const Demand &demand, Placing placing)
{
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    placing.now = QDateTime::currentSecsSinceEpoch();
    placing.isPi = [snapshot](const store::NodeRecord &node) { return edge::identifyPi(node, *snapshot).isPi(); };
    Rights rights = m_rights->of(demand, placing.newNamespace ? QString() : placing.ns, m_session.current()->api());
    rights.readOnly = m_session.marks().readOnly;
    return Planner(demand, snapshot, m_session.models().nodesWithLoad.load(), std::move(rights), std::move(placing));
}

std::shared_ptr<const DropAdvice> PlacementJudge::advice(const QString &templateId)
{
    const auto demand = m_demands.constFind(templateId);
    if (demand == m_demands.cend() || !m_session.current() || !m_session.models().snapshot() || !m_rights)
        return {};
    const store::SnapshotPtr &snapshot = m_session.models().snapshot();
    if (!m_advice || m_advice->templateId != templateId || m_advice->of != snapshot
        || m_advice->rightsRevision != m_rightsRevision) {
        m_advice = std::make_shared<const Advice>(templateId, snapshot, m_rightsRevision,
            // The sheet that opens asks for taints.
            [this, of = *demand](const QString &ns) {
                return planner(of, {.ns = ns, .newNamespace = ns.isEmpty(), .asksForTaints = true});
            });
    }
    return m_advice;
}

Verdict PlacementJudge::verdict(
    const Plan &plan, const Demand &demand, const Target &target, bool exists, const std::optional<QString> &replaced)
{
    if (!m_session.current() || !m_session.models().snapshot() || !m_rights)
        return {};
    return planner(demand,
        {.name = plan.spec.name,
            .ns = plan.spec.ns,
            .newNamespace = plan.spec.ownNamespace && !exists,
            .exists = exists,
            .replaced = replaced})
        .verdict(target);
}

Proposal PlacementJudge::proposal(const QString &templateId)
{
    return advice(templateId) ? m_advice->proposal() : Proposal();
}

} // namespace kdra::ui
