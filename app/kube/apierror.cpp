// SPDX-License-Identifier: GPL-3.0-or-later
// What failed requests mean to the user.
#include "kube/apiclient.h"
#include "kube/tlserror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::ApiError)
};

// A proxy's or load balancer's page, cut to something that fits a message.
QString excerpt(const QByteArray &body)
{
    QString text = QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 4096)));
    static const QRegularExpression title(
        QStringLiteral("<title[^>]*>([^<]*)</title>"), QRegularExpression::CaseInsensitiveOption);
    if (const auto match = title.match(text); match.hasMatch())
        text = match.captured(1);
    else if (text.trimmed().startsWith(QLatin1Char('<')))
        return {};
    text = text.simplified();
    return text.size() > 200 ? text.first(200) + QChar(0x2026) : text;
}

QString remedyOf(int httpStatus, const QString &reason)
{
    switch (httpStatus) {
    case 401:
        return Text::tr("Sign in again, or fetch a new kubeconfig.");
    case 403:
        return Text::tr("Ask the cluster's administrator for the permission, or use another context.");
    case 404:
        return {};
    case 409:
        return reason == QLatin1StringView("AlreadyExists") ? Text::tr("Choose another name.")
                                                            : Text::tr("Look at the newest state, then try again.");
    case 410:
        return Text::tr("The list is read again.");
    case 429:
        return Text::tr("The server is busy; try again in a moment.");
    case 502:
    case 503:
    case 504:
        return Text::tr("The API server or a proxy before it is not ready; try again in a moment.");
    default:
        return {};
    }
}

Error::Kind kindOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::OperationCanceledError:
        return Error::Kind::Cancelled;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return Error::Kind::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return Error::Kind::Tls;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::UnknownContentError:
        return Error::Kind::Protocol;
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
        return Error::Kind::Configuration;
    default:
        return Error::Kind::Network;
    }
}

