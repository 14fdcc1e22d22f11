// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/candidates.h"

namespace kdra::kube {
class ApiClient;
}

namespace kdra::metrics {

// What came of asking a candidate.
struct Probe {
    enum class State : quint8 {
        Answers, // and has series
        Empty, // speaks the API, and `up` has no series: it scrapes nothing, or wants a tenant
        Failed, // `error` says why
    };

    State state = State::Failed;
    Flavor flavor = Flavor::Unknown; // by its build information, else by its labels
    QString version = {};
    int targets = 0; // series of `up`
    std::optional<Error> error = {};
    // A whole sentence: "Prometheus 3.7.1, 42 targets." or what went wrong.
    QString text = {};
};

struct Finding {
    Candidate candidate = {};
    Probe probe = {};
};

// The Services of all namespaces. Any thread. Errors: those of kube::ApiClient, Protocol.
QFuture<Result<QList<ServiceFacts>>> listServices(kube::ApiClient &client);

// Asks one: /api/v1/status/buildinfo (which older Cortex and VictoriaMetrics may not have), then `up`. Any thread.
// Never an Error of its own: that is in the Probe.
QFuture<Probe> probe(const Candidate &candidate, const Secrets &secrets, kube::ApiClient &client);

// Every candidate with what it said. Order: the chosen one, then those that answer, then the empty, then the failed,
// each by likelihood and number of targets. With a Forbidden list of Services the well-known names are tried.
// `services`: as the store has them; nothing to list them here. Errors: a selector that does not parse; Services that
// cannot be listed for another reason than Forbidden.
QFuture<Result<QList<Finding>>> discoverSources(kube::ApiClient &client, const Choice &choice = {},
    const Secrets &secrets = {}, std::optional<QList<ServiceFacts>> services = {});

// Alertmanagers in the same way, by /api/v2/status; targets are not counted. None are tried when Services may not be
// listed.
QFuture<Result<QList<Finding>>> discoverAlertmanagers(
    kube::ApiClient &client, const Choice &choice, const Secrets &secrets, const QList<ServiceFacts> &services);

// The one to use: the chosen one, whatever it says; else the first that answers. Nothing: no source of metrics.
std::optional<Finding> best(const QList<Finding> &findings);

// "Prometheus", "Thanos", ...
QString nameOf(Flavor flavor);

} // namespace kdra::metrics
