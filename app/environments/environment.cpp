// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/environment.h"

#include "environments/applyset.h"
#include "environments/labels.h"
#include "environments/phasetime.h"
#include "environments/timetolive.h"
#include "relations/causes.h"
#include "store/labels.h"
#include "store/rowkey.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

using store::Kind;
using store::KindPhase;
using store::Severity;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Environment)
};

// Whoever has made a namespace makes the parent next.
constexpr std::chrono::seconds ParentAwaited(15);
// An explanation costs some passes over the pods.
constexpr int MostExplained = 20;

std::string_view key(QLatin1StringView name)
{
    return {name.data(), static_cast<size_t>(name.size())};
}

QJsonObject objectOf(std::string_view json)
{
    return QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
}

std::optional<Placement> placementOf(const QJsonObject &json)
{
    const Result<Spec> spec = specFromJson(json);
    return spec ? std::optional(spec->placement) : std::nullopt;
}

class Survey {
public:
    Survey(const store::Snapshot &snapshot, const QDateTime &now)
        : m_snapshot(snapshot)
        , m_now(now)
    {
    }

    QList<Environment> run()
    {
        m_snapshot.table<Kind::ApplySet>().forEach([this](const auto &parent) { addParent(parent); });
        m_snapshot.table<Kind::Namespace>().forEach([this](const auto &space) { addNamespace(space); });
        addWorkloads<Kind::Deployment>();
        addWorkloads<Kind::StatefulSet>();
        addWorkloads<Kind::DaemonSet>();
        addWorkloads<Kind::Job>();
        addPods();
        addClaims();
        addIngresses();
        QList<Environment> all;
        for (Found &one : m_found) {
            conclude(one);
            all.append(std::move(one.environment));
        }
        std::ranges::sort(all, {}, [](const Environment &one) { return std::pair(one.name, one.ns); });
        return all;
    }

private:
    struct Found {
        Environment environment;
        bool isAtIt = false; // somebody applies or deletes it now
        bool paused = false;
        bool going = false; // it or its namespace is being deleted
        bool stuck = false; // a pod or a controller says so: more than not being ready yet
        Severity worst = Severity::Healthy;
        store::Item worstItem; // the workload that is worst
        QSet<StringId> nodes;
    };
    struct Place {
        StringId labels;
        StringId ns;
        bool operator==(const Place &) const = default;
    };
    friend size_t qHash(const Place &place, size_t seed = 0) noexcept
    {
        return static_cast<size_t>(place.labels) ^ static_cast<size_t>(place.ns) << 32 ^ seed;
    }

    std::optional<std::string_view> label(const store::Meta &meta, QLatin1StringView name) const
    {
        return store::labelValue(m_snapshot.view(meta.labels), key(name));
    }

    void setLife(Environment &environment, const QString &timeToLive) const
    {
        if (const std::optional<std::chrono::seconds> life = parseTimeToLive(timeToLive))
            environment.expires = environment.created.addDuration(*life);
    }

    void addParent(const store::Ref<store::ApplySetRecord> &parent)
    {
        const QJsonObject annotations = objectOf(parent.text(parent->annotations));
        const QString phaseTime = annotations.value(PhaseTimeAnnotation).toString();
        Found found{.isAtIt = isAtIt(QDateTime::fromString(phaseTime, Qt::ISODate), m_now)};
        Environment &one = found.environment;
        one.parent = store::toQString(parent.name());
        one.ns = m_snapshot.string(parent->meta.ns);
        // Of kubectl's, the parent's name is all there is.
        const auto name = label(parent->meta, EnvironmentLabel);
        one.name = name ? store::toQString(*name) : one.parent;
        one.id = store::toQString(label(parent->meta, ApplySetIdLabel).value_or(""));
        one.owner = store::toQString(label(parent->meta, OwnerLabel).value_or(""));
        one.parentUid = parent->meta.uid;
        one.tooling = annotations.value(ToolingAnnotation).toString();
        // Anybody may write another one's id on a ConfigMap: what is of the other would seem to be of this one, and be
        // deleted with it.
        if (one.id != applySetId(one.parent, one.ns, u"ConfigMap"_s, {})) {
            one.id.clear();
            one.tooling.clear();
        }
        one.phase = annotations.value(PhaseAnnotation).toString();
        one.plan = annotations.value(PlanAnnotation).toString();
        one.created = QDateTime::fromSecsSinceEpoch(parent->meta.created);
        setLife(one, annotations.value(TimeToLiveAnnotation).toString());
        found.paused = annotations.contains(PausedAnnotation);
        found.going = parent->meta.deleted != 0;
        const QJsonObject data = objectOf(parent.text(parent->data));
        const QJsonObject spec = QJsonDocument::fromJson(data.value(SpecKey).toString().toUtf8()).object();
        const QJsonObject from = spec.value("template"_L1).toObject();
        one.templateName = from.value("name"_L1).toString();
        one.templateTitle = from.value("title"_L1).toString();
        one.templateVersion = from.value("version"_L1).toString();
        one.host = spec.value("host"_L1).toString();
        one.placement = placementOf(spec).value_or(Placement());
        for (const QJsonArray parts = spec.value("parts"_L1).toArray(); const QJsonValue &part : parts) {
            const QString title = part["template"_L1]["title"_L1].toString();
            one.parts.append({.name = part["name"_L1].toString(),
                .title = title.isEmpty() ? part["template"_L1]["name"_L1].toString() : title});
        }
        one.canGoBack = one.phase == "changing"_L1 && data.contains(FormerSpecKey);
        m_byName.insert({one.name, one.ns}, m_found.size());
        if (!one.id.isEmpty())
            m_byId.insert(one.id, m_found.size());
        m_found.append(std::move(found));
    }

