// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"
#include "store/tablewriter.h"

#include <QRandomGenerator>

namespace kdra::test {

// A cluster made by hand: put and remove objects, then publish() what changed as the store would.
class ClusterFixture {
public:
    ClusterFixture()
    {
        m_snapshot = std::make_shared<store::Snapshot>();
        auto first = std::make_shared<store::Snapshot>();
        first->strings = m_strings;
        m_snapshot = first;
    }

    store::Uid putNode(int id, const std::string &name, const std::string &zone = {},
        store::Severity severity = store::Severity::Healthy)
    {
        store::NodeRecord record;
        std::string text = name;
        fill(record.meta, store::Kind::Node, id, text, {}, severity);
        record.ready = store::NodeRecord::Ready::True;
        record.zone = m_strings->intern(zone);
        record.podsAllocatable = 110;
        record.cpuMilliAllocatable = 4000;
        record.memoryAllocatable = quint64(8) << 30;
        record.controlPlane = name.starts_with("control");
        m_nodes.put(record, text);
        return record.meta.uid;
    }

    store::Uid putPod(int id, const std::string &name, const std::string &ns, const std::string &node,
        quint32 restarts = 0, store::Severity severity = store::Severity::Healthy)
    {
        store::PodRecord record;
        std::string text = name;
        fill(record.meta, store::Kind::Pod, id, text, ns, severity);
        record.phase = store::PodRecord::Phase::Running;
        record.node = m_strings->intern(node);
        record.status = m_strings->intern(severity == store::Severity::Failing ? "CrashLoopBackOff" : "Running");
        record.restarts = restarts;
        record.cpuMilliRequested = 100;
        record.memoryRequested = 64 << 20;
        record.containers = 1;
        m_pods.put(record, text);
        return record.meta.uid;
    }

    // What a pod has beside its names.
    struct PodTraits {
        std::string status = "Running";
        std::string labels = {}; // "app=web\ntier=front\n"
        std::string image = {};
        std::string message = {};
        quint8 ready = 1;
        quint8 containers = 1;
        quint32 restarts = 0;
        quint32 cpuMilli = 100;
        quint64 memory = 64 << 20;
        quint32 created = 1'700'000'000;
    };
    store::Uid putPod(
        int id, const std::string &name, const std::string &ns, const std::string &node, const PodTraits &traits)
    {
        store::PodRecord record;
        std::string text = name;
        fill(record.meta, store::Kind::Pod, id, text, ns, store::Severity::Healthy);
        record.meta.labels = m_strings->intern(traits.labels);
        record.meta.created = traits.created;
        record.phase = store::PodRecord::Phase::Running;
        record.node = m_strings->intern(node);
        record.status = m_strings->intern(traits.status);
        record.image = m_strings->intern(traits.image);
        record.readyContainers = traits.ready;
        record.containers = traits.containers;
        record.restarts = traits.restarts;
        record.cpuMilliRequested = traits.cpuMilli;
        record.memoryRequested = traits.memory;
        record.message = {static_cast<quint32>(text.size()), static_cast<quint32>(traits.message.size())};
        text += traits.message;
        m_pods.put(record, text);
        return record.meta.uid;
    }

    store::Uid putEvent(int id, const store::Uid &about, bool warning, quint32 last, const std::string &message)
    {
        store::EventRecord record;
        std::string text = "event-" + std::to_string(id);
        fill(record.meta, store::Kind::Event, id, text, "default", store::Severity::Healthy);
        record.regardingUid = about;
        record.warning = warning;
        record.last = last;
        record.reason = m_strings->intern(warning ? "BackOff" : "Pulled");
        record.message = {static_cast<quint32>(text.size()), static_cast<quint32>(message.size())};
        text += message;
        m_events.put(record, text);
        return record.meta.uid;
    }

    void removeNode(int id) { m_nodes.remove(uid(store::Kind::Node, id)); }
    void removePod(int id) { m_pods.remove(uid(store::Kind::Pod, id)); }

    static store::Uid uid(store::Kind kind, int id)
    {
        return {static_cast<quint64>(kind) + 1, static_cast<quint64>(id) + 1};
    }

    store::Batch publish()
    {
        store::Batch batch;
        batch.previous = m_snapshot;
        auto next = std::make_shared<store::Snapshot>(*m_snapshot);
        using enum store::Kind;
        std::get<static_cast<size_t>(Node)>(next->tables) = m_nodes.publish(batch.deltas[static_cast<size_t>(Node)]);
        std::get<static_cast<size_t>(Pod)>(next->tables) = m_pods.publish(batch.deltas[static_cast<size_t>(Pod)]);
        std::get<static_cast<size_t>(Event)>(next->tables) = m_events.publish(batch.deltas[static_cast<size_t>(Event)]);
        for (store::KindState &state : next->kinds)
            state.phase = store::KindPhase::Live;
        batch.statesChanged = m_snapshot->revision == 0;
        ++next->revision;
        m_snapshot = next;
        batch.snapshot = m_snapshot;
        return batch;
    }

    const store::SnapshotPtr &snapshot() const { return m_snapshot; }

private:
    void fill(store::Meta &meta, store::Kind kind, int id, const std::string &name, const std::string &ns,
        store::Severity severity)
    {
        meta.uid = uid(kind, id);
        meta.name = {0, static_cast<quint32>(name.size())};
        meta.ns = m_strings->intern(ns);
        meta.created = 1'700'000'000U + static_cast<quint32>(id);
        meta.severity = severity;
        meta.resourceVersion = ++m_version;
    }

    std::shared_ptr<StringPool> m_strings = std::make_shared<StringPool>();
    store::TableWriter<store::NodeRecord> m_nodes;
    store::TableWriter<store::PodRecord> m_pods;
    store::TableWriter<store::EventRecord> m_events;
    store::SnapshotPtr m_snapshot;
    quint64 m_version = 0;
};

} // namespace kdra::test
