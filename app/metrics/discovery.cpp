// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/discovery.h"

#include "base/whenfinished.h"
#include "kube/apiclient.h"
#include "metrics/alertmanager.h"
#include "metrics/promclient.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <tuple>

namespace kdra::metrics {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Discovery)
};

constexpr Asking probing{.interactive = true, .deadline = 10s};

ServiceFacts factsOf(const QJsonObject &service)
{
    const QJsonObject meta = service.value("metadata"_L1).toObject();
    ServiceFacts facts{.ns = meta.value("namespace"_L1).toString(), .name = meta.value("name"_L1).toString()};
    const QJsonObject labels = meta.value("labels"_L1).toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it)
        facts.labels.insert(it.key(), it.value().toString());
    for (const auto ports = service.value("spec"_L1).toObject().value("ports"_L1).toArray();
        const QJsonValue &value : ports) {
        const QJsonObject port = value.toObject();
        facts.ports += ServicePort{.name = port.value("name"_L1).toString(), .number = port.value("port"_L1).toInt()};
    }
    return facts;
}

using Listed = kube::Answer<QList<ServiceFacts>>;

void listPage(kube::ApiClient &client, QList<ServiceFacts> before, const QString &next, std::shared_ptr<Listed> answer)
{
    kube::Request request{.path = u"/api/v1/services"_s};
    request.query.addQueryItem(u"limit"_s, u"500"_s);
    if (!next.isEmpty())
        request.query.addQueryItem(u"continue"_s, QString::fromLatin1(QUrl::toPercentEncoding(next)));
    whenFinished(client.send(request), &client,
        [&client, before = std::move(before), answer](const Result<kube::Response> &response) mutable {
            if (answer->isCanceled())
                return;
            if (!response) {
                answer->give(std::unexpected(response.error()));
                return;
            }
            const QJsonObject list = QJsonDocument::fromJson(response->body).object();
            if (!list.value("items"_L1).isArray()) {
                answer->give(std::unexpected(Error{.kind = Error::Kind::Protocol,
                    .what = Text::tr("The cluster's list of services could not be read."),
                    .where = u"GET /api/v1/services"_s}));
                return;
            }
            for (const auto items = list.value("items"_L1).toArray(); const QJsonValue &item : items)
                before += factsOf(item.toObject());
            const QString more = list.value("metadata"_L1).toObject().value("continue"_L1).toString();
            if (more.isEmpty())
                answer->give(std::move(before));
            else
                listPage(client, std::move(before), more, answer);
        });
}

Probe failed(const Candidate &candidate, const Error &error)
{
    return Probe{.flavor = candidate.flavor, .error = error, .text = error.text()};
}

// What `up` says, after the build information (which may be missing).
Probe judged(const Candidate &candidate, const Result<BuildInfo> &build, const Result<Answer> &up)
{
    if (!up)
        return failed(candidate, up.error());
    Probe probe{.state = Probe::State::Empty, .flavor = candidate.flavor};
    // Labels tell relatives of Prometheus apart that give its build information.
    if (build && (build->flavor != Flavor::Prometheus || probe.flavor == Flavor::Unknown))
        probe.flavor = build->flavor;
    if (build && probe.flavor != Flavor::VictoriaMetrics)
        probe.version = build->version;
    if (!up->series->empty() && !up->series->front().values.empty()) {
        probe.targets = static_cast<int>(up->series->front().values.front());
        probe.state = Probe::State::Answers;
    }
    const QString name = nameOf(probe.flavor) + (probe.version.isEmpty() ? QString() : u' ' + probe.version);
    probe.text = probe.state == Probe::State::Answers
        ? Text::tr("%1, %n target(s).", nullptr, probe.targets).arg(name)
        : Text::tr("%1 answers, but it has no targets: it scrapes nothing, or it wants a tenant.").arg(name);
    return probe;
}

QList<Finding> ordered(QList<Finding> findings)
{
    std::ranges::stable_sort(findings, {}, [](const Finding &finding) {
        return std::tuple(
            !finding.candidate.chosen, finding.probe.state, finding.candidate.rank, -finding.probe.targets);
    });
    return findings;
}

using ProbeOne = QFuture<Probe> (*)(const Candidate &, const Secrets &, kube::ApiClient &);

QFuture<Result<QList<Finding>>> probeAll(
    kube::ApiClient &client, const QList<Candidate> &candidates, const Secrets &secrets, ProbeOne probeOne)
{
    QList<QFuture<Probe>> probes;
    for (const Candidate &candidate : candidates) {
        // A login belongs to the source that it was given for.
        const bool mayKnow = candidate.chosen && !candidate.endpoint.isProxied();
        probes += probeOne(candidate, mayKnow ? secrets : Secrets(), client);
    }
    if (probes.isEmpty())
        return QtFuture::makeReadyValueFuture<Result<QList<Finding>>>({});
    return onPool(whenAllFinished(probes), [candidates](const QList<QFuture<Probe>> &done) -> Result<QList<Finding>> {
        QList<Finding> findings;
        for (qsizetype i = 0; i < done.size(); ++i) {
            if (done[i].resultCount() > 0)
                findings += Finding{.candidate = candidates[i], .probe = done[i].result()};
        }
        return ordered(std::move(findings));
    });
}

