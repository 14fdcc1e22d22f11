// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <bitset>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kdra::store {

// Where a record lives in its table. Stable for the life of the object; reused, at the earliest, one batch after the
// object was deleted.
using Slot = quint32;
inline constexpr Slot noSlot = 0xffffffff;

// A piece of UTF-8 text in the chunk of its record (names, messages: what is not worth interning).
struct Text {
    quint32 offset = 0;
    quint32 size = 0;
};

// 256 records and their text.
template <class Record> struct Chunk {
    static constexpr Slot Size = 256;
    std::array<Record, Size> records;
    std::bitset<Size> alive;
    std::string text;
};

// A read-only, trivially copied handle of one record: valid as long as the table (snapshot) it came from.
template <class Record> class Ref {
public:
    Ref() = default;
    Ref(const Chunk<Record> *chunk, Slot slot)
        : m_chunk(chunk)
        , m_slot(slot)
    {
    }
    explicit operator bool() const { return m_chunk; }
    Slot slot() const { return m_slot; }
    const Record &operator*() const { return m_chunk->records[m_slot % Chunk<Record>::Size]; }
    const Record *operator->() const { return &**this; }
    std::string_view text(Text text) const { return {m_chunk->text.data() + text.offset, text.size}; }
    std::string_view name() const { return text((**this).meta.name); }

private:
    const Chunk<Record> *m_chunk = nullptr;
    Slot m_slot = noSlot;
};

// Records by slot in immutable chunks: copying a table copies one pointer per 256 records. Any thread may read a table
// that nobody writes; TableWriter makes the next one.
template <class Record> class Table {
public:
    using ChunkType = Chunk<Record>;

    // Live records.
    quint32 size() const { return m_size; }
    // Slots are below this; some may be free.
    Slot slotCount() const { return static_cast<Slot>(m_chunks.size() * ChunkType::Size); }

    // A null Ref when the slot is free.
    Ref<Record> at(Slot slot) const
    {
        const size_t chunk = slot / ChunkType::Size;
        if (chunk >= m_chunks.size() || !m_chunks[chunk]->alive[slot % ChunkType::Size])
            return {};
        return {m_chunks[chunk].get(), slot};
    }

    template <class Function> void forEach(Function function) const
    {
        for (size_t c = 0; c < m_chunks.size(); ++c) {
            const ChunkType &chunk = *m_chunks[c];
            if (chunk.alive.none())
                continue;
            for (Slot i = 0; i < ChunkType::Size; ++i) {
                if (chunk.alive[i])
                    function(Ref<Record>(&chunk, static_cast<Slot>(c * ChunkType::Size + i)));
            }
        }
    }

private:
    template <class> friend class TableWriter;
    std::vector<std::shared_ptr<const ChunkType>> m_chunks;
    quint32 m_size = 0;
};

} // namespace kdra::store
