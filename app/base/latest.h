// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

namespace kdra {

// "Newest wins": the owner takes a token for each request; an answer whose token is no longer current is dropped.
// One thread. Tokens may outlive the owner and are then no longer current.
class Latest {
public:
    class Token {
    public:
        bool isCurrent() const
        {
            const std::shared_ptr<const std::uint64_t> current = m_current.lock();
            return current && *current == m_number;
        }

    private:
        friend class Latest;
        Token(std::weak_ptr<const std::uint64_t> current, std::uint64_t number)
            : m_current(std::move(current))
            , m_number(number)
        {
        }
        std::weak_ptr<const std::uint64_t> m_current;
        std::uint64_t m_number;
    };

    // Makes every earlier token stale.
    Token next() { return Token(m_current, ++*m_current); }
    void cancel() { ++*m_current; }

private:
    std::shared_ptr<std::uint64_t> m_current = std::make_shared<std::uint64_t>(0);
};

} // namespace kdra
