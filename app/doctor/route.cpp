// SPDX-License-Identifier: GPL-3.0-or-later
// The way to the server: name, address, proxy, encryption.
#include "doctor/examination.h"
#include "kube/credentials.h"
#include "kube/tlserror.h"
#include "kube/transport.h"

#include <QCoreApplication>
#include <QHostInfo>
#include <QLocale>
#include <QNetworkReply>
#include <QSslCipher>
#include <QSslSocket>

namespace kdra::doctor {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::doctor::Route)
};

constexpr qsizetype MaxProxyAnswer = 64 * 1024;

// What a failed socket means; `where` is "host:port".
Error socketError(const QAbstractSocket &socket, const QString &where)
{
    Error error{.kind = Error::Kind::Network, .where = where};
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
        error.what = Text::tr("Nothing answers at %1: the connection was refused.").arg(where);
        error.remedy = Text::tr("Check that the cluster runs and that address and port are right.");
        break;
    case QAbstractSocket::NetworkError:
        error.what = Text::tr("There is no way to %1: %2.").arg(where, socket.errorString());
        error.remedy = Text::tr("Check your network, and whether a VPN is needed.");
        break;
    case QAbstractSocket::RemoteHostClosedError:
        error.what = Text::tr("The other side closed the connection at once.");
        error.remedy =
            Text::tr("Check the port, and whether a firewall or a load balancer without servers sits there.");
        break;
    default:
        error.what = Text::tr("The connection to %1 failed: %2.").arg(where, socket.errorString());
        error.remedy = Text::tr("Check your network and the server's address.");
    }
    return error;
}

QString sourceText(const kube::ProxyRoute &route)
{
    using Source = kube::ProxyRoute::Source;
    switch (route.source) {
    case Source::Kubeconfig:
        return Text::tr("from proxy-url in the kubeconfig");
    case Source::Environment:
        return Text::tr("from the environment's %1").arg(route.name);
    case Source::Desktop:
        return Text::tr("as the desktop's settings say");
    case Source::Loopback:
        return Text::tr("the server is on this computer");
    case Source::NoProxyRule:
        return Text::tr("the environment's %1 excludes the server").arg(route.name);
    }
    return {};
}

QString nameOf(const QSslCertificate &certificate, bool issuer)
{
    const auto info = [&](QSslCertificate::SubjectInfo what) {
        return (issuer ? certificate.issuerInfo(what) : certificate.subjectInfo(what)).join(QStringLiteral(", "));
    };
    const QString name = info(QSslCertificate::CommonName);
    return name.isEmpty() ? info(QSslCertificate::Organization) : name;
}

QStringList describe(const QList<QSslCertificate> &chain)
{
    QStringList lines;
    const QLocale locale;
    for (qsizetype i = 0; i < chain.size(); ++i) {
        const QSslCertificate &certificate = chain[i];
        lines.append(i == 0
                ? Text::tr("Certificate “%1”, issued by “%2”")
                      .arg(nameOf(certificate, false), nameOf(certificate, true))
                : Text::tr("Chain: “%1”, issued by “%2”").arg(nameOf(certificate, false), nameOf(certificate, true)));
        if (i > 0)
            continue;
        QStringList names = certificate.subjectAlternativeNames().values();
        names.sort();
        lines.append(names.isEmpty() ? Text::tr("It has no alternative names")
                                     : Text::tr("Names: %1").arg(names.join(QStringLiteral(", "))));
        const QDateTime end = certificate.expiryDate();
        const int days = static_cast<int>(QDateTime::currentDateTimeUtc().daysTo(end));
        const QString from = locale.toString(certificate.effectiveDate().toLocalTime(), QLocale::ShortFormat);
        const QString to = locale.toString(end.toLocalTime(), QLocale::ShortFormat);
        lines.append(days >= 0
                ? Text::tr("Valid from %1 until %2, %n day(s) left", nullptr, days).arg(from, to)
                : Text::tr("Valid from %1 until %2, expired %n day(s) ago", nullptr, -days).arg(from, to));
    }
    return lines;
}

