// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/removal.h"

#include "actions/requests.h"
#include "environments/annotating.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/phasetime.h"
#include "store/clusterstore.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

constexpr std::chrono::seconds Patience(30); // most things are gone by then
constexpr std::chrono::seconds ToldAgain(5);
constexpr qsizetype MostNamed = 3;

QJsonObject deleteOptions(const QString &uid)
{
    return {{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "DeleteOptions"_L1}, {"propagationPolicy"_L1, "Background"_L1},
        {"preconditions"_L1, QJsonObject{{"uid"_L1, uid}}}};
}

// Somebody else was faster, or another object has the name now: either way ours is gone.
bool isGone(const Error &error)
{
    return error.kind == Error::Kind::NotFound || error.kind == Error::Kind::Conflict;
}

} // namespace

Removed removedBy(const Plan &plan, const QStringList &groupKinds, const QString &parentUid)
{
    return {.name = plan.spec.name,
        .ns = plan.spec.ns,
        .id = plan.id,
        .parent = parentName(plan.spec.name),
        .ownNamespace = plan.spec.ownNamespace,
        .groupKinds = groupKinds,
        .parentUid = parentUid};
}

Error deletedMeanwhile(const Plan &plan)
{
    return {.kind = Error::Kind::Conflict,
        .what = Removal::tr("Somebody else has deleted %1 while it was being applied: nothing of it is left.")
            .arg(plan.spec.name),
        .where = plan.parentPath(),
        .remedy = Removal::tr("Create it again if it is still wanted.")};
}

Error replacedMeanwhile(const QString &name, const QString &parentPath)
{
    return {.kind = Error::Kind::Conflict,
        .what = Removal::tr("Somebody else has deleted %1 and made it anew while it was being applied.").arg(name),
        .where = parentPath,
        .remedy = Removal::tr("Look at what it is now on the Environments page.")};
}

Removal::Removal(Steps &steps, Removed removed)
    : QObject(&steps)
    , m_steps(steps)
    , m_removed(std::move(removed))
    , m_departures(steps.cluster(), this)
    , m_heartbeat(steps, this)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Removal::tellAwaited);
    connect(&steps, &Steps::stopped, this, [this] {
        m_patience.stop();
        m_departures.clear();
    });
    connect(&m_departures, &actions::Departures::left, this, [this] { whenGone(); });
}

void Removal::start(Done done)
{
    m_done = std::move(done);
    m_steps.tell(tr("Deleting everything of %1.").arg(m_removed.name));
    markDeleting();
}

void Removal::prune(const Steps::Members &members, Done done)
{
    m_onlyMembers = true;
    m_done = std::move(done);
    m_members = members;
    deleteNext();
}

void Removal::markDeleting()
{
    const Result<kube::Resource> configMaps = m_steps.cluster().api().find({}, u"ConfigMap"_s);
    if (!configMaps) {
        finish(std::unexpected(configMaps.error()));
        return;
    }
    const QString path = configMaps->path(m_removed.ns, m_removed.parent);
    const QJsonObject phase{
        {PhaseAnnotation, "deleting"_L1}, {PhaseTimeAnnotation, phaseTimeText(QDateTime::currentDateTime())}};
    const QString &uid = m_removed.parentUid;
    const kube::Request request = uid.isEmpty()
        ? annotationRequest(path, phase)
        : actions::mergePatchRequest(path, {{"metadata"_L1, QJsonObject{{"annotations"_L1, phase}}}}, uid);
    m_steps.ask(request, [this, path, isBound = !uid.isEmpty()](const Result<QJsonObject> &parent) {
        if (parent) {
            m_parentUid = actions::uidOf(*parent);
            m_heartbeat.start(path, *parent);
            const QJsonValue kinds = valueAt(*parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation});
            listMembers(groupKindsOf(kinds.toString()));
        } else if (parent.error().kind == Error::Kind::NotFound) {
            // The namespace was made, the parent was not; or it is gone already, and only whoever still applied knows
            // what may have been made since.
            listMembers(m_removed.groupKinds);
        } else if (isBound && parent.error().kind == Error::Kind::Conflict) {
            finish(std::unexpected(replacedMeanwhile(m_removed.name, path)));
        } else {
            finish(std::unexpected(parent.error()));
        }
    });
}

