// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "base/result.h"
#include "base/whenfinished.h"

#include <QFuture>
#include <QObject>

namespace kdra::metrics {

// One asker whose newest question wins: a new one cancels the one before, whose answer never arrives. One thread; ends
// what is under way when it goes.
template <class T> class Newest {
public:
    Newest() = default;
    ~Newest() { cancel(); }
    Newest(const Newest &) = delete;
    Newest &operator=(const Newest &) = delete;

    // Calls function(const Result<T> &) on the context's thread, which is this one, unless something newer was asked.
    template <class Function> void ask(QFuture<Result<T>> future, QObject *context, Function function)
    {
        m_future.cancel();
        m_future = future;
        m_asking = true;
        whenFinished(
            future, context, [this, token = m_latest.next(), function = std::move(function)](const Result<T> &result) {
                if (!token.isCurrent())
                    return;
                m_asking = false;
                function(result);
            });
    }

    void cancel()
    {
        m_latest.cancel();
        m_future.cancel();
        m_asking = false;
    }

    bool isAsking() const { return m_asking; }

private:
    Latest m_latest;
    QFuture<Result<T>> m_future;
    bool m_asking = false;
};

} // namespace kdra::metrics