// The words of a proxy's page.
QString excerpt(const QByteArray &body)
{
    static const QRegularExpression invisible(QStringLiteral("<(style|script)[^>]*>.*?</\\1>"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    QString text = QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 4096)));
    text = text.remove(invisible).replace(tags, QStringLiteral(" ")).simplified();
    return text.size() > 200 ? text.first(200) + QChar(0x2026) : text;
}

} // namespace

void Examination::lookUp(Step &step)
{
    if (m_routeError) { // that is the proxy step's to tell, but nothing can be reached
        fail(step, *m_routeError);
        return;
    }
    const QString name = host();
    if (hasProxy())
        step.details.append(Text::tr("The proxy's name; the proxy looks up %1 itself").arg(serverText()));
    if (const QHostAddress address(name); !address.isNull()) {
        m_addresses = {address};
        step.summary = Text::tr("%1 is an address; there is nothing to look up.").arg(name);
        return;
    }
    std::optional<QHostInfo> info;
    QObject receiver;
    const int id = QHostInfo::lookupHost(name, &receiver, [&info](const QHostInfo &result) { info = result; });
    if (!m_patience.until(m_deadlines.lookup, [&] { return info.has_value(); })) {
        QHostInfo::abortHostLookup(id);
        fail(step, Patience::timeout(m_deadlines.lookup, name));
        step.error->remedy = Text::tr("Check that your network's name server (DNS) can be reached.");
        return;
    }
    if (info->error() != QHostInfo::NoError || info->addresses().isEmpty()) {
        fail(step,
            {.kind = Error::Kind::Network,
                .what = Text::tr("The name %1 is not known.").arg(name),
                .where = hasProxy() ? sourceText(m_route) : QStringLiteral("server: %1").arg(serverText()),
                .remedy = Text::tr("Check the spelling, your network, and whether a VPN is needed.")});
        step.details.append(info->errorString());
        return;
    }
    m_addresses = info->addresses();
    QStringList texts;
    for (const QHostAddress &address : std::as_const(m_addresses))
        texts.append(address.toString());
    step.summary = Text::tr("%1 is %2.").arg(name, texts.join(QStringLiteral(", ")));
}