void Removal::listMembers(const QStringList &groupKinds)
{
    m_steps.list(
        groupKinds, m_removed.ns, PartOfLabel + u'=' + m_removed.id, [this](const Result<Steps::Members> &members) {
            if (!members) {
                finish(std::unexpected(members.error()));
                return;
            }
            // In the opposite order of creation, as far as that is known: what uses a thing before the thing.
            m_members = *members;
            std::ranges::stable_sort(m_members, std::greater(), [](const Steps::Member &one) {
                const QString &kind = one.resource.kind;
                return kind == "Ingress"_L1 ? 3 : !podTemplatePath(kind).isEmpty() ? 2 : kind == "Service"_L1 ? 1 : 0;
            });
            listClaims();
        });
}

void Removal::listClaims()
{
    m_steps.list({u"PersistentVolumeClaim"_s}, m_removed.ns, EnvironmentLabel + u'=' + m_removed.name,
        [this](const Result<Steps::Members> &claims) {
            if (!claims) {
                finish(std::unexpected(claims.error()));
                return;
            }
            for (const Steps::Member &claim : *claims) {
                if (!std::ranges::contains(m_members, claim.uid, &Steps::Member::uid))
                    m_members.append(claim);
            }
            listPods();
        });
}

// Deleted by their controllers, and awaited: containers that still run are not gone.
void Removal::listPods()
{
    m_steps.list(
        {u"Pod"_s}, m_removed.ns, EnvironmentLabel + u'=' + m_removed.name, [this](const Result<Steps::Members> &pods) {
            if (!pods) {
                finish(std::unexpected(pods.error()));
                return;
            }
            for (const Steps::Member &pod : *pods)
                await(pod);
            deleteNext();
        });
}

void Removal::await(const Steps::Member &member)
{
    const store::Uid uid = store::Uid::parse(member.uid.toStdString());
    m_awaited.insert(uid, member);
    if (!m_patience.isActive())
        m_patience.start(Patience);
    if (const std::optional<store::Kind> kind = watchedKindOf(member.resource))
        m_departures.await(store::Item{*kind, uid}, member.path());
    else
        m_departures.await(uid, member.path());
}

void Removal::tellAwaited()
{
    QStringList names;
    for (const QList<store::Uid> awaited = m_departures.awaited(); const store::Uid &uid : awaited)
        names.append(awaitedText(uid));
    names.sort();
    const int more = static_cast<int>(std::max<qsizetype>(0, names.size() - MostNamed));
    const QString list = QLocale().createSeparatedList(names.mid(0, MostNamed));
    if (more > 0)
        m_steps.tell(tr("Not gone yet: %1, and %n more.", nullptr, more).arg(list));
    else if (!names.isEmpty())
        m_steps.tell(tr("Not gone yet: %1.").arg(list));
    if (!names.isEmpty())
        m_patience.start(ToldAgain);
}

// A pod that does not go is its node's matter.
QString Removal::awaitedText(const store::Uid &uid) const
{
    const Steps::Member &member = m_awaited[uid];
    const store::SnapshotPtr snapshot = m_steps.cluster().snapshot();
    const auto row = store::find(*snapshot, {store::Kind::Pod, uid});
    const StringId id = row ? snapshot->table<store::Kind::Pod>().at(row->slot())->node : StringId::Empty;
    const QString node = snapshot->string(id);
    return node.isEmpty() ? member.display() : tr("%1 on node %2", "an object").arg(member.display(), node);
}