// OpenSSL's words for "that is not TLS".
bool isNotTls(const QString &text)
{
    for (const char *sign : {"wrong version number", "http request", "packet length too long", "record layer failure",
             "unsupported protocol version 0"}) {
        if (text.contains(QLatin1StringView(sign), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace

Error tlsAlert(Error error, const QString &text)
{
    error.kind = Error::Kind::Tls;
    if (isNotTls(text)) {
        error.what = Text::tr("The server does not speak TLS at this port.");
        error.remedy =
            Text::tr("Check the port; if the server really is unencrypted, write http:// instead of https://.");
    } else if (text.contains(QLatin1StringView("certificate expired"), Qt::CaseInsensitive)) {
        error.what = Text::tr("The server refused your client certificate because it has expired.");
        error.remedy = Text::tr("Fetch a new kubeconfig, or renew the certificate.");
    } else if (text.contains(QLatin1StringView("certificate required"), Qt::CaseInsensitive)) {
        error.what = Text::tr("The server demands a client certificate.");
        error.remedy = Text::tr("Add client-certificate and client-key to the user's entry in the kubeconfig.");
    } else if (text.contains(QLatin1StringView("unknown ca"), Qt::CaseInsensitive)
        || text.contains(QLatin1StringView("bad certificate"), Qt::CaseInsensitive)) {
        error.what = Text::tr("The server refused your client certificate: it does not know who issued it.");
        error.remedy = Text::tr("Fetch a new kubeconfig for this cluster.");
    } else {
        error.what = Text::tr("No encrypted connection to the server could be made: %1.").arg(text);
        error.remedy = Text::tr("Check the address and the port, and whether a proxy or firewall sits in between.");
    }
    return error;
}

Error ApiClient::errorOf(int httpStatus, const QByteArray &body, const QString &where)
{
    Error error{.kind = errorKindOf(httpStatus), .where = where, .httpStatus = httpStatus};
    const QJsonObject status = QJsonDocument::fromJson(body).object();
    QString message;
    if (status.value(QLatin1StringView("kind")).toString() == QLatin1StringView("Status")) {
        error.status = body;
        error.reason = status.value(QLatin1StringView("reason")).toString();
        message = status.value(QLatin1StringView("message")).toString();
    } else {
        message = excerpt(body);
    }
    if (message.endsWith(QLatin1Char('.')))
        message.chop(1);
    // What admission says while its informers are not synced yet (k8s.io/apiserver, admission/initializer): no verdict
    // on the user.
    const bool isStarting = httpStatus == 403 && message.contains(QLatin1StringView("not yet ready to handle request"));
    if (isStarting)
        error.kind = Error::Kind::Server;
    switch (error.kind) {
    case Error::Kind::Authentication:
        error.what = Text::tr("The server does not accept your credentials.");
        break;
    case Error::Kind::Forbidden:
        error.what = message.isEmpty() ? Text::tr("The server forbids this.")
                                       : Text::tr("The server forbids this: %1.").arg(message);
        break;
    default:
        error.what = message.isEmpty()
            ? Text::tr("The server answered with the HTTP status %1.").arg(httpStatus)
            : Text::tr("The server answered with the HTTP status %1: %2.").arg(QString::number(httpStatus), message);
    }
    error.remedy = remedyOf(isStarting ? 503 : httpStatus, error.reason);
    if (httpStatus == 400 && message.contains(QLatin1StringView("HTTP request to an HTTPS server"))) {
        error.kind = Error::Kind::Configuration;
        error.what = Text::tr("The server expects an encrypted connection.");
        error.remedy = Text::tr("Write https:// instead of http:// in the cluster's address.");
    }
    return error;
}

Error ApiClient::errorOf(const QNetworkReply &reply)
{
    // Certificate errors were explained while their certificates were at hand.
    if (const QVariant tls = reply.property("kdraTlsError"); tls.isValid())
        return tls.value<Error>();
    const QUrl url = reply.url();
    Error error{.kind = kindOf(reply.error()),
        .where = url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery),
        .httpStatus = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()};
    const QString host = url.host();
    const QString port = QString::number(url.port(url.scheme() == QLatin1StringView("http") ? 80 : 443));
    const QString detail = reply.errorString();
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError:
        error.what = Text::tr("The request was cancelled.");
        break;
    case QNetworkReply::ConnectionRefusedError:
        error.what = Text::tr("Nothing answers at %1, port %2: the connection was refused.").arg(host, port);
        error.remedy = Text::tr("Check that the cluster runs and that address and port are right.");
        break;
    case QNetworkReply::HostNotFoundError:
        error.what = Text::tr("The name %1 is not known.").arg(host);
        error.remedy = Text::tr("Check the spelling, your network, and whether a VPN is needed.");
        break;
    case QNetworkReply::TimeoutError:
        error.what = Text::tr("The server at %1, port %2 did not answer in time.").arg(host, port);
        error.remedy = Text::tr("Check your network, and whether a VPN or a proxy is needed.");
        break;
    case QNetworkReply::SslHandshakeFailedError:
        return tlsAlert(std::move(error), detail);
    case QNetworkReply::RemoteHostClosedError:
        error.what = Text::tr("The server closed the connection before it had answered.");
        error.remedy = url.scheme() == QLatin1StringView("https")
            ? Text::tr(
                  "Check that the address names a Kubernetes API server, and whether it demands a client certificate.")
            : Text::tr("Check that the address names a Kubernetes API server; then try again.");
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        error.what = Text::tr("The proxy on the way to %1 cannot be used: %2.").arg(host, detail);
        error.remedy = Text::tr("Check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY in the environment.");
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        error.what = Text::tr("The proxy on the way to %1 wants a user name and password.").arg(host);
        error.remedy = Text::tr("Write them into the proxy's address: http://user:password@host:port.");
        break;
    default:
        if (isNotTls(detail))
            return tlsAlert(std::move(error), detail);
        error.what = Text::tr("The request failed: %1.").arg(detail);
        error.remedy = Text::tr("Check your network and the server's address.");
    }
    return error;
}

} // namespace kdra::kube
