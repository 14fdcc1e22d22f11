// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stringpool.h"

#include <algorithm>
#include <cstring>

namespace kdra {

namespace {
QByteArrayView keyOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}
} // namespace

StringPool::StringPool()
    : m_blocks(std::make_unique<std::atomic<std::string_view *>[]>(MaxBlocks))
{
    intern({});
}

StringPool::~StringPool()
{
    for (std::uint32_t i = 0; i < MaxBlocks; ++i)
        delete[] m_blocks[i].load();
}

StringId StringPool::intern(std::string_view text)
{
    if (const auto it = m_index.constFind(keyOf(text)); it != m_index.cend())
        return *it;
    const std::uint32_t index = m_size.load(std::memory_order_relaxed);
    if (index == BlockSize * MaxBlocks)
        return StringId::Empty;
    std::atomic<std::string_view *> &block = m_blocks[index / BlockSize];
    if (index % BlockSize == 0)
        block.store(new std::string_view[BlockSize], std::memory_order_release);
    const std::string_view kept = store(text);
    block.load(std::memory_order_relaxed)[index % BlockSize] = kept;
    m_size.store(index + 1, std::memory_order_release);
    m_index.insert(keyOf(kept), StringId(index));
    return StringId(index);
}

StringId StringPool::find(std::string_view text) const
{
    const std::uint32_t count = size();
    for (std::uint32_t i = 0; i < count; ++i) {
        if (view(StringId(i)) == text)
            return StringId(i);
    }
    return StringId::Empty;
}

std::string_view StringPool::store(std::string_view text)
{
    if (text.empty())
        return {};
    if (m_arenaSize - m_arenaUsed < text.size()) {
        m_arenaSize = std::max<std::size_t>(64 * 1024, text.size());
        m_arenaUsed = 0;
        m_arena.push_back(std::make_unique_for_overwrite<char[]>(m_arenaSize));
        m_bytes += m_arenaSize;
    }
    char *at = m_arena.back().get() + m_arenaUsed;
    std::memcpy(at, text.data(), text.size());
    m_arenaUsed += text.size();
    return {at, text.size()};
}

} // namespace kdra
