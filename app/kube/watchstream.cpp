// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/watchstream.h"

#include "base/whenfinished.h"
#include "kube/apiclient.h"
#include "kube/tlserror.h"

#include <QNetworkReply>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

#include <limits>

namespace kdra::kube {
namespace {

// An object may be as large as etcd lets it be (1.5 MB by default, 10 MB in practice); far more is not a watch event.
constexpr quint64 maxMessage = 64 * 1024 * 1024;

Error::Kind kindOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return Error::Kind::Tls;
    case QAbstractSocket::SocketTimeoutError:
        return Error::Kind::Timeout;
    default:
        return Error::Kind::Network;
    }
}

} // namespace

WatchStream::WatchStream(ApiClient &client, Transport transport, Deadlines deadlines, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_transport(transport)
    , m_deadlines(deadlines)
    , m_deadline(new QTimer(this))
    , m_pinger(new QTimer(this))
{
    m_deadline->setSingleShot(true);
    connect(m_deadline, &QTimer::timeout, this, [this] {
        finish({.kind = Error::Kind::Timeout,
            .what = m_open ? tr("The server has gone silent.") : tr("The server did not answer in time."),
            .where = m_where,
            .remedy = tr("KDRA reconnects by itself; check the network if this goes on.")});
    });
    connect(m_pinger, &QTimer::timeout, this, &WatchStream::probe);
}

WatchStream::~WatchStream()
{
    m_finished = true;
    close();
}

void WatchStream::open(const QString &path, const QUrlQuery &query, TextSink text, BytesSink bytes)
{
    m_text = std::move(text);
    m_bytes = std::move(bytes);
    m_where = m_client.server().host() + path;
    m_deadline->start(m_deadlines.connect);
    if (m_transport == Transport::WebSocket)
        openWebSocket(path, query);
    else
        openHttp(path, query);
}

void WatchStream::openWebSocket(const QString &path, const QUrlQuery &query)
{
    whenFinished(
        m_client.socketSetup(path, query), this, [this, token = m_opening.next()](const Result<SocketSetup> &setup) {
            if (!token.isCurrent() || m_finished)
                return;
            if (!setup) {
                finish(setup.error());
                return;
            }
            m_where = setup->request.url().toDisplayString(QUrl::RemoveQuery | QUrl::RemoveUserInfo);
            m_socket = new QWebSocket(setup->origin, QWebSocketProtocol::VersionLatest, this);
            m_socket->setMaxAllowedIncomingMessageSize(maxMessage);
            m_socket->setMaxAllowedIncomingFrameSize(maxMessage);
            connect(m_socket, &QWebSocket::connected, this, [this] {
                m_open = true;
                m_deadline->stop();
                m_pinger->start(m_deadlines.pingEvery);
                Q_EMIT opened();
            });
            connect(m_socket, &QWebSocket::textMessageReceived, this, [this](QString message) {
                m_deadline->stop();
                Q_EMIT heard();
                m_text(std::move(message));
            });
            connect(m_socket, &QWebSocket::pong, this, [this] {
                m_deadline->stop();
                Q_EMIT heard();
            });
            connect(m_socket, &QWebSocket::sslErrors, this,
                [this, url = setup->request.url(), name = setup->tlsServerName](const QList<QSslError> &errors) {
                    m_tlsError = tlsError(errors, url, name.isEmpty() ? url.host() : name);
                });
            connect(m_socket, &QWebSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
                // QWebSocket tells a refused upgrade only by its text: "… http status code: 422 …".
                static const QRegularExpression status(QStringLiteral("\\b([3-5]\\d\\d)\\b"));
                const QString what = m_socket->errorString();
                if (m_tlsError) {
                    finish(*std::exchange(m_tlsError, {})); // not a member's: a receiver may delete the stream
                    return;
                }
                const bool refused = m_connected && !m_open && error == QAbstractSocket::ConnectionRefusedError;
                const int code = refused ? qMax(status.match(what).captured(1).toInt(), 400) : 0;
                finish({.kind = refused ? errorKindOf(code) : kindOf(error),
                    .what = what,
                    .where = m_where,
                    .remedy = {},
                    .httpStatus = code});
            });
            connect(m_socket, &QWebSocket::disconnected, this, [this] {
                const bool orderly = m_socket->closeCode() == QWebSocketProtocol::CloseCodeNormal;
                finish({.kind = m_open && orderly ? Error::Kind::Cancelled : Error::Kind::Network,
                    .what = tr("The connection was closed."),
                    .where = m_where,
                    .remedy = {}});
            });
            openSocket(*m_socket, *setup);
            if (auto *tcp = m_socket->findChild<QTcpSocket *>())
                connect(tcp, &QTcpSocket::connected, this, [this] { m_connected = true; });
        });
}