    void addNamespace(const store::Ref<store::NamespaceRecord> &space)
    {
        const auto name = label(space->meta, EnvironmentLabel);
        if (!name)
            return;
        const QString ns = store::toQString(space.name());
        const bool going = m_snapshot.view(space->phase) == "Terminating" || space->meta.deleted;
        if (const auto known = m_byName.constFind({store::toQString(*name), ns}); known != m_byName.cend()) {
            m_found[*known].environment.ownNamespace = true;
            m_found[*known].going |= going;
            return;
        }
        if (label(space->meta, ManagedByLabel) != key(Manager))
            return;
        const QDateTime created = QDateTime::fromSecsSinceEpoch(space->meta.created);
        Found found{.isAtIt = created.secsTo(m_now) < ParentAwaited.count(), .going = going};
        Environment &one = found.environment;
        one.name = store::toQString(*name);
        one.ns = ns;
        one.owner = store::toQString(label(space->meta, OwnerLabel).value_or(""));
        one.tooling = Tooling;
        one.hasParent = false;
        one.parent = u"kdra."_s + one.name;
        one.phase = u"applying"_s;
        one.created = created;
        one.ownNamespace = true;
        m_byName.insert({one.name, ns}, m_found.size());
        m_found.append(std::move(found));
    }

    // The environment that an object says it is part of; null for none.
    Found *of(const store::Meta &meta)
    {
        if (m_found.isEmpty())
            return nullptr;
        // Thousands of objects share few sets of labels.
        const Place place{meta.labels, meta.ns};
        auto known = m_places.constFind(place);
        if (known == m_places.cend())
            known = m_places.insert(place, find(meta));
        return *known < 0 ? nullptr : &m_found[*known];
    }

    qsizetype find(const store::Meta &meta) const
    {
        if (const auto id = label(meta, PartOfLabel)) {
            if (const auto known = m_byId.constFind(store::toQString(*id)); known != m_byId.cend())
                return *known;
        }
        const auto name = label(meta, EnvironmentLabel);
        return name ? m_byName.value({store::toQString(*name), m_snapshot.string(meta.ns)}, -1) : -1;
    }

    template <Kind K> void addWorkloads()
    {
        m_snapshot.table<K>().forEach([this](const store::Ref<store::WorkloadRecord> &workload) {
            Found *found = of(workload->meta);
            // A Job of a CronJob comes and goes.
            if (!found || !workload->meta.owner.isNull())
                return;
            ++found->environment.workloads;
            const Severity severity = workload->observed ? workload->meta.severity : Severity::Progressing;
            found->environment.readyWorkloads += severity == Severity::Healthy ? 1 : 0;
            const std::string_view reason = m_snapshot.view(workload->reason);
            found->stuck |= reason == "ProgressDeadlineExceeded" || reason == "FailedCreate";
            if (severity != Severity::Unknown && severity > found->worst) {
                found->worst = severity;
                found->worstItem = {K, workload->meta.uid};
            }
        });
    }

    void addPods()
    {
        m_snapshot.table<Kind::Pod>().forEach([this](const store::Ref<store::PodRecord> &pod) {
            Found *found = of(pod->meta);
            if (!found || pod->phase == store::PodRecord::Phase::Succeeded)
                return;
            Environment &one = found->environment;
            ++one.pods;
            one.readyPods += pod->ready ? 1 : 0;
            found->stuck |= pod->meta.severity == Severity::Failing;
            one.cpuMilli += pod->cpuMilliRequested;
            one.memory += static_cast<qint64>(pod->memoryRequested);
            if (pod->node != StringId::Empty)
                found->nodes.insert(pod->node);
        });
    }

