// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"
#include "store/tablewriter.h"

namespace kdra::test {

// A cluster written as records with names for their texts: put what a test needs, then take the snapshot.
class WorldFixture {
public:
    using Kind = store::Kind;

    // Each name is one object of its kind: its uid comes from both.
    static store::Item item(Kind kind, const std::string &name)
    {
        return {kind, store::Uid::parse(std::to_string(static_cast<int>(kind)) + '/' + name)};
    }

    StringId intern(const std::string &text) { return m_strings->intern(text); }

    // Puts the record after `fill(record, keep)`; keep(text) stores a text of the record.
    template <Kind K, class Fill> store::Item put(const std::string &name, Fill fill)
    {
        typename store::RecordOf<K>::Type record;
        std::string text = name;
        const store::Item it = item(K, name);
        record.meta.uid = it.uid;
        record.meta.name = {0, static_cast<quint32>(name.size())};
        record.meta.ns = K == Kind::Node ? StringId::Empty : intern("default");
        record.meta.severity = store::Severity::Healthy;
        fill(record, [&text](const std::string &piece) {
            const store::Text place{static_cast<quint32>(text.size()), static_cast<quint32>(piece.size())};
            text += piece;
            return place;
        });
        std::get<static_cast<size_t>(K)>(m_writers).put(record, text);
        return it;
    }
    template <Kind K> store::Item put(const std::string &name)
    {
        return put<K>(name, [](auto &, auto) { });
    }

    void own(store::Meta &meta, const store::Item &owner)
    {
        meta.owner = owner.uid;
        meta.ownerKind = intern(store::kindInfo(owner.kind).apiKind);
    }

    store::Item pod(const std::string &name, const store::Item &owner = {}, const std::string &labels = {},
        const std::string &node = {})
    {
        return put<Kind::Pod>(name, [&](store::PodRecord &pod, auto) {
            if (!owner.isNull())
                own(pod.meta, owner);
            pod.meta.labels = intern(labels);
            pod.node = intern(node);
            pod.phase = store::PodRecord::Phase::Running;
            pod.ready = true;
            pod.status = intern("Running");
        });
    }

    store::Item service(const std::string &name, const std::string &selector)
    {
        return put<Kind::Service>(
            name, [&](store::ServiceRecord &service, auto) { service.selector = intern(selector); });
    }

    store::Item ingress(const std::string &name, const std::string &services)
    {
        return put<Kind::Ingress>(
            name, [&](store::IngressRecord &ingress, auto keep) { ingress.services = keep(services); });
    }

    template <Kind K> store::Item owned(const std::string &name, const store::Item &owner)
    {
        return put<K>(name, [&](auto &record, auto) { own(record.meta, owner); });
    }

    store::Snapshot snapshot()
    {
        store::Snapshot snapshot;
        snapshot.strings = m_strings;
        publish(snapshot, std::make_index_sequence<store::kindCount>());
        for (store::KindState &state : snapshot.kinds)
            state.phase = store::KindPhase::Live;
        return snapshot;
    }

private:
    template <size_t... I> void publish(store::Snapshot &snapshot, std::index_sequence<I...>)
    {
        store::KindDelta delta;
        ((std::get<I>(snapshot.tables) = std::get<I>(m_writers).publish(delta)), ...);
    }

    template <class> struct WritersOf;
    template <class... Record> struct WritersOf<std::tuple<store::Table<Record>...>> {
        using Type = std::tuple<store::TableWriter<Record>...>;
    };

    std::shared_ptr<StringPool> m_strings = std::make_shared<StringPool>();
    WritersOf<decltype(store::Snapshot::tables)>::Type m_writers;
};

} // namespace kdra::test
