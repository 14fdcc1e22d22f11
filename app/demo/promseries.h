// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

#include <QMap>

#include <functional>
#include <span>

namespace kdra::demo {

using PromLabels = QMap<QString, QString>; // with __name__

// One time series: its values are a smooth function of the seed, the series and the time, so nothing is stored and the
// past is as long as one likes.
struct PromSeries {
    PromLabels labels;
    bool counter = false;
    double base = 0; // a counter's mean rate, a gauge's mean
    double swing = 0; // amplitude of the slow wave, in the same unit
    double phase = 0; // [0, 1)
    double floor = 0; // gauges stay above
    // The minutes of the story's round in which the value is `within` instead; -1: none.
    double from = -1;
    double until = -1;
    double within = 0; // NaN: no sample at all
    double since = 0; // seconds since the epoch: no sample before

    // `time` in seconds since the epoch; NaN when there is no sample. `origin`: when counters were zero and the story's
    // rounds began.
    double at(double time, double origin, double storyOrigin) const;
};

struct PromMetric {
    const char *name;
    const char *type; // "gauge", "counter"
    const char *help;
};

// The series that node_exporter, cAdvisor, kube-state-metrics, pi-vitals and the control plane would give for the
// objects in the store.
class PromModel {
public:
    PromModel(const ObjectStore &store, quint32 seed, double storyOrigin);

    // Where the series ALERTS come from, which Prometheus makes of its rules.
    void setAlerts(std::function<std::vector<PromSeries>()> alerts) { m_alerts = std::move(alerts); }

    std::span<const PromMetric> metrics() const;
    // All series of a metric; of every metric when the name is empty.
    std::vector<PromSeries> series(const QString &metric) const;
    double value(const PromSeries &series, double time) const { return series.at(time, m_origin, m_storyOrigin); }

private:
    struct Host;
    std::vector<Host> hosts() const;
    void addNode(const Host &host, const QString &metric, std::vector<PromSeries> &out) const;
    void addPods(const QString &metric, std::vector<PromSeries> &out) const;
    bool addWorkloads(const QString &metric, std::vector<PromSeries> &out) const;
    void addControlPlane(const QString &metric, std::vector<PromSeries> &out) const;
    PromSeries make(const QString &metric, PromLabels labels, double base, double swing, bool counter = false) const;

    const ObjectStore &m_store;
    quint32 m_seed;
    double m_origin;
    double m_storyOrigin; // 0: there is no story
    std::function<std::vector<PromSeries>()> m_alerts;
};

} // namespace kdra::demo
