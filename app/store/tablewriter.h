// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"
#include "store/snapshot.h"

#include <QHash>

#include <tuple>

namespace kdra::store {

// The Text members of each record, for moving a record's text from one buffer to another.
inline auto texts(NodeRecord &r)
{
    return std::tie(r.meta.name, r.readyMessage, r.address, r.problemMessage, r.taintList);
}
inline auto texts(PodRecord &r)
{
    return std::tie(r.meta.name, r.message, r.ip, r.claims);
}
inline auto texts(NamespaceRecord &r)
{
    return std::tie(r.meta.name);
}
inline auto texts(WorkloadRecord &r)
{
    return std::tie(r.meta.name, r.message);
}
inline auto texts(ServiceRecord &r)
{
    return std::tie(r.meta.name, r.clusterIp, r.ports);
}
inline auto texts(EndpointSliceRecord &r)
{
    return std::tie(r.meta.name, r.service);
}
inline auto texts(IngressRecord &r)
{
    return std::tie(r.meta.name, r.hosts, r.services, r.address);
}
inline auto texts(ClaimRecord &r)
{
    return std::tie(r.meta.name, r.volume);
}
inline auto texts(AutoscalerRecord &r)
{
    return std::tie(r.meta.name, r.targetName, r.message);
}
inline auto texts(EventRecord &r)
{
    return std::tie(r.meta.name, r.regardingName, r.message);
}
inline auto texts(LeaseRecord &r)
{
    return std::tie(r.meta.name);
}
inline auto texts(QuotaRecord &r)
{
    return std::tie(r.meta.name);
}
inline auto texts(LimitRangeRecord &r)
{
    return std::tie(r.meta.name);
}
inline auto texts(ApplySetRecord &r)
{
    return std::tie(r.meta.name, r.annotations, r.data);
}
inline auto texts(SharedTemplateRecord &r)
{
    return std::tie(r.meta.name);
}

// Moves a record's texts from `from` to the end of `to`.
template <class Record> void moveTexts(Record &record, std::string_view from, std::string &to)
{
    std::apply(
        [&](auto &...text) {
            const auto move = [&](Text &one) {
                const auto offset = static_cast<quint32>(to.size());
                to.append(from.substr(one.offset, one.size));
                one.offset = offset;
            };
            (move(text), ...);
        },
        texts(record));
}

// Makes tables: the store thread's side of Table. Chunks that a published table shares are copied on the first write.
// One thread. Remembers what changed since the last publish().
template <class Record> class TableWriter {
public:
    using ChunkType = Chunk<Record>;

    const Table<Record> &table() const { return m_table; }

    Slot find(const Uid &uid) const { return m_index.value(uid, noSlot); }

    // Adds or replaces the object with record.meta.uid. `text` is the buffer the record's Texts point into.
    Slot put(const Record &record, std::string_view text)
    {
        const auto it = m_index.constFind(record.meta.uid);
        const bool added = it == m_index.cend();
        const Slot slot = added ? takeSlot() : *it;
        ChunkType &chunk = writable(slot / ChunkType::Size);
        Record &place = chunk.records[slot % ChunkType::Size];
        place = record;
        moveTexts(place, text, chunk.text);
        if (added) {
            chunk.alive[slot % ChunkType::Size] = true;
            m_index.insert(record.meta.uid, slot);
            ++m_table.m_size;
        }
        compactIfWasteful(slot / ChunkType::Size);
        note(slot, added ? Change::Added : Change::Changed);
        m_seen[slot] = true;
        return slot;
    }

    // Changes fixed-size fields (no Text) of a live record in place.
    template <class Function> void modify(Slot slot, Function function)
    {
        function(writable(slot / ChunkType::Size).records[slot % ChunkType::Size]);
        note(slot, Change::Changed);
    }

    // noSlot when there was no such object.
    Slot remove(const Uid &uid)
    {
        const Slot slot = m_index.value(uid, noSlot);
        if (slot != noSlot) {
            m_index.remove(uid);
            drop(slot);
        }
        return slot;
    }

    // A new list begins: what has not been put() again when it ends is gone.
    void beginList() { std::fill(m_seen.begin(), m_seen.end(), false); }
    void endList()
    {
        for (auto it = m_index.begin(); it != m_index.end();) {
            if (m_seen[it.value()]) {
                ++it;
            } else {
                drop(it.value());
                it = m_index.erase(it);
            }
        }
    }

    void clear()
    {
        beginList();
        endList();
    }

    bool isDirty() const { return !m_touched.empty(); }

    // The table as it is now, and what changed since the last call.
    Table<Record> publish(KindDelta &delta)
    {
        for (const Slot slot : m_touched) {
            switch (std::exchange(m_change[slot], Change::None)) {
            case Change::None:
                break;
            case Change::Added:
                delta.added.push_back(slot);
                break;
            case Change::Changed:
                delta.changed.push_back(slot);
                break;
            case Change::Removed:
                delta.removed.push_back(slot);
                break;
            }
        }
        m_touched.clear();
        m_free.insert(m_free.end(), m_released.begin(), m_released.end());
        m_released.clear();
        std::fill(m_owned.begin(), m_owned.end(), false);
        return m_table;
    }

private:
    enum class Change : quint8 { None, Added, Changed, Removed };

    Slot takeSlot()
    {
        if (m_free.empty()) {
            const Slot first = m_table.slotCount();
            m_table.m_chunks.push_back(std::make_shared<ChunkType>());
            m_owned.push_back(true);
            m_live.push_back(0);
            m_change.resize(first + ChunkType::Size, Change::None);
            m_seen.resize(first + ChunkType::Size, false);
            for (Slot i = ChunkType::Size; i > 0; --i)
                m_free.push_back(first + i - 1);
        }
        const Slot slot = m_free.back();
        m_free.pop_back();
        return slot;
    }

    ChunkType &writable(size_t chunk)
    {
        if (!m_owned[chunk]) {
            m_table.m_chunks[chunk] = std::make_shared<ChunkType>(*m_table.m_chunks[chunk]);
            m_owned[chunk] = true;
        }
        // Made by this writer, and not published since: nobody else reads it.
        return const_cast<ChunkType &>(*m_table.m_chunks[chunk]);
    }

    // Replaced texts stay behind in the chunk; rewrite it when most of it is such waste.
    void compactIfWasteful(size_t index)
    {
        ChunkType &chunk = writable(index);
        if (chunk.text.size() < 4096 || chunk.text.size() < 2 * m_live[index])
            return;
        std::string text;
        for (size_t i = 0; i < ChunkType::Size; ++i) {
            if (chunk.alive[i])
                moveTexts(chunk.records[i], chunk.text, text);
        }
        text.shrink_to_fit();
        chunk.text = std::move(text);
        m_live[index] = chunk.text.size();
    }

    void drop(Slot slot)
    {
        ChunkType &chunk = writable(slot / ChunkType::Size);
        chunk.alive[slot % ChunkType::Size] = false;
        --m_table.m_size;
        m_released.push_back(slot);
        note(slot, Change::Removed);
    }

    void note(Slot slot, Change change)
    {
        Change &noted = m_change[slot];
        if (noted == Change::None) {
            m_touched.push_back(slot);
            noted = change;
        } else if (change == Change::Removed) {
            // Added and gone before anybody saw it: nothing happened. The None entry in m_touched is skipped.
            noted = noted == Change::Added ? Change::None : Change::Removed;
        }
    }

    Table<Record> m_table;
    QHash<Uid, Slot> m_index;
    std::vector<Slot> m_free;
    std::vector<Slot> m_released; // free again after the next publish
    std::vector<bool> m_owned; // by chunk: not shared with a published table
    std::vector<size_t> m_live; // by chunk: size of the text when it was last compacted
    std::vector<Change> m_change; // by slot
    std::vector<Slot> m_touched;
    std::vector<bool> m_seen; // by slot: put since beginList()
};

} // namespace kdra::store