void Examination::connectTcp(Step &step)
{
    std::optional<Error> first;
    bool slow = false;
    int bad = 0;
    for (const QHostAddress &address : std::as_const(m_addresses)) {
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        const QString where =
            (address.protocol() == QAbstractSocket::IPv6Protocol ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
                .arg(address.toString(), QString::number(port()));
        const auto state = [&] { return socket.state(); };
        socket.connectToHost(address, port());
        const bool settled = m_patience.until(m_deadlines.connect,
            [&] { return state() == QAbstractSocket::ConnectedState || state() == QAbstractSocket::UnconnectedState; });
        if (settled && state() == QAbstractSocket::ConnectedState) {
            step.details.append(Text::tr("%1: connected").arg(where));
            if (!m_reached)
                m_reached = address;
            continue;
        }
        if (m_patience.isStopped())
            return;
        const Error error = settled ? socketError(socket, where) : Patience::timeout(m_deadlines.connect, where);
        slow = slow || !settled;
        ++bad;
        step.details.append(QStringLiteral("%1: %2").arg(where, error.what));
        if (!first)
            first = error;
    }
    if (!m_reached) {
        fail(step, first.value_or(Error{}));
        if (m_addresses.size() > 1)
            step.summary = Text::tr(
                "None of the %n address(es) of %1 can be reached.", nullptr, static_cast<int>(m_addresses.size()))
                               .arg(host());
        return;
    }
    step.summary = Text::tr("Port %1 at %2 answers.").arg(QString::number(port()), m_reached->toString());
    // One that refuses at once costs nothing; one that swallows packets delays every new connection.
    if (bad > 0 && slow) {
        warn(step, *first);
        step.summary = Text::tr("%n address(es) of %1 cannot be reached, which delays every connection.", nullptr, bad)
                           .arg(host());
        step.error->remedy = Text::tr("Ask for the dead address to be taken out of the DNS.");
    }
}

void Examination::passProxy(Step &step)
{
    if (!hasProxy()) {
        step.summary = Text::tr("No proxy is used.");
        if (m_route.source != kube::ProxyRoute::Source::Desktop)
            step.details.append(sourceText(m_route));
        return;
    }
    const bool socks = m_route.proxy.type() == QNetworkProxy::Socks5Proxy;
    step.details.append(QStringLiteral("%1://%2:%3, %4")
            .arg(socks ? QStringLiteral("socks5") : QStringLiteral("http"), m_route.proxy.hostName(),
                QString::number(m_route.proxy.port()), sourceText(m_route)));
    if (!m_route.proxy.user().isEmpty())
        step.details.append(Text::tr("With a user name and password"));
    if (socks)
        openSocks(step);
    else
        openTunnel(step);
}

void Examination::openSocks(Step &step)
{
    QTcpSocket socket;
    socket.setProxy(m_route.proxy);
    socket.connectToHost(m_config.cluster.server.host(), serverPort());
    const bool settled = m_patience.until(m_deadlines.handshake, [&] {
        return socket.state() == QAbstractSocket::ConnectedState || socket.state() == QAbstractSocket::UnconnectedState;
    });
    if (settled && socket.state() == QAbstractSocket::ConnectedState) {
        step.summary = Text::tr("The proxy connects to %1.").arg(serverText());
        return;
    }
    if (!settled) {
        fail(step, Patience::timeout(m_deadlines.handshake, serverText()));
        return;
    }
    fail(step,
        {.kind = Error::Kind::Network,
            .what = Text::tr("The proxy does not connect to %1: %2.").arg(serverText(), socket.errorString()),
            .where = sourceText(m_route),
            .remedy = Text::tr("Check the proxy's user and password, and whether it may reach the cluster.")});
}

// CONNECT (RFC 9110, 9.3.6) by hand: Qt's own tells neither the status nor the proxy's words.
void Examination::openTunnel(Step &step)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(*m_reached, port());
    QByteArray request =
        "CONNECT " + serverText().toLatin1() + " HTTP/1.1\r\nHost: " + serverText().toLatin1() + "\r\n";
    if (const QNetworkProxy &proxy = m_route.proxy; !proxy.user().isEmpty())
        request +=
            "Proxy-Authorization: Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64() + "\r\n";
    socket.write(request + "\r\n");
    QByteArray answer;
    const auto gone = [&] { return socket.state() == QAbstractSocket::UnconnectedState; };
    const auto headEnd = [&] { return answer.indexOf("\r\n\r\n"); };
    const bool heard = m_patience.until(m_deadlines.handshake, [&] {
        answer += socket.read(MaxProxyAnswer - answer.size());
        return headEnd() >= 0 || gone() || answer.size() >= MaxProxyAnswer;
    });
    if (!heard) {
        fail(step, Patience::timeout(m_deadlines.handshake, sourceText(m_route)));
        return;
    }
    const QByteArray statusLine = answer.first(std::max<qsizetype>(0, answer.indexOf("\r\n")));
    const int status = statusLine.startsWith("HTTP/1.") ? statusLine.split(' ').value(1).toInt() : 0;
    if (status >= 200 && status < 300) {
        step.summary = Text::tr("The proxy connects to %1.").arg(serverText());
        return;
    }
    if (status == 0) {
        fail(step,
            {.kind = Error::Kind::Protocol,
                .what = Text::tr("What answers at the proxy's address does not speak the protocol of an HTTP proxy."),
                .where = sourceText(m_route),
                .remedy = Text::tr("Check the proxy's address and port; a SOCKS proxy is written socks5://.")});
        return;
    }
    // The page may follow its head.
    m_patience.until(std::chrono::milliseconds(500), [&] {
        answer += socket.read(MaxProxyAnswer - answer.size());
        return gone() || answer.size() >= MaxProxyAnswer;
    });
    if (const QString words = excerpt(answer.sliced(headEnd() + 4)); !words.isEmpty())
        step.details.append(Text::tr("The proxy says: %1").arg(words));
    const QString line = QString::fromLatin1(statusLine.sliced(statusLine.indexOf(' ') + 1)).simplified();
    Error error{.kind = Error::Kind::Network,
        .what = Text::tr("The proxy refuses to connect to %1: HTTP status %2.").arg(serverText(), line),
        .where = sourceText(m_route),
        .httpStatus = status};
    switch (status) {
    case 407:
        error.remedy = m_route.proxy.user().isEmpty()
            ? Text::tr("Write user and password into the proxy's address: http://user:password@host:port.")
            : Text::tr("The proxy does not accept the user and password in its address: correct them.");
        break;
    case 403:
    case 405:
        error.remedy = Text::tr("Ask the proxy's administrator to allow the cluster's address and port, or add the "
                                "server to NO_PROXY if it can be reached directly.");
        break;
    default:
        error.remedy = Text::tr("The proxy cannot reach the server: check the server's address as the proxy sees it.");
    }
    fail(step, error);
}

