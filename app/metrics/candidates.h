// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/endpoint.h"
#include "metrics/promdata.h"

#include <QList>

// Which Services of a cluster may be its Prometheus, by their names and labels. Pure.
namespace kdra::metrics {

struct ServicePort {
    QString name = {};
    int number = 0;
    bool operator==(const ServicePort &) const = default;
};

// What is looked at of a Service.
struct ServiceFacts {
    QString ns = {};
    QString name = {};
    Labels labels = {};
    QList<ServicePort> ports = {};
};

// "80/TCP,443:30443/TCP", as the store's records write ports; they have no names there.
QList<ServicePort> portsOf(QStringView text);

// What was chosen for a cluster. Automatic takes the best that answers; the others take one and nothing else. A value
// that is remembered per cluster.
struct Choice {
    enum class Kind : quint8 { Automatic, Url, Service, Label };

    Kind kind = Kind::Automatic;
    Endpoint endpoint = {}; // of Url and Service; its tenant and prefix count for Label, its tenant for Automatic
    QString selector = {}; // of Label: "app=prometheus,component in (server,query)" as Kubernetes selects

    QJsonObject toJson() const;
    static Result<Choice> fromJson(const QJsonObject &json);
    bool operator==(const Choice &) const = default;
};

// A Service, or the chosen URL, that may answer.
struct Candidate {
    Endpoint endpoint = {};
    Flavor flavor = Flavor::Unknown; // by its labels
    QString reason = {}; // why it is in the list: "operated-prometheus=true"; empty: it was chosen
    int rank = 0; // lower is likelier
    bool chosen = false;
};

// Every candidate, likeliest first; the chosen one before all others. An Error: the selector does not parse.
Result<QList<Candidate>> candidatesAmong(const QList<ServiceFacts> &services, const Choice &choice = {});
// Names that are worth a try when Services may not be listed.
QList<Candidate> wellKnownCandidates();
// Alertmanagers in the same way.
Result<QList<Candidate>> alertmanagersAmong(const QList<ServiceFacts> &services, const Choice &choice);
QList<Candidate> alertmanagersAmong(const QList<ServiceFacts> &services);
// Grafanas; then whatever else has the word in its name.
QList<Candidate> grafanasAmong(const QList<ServiceFacts> &services);

// Whether a label selector of Kubernetes ("a=b,c!=d,e in (f,g),h,!i") picks the labels.
Result<bool> selects(const QString &selector, const Labels &labels);

} // namespace kdra::metrics
