// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QList>
#include <QSslError>
#include <QUrl>

namespace kdra::kube {

// Why the server's certificate was not accepted, with the names and dates that are in it. For QNetworkReply, QSslSocket
// and QWebSocket alike. `serverName` is what the certificate had to name (tls-server-name, else the URL's host).
// `serverClockAhead`: seconds the server's clock was ahead when it was last heard of; 0 when not known.
Error tlsError(const QList<QSslError> &errors, const QUrl &server, const QString &serverName,
    qint64 serverClockAhead = 0, const QDateTime &now = QDateTime::currentDateTimeUtc());

// `error` with what a failed handshake or an alert of the server's means, from OpenSSL's words.
Error tlsAlert(Error error, const QString &text);

// A sentence about clocks that differ by more than three minutes, else empty.
QString clockHint(qint64 serverClockAhead);

} // namespace kdra::kube