void Examination::encrypt(Step &step)
{
    const kube::ClusterEntry &cluster = m_config.cluster;
    if (cluster.server.scheme() == QLatin1StringView("http")) {
        skip(step, Text::tr("Plain HTTP: this connection is not encrypted."));
        return;
    }
    // Own certificates are shown in the handshake. A plugin is run in a step of its own, and most servers only ask.
    kube::Identity identity;
    if (!m_config.user.exec && m_config.user.authProvider.isEmpty()) {
        kube::Credentials credentials(m_config);
        identity = m_patience.answer(credentials.get(), m_deadlines.request).value_or(kube::Identity{});
    }
    kube::Transport transport(m_config);
    const Result<kube::SocketSetup> setup = transport.socketSetup(QStringLiteral("/version"), {}, identity);
    if (!setup) {
        fail(step, setup.error());
        return;
    }
    QSslSocket socket;
    socket.setProxy(setup->proxy);
    socket.setSslConfiguration(setup->ssl);
    socket.setPeerVerifyName(transport.serverName());
    QList<QSslError> refused;
    QObject::connect(&socket, &QSslSocket::sslErrors, &socket, [&](const QList<QSslError> &errors) {
        if (cluster.insecureSkipTlsVerify)
            socket.ignoreSslErrors();
        else
            refused = errors;
        for (const QSslError &error : errors)
            step.details.append(error.errorString());
    });
    socket.connectToHostEncrypted(cluster.server.host(), serverPort());
    const bool settled = m_patience.until(m_deadlines.handshake,
        [&] { return socket.isEncrypted() || socket.state() == QAbstractSocket::UnconnectedState; });
    const QStringList reasons = std::exchange(step.details, describe(socket.peerCertificateChain()));
    if (socket.isEncrypted()) {
        step.summary =
            QStringLiteral("%1, %2").arg(socket.sessionCipher().protocolString(), socket.sessionCipher().name());
        const QSslCertificate certificate = socket.peerCertificate();
        const int days = static_cast<int>(QDateTime::currentDateTimeUtc().daysTo(certificate.expiryDate()));
        if (cluster.insecureSkipTlsVerify) {
            warn(step,
                {.kind = Error::Kind::Tls,
                    .what = Text::tr("The server's certificate is not checked (insecure-skip-tls-verify)."),
                    .remedy = Text::tr("Set certificate-authority in the kubeconfig and take that line out.")});
            step.details.append(reasons);
        } else if (days < 7) {
            warn(step,
                {.kind = Error::Kind::Tls,
                    .what = Text::tr("The server's certificate expires in %n day(s).", nullptr, days),
                    .remedy = Text::tr("Tell the cluster's administrator to renew it.")});
        }
        return;
    }
    step.details.append(reasons);
    if (!refused.isEmpty()) {
        // Only to learn its time, which may be the cause: nothing secret goes to a server that is not trusted.
        kube::ClientConfig stranger = m_config;
        stranger.user = {};
        stranger.cluster.insecureSkipTlsVerify = true;
        kube::ApiClient client(stranger);
        if (const Result<QNetworkReply *> asked = askVersion(client))
            m_clockAhead = clockAhead(**asked).value_or(0);
        fail(step, kube::tlsError(refused, cluster.server, transport.serverName(), m_clockAhead));
    } else if (!settled)
        fail(step, Patience::timeout(m_deadlines.handshake, serverText()));
    else if (socket.error() == QAbstractSocket::SslHandshakeFailedError)
        fail(step, kube::tlsAlert({.where = serverText()}, socket.errorString()));
    else
        fail(step, socketError(socket, serverText()));
}

} // namespace kdra::doctor
