// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/tablewriter.h"

#include <QDateTime>

#include <random>

// A made-up cluster for tests of the topology: writes snapshots and batches as the store does.
namespace kdra::tests {

class Fleet {
public:
    std::mt19937 random{1};
    std::shared_ptr<StringPool> strings = std::make_shared<StringPool>();
    store::TableWriter<store::NodeRecord> nodes;
    store::TableWriter<store::PodRecord> pods;
    store::TableWriter<store::LeaseRecord> leases;
    std::array<store::TableWriter<store::WorkloadRecord>, 6> workloads; // Deployment to CronJob, as in store::Kind
    store::SnapshotPtr snapshot;
    std::array<store::KindState, store::kindCount> states;

    Fleet()
    {
        auto empty = std::make_shared<store::Snapshot>();
        empty->strings = strings;
        snapshot = empty;
        for (store::KindState &state : states)
            state.phase = store::KindPhase::Live;
    }

    store::Uid newUid() { return {++m_lastUid, 0x9e3779b97f4a7c15 * m_lastUid}; }

    struct NodeOptions {
        bool pi = false;
        bool controlPlane = false;
        store::NodeRecord::Ready ready = store::NodeRecord::Ready::True;
        quint8 pressures = 0;
        bool unschedulable = false;
        std::string_view board = "raspberry-pi-4-model-b";
    };
    store::Uid addNode(std::string_view name, std::string_view zone) { return addNode(name, zone, NodeOptions()); }
    store::Uid addNode(std::string_view name, std::string_view zone, const NodeOptions &options)
    {
        store::NodeRecord node;
        node.meta.uid = newUid();
        node.meta.name = {0, static_cast<quint32>(name.size())};
        node.zone = strings->intern(zone);
        node.ready = options.ready;
        node.pressures = options.pressures;
        node.unschedulable = options.unschedulable;
        node.controlPlane = options.controlPlane;
        node.meta.severity = options.ready == store::NodeRecord::Ready::False ? store::Severity::Failing
            : options.pressures                                               ? store::Severity::Warning
                                                                              : store::Severity::Healthy;
        node.architecture = strings->intern(options.pi ? "arm64" : "amd64");
        if (options.pi)
            node.board = strings->intern(options.board);
        node.cpuMilliAllocatable = node.cpuMilliCapacity = options.pi ? 4000 : 32000;
        node.memoryAllocatable = node.memoryCapacity = options.pi ? 8'000'000'000ull : 128'000'000'000ull;
        node.podsAllocatable = 110;
        nodes.put(node, name);
        return node.meta.uid;
    }

    store::Uid addPod(std::string_view name, std::string_view node, store::Severity severity = store::Severity::Healthy,
        quint32 created = 1000)
    {
        store::PodRecord pod;
        pod.meta.uid = newUid();
        pod.meta.name = {0, static_cast<quint32>(name.size())};
        pod.meta.ns = strings->intern("team-a");
        pod.meta.created = created;
        pod.meta.severity = severity;
        pod.phase = node.empty() ? store::PodRecord::Phase::Pending : store::PodRecord::Phase::Running;
        pod.containers = 1;
        pod.readyContainers = severity == store::Severity::Healthy;
        pod.cpuMilliRequested = 100;
        pod.memoryRequested = 64'000'000;
        pod.restarts = severity == store::Severity::Failing ? 7 : 0;
        pod.node = strings->intern(node);
        pod.status = strings->intern(severity == store::Severity::Failing ? "CrashLoopBackOff" : "Running");
        pod.image = strings->intern("docker.io/library/nginx:1.29");
        pods.put(pod, name);
        return pod.meta.uid;
    }

    store::TableWriter<store::WorkloadRecord> &workload(store::Kind kind)
    {
        return workloads[size_t(kind) - size_t(store::Kind::Deployment)];
    }
    store::Uid addWorkload(store::Kind kind, std::string_view name, std::string_view ns, const store::Uid &owner = {})
    {
        store::WorkloadRecord record;
        record.meta.uid = newUid();
        record.meta.owner = owner;
        record.meta.name = {0, static_cast<quint32>(name.size())};
        record.meta.ns = strings->intern(ns);
        record.meta.severity = store::Severity::Healthy;
        record.desired = record.ready = 1;
        workload(kind).put(record, name);
        return record.meta.uid;
    }
    // Gives a pod a controller, a namespace and labels ("key=value\n" lines).
    void own(const store::Uid &uid, const store::Uid &owner, std::string_view ownerKind, std::string_view ns,
        std::string_view labels = {})
    {
        store::PodRecord record = pod(uid);
        record.meta.owner = owner;
        record.meta.ownerKind = strings->intern(ownerKind);
        record.meta.ns = strings->intern(ns);
        record.meta.labels = strings->intern(labels);
        put(record);
    }

