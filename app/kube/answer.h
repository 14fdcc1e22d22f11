// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QPromise>

namespace kdra::kube {

// The Error of a request that was dropped before it had an answer.
inline Error cancelledError(const QString &where = {})
{
    return Error{.kind = Error::Kind::Cancelled,
        .what = QCoreApplication::translate("kube", "The request was cancelled."),
        .where = where};
}

// The answering end of a QFuture<Result<T>>: share it between the steps of a request. Whoever drops the last reference
// without giving an answer answers "cancelled", so that no caller waits for ever.
template <class T> class Answer {
public:
    Answer() { m_promise.start(); }
    Answer(const Answer &) = delete;
    Answer &operator=(const Answer &) = delete;
    ~Answer()
    {
        if (!m_given)
            give(std::unexpected(cancelledError()));
    }

    QFuture<Result<T>> future() const { return m_promise.future(); }
    bool isCanceled() const { return m_promise.isCanceled(); }

    // The first answer counts.
    void give(Result<T> result)
    {
        if (std::exchange(m_given, true))
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Result<T>> m_promise;
    bool m_given = false;
};

} // namespace kdra::kube