QFuture<Probe> probeAlertmanager(const Candidate &candidate, const Secrets &secrets, kube::ApiClient &client)
{
    const auto manager = std::make_shared<AlertmanagerClient>(candidate.endpoint, secrets, client);
    const auto promise = std::make_shared<QPromise<Probe>>();
    promise->start();
    // On the network thread, as with a Prometheus.
    whenFinished(manager->version(probing), &client, [manager, candidate, promise](const Result<QString> &version) {
        promise->addResult(version ? Probe{.state = Probe::State::Answers,
                                         .flavor = candidate.flavor,
                                         .version = *version,
                                         .text = Text::tr("Alertmanager %1.").arg(*version)}
                                   : failed(candidate, version.error()));
        promise->finish();
    });
    return promise->future();
}

} // namespace

QFuture<Result<QList<ServiceFacts>>> listServices(kube::ApiClient &client)
{
    const auto answer = std::make_shared<Listed>();
    listPage(client, {}, {}, answer);
    return answer->future();
}

QFuture<Probe> probe(const Candidate &candidate, const Secrets &secrets, kube::ApiClient &client)
{
    const auto prom = std::make_shared<PromClient>(candidate.endpoint, secrets, client);
    const auto promise = std::make_shared<QPromise<Probe>>();
    promise->start();
    const auto give = [promise](Probe result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    // On the network thread: the PromClient must not end on the thread that parses for it.
    whenFinished(prom->buildInfo(probing), &client, [prom, candidate, give, &client](const Result<BuildInfo> &build) {
        // Everything but "there is no such path" would happen again.
        if (!build && build.error().kind != Error::Kind::NotFound && build.error().kind != Error::Kind::Invalid) {
            give(failed(candidate, build.error()));
            return;
        }
        whenFinished(prom->instant(u"count(up)"_s, 0, probing), &client,
            [prom, candidate, give, build](const Result<Answer> &up) { give(judged(candidate, build, up)); });
    });
    return promise->future();
}

QFuture<Result<QList<Finding>>> discoverSources(
    kube::ApiClient &client, const Choice &choice, const Secrets &secrets, std::optional<QList<ServiceFacts>> services)
{
    const auto look = [&client, choice, secrets](const Result<QList<ServiceFacts>> &listed) {
        using Found = Result<QList<Finding>>;
        const bool forbidden = !listed && listed.error().kind == Error::Kind::Forbidden;
        if (!listed && !forbidden)
            return QtFuture::makeReadyValueFuture<Found>(std::unexpected(listed.error()));
        Result<QList<Candidate>> candidates = candidatesAmong(listed.value_or(QList<ServiceFacts>()), choice);
        if (!candidates)
            return QtFuture::makeReadyValueFuture<Found>(std::unexpected(candidates.error()));
        if (forbidden)
            *candidates += wellKnownCandidates();
        return probeAll(client, *candidates, secrets, probe);
    };
    if (services)
        return look(*services);
    auto asked = std::make_shared<QPromise<QFuture<Result<QList<Finding>>>>>();
    asked->start();
    whenFinished(listServices(client), &client, [asked, look](const Result<QList<ServiceFacts>> &listed) {
        asked->addResult(look(listed));
        asked->finish();
    });
    return unwrapped(asked->future());
}

QFuture<Result<QList<Finding>>> discoverAlertmanagers(
    kube::ApiClient &client, const Choice &choice, const Secrets &secrets, const QList<ServiceFacts> &services)
{
    const Result<QList<Candidate>> candidates = alertmanagersAmong(services, choice);
    if (!candidates)
        return QtFuture::makeReadyValueFuture<Result<QList<Finding>>>(std::unexpected(candidates.error()));
    return probeAll(client, *candidates, secrets, probeAlertmanager);
}

std::optional<Finding> best(const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        if (finding.candidate.chosen || finding.probe.state == Probe::State::Answers)
            return finding;
    }
    return {};
}

QString nameOf(Flavor flavor)
{
    switch (flavor) {
    case Flavor::Prometheus:
        return u"Prometheus"_s;
    case Flavor::Thanos:
        return u"Thanos"_s;
    case Flavor::Mimir:
        return u"Mimir"_s;
    case Flavor::Cortex:
        return u"Cortex"_s;
    case Flavor::VictoriaMetrics:
        return u"VictoriaMetrics"_s;
    case Flavor::Unknown:
        break;
    }
    return Text::tr("A metrics server");
}

} // namespace kdra::metrics
