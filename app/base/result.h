// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>

namespace kdra {

// What went wrong, where, and what the user can do about it. A value; safe to pass between threads.
// `what` and `remedy` are whole translated sentences; `where` is an object, a URL or file:line. No secrets in any
// field.
struct Error {
    enum class Kind {
        Configuration, // kubeconfig, options, a file of the user's
        Network, // DNS, refused, reset, proxy
        Tls, // certificate chain, names, expiry
        Authentication, // 401, exec plugin, refresh token
        Forbidden, // 403
        NotFound, // 404: the object or the whole API
        Conflict, // 409
        Gone, // 410: the resourceVersion is too old
        Invalid, // 400, 422: the server does not accept the request
        Throttled, // 429
        Server, // 5xx
        Protocol, // malformed answer
        Timeout,
        Cancelled,
        Local // disk, keychain, process
    };

    Kind kind = Kind::Local;
    QString what = {}; // "= {}": so that designated initialisers may leave them out without a warning
    QString where = {};
    QString remedy = {};
    int httpStatus = 0; // 0 when no HTTP answer was received
    QString reason = {}; // metav1.Status.reason, e.g. "Forbidden", "AlreadyExists"
    QByteArray status = {}; // the whole metav1.Status as JSON when the server sent one

    // One paragraph for a log or a message box: "what (where). remedy"
    QString text() const;
};

template <class T> using Result = std::expected<T, Error>;

// The Kind that an HTTP status stands for (RFC 9110; Kubernetes API conventions).
Error::Kind errorKindOf(int httpStatus);

} // namespace kdra
