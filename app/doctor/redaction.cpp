// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/redaction.h"

#include <QRegularExpression>

#include <algorithm>

namespace kdra::doctor {
namespace {

// Shorter ones would take words apart ("a"); nobody's token is that short.
constexpr qsizetype ShortestSecret = 4;

const QString &mark()
{
    static const QString text = QStringLiteral("[…]");
    return text;
}

} // namespace

Redaction::Redaction(const kube::ClientConfig &config)
{
    const kube::UserEntry &user = config.user;
    add(user.token);
    add(user.password);
    add(config.cluster.proxyUrl.password(QUrl::FullyDecoded));
    add(config.cluster.proxyUrl.password(QUrl::FullyEncoded));
    add(config.cluster.server.password(QUrl::FullyDecoded));
    if (user.exec) {
        for (const auto &[name, value] : user.exec->env)
            add(value);
    }
    // "client-id" and "idp-issuer-url" are no secrets, and messages need the latter.
    for (const char *key : {"id-token", "refresh-token", "client-secret", "access-token"})
        add(user.authProviderConfig.value(QLatin1StringView(key)));
    for (const QByteArray &pem : {user.clientKeyData, user.clientCertificateData}) {
        for (const QByteArray &line : pem.split('\n')) {
            if (!line.startsWith("-----"))
                add(QString::fromLatin1(line.trimmed()));
        }
    }
}

void Redaction::add(const QString &secret)
{
    if (secret.size() < ShortestSecret || m_secrets.contains(secret))
        return;
    const auto place = std::ranges::find_if(m_secrets, [&](const QString &s) { return s.size() < secret.size(); });
    m_secrets.insert(place, secret);
}

QString Redaction::clean(QString text) const
{
    for (const QString &secret : m_secrets)
        text.replace(secret, mark());
    // user:password@ of a URL, JSON web tokens, Authorization values, PEM.
    static const QRegularExpression userInfo(QStringLiteral("://(?!user:password@host)[^/@\\s]+@")); // not the remedy
    static const QRegularExpression webToken(QStringLiteral("\\beyJ[\\w-]{8,}(\\.[\\w-]+)*"));
    static const QRegularExpression header(
        QStringLiteral("\\b(Bearer|Basic)\\s+(?!realm)[\\w.~+/=-]{6,}"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression pem(QStringLiteral("-----BEGIN[^-]*-----.*?(-----END[^-]*-----|$)"),
        QRegularExpression::DotMatchesEverythingOption);
    text.replace(userInfo, QStringLiteral("://"));
    text.replace(pem, mark());
    text.replace(webToken, mark());
    text.replace(header, QStringLiteral("\\1 ") + mark());
    return text;
}

Step Redaction::clean(Step step) const
{
    step.summary = clean(step.summary);
    for (QString &line : step.details)
        line = clean(line);
    if (step.error) {
        step.error->what = clean(step.error->what);
        step.error->where = clean(step.error->where);
        step.error->remedy = clean(step.error->remedy);
        step.error->status.clear();
    }
    return step;
}

} // namespace kdra::doctor