    void addClaims()
    {
        m_snapshot.table<Kind::PersistentVolumeClaim>().forEach([this](const store::Ref<store::ClaimRecord> &claim) {
            if (Found *found = of(claim->meta)) {
                ++found->environment.claims;
                found->environment.claimBytes += claim->capacity;
            }
        });
    }

    void addIngresses()
    {
        m_snapshot.table<Kind::Ingress>().forEach([this](const store::Ref<store::IngressRecord> &ingress) {
            Found *found = of(ingress->meta);
            const QString host = store::toQString(ingress.text(ingress->hosts)).section(u',', 0, 0);
            if (!found || host.isEmpty() || host.startsWith(u'*') || !found->environment.address.isEmpty())
                return;
            found->environment.host = host;
            found->environment.address = u"http://"_s + host + u'/';
        });
    }

    bool isKnown() const
    {
        return std::ranges::all_of(
            std::array{Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::Job}, [this](Kind kind) {
                const KindPhase phase = m_snapshot.state(kind).phase;
                return phase == KindPhase::Live || phase == KindPhase::NotServed;
            });
    }

    void conclude(Found &found)
    {
        Environment &one = found.environment;
        for (const StringId node : std::as_const(found.nodes))
            one.nodes.append(m_snapshot.string(node));
        one.nodes.sort();
        one.state = stateOf(found);
        if (one.state == Environment::State::Failing || one.state == Environment::State::Progressing)
            one.reason = reasonOf(found);
        else if (one.isHalfDeleted())
            one.reason = Text::tr("Deleting it was interrupted: the rest of it can be deleted.");
        else if (one.state == Environment::State::Incomplete)
            one.reason = one.canGoBack ? Text::tr("Changing it was interrupted: it can be resumed, or taken back.")
                                       : Text::tr("Applying it was interrupted: it can be resumed.");
        else if (one.state == Environment::State::Unknown)
            one.reason = Text::tr("How its workloads are is not known now.");
    }

    Environment::State stateOf(const Found &found) const
    {
        using enum Environment::State;
        const Environment &one = found.environment;
        if (found.going)
            return Deleting;
        if (one.phase == "deleting"_L1)
            return found.isAtIt ? Deleting : Incomplete;
        if (one.phase == "applying"_L1 || one.phase == "changing"_L1)
            return found.isAtIt ? Applying : Incomplete;
        if (found.paused)
            return Paused;
        if (!isKnown())
            return Unknown;
        // What starts for the first time has nothing ready, and takes its time on a Raspberry Pi.
        if (found.worst == Severity::Failing && found.stuck)
            return Failing;
        return one.readyWorkloads == one.workloads ? Ready : Progressing;
    }

    QString reasonOf(const Found &found)
    {
        if (!found.worstItem.isNull() && m_explained++ < MostExplained) {
            const QList<relations::Cause> causes =
                relations::diagnose(m_snapshot, found.worstItem, m_now.toSecsSinceEpoch());
            if (!causes.isEmpty())
                return causes.first().text;
        }
        return Text::tr("%1 of %n workloads are ready.", nullptr, static_cast<int>(found.environment.workloads))
            .arg(found.environment.readyWorkloads);
    }

    const store::Snapshot &m_snapshot;
    const QDateTime m_now;
    QList<Found> m_found;
    QHash<std::pair<QString, QString>, qsizetype> m_byName; // name and namespace
    QHash<QString, qsizetype> m_byId;
    QHash<Place, qsizetype> m_places;
    int m_explained = 0;
};

} // namespace

QList<Environment> environmentsOf(const store::Snapshot &snapshot, const QDateTime &now)
{
    return Survey(snapshot, now).run();
}

QString stateText(Environment::State state)
{
    switch (state) {
    case Environment::State::Applying:
        return Text::tr("Being applied");
    case Environment::State::Incomplete:
        return Text::tr("Incomplete");
    case Environment::State::Progressing:
        return Text::tr("Not ready yet");
    case Environment::State::Ready:
        return Text::tr("Ready");
    case Environment::State::Failing:
        return Text::tr("Failing");
    case Environment::State::Paused:
        return Text::tr("Paused");
    case Environment::State::Deleting:
        return Text::tr("Being deleted");
    case Environment::State::Unknown:
        return Text::tr("Unknown");
    }
    return {};
}

Severity severityOf(Environment::State state)
{
    switch (state) {
    case Environment::State::Applying:
    case Environment::State::Progressing:
    case Environment::State::Deleting:
        return Severity::Progressing;
    case Environment::State::Incomplete:
        return Severity::Warning;
    case Environment::State::Ready:
        return Severity::Healthy;
    case Environment::State::Failing:
        return Severity::Failing;
    case Environment::State::Paused:
    case Environment::State::Unknown:
        return Severity::Unknown;
    }
    return Severity::Unknown;
}

} // namespace kdra::environments