void Removal::deleteNext()
{
    m_deleting = !m_members.isEmpty();
    if (!m_deleting) {
        whenGone();
        return;
    }
    const Steps::Member member = m_members.takeFirst();
    m_steps.remember(tr("Deleting %1.").arg(member.display()));
    m_steps.ask(actions::deleteRequest(member.path(), deleteOptions(member.uid)),
        [this, member](const Result<QJsonObject> &answer) {
            if (!answer && !isGone(answer.error())) {
                finish(std::unexpected(answer.error()));
                return;
            }
            // A Status says that it is gone; the object, that somebody has to finish it first (finalizers, grace
            // periods).
            if (answer && answer->value("kind"_L1).toString() != "Status"_L1)
                await(member);
            deleteNext();
        });
}

void Removal::whenGone()
{
    if (m_deleting || !m_departures.isEmpty())
        return;
    m_patience.stop();
    if (m_onlyMembers || m_phase == Phase::Namespace)
        finish({});
    else if (m_phase == Phase::Members)
        deleteParent();
}

void Removal::deleteParent()
{
    m_phase = Phase::Namespace;
    m_deleting = true;
    const Result<kube::Resource> configMaps = m_steps.cluster().api().find({}, u"ConfigMap"_s);
    if (!configMaps) {
        finish(std::unexpected(configMaps.error()));
        return;
    }
    const QString path = configMaps->path(m_removed.ns, m_removed.parent);
    if (m_parentUid.isEmpty()) {
        checkParent(path);
        return;
    }
    m_steps.ask(
        actions::deleteRequest(path, deleteOptions(m_parentUid)), [this, path](const Result<QJsonObject> &answer) {
            if (!answer && !isGone(answer.error())) {
                finish(std::unexpected(answer.error()));
                return;
            }
            m_heartbeat.stop();
            if (answer)
                deleteNamespace();
            else
                checkParent(path);
        });
}

// Somebody may have made the environment anew while this one's last pods were awaited.
void Removal::checkParent(const QString &path)
{
    m_steps.ask(actions::getRequest(path), [this](const Result<QJsonObject> &parent) {
        if (!parent && parent.error().kind == Error::Kind::NotFound) {
            deleteNamespace();
        } else if (!parent) {
            finish(std::unexpected(parent.error()));
        } else {
            m_steps.remember(tr("%1 has been made anew meanwhile, and that stays.").arg(m_removed.name));
            finish({});
        }
    });
}

void Removal::deleteNamespace()
{
    if (!m_removed.ownNamespace) {
        finish({});
        return;
    }
    const Result<kube::Resource> namespaces = m_steps.cluster().api().find({}, u"Namespace"_s);
    if (!namespaces) {
        finish(std::unexpected(namespaces.error()));
        return;
    }
    const QString path = namespaces->path({}, m_removed.ns);
    m_steps.tell(tr("Deleting namespace %1.").arg(m_removed.ns));
    m_steps.ask(actions::getRequest(path), [this, path, resource = *namespaces](const Result<QJsonObject> &space) {
        if (!space) {
            finish(space.error().kind == Error::Kind::NotFound ? Result<void>() : std::unexpected(space.error()));
            return;
        }
        // Whoever took the label away wants to keep the namespace.
        if (valueAt(*space, {u"metadata"_s, u"labels"_s, EnvironmentLabel}).toString() != m_removed.name) {
            m_steps.remember(tr("Namespace %1 is not this environment's any more and stays.").arg(m_removed.ns));
            finish({});
            return;
        }
        const Steps::Member member{resource, {}, m_removed.ns, actions::uidOf(*space)};
        m_steps.ask(
            actions::deleteRequest(path, deleteOptions(member.uid)), [this, member](const Result<QJsonObject> &answer) {
                if (!answer && !isGone(answer.error())) {
                    finish(std::unexpected(answer.error()));
                    return;
                }
                await(member);
                m_deleting = false;
                whenGone();
            });
    });
}

void Removal::finish(const Result<void> &result)
{
    if (std::exchange(m_phase, Phase::Over) == Phase::Over)
        return;
    m_patience.stop();
    m_departures.clear();
    if (result)
        m_done(result);
    else
        m_heartbeat.giveUp([this, result](bool) { m_done(result); });
}

} // namespace kdra::environments