    // The record as it is now, to be changed and put again.
    store::PodRecord pod(const store::Uid &uid) const { return *pods.table().at(pods.find(uid)); }
    void put(const store::PodRecord &pod)
    {
        const auto old = pods.table().at(pods.find(pod.meta.uid));
        store::PodRecord copy = pod;
        const std::string name(old.name());
        copy.meta.name = {0, static_cast<quint32>(name.size())};
        copy.message = {};
        copy.ip = {};
        copy.claims = {};
        pods.put(copy, name);
    }

    void renewLease(std::string_view node, qint64 seenMs)
    {
        store::LeaseRecord lease;
        lease.meta.uid = {0xffff, qHash(node)};
        lease.meta.name = {0, static_cast<quint32>(node.size())};
        lease.seenMs = lease.renewedMs = seenMs;
        leases.put(lease, node);
    }

    store::Batch publish()
    {
        store::Batch batch;
        auto next = std::make_shared<store::Snapshot>();
        next->strings = strings;
        std::get<size_t(store::Kind::Node)>(next->tables) = nodes.publish(batch.deltas[size_t(store::Kind::Node)]);
        std::get<size_t(store::Kind::Pod)>(next->tables) = pods.publish(batch.deltas[size_t(store::Kind::Pod)]);
        std::get<size_t(store::Kind::Lease)>(next->tables) = leases.publish(batch.deltas[size_t(store::Kind::Lease)]);
        publishWorkloads(*next, batch, std::make_index_sequence<6>());
        next->kinds = states;
        next->revision = snapshot->revision + 1;
        for (size_t i = 0; i < states.size(); ++i)
            batch.statesChanged = batch.statesChanged || states[i].phase != snapshot->kinds[i].phase;
        batch.previous = std::exchange(snapshot, next);
        batch.snapshot = snapshot;
        batch.oldestEvent = std::chrono::steady_clock::now();
        return batch;
    }

    // `nodeCount` nodes, three quarters of them Pis, on sites of some 16; pods spread unevenly; some trouble.
    void populate(int nodeCount, int podCount)
    {
        std::vector<std::string> names;
        const int control = std::min(3, nodeCount);
        const int racks = control + (nodeCount - control) / 4;
        for (int i = 0; i < nodeCount; ++i) {
            std::string name;
            std::string zone = "Berlin rack";
            NodeOptions options;
            if (i < control) {
                name = "control-" + std::to_string(i);
                options.controlPlane = true;
            } else if (i < racks) {
                name = "rack-" + std::to_string(i - control);
                zone = "Berlin rack " + std::to_string((i - control) / 400 + 1);
                options.unschedulable = i % 41 == 40;
            } else {
                name = "pi-" + std::to_string(i - racks + 1);
                zone = "Site " + std::to_string((i - racks) / std::max(8, nodeCount / 60) + 1);
                options.pi = true;
                options.board = i % 3 ? "raspberry-pi-4-model-b" : "raspberry-pi-5-model-b";
                if (i % 97 == 5)
                    options.pressures = store::NodeRecord::Memory;
                if (i % 61 == 11)
                    options.ready = store::NodeRecord::Ready::Unknown;
                if (i % 83 == 13)
                    options.ready = store::NodeRecord::Ready::False;
            }
            if (nodeCount <= 12)
                zone = options.pi ? "Site A" : "Berlin rack";
            addNode(name, zone, options);
            names.push_back(name);
        }
        std::uniform_int_distribution<int> percent(0, 999);
        for (int i = 0; i < podCount; ++i) {
            const int roll = percent(random);
            const auto severity = roll < 8 ? store::Severity::Failing
                : roll < 20                ? store::Severity::Warning
                : roll < 45                ? store::Severity::Progressing
                : roll < 50                ? store::Severity::Unknown
                                           : store::Severity::Healthy;
            const size_t n = static_cast<size_t>(i) % names.size();
            // Servers carry more, as long as all fit.
            const size_t node = roll % 5 == 0 && podCount / nodeCount < 20 ? n % static_cast<size_t>(racks) : n;
            addPod("web-" + std::to_string(i % 40) + "-6f9c8d7b5-" + std::to_string(i),
                roll == 999 && nodeCount < 1000 ? std::string_view() : std::string_view(names[node]), severity,
                static_cast<quint32>(1000 + i));
        }
    }

private:
    template <size_t... I> void publishWorkloads(store::Snapshot &next, store::Batch &batch, std::index_sequence<I...>)
    {
        constexpr size_t first = size_t(store::Kind::Deployment);
        ((std::get<first + I>(next.tables) = workloads[I].publish(batch.deltas[first + I])), ...);
    }

    quint64 m_lastUid = 0;
};

} // namespace kdra::tests
