// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/credentials.h"

#include "base/whenfinished.h"
#include "kube/execplugin.h"
#include "kube/oidc.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace kdra::kube {
namespace {

constexpr auto ExpiryMargin = std::chrono::seconds(10); // a token must survive the request it is sent with

QByteArray bearer(const QByteArray &token)
{
    return token.isEmpty() ? QByteArray() : "Bearer " + token;
}

// A header with a line break would smuggle headers in.
bool isHeaderSafe(const QByteArray &value)
{
    return std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

} // namespace

Credentials::Credentials(ClientConfig config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
{
    const UserEntry &user = m_config.user;
    const bool hasToken = !user.token.isEmpty() || !user.tokenFile.isEmpty() || !user.username.isEmpty();
    // client-go: an explicit token wins over the plugin.
    if (user.exec && !hasToken)
        m_plugin = new ExecPlugin(*user.exec, m_config.cluster, this);
    else if (user.authProvider == QLatin1StringView("oidc") && !hasToken)
        m_oidc = new OidcRefresh(user.authProviderConfig, this);
}

Credentials::~Credentials() = default;

bool Credentials::isFresh() const
{
    if (!m_valid)
        return false;
    if (m_identity.expires.isValid() && QDateTime::currentDateTimeUtc().addDuration(ExpiryMargin) >= m_identity.expires)
        return false;
    // A stat is cheap; kubelets and cloud tools swap the file behind a link.
    const QString &file = m_config.user.tokenFile;
    return file.isEmpty() || QFileInfo(file).lastModified() == m_tokenFileTime;
}

bool Credentials::isRenewable() const
{
    const UserEntry &user = m_config.user;
    return m_plugin || m_oidc || !user.tokenFile.isEmpty() || !user.clientCertificate.isEmpty();
}

QFuture<Result<Identity>> Credentials::get()
{
    auto answer = std::make_shared<Answer<Identity>>();
    const QFuture<Result<Identity>> future = answer->future();
    if (isFresh()) {
        answer->give(m_identity);
        return future;
    }
    m_waiting.append(std::move(answer));
    if (m_waiting.size() > 1)
        return future;
    Result<Identity> base = readStatic();
    if (!base || (!m_plugin && !m_oidc)) {
        settle(std::move(base));
        return future;
    }
    QFuture<Result<Identity>> renewed = m_plugin ? m_plugin->run() : m_oidc->token();
    whenFinished(renewed, this, [this, base = *std::move(base)](Result<Identity> result) {
        // A plugin may give a token only and leave the kubeconfig's certificate in force.
        if (result && result->certificate.isNull())
            result->certificate = base.certificate;
        settle(std::move(result));
    });
    return future;
}

void Credentials::settle(Result<Identity> result)
{
    if (result && !isHeaderSafe(result->authorization)) {
        result = std::unexpected(Error{.kind = Error::Kind::Authentication,
            .what = tr("The token contains a line break or a control character."),
            .where = m_config.user.name,
            .remedy = tr("Copy the token again, in one line.")});
    }
    m_valid = result.has_value();
    if (result) {
        const bool same = m_identity.generation > 0 && result->authorization == m_identity.authorization
            && result->certificate.chain == m_identity.certificate.chain
            && result->certificate.key == m_identity.certificate.key;
        result->generation = m_identity.generation + (same ? 0 : 1);
        m_identity = *result;
    }
    for (const auto waiting = std::exchange(m_waiting, {}); const auto &answer : waiting)
        answer->give(result);
}

Result<Identity> Credentials::readStatic()
{
    const UserEntry &user = m_config.user;
    Identity identity;
    const Result<QByteArray> certificate = readPem(user.clientCertificateData, user.clientCertificate);
    if (!certificate)
        return std::unexpected(certificate.error());
    const Result<QByteArray> key = readPem(user.clientKeyData, user.clientKey);
    if (!key)
        return std::unexpected(key.error());
    if (!certificate->isEmpty() || !key->isEmpty()) {
        const auto name = [&](const QString &file, const char *field) {
            return file.isEmpty() ? tr("user %1, %2").arg(user.name, QLatin1StringView(field)) : file;
        };
        Result<ClientCertificate> both = readClientCertificate(*certificate, *key,
            name(user.clientCertificate, "client-certificate-data"), name(user.clientKey, "client-key-data"));
        if (!both)
            return std::unexpected(both.error());
        identity.certificate = *std::move(both);
    }
    QByteArray token = user.token.trimmed().toUtf8();
    if (!user.tokenFile.isEmpty()) {
        QFile file(user.tokenFile);
        m_tokenFileTime = QFileInfo(user.tokenFile).lastModified();
        const QByteArray text = file.open(QIODevice::ReadOnly) ? file.read(1 << 20).trimmed() : QByteArray();
        if (!text.isEmpty()) {
            token = text;
        } else if (token.isEmpty()) {
            return std::unexpected(Error{.kind = Error::Kind::Authentication,
                .what = file.isOpen() ? tr("The token file is empty.")
                                      : tr("The token file cannot be read: %1.").arg(file.errorString()),
                .where = user.tokenFile,
                .remedy = tr("Check the file that the kubeconfig names as tokenFile.")});
        }
    }
    if (!token.isEmpty())
        identity.authorization = bearer(token);
    else if (!user.username.isEmpty())
        identity.authorization = "Basic " + (user.username + QLatin1Char(':') + user.password).toUtf8().toBase64();
    return identity;
}

bool Credentials::invalidate(quint64 generation)
{
    if (!isRenewable())
        return false;
    // Several requests are refused at once, but only the first of them makes the credentials stale.
    if (generation == m_identity.generation) {
        m_valid = false;
        if (m_plugin)
            m_plugin->forget();
        if (m_oidc)
            m_oidc->forget();
    }
    return true;
}

QString Credentials::pluginProgram() const
{
    return m_plugin ? m_plugin->program() : QString();
}

Error Credentials::explain(Error error) const
{
    const UserEntry &user = m_config.user;
    if (!m_identity.certificate.isNull()) {
        const QSslCertificate &certificate = m_identity.certificate.chain.constFirst();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QLocale locale;
        if (certificate.expiryDate() < now) {
            error.what = tr("Your client certificate expired on %1.")
                             .arg(locale.toString(certificate.expiryDate().toLocalTime(), QLocale::ShortFormat));
            error.where += QStringLiteral(", ") + m_identity.certificate.where;
            error.remedy = tr("Fetch a new kubeconfig, or renew the certificate.");
            return error;
        }
        if (certificate.effectiveDate() > now) {
            error.what = tr("Your client certificate is valid only from %1 on.")
                             .arg(locale.toString(certificate.effectiveDate().toLocalTime(), QLocale::ShortFormat));
            error.where += QStringLiteral(", ") + m_identity.certificate.where;
            error.remedy = tr("Check this computer's clock.");
            return error;
        }
    }
    if (m_plugin)
        error.remedy = tr("The plugin “%1” gave credentials that the server does not accept: sign in with it again.")
                           .arg(user.exec->command);
    else if (m_oidc)
        error.remedy = tr("Sign in again with the tool that wrote this kubeconfig.");
    else if (!user.tokenFile.isEmpty())
        error.remedy = tr("The token in %1 is not valid here, or no longer: renew it.").arg(user.tokenFile);
    else if (!m_identity.authorization.isEmpty())
        error.remedy = tr("The token or password of user “%1” is not valid here, or no longer: fetch a new kubeconfig.")
                           .arg(user.name);
    else if (!m_identity.certificate.isNull())
        error.remedy =
            tr("The server does not know the authority that issued your client certificate: fetch a new kubeconfig.");
    else
        error.remedy = tr("The user “%1” of the kubeconfig has no credentials: add a token, a certificate or a plugin.")
                           .arg(user.name);
    return error;
}

} // namespace kdra::kube