void WatchStream::openHttp(const QString &path, const QUrlQuery &query)
{
    Request request;
    request.path = path;
    request.query = query;
    request.timeout = std::chrono::milliseconds(0);
    whenFinished(m_client.open(std::move(request)), this,
        [this, token = m_opening.next()](const Result<QNetworkReply *> &reply) {
            if (reply && (!token.isCurrent() || m_finished)) {
                (*reply)->deleteLater();
                return;
            }
            if (!reply)
                finish(reply.error());
            else
                watchOver(*reply, (*reply)->url().toDisplayString(QUrl::RemoveQuery | QUrl::RemoveUserInfo));
        });
}

void WatchStream::watchOver(QNetworkReply *reply, const QString &where)
{
    m_reply = reply;
    m_reply->setParent(this);
    m_where = where;
    const auto status = [this] { return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); };
    const auto begun = [this, status] {
        if (m_open || status() != 200)
            return;
        m_open = true;
        m_deadline->start(m_deadlines.httpSilence);
        Q_EMIT opened();
    };
    connect(m_reply, &QNetworkReply::metaDataChanged, this, begun);
    connect(m_reply, &QNetworkReply::readyRead, this, [this, begun] {
        begun();
        if (m_open) {
            m_deadline->start(m_deadlines.httpSilence);
            Q_EMIT heard();
            readLines();
        }
    });
    const auto ended = [this, status] {
        if (m_open) {
            readLines();
            const bool orderly = m_reply->error() == QNetworkReply::NoError;
            finish(orderly ? Error{.kind = Error::Kind::Cancelled,
                                 .what = tr("The connection was closed."),
                                 .where = m_where,
                                 .remedy = {}}
                           : ApiClient::errorOf(*m_reply));
        } else if (status()) {
            finish(ApiClient::errorOf(status(), m_reply->readAll(), m_where));
        } else {
            finish(ApiClient::errorOf(*m_reply));
        }
    };
    connect(m_reply, &QNetworkReply::finished, this, ended);
    m_deadline->start(m_deadlines.connect);
    // It may have begun, and even ended, on the way here.
    begun();
    if (m_reply->isFinished())
        ended();
    else if (m_open && m_reply->bytesAvailable())
        readLines();
}

// A chunked watch is a sequence of JSON documents, one a line.
void WatchStream::readLines()
{
    m_line += m_reply->readAll();
    qsizetype from = 0;
    for (qsizetype end; (end = m_line.indexOf('\n', from)) >= 0; from = end + 1) {
        if (end > from)
            m_bytes(m_line.sliced(from, end - from));
        if (m_finished)
            return;
    }
    m_line.remove(0, from);
    if (m_line.size() > static_cast<qsizetype>(maxMessage)) {
        finish({.kind = Error::Kind::Protocol,
            .what = tr("The server sent a watch event of more than 64 MB."),
            .where = m_where,
            .remedy = {}});
    }
}

void WatchStream::probe()
{
    if (!m_open || !m_socket)
        return;
    if (!m_deadline->isActive())
        m_deadline->start(m_deadlines.pongWithin);
    m_socket->ping();
}

void WatchStream::close()
{
    m_opening.cancel();
    m_deadline->stop();
    m_pinger->stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket->deleteLater();
        m_socket = nullptr;
    }
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    m_open = false;
}

void WatchStream::finish(const Error &error)
{
    if (m_finished)
        return;
    m_finished = true;
    close();
    Q_EMIT closed(error);
}

} // namespace kdra::kube
