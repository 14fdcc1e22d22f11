// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/inbox.h"

namespace kdra::store {

void Inbox::push(Delivery item)
{
    std::unique_lock lock(m_mutex);
    m_space.wait(lock, [this] { return m_bytes < m_capacity || m_closed; });
    if (m_closed)
        return;
    const bool first = m_items.empty();
    m_bytes += static_cast<size_t>(item.text.size()) * 2 + static_cast<size_t>(item.bytes.size()) + sizeof(Delivery);
    m_items.push_back(std::move(item));
    // Under the lock: after close() nobody is notified any more.
    if (first)
        m_notify();
}

std::vector<Delivery> Inbox::take()
{
    std::vector<Delivery> items;
    {
        const std::scoped_lock lock(m_mutex);
        items.swap(m_items);
        m_bytes = 0;
    }
    m_space.notify_all();
    return items;
}

void Inbox::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        m_items.clear();
    }
    m_space.notify_all();
}

} // namespace kdra::store
