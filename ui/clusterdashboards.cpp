// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusterdashboards.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/session.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {
namespace {

constexpr auto freshFor = 30s;

// Each ConfigMap once, whichever of the labels it has.
metrics::DashboardShelf shelfOf(const QList<Result<kube::Response>> &answers)
{
    metrics::DashboardShelf shelf;
    QList<metrics::DashboardSource> sources;
    QSet<QString> known;
    for (const Result<kube::Response> &answer : answers) {
        const Result<QJsonObject> list = actions::objectOf(answer);
        if (!list) {
            // The other list would only say the same.
            if (shelf.problems.isEmpty())
                shelf.problems.append({u"ConfigMap"_s, list.error()});
            continue;
        }
        for (const auto items = list->value("items"_L1).toArray(); const QJsonValue &item : items) {
            const QJsonObject configMap = item.toObject();
            const QString uid = actions::uidOf(configMap);
            if (known.contains(uid))
                continue;
            known.insert(uid);
            const auto own = metrics::sharedDashboardsOf(configMap);
            sources += own.isEmpty() ? metrics::grafanaDashboardsOf(configMap) : own;
        }
    }
    metrics::DashboardShelf read = metrics::readDashboards(sources, dashboardLanguage());
    shelf.dashboards = std::move(read.dashboards);
    shelf.problems += read.problems;
    return shelf;
}

} // namespace

ClusterDashboards::ClusterDashboards(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &Session::currentChanged, this, &ClusterDashboards::follow);
    connect(&session, &Session::synced, this, &ClusterDashboards::follow);
}

void ClusterDashboards::follow()
{
    if (m_session.currentId() == m_of)
        return;
    m_readings.cancel();
    m_of = 0;
    take({});
    if (m_session.current() && m_session.current()->isSynced())
        read();
}

void ClusterDashboards::refresh()
{
    if (m_of != 0 && m_of == m_session.currentId() && m_fresh.hasExpired())
        read();
}

void ClusterDashboards::read()
{
    store::ClusterStore *store = m_session.current();
    if (!store)
        return;
    m_of = m_session.currentId();
    m_fresh = QDeadlineTimer(freshFor);
    const Result<kube::Resource> configMaps = store->api().find({}, u"ConfigMap"_s);
    if (!configMaps) {
        take({.problems = {{u"ConfigMap"_s, configMaps.error()}}});
        return;
    }
    QList<QFuture<Result<kube::Response>>> answers;
    for (const QString &selector :
        {QString(metrics::dashboardLabel) + u"=true"_s, QString(metrics::grafanaDashboardSelector)}) {
        QUrlQuery query;
        query.addQueryItem(u"labelSelector"_s, QString::fromLatin1(QUrl::toPercentEncoding(selector)));
        kube::Request request = actions::getRequest(configMaps->path(), query);
        request.background = true;
        answers.append(store->client().send(std::move(request)));
    }
    const auto shelf = onPool(whenAllFinished(answers), [](const QList<QFuture<Result<kube::Response>>> &finished) {
        QList<Result<kube::Response>> results;
        for (const auto &one : finished) {
            // Without a result: its cluster has been closed.
            if (one.isResultReadyAt(0))
                results.append(one.result());
        }
        return shelfOf(results);
    });
    whenFinished(shelf, this, [this, token = m_readings.next()](const metrics::DashboardShelf &read) {
        if (token.isCurrent())
            take(read);
    });
}

void ClusterDashboards::take(const metrics::DashboardShelf &shelf)
{
    m_shelf = shelf;
    Q_EMIT changed();
}

} // namespace kdra::ui
