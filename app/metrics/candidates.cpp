// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/candidates.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Candidates)
};

// A sign by which a Service is known, likeliest first. Empty namespace or name: any.
struct Sign {
    const char *selector;
    const char *ns;
    const char *name;
    Flavor flavor;
    const char *prefix;
};

constexpr Sign prometheusSigns[] = {
    {"operated-prometheus=true", "", "", Flavor::Prometheus, ""},
    {"app.kubernetes.io/name=prometheus,app.kubernetes.io/component in (server,prometheus)", "", "", Flavor::Prometheus,
        ""},
    {"app.kubernetes.io/name=prometheus", "", "", Flavor::Prometheus, ""},
    {"app=prometheus,component=server", "", "", Flavor::Prometheus, ""},
    {"", "openshift-monitoring", "prometheus-k8s", Flavor::Prometheus, ""},
    {"app.kubernetes.io/name in (thanos,thanos-query),app.kubernetes.io/component in "
     "(query,query-frontend,query-layer)",
        "", "", Flavor::Thanos, ""},
    {"app.kubernetes.io/name=thanos-query", "", "", Flavor::Thanos, ""},
    {"app.kubernetes.io/name in (vmsingle,victoria-metrics-single)", "", "", Flavor::VictoriaMetrics, ""},
    {"app.kubernetes.io/name=vmselect", "", "", Flavor::VictoriaMetrics, "/select/0/prometheus"},
    {"app.kubernetes.io/name=victoria-metrics-cluster,app in (vmselect)", "", "", Flavor::VictoriaMetrics,
        "/select/0/prometheus"},
    {"app.kubernetes.io/name=mimir,app.kubernetes.io/component in (gateway,nginx,query-frontend)", "", "",
        Flavor::Mimir, "/prometheus"},
    {"app=prometheus", "", "", Flavor::Prometheus, ""},
    {"", "", "prometheus", Flavor::Unknown, ""},
    {"", "", "prometheus-server", Flavor::Unknown, ""},
    {"", "", "prometheus-k8s", Flavor::Unknown, ""},
    {"", "", "prometheus-operated", Flavor::Unknown, ""},
};

constexpr Sign alertmanagerSigns[] = {
    {"operated-alertmanager=true", "", "", Flavor::Unknown, ""},
    {"app.kubernetes.io/name=alertmanager", "", "", Flavor::Unknown, ""},
    {"app=alertmanager", "", "", Flavor::Unknown, ""},
    {"", "openshift-monitoring", "alertmanager-main", Flavor::Unknown, ""},
    {"app.kubernetes.io/name=mimir,app.kubernetes.io/component=alertmanager", "", "", Flavor::Mimir, "/alertmanager"},
    {"", "", "alertmanager", Flavor::Unknown, ""},
    {"", "", "alertmanager-operated", Flavor::Unknown, ""},
};

constexpr Sign grafanaSigns[] = {
    {"app.kubernetes.io/name=grafana", "", "", Flavor::Unknown, ""},
    {"app=grafana", "", "", Flavor::Unknown, ""},
    {"", "", "grafana", Flavor::Unknown, ""},
};

constexpr int prometheusPorts[] = {9090, 9091, 8428, 8481, 10902, 8080, 80, 443};
constexpr int alertmanagerPorts[] = {9093, 8080, 80};
constexpr int grafanaPorts[] = {3000, 80, 443};

// Of several ports, the one that people's charts name like this; else the known numbers; else the first.
QString portFor(const QList<ServicePort> &ports, std::span<const int> numbers)
{
    for (const char *name : {"http-web", "web", "http", "https", "http-metrics", "api"}) {
        for (const ServicePort &port : ports) {
            if (port.name == QLatin1StringView(name))
                return port.number ? QString::number(port.number) : port.name;
        }
    }
    for (const int number : numbers) {
        if (std::ranges::contains(ports, number, &ServicePort::number))
            return QString::number(number);
    }
    return ports.isEmpty() ? QString() : QString::number(ports.constFirst().number);
}

bool speaksTls(const QList<ServicePort> &ports, const QString &port)
{
    return port == "443"_L1 || std::ranges::any_of(ports, [&](const ServicePort &one) {
        return QString::number(one.number) == port && one.name == "https"_L1;
    });
}

QList<Candidate> among(const QList<ServiceFacts> &services, std::span<const Sign> signs, std::span<const int> numbers)
{
    QList<Candidate> found;
    for (const ServiceFacts &service : services) {
        for (int rank = 0; const Sign &sign : signs) {
            ++rank;
            const QString selector = QString::fromLatin1(sign.selector);
            const QLatin1StringView ns(sign.ns), name(sign.name);
            if ((!ns.isEmpty() && service.ns != ns) || (!name.isEmpty() && service.name != name)
                || !selects(selector, service.labels).value_or(false))
                continue;
            const QString port = portFor(service.ports, numbers);
            found += Candidate{.endpoint = {.ns = service.ns,
                                   .service = service.name,
                                   .port = port,
                                   .https = speaksTls(service.ports, port),
                                   .prefix = QString::fromLatin1(sign.prefix)},
                .flavor = sign.flavor,
                .reason = selector.isEmpty() ? Text::tr("its name") : selector,
                .rank = rank};
            break;
        }
    }
    std::ranges::stable_sort(found, {}, &Candidate::rank);
    return found;
}

constexpr std::pair<Choice::Kind, QLatin1StringView> kinds[] = {{Choice::Kind::Automatic, "automatic"_L1},
    {Choice::Kind::Url, "url"_L1}, {Choice::Kind::Service, "service"_L1}, {Choice::Kind::Label, "label"_L1}};

