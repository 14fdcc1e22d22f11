// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promrules.h"

#include <QUrlQuery>

namespace kdra::demo {

struct PromAnswer {
    int status = 200;
    QByteArray json;
};

// Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/) over the demo cluster's series:
// query, query_range, series, labels, label/NAME/values, metadata, targets, rules, alerts, status/buildinfo.
class PromApi {
public:
    // `storyOrigin`: seconds since the epoch at which the story's first round began; 0 without a story.
    PromApi(const ObjectStore &store, quint32 seed, double storyOrigin = 0);

    PromApi(const PromApi &) = delete;
    PromApi &operator=(const PromApi &) = delete;

    // `path` begins with "/api/v1/"; `query` holds the parameters of the URL or of a form that was posted.
    PromAnswer handle(const QString &path, const QUrlQuery &query) const;
    PromRules &rules() { return m_rules; }

private:
    PromAnswer query(const QUrlQuery &query) const;
    PromAnswer queryRange(const QUrlQuery &query) const;
    PromAnswer series(const QUrlQuery &query) const;
    PromAnswer labelNames(const QUrlQuery &query) const;
    PromAnswer labelValues(const QString &label, const QUrlQuery &query) const;
    PromAnswer metadata() const;
    PromAnswer targets() const;
    PromAnswer alerts(bool asRules) const;

    PromModel m_model;
    mutable PromRules m_rules; // evaluated when it is asked for
};

} // namespace kdra::demo
