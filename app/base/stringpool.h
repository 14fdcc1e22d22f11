// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QHash>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace kdra {

// The name of an interned string; 0 is the empty string. Ids of one pool mean nothing to another.
enum class StringId : std::uint32_t { Empty = 0 };

// Interned UTF-8 strings, append-only. One thread interns; any thread may read an id that reached it through
// something that synchronises (a published snapshot). Views stay valid as long as the pool.
// For strings of low cardinality (namespaces, nodes, images, reasons); names of pods live in their table instead.
class StringPool {
public:
    StringPool();
    StringPool(const StringPool &) = delete;
    StringPool &operator=(const StringPool &) = delete;
    ~StringPool();

    // Writer thread only.
    StringId intern(std::string_view text);

    // Any thread. The id of a string that is already there, else Empty: linear, for tests and rare look-ups.
    StringId find(std::string_view text) const;

    // Any thread.
    std::string_view view(StringId id) const
    {
        const auto index = static_cast<std::uint32_t>(id);
        return m_blocks[index / BlockSize].load(std::memory_order_acquire)[index % BlockSize];
    }

    std::uint32_t size() const { return m_size.load(std::memory_order_acquire); }
    std::size_t bytes() const { return m_bytes.load(std::memory_order_relaxed); }

private:
    static constexpr std::uint32_t BlockSize = 1024;
    static constexpr std::uint32_t MaxBlocks = 16384; // 16 M strings

    std::string_view store(std::string_view text);

    std::unique_ptr<std::atomic<std::string_view *>[]> m_blocks;
    std::atomic<std::uint32_t> m_size = 0;
    std::atomic<std::size_t> m_bytes = 0;
    QHash<QByteArrayView, StringId> m_index;
    std::vector<std::unique_ptr<char[]>> m_arena;
    std::size_t m_arenaUsed = 0;
    std::size_t m_arenaSize = 0;
};

} // namespace kdra
