// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promrules.h"

#include <QJsonObject>

#include <optional>

namespace kdra::demo {

struct ApiRequest;
struct ApiResponse;

// The demo cluster's Alertmanager (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml): what its
// Prometheus' rules raise, silences, and one inhibition: what is critical on a node inhibits warnings about that node.
// It begins with one silence. Answers at monitoring/alertmanager through the API server's service proxy, as long as one
// of its pods is ready.
class Alertmanager {
public:
    Alertmanager(PromRules &rules, const ObjectStore &store);

    // The answer to a request for services/NAME/proxy; nullopt when it is for another service, or no pod is there.
    std::optional<ApiResponse> proxied(const ApiRequest &request);

    struct Answer {
        int status = 200;
        QByteArray json;
    };
    // `path` begins with "/api/v2/".
    Answer handle(const QByteArray &method, const QString &path, const QByteArray &body);

private:
    struct Matcher {
        QString name;
        QString value;
        bool isRegex = false;
        bool isEqual = true;
        bool picks(const PromLabels &labels) const;
        bool operator==(const Matcher &) const = default;
    };
    struct Silence {
        QString id;
        std::vector<Matcher> matchers;
        double startsAt = 0; // seconds since the epoch
        double endsAt = 0;
        double updatedAt = 0;
        QString createdBy;
        QString comment;
        bool isActive(double now) const { return startsAt <= now && now < endsAt; }
        bool picks(const PromLabels &labels) const;
    };

    bool isReady() const;
    Answer alerts();
    Answer postSilence(const QByteArray &body);
    static QJsonObject jsonOf(const Silence &silence, double now);

    PromRules &m_rules;
    const ObjectStore &m_store;
    std::vector<Silence> m_silences; // expired ones too
};

} // namespace kdra::demo
