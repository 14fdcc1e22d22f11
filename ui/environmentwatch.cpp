// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environmentwatch.h"

#include "actions/requests.h"
#include "base/log.h"
#include "base/whenfinished.h"
#include "environments/labels.h"
#include "ui/session.h"

#include <QJsonArray>
#include <QtConcurrentRun>

using namespace std::chrono_literals;

namespace kdra::ui {
namespace {

using store::Kind;

constexpr auto Pause = 400ms; // between two looks at a cluster that changes all the time
constexpr auto Tick = 15s;

constexpr Kind concerned[] = {Kind::ApplySet, Kind::Namespace, Kind::Pod, Kind::Deployment, Kind::StatefulSet,
    Kind::DaemonSet, Kind::Job, Kind::CronJob, Kind::PersistentVolumeClaim, Kind::Ingress};

} // namespace

EnvironmentWatch::EnvironmentWatch(Session &session, environments::TemplateLibrary &library, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_library(library)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &EnvironmentWatch::look);
    m_clock.setInterval(Tick);
    connect(&m_clock, &QTimer::timeout, this, &EnvironmentWatch::look);
    connect(&session, &Session::currentChanged, this, &EnvironmentWatch::reset);
    connect(&session, &Session::published, this, &EnvironmentWatch::apply);
}

void EnvironmentWatch::reset()
{
    m_environments.clear();
    m_known = false;
    m_reaping.reset();
    m_looks.cancel();
    m_fetches.cancel();
    m_library.setShared({});
    m_clock.stop();
    Q_EMIT changed();
    if (m_session.current()) {
        look();
        fetchTemplates();
    }
}

void EnvironmentWatch::apply(const store::Batch &batch)
{
    const bool isConcerned =
        batch.statesChanged || std::ranges::any_of(concerned, [&](Kind kind) { return !batch.delta(kind).isEmpty(); });
    if (isConcerned && !m_due.isActive())
        m_due.start(Pause);
    if (!batch.delta(Kind::SharedTemplate).isEmpty())
        fetchTemplates();
}

void EnvironmentWatch::look()
{
    if (!m_session.current())
        return;
    struct Seen {
        QList<environments::Environment> environments;
        std::optional<environments::Reaping> reaping;
    };
    whenFinished(QtConcurrent::run([snapshot = m_session.current()->snapshot()] {
        const bool known = snapshot->state(Kind::CronJob).phase == store::KindPhase::Live;
        return Seen{environments::environmentsOf(*snapshot, QDateTime::currentDateTime()),
            known ? std::optional(environments::reapingOf(*snapshot)) : std::nullopt};
    }),
        this, [this, token = m_looks.next()](const Seen &seen) {
            if (!token.isCurrent())
                return;
            m_known = true;
            // Only what may change by itself is looked at by the clock.
            seen.environments.isEmpty() ? m_clock.stop() : m_clock.start();
            if (seen.environments == m_environments && seen.reaping == m_reaping)
                return;
            m_environments = seen.environments;
            m_reaping = seen.reaping;
            Q_EMIT changed();
        });
}

// The watch tells that there are some and when they change; what is in them is not kept in records.
void EnvironmentWatch::fetchTemplates()
{
    store::ClusterStore *store = m_session.current();
    const Result<kube::Resource> resource = store->snapshot()->table<Kind::SharedTemplate>().size() == 0
        ? std::unexpected(Error{.kind = Error::Kind::NotFound})
        : store->resource(Kind::SharedTemplate);
    if (!resource) {
        m_fetches.cancel();
        m_library.setShared({});
        return;
    }
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("labelSelector"), environments::TemplateLabel + QStringLiteral("=true"));
    kube::Request request = actions::getRequest(resource->path(), query);
    request.background = true;
    whenFinished(onPool(store->client().send(std::move(request)),
                     [](const Result<kube::Response> &response) { return actions::objectOf(response); }),
        this, [this, token = m_fetches.next()](const Result<QJsonObject> &list) {
            if (!token.isCurrent())
                return;
            if (!list) {
                qCWarning(log::ui).noquote() << list.error().text();
                return;
            }
            QList<QJsonObject> configMaps;
            for (const QJsonArray items = list->value(QLatin1StringView("items")).toArray();
                const QJsonValue &item : items)
                configMaps.append(item.toObject());
            m_library.setShared(configMaps);
        });
}

} // namespace kdra::ui