// Those that were found, after the ones that were chosen.
Result<QList<Candidate>> withChosen(
    const QList<ServiceFacts> &services, const Choice &choice, QList<Candidate> found, std::span<const int> numbers)
{
    for (Candidate &candidate : found)
        candidate.endpoint.tenant = choice.endpoint.tenant;
    if (choice.kind == Choice::Kind::Automatic)
        return found;
    QList<Candidate> chosen;
    if (choice.kind == Choice::Kind::Label) {
        for (const ServiceFacts &service : services) {
            const Result<bool> selected = selects(choice.selector, service.labels);
            if (!selected)
                return std::unexpected(selected.error());
            if (!*selected)
                continue;
            Endpoint endpoint = choice.endpoint;
            endpoint.ns = service.ns;
            endpoint.service = service.name;
            endpoint.port = portFor(service.ports, numbers);
            endpoint.https = speaksTls(service.ports, endpoint.port);
            chosen += Candidate{.endpoint = endpoint, .reason = choice.selector, .chosen = true};
        }
    } else {
        chosen += Candidate{.endpoint = choice.endpoint, .chosen = true};
    }
    // A chosen Service is known better by its signs than by the choice alone.
    for (Candidate &candidate : chosen) {
        const auto same = std::ranges::find_if(found, [&](const Candidate &other) {
            return other.endpoint.service == candidate.endpoint.service && other.endpoint.ns == candidate.endpoint.ns;
        });
        if (candidate.endpoint.isProxied() && same != found.end()) {
            candidate.flavor = same->flavor;
            if (candidate.endpoint.prefix.isEmpty())
                candidate.endpoint.prefix = same->endpoint.prefix;
            found.erase(same);
        }
    }
    return chosen + found;
}

} // namespace

QList<ServicePort> portsOf(QStringView text)
{
    QList<ServicePort> ports;
    for (const QStringView part : text.split(u',', Qt::SkipEmptyParts)) {
        const QStringView number =
            part.first(std::ranges::find_if_not(part, [](QChar c) { return c.isDigit(); }) - part.begin());
        if (const int value = number.toInt())
            ports += ServicePort{.number = value};
    }
    return ports;
}

QJsonObject Choice::toJson() const
{
    QJsonObject json{{u"kind"_s, std::ranges::find(kinds, kind, &std::pair<Kind, QLatin1StringView>::first)->second}};
    if (endpoint != Endpoint())
        json.insert("endpoint"_L1, endpoint.toJson());
    if (!selector.isEmpty())
        json.insert("selector"_L1, selector);
    return json;
}

Result<Choice> Choice::fromJson(const QJsonObject &json)
{
    const QString kind = json.value("kind"_L1).toString(u"automatic"_s);
    const auto known = std::ranges::find_if(kinds, [&](const auto &entry) { return entry.second == kind; });
    if (known == std::end(kinds))
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("“%1” is no way of choosing a source of metrics.").arg(kind),
            .remedy = Text::tr("Choose the source anew.")});
    Choice choice{.kind = known->first, .selector = json.value("selector"_L1).toString()};
    Result<Endpoint> endpoint = Endpoint::fromJson(json.value("endpoint"_L1).toObject());
    if (endpoint)
        choice.endpoint = *endpoint;
    else if (choice.kind == Kind::Url || choice.kind == Kind::Service)
        return std::unexpected(endpoint.error());
    return choice;
}

Result<QList<Candidate>> candidatesAmong(const QList<ServiceFacts> &services, const Choice &choice)
{
    return withChosen(services, choice, among(services, prometheusSigns, prometheusPorts), prometheusPorts);
}

QList<Candidate> wellKnownCandidates()
{
    QList<Candidate> found;
    struct Known {
        const char *ns, *name, *port;
        bool https;
    };
    constexpr Known known[] = {{"monitoring", "prometheus-operated", "9090", false},
        {"monitoring", "prometheus-k8s", "9090", false}, {"monitoring", "prometheus-server", "80", false},
        {"monitoring", "prometheus", "9090", false}, {"prometheus", "prometheus-server", "80", false},
        {"openshift-monitoring", "prometheus-k8s", "9091", true}};
    for (int rank = 0; const Known &one : known)
        found += Candidate{.endpoint = {.ns = QString::fromLatin1(one.ns),
                               .service = QString::fromLatin1(one.name),
                               .port = QString::fromLatin1(one.port),
                               .https = one.https},
            .reason = Text::tr("its name"),
            .rank = ++rank};
    return found;
}

Result<QList<Candidate>> alertmanagersAmong(const QList<ServiceFacts> &services, const Choice &choice)
{
    return withChosen(services, choice, alertmanagersAmong(services), alertmanagerPorts);
}

QList<Candidate> alertmanagersAmong(const QList<ServiceFacts> &services)
{
    return among(services, alertmanagerSigns, alertmanagerPorts);
}

QList<Candidate> grafanasAmong(const QList<ServiceFacts> &services)
{
    QList<Candidate> found = among(services, grafanaSigns, grafanaPorts);
    for (const ServiceFacts &service : services) {
        const bool isThere = std::ranges::any_of(found, [&](const Candidate &one) {
            return one.endpoint.ns == service.ns && one.endpoint.service == service.name;
        });
        if (isThere || !service.name.contains("grafana"_L1))
            continue;
        const QString port = portFor(service.ports, grafanaPorts);
        found += Candidate{.endpoint = {.ns = service.ns,
                               .service = service.name,
                               .port = port,
                               .https = speaksTls(service.ports, port)},
            .reason = Text::tr("its name"),
            .rank = static_cast<int>(std::size(grafanaSigns)) + 1};
    }
    return found;
}

} // namespace kdra::metrics
