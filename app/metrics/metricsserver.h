// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"

#include "base/result.h"

#include <QFuture>
#include <QHash>

namespace kdra::kube {
class ApiClient;
}

// metrics-server: what nodes and pods use just now, when there is no Prometheus. It knows no past.
// https://github.com/kubernetes/metrics, metrics.k8s.io/v1beta1
namespace kdra::metrics {

// Vectors. Nodes have the label "node"; pods "namespace", "pod" and "container".
struct ResourceUse {
    Answer cpu = {}; // cores
    Answer memory = {}; // bytes, the working set
};

// Any thread. NotFound: metrics-server is not installed; Server (503): it is, and does not answer.
QFuture<Result<ResourceUse>> nodeUse(kube::ApiClient &client);
// Of all namespaces with an empty `ns`.
QFuture<Result<ResourceUse>> podUse(kube::ApiClient &client, const QString &ns = {});

// The lists as the API sends them. Pure; any thread.
Result<ResourceUse> parseNodeMetrics(QByteArray body);
Result<ResourceUse> parsePodMetrics(QByteArray body);

// The sums of a vector's series that agree in the labels `by`, the largest first, at most `most`. With `whole`: as
// parts of what it has for the first label's value; those that it does not have are left out. Pure; any thread.
Answer largest(const Answer &vector, const QStringList &by, qsizetype most, const QHash<QString, double> &whole = {});

} // namespace kdra::metrics
