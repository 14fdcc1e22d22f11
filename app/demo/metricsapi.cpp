// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/metricsapi.h"

#include "demo/authz.h"
#include "demo/request.h"

#include <QDateTime>
#include <QJsonArray>

#include <cmath>

namespace kdra::demo {

using namespace Qt::StringLiterals;

namespace {

struct Use {
    double cores = 0;
    double bytes = 0;
};

QJsonObject usageOf(const Use &use)
{
    return {{u"cpu"_s, QString(QString::number(std::llround(use.cores * 1e9)) + u'n')},
        {u"memory"_s, QString(QString::number(std::llround(use.bytes / 1024)) + u"Ki"_s)}};
}

} // namespace

MetricsApi::MetricsApi(const ObjectStore &store, quint32 seed, double storyOrigin)
    : m_store(store)
    , m_model(store, seed, storyOrigin)
{
}

std::optional<ApiResponse> MetricsApi::answer(const ApiRequest &request) const
{
    const QStringList &parts = request.segments;
    if (parts.value(1) != "metrics.k8s.io"_L1 || parts.value(2) != "v1beta1"_L1 || request.method != "GET"
        || !m_store.get(kind::Deployment, "kube-system", "metrics-server"))
        return std::nullopt;
    const bool inNamespace = parts.value(3) == "namespaces"_L1;
    const QString ns = inNamespace ? parts.value(4) : QString();
    const QString plural = parts.value(inNamespace ? 5 : 3);
    if (parts.size() != (inNamespace ? 6 : 4) || (plural != "pods"_L1 && (plural != "nodes"_L1 || inNamespace)))
        return std::nullopt;
    if (!authz::allowed(request.user, {u"list"_s, u"metrics.k8s.io"_s, plural, ns, {}}))
        return ApiResponse::of(ApiStatus{403, u"Forbidden"_s,
            u"%1.metrics.k8s.io is forbidden: User \"%2\" cannot list resource \"%1\" in API group \"metrics.k8s.io\""_s
                .arg(plural, request.user),
            {}});
    const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
    // By node; by namespace, pod and container.
    QMap<QStringList, Use> uses;
    const bool ofNodes = plural == "nodes"_L1;
    const auto keyOf = [&](const PromSeries &one) {
        return ofNodes ? QStringList{one.labels.value(u"node"_s)}
                       : QStringList{one.labels.value(u"namespace"_s), one.labels.value(u"pod"_s),
                             one.labels.value(u"container"_s)};
    };
    constexpr double window = 15; // seconds
    for (const PromSeries &one : m_model.series(u"container_cpu_usage_seconds_total"_s))
        uses[keyOf(one)].cores += (m_model.value(one, now) - m_model.value(one, now - window)) / window;
    for (const PromSeries &one : m_model.series(u"container_memory_working_set_bytes"_s))
        uses[keyOf(one)].bytes += m_model.value(one, now);
    QJsonArray items;
    const QString time = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    for (auto it = uses.begin(); it != uses.end(); ++it) {
        if (!ns.isEmpty() && it.key().first() != ns)
            continue;
        QJsonObject item{{u"timestamp"_s, time}, {u"window"_s, u"15s"_s}};
        if (ofNodes) {
            item.insert(u"metadata"_s, QJsonObject{{u"name"_s, it.key().first()}});
            item.insert(u"usage"_s, usageOf(it.value()));
        } else {
            item.insert(u"metadata"_s, QJsonObject{{u"namespace"_s, it.key().at(0)}, {u"name"_s, it.key().at(1)}});
            item.insert(u"containers"_s,
                QJsonArray{QJsonObject{{u"name"_s, it.key().at(2)}, {u"usage"_s, usageOf(it.value())}}});
        }
        items.append(item);
    }
    return ApiResponse::of({{u"kind"_s, ofNodes ? u"NodeMetricsList"_s : u"PodMetricsList"_s},
        {u"apiVersion"_s, u"metrics.k8s.io/v1beta1"_s}, {u"metadata"_s, QJsonObject()}, {u"items"_s, items}});
}

} // namespace kdra::demo
