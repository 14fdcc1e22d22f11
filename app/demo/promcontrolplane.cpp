// SPDX-License-Identifier: GPL-3.0-or-later
// What the API servers, the scheduler and the controller manager say about themselves.
#include "demo/promseries.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr int Servers = 3;
constexpr int Port = 6443;

struct Verb {
    const char *name;
    double rate; // requests a second, of one server
    double seconds; // mean duration
};
constexpr Verb Verbs[] = {{"GET", 9, 0.008}, {"LIST", 2, 0.04}, {"PATCH", 3, 0.02}, {"PUT", 6, 0.015},
    {"POST", 2, 0.018}, {"DELETE", 0.4, 0.025}};
constexpr const char *Bounds[] = {"0.005", "0.025", "0.1", "0.2", "0.4", "1", "4", "10", "60", "+Inf"};

} // namespace

void PromModel::addControlPlane(const QString &metric, std::vector<PromSeries> &out) const
{
    PromLabels labels{{u"job"_s, u"apiserver"_s}};
    const auto add = [&](PromLabels all, std::initializer_list<std::pair<QString, QString>> more, double base,
                         double swing, bool counter = false) {
        for (const auto &[key, value] : more)
            all.insert(key, value);
        out.push_back(make(metric, std::move(all), base, swing, counter));
    };
    // A histogram: its buckets wave together, the fast ones more than the slow ones, so that quantiles move and a
    // bucket still never holds less than the one before it.
    const auto addBuckets = [&](const PromLabels &all, double rate, double mean) {
        const double phase = make(metric, all, 0, 0).phase;
        for (const char *bound : Bounds) {
            const QString le = QString::fromLatin1(bound);
            const double share = le == "+Inf"_L1 ? 1 : 1 - std::exp(-le.toDouble() / mean);
            const double base = rate * share;
            add(all, {{u"le"_s, le}}, base, base * (0.15 + 0.3 * (1 - share)), true);
            out.back().phase = phase;
        }
    };
    if (metric == "workqueue_depth"_L1) {
        labels = {{u"job"_s, u"kube-controller-manager"_s}, {u"instance"_s, u"10.20.0.11:10257"_s}};
        for (const char *name : {"deployment", "replicaset", "statefulset", "daemonset", "job", "endpoint_slice"}) {
            add(labels, {{u"name"_s, QString::fromLatin1(name)}}, 0.6, 1.4);
            out.back().floor = 0;
        }
        return;
    }
    if (metric == "scheduler_pending_pods"_L1) {
        labels = {{u"job"_s, u"kube-scheduler"_s}, {u"instance"_s, u"10.20.0.11:10259"_s}};
        for (const char *queue : {"active", "backoff", "unschedulable", "gated"})
            add(labels, {{u"queue"_s, QString::fromLatin1(queue)}},
                QLatin1StringView(queue) == "unschedulable"_L1 ? 1 : 0, 0);
        return;
    }
    for (int server = 1; server <= Servers; ++server) {
        labels.insert(u"instance"_s, u"10.20.0.1%1:%2"_s.arg(server).arg(Port));
        const double share = 0.7 + 0.2 * server;
        if (metric == "apiserver_request_total"_L1) {
            for (const Verb &verb : Verbs) {
                const QString name = QString::fromLatin1(verb.name);
                const QString good = name == "POST"_L1 ? u"201"_s : u"200"_s;
                for (const char *resource : {"pods", "leases", "events"}) {
                    const PromLabels all = [&] {
                        PromLabels more = labels;
                        more.insert(u"verb"_s, name);
                        more.insert(u"resource"_s, QString::fromLatin1(resource));
                        return more;
                    }();
                    const double rate = verb.rate * share / 3;
                    add(all, {{u"code"_s, good}}, rate, rate * 0.4, true);
                    add(all, {{u"code"_s, u"409"_s}}, rate * 0.01, rate * 0.01, true);
                    if (name == "GET"_L1)
                        add(all, {{u"code"_s, u"503"_s}}, rate * 0.0004, rate * 0.0004, true);
                }
            }
        } else if (metric == "apiserver_request_duration_seconds_bucket"_L1) {
            for (const Verb &verb : Verbs) {
                PromLabels all = labels;
                all.insert(u"verb"_s, QString::fromLatin1(verb.name));
                addBuckets(all, verb.rate * share, verb.seconds);
            }
        } else if (metric == "etcd_request_duration_seconds_bucket"_L1) {
            for (const char *operation : {"get", "list", "update", "create", "delete"}) {
                PromLabels all = labels;
                all.insert(u"operation"_s, QString::fromLatin1(operation));
                addBuckets(all, 4 * share, 0.006);
            }
        } else if (metric == "apiserver_current_inflight_requests"_L1) {
            add(labels, {{u"request_kind"_s, u"readOnly"_s}}, 6 * share, 4);
            add(labels, {{u"request_kind"_s, u"mutating"_s}}, 2 * share, 1.5);
        } else if (metric == "apiserver_longrunning_requests"_L1) {
            add(labels, {{u"verb"_s, u"WATCH"_s}}, 240 * share, 20);
        } else if (metric == "apiserver_storage_size_bytes"_L1) {
            add(labels, {{u"storage_cluster_id"_s, u"etcd-0"_s}}, 74e6, 3e6);
        } else if (metric == "process_cpu_seconds_total"_L1) {
            add(labels, {}, 0.22 * share, 0.1, true);
        } else if (metric == "process_resident_memory_bytes"_L1) {
            add(labels, {}, 610e6 * share, 40e6);
        }
    }
}

} // namespace kdra::demo
