// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/tlserror.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSslCertificate>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::TlsError)
};

constexpr qint64 ToleratedSeconds = 180;

QString nameOf(const QStringList &common, const QStringList &organisation)
{
    const QString name = common.join(QStringLiteral(", "));
    return name.isEmpty() ? organisation.join(QStringLiteral(", ")) : name;
}

// The most telling error first: a wrong name and a passed date explain themselves, an unknown issuer is often only
// their companion.
int rank(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 0;
    case QSslError::HostNameMismatch:
        return 1;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return 2;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return 3;
    default:
        return 4;
    }
}

QString namesIn(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    if (names.size() > 12) {
        names.resize(12);
        names.append(QStringLiteral("…"));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

QString clockHint(qint64 ahead)
{
    if (std::abs(ahead) <= ToleratedSeconds)
        return {};
    const int minutes = static_cast<int>(std::abs(ahead) / 60);
    return ahead > 0
        ? Text::tr("This computer's clock is %n minute(s) behind the server's: set it right.", nullptr, minutes)
        : Text::tr("This computer's clock is %n minute(s) ahead of the server's: set it right.", nullptr, minutes);
}

Error tlsError(const QList<QSslError> &errors, const QUrl &server, const QString &serverName, qint64 serverClockAhead,
    const QDateTime &now)
{
    Error error{.kind = Error::Kind::Tls, .where = server.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)};
    const auto worst = std::ranges::min_element(errors, {}, [](const QSslError &e) { return rank(e.error()); });
    if (worst == errors.end()) {
        error.what = Text::tr("The server's certificate was not accepted.");
        return error;
    }
    const QSslCertificate certificate = worst->certificate();
    const QString subject = nameOf(
        certificate.subjectInfo(QSslCertificate::CommonName), certificate.subjectInfo(QSslCertificate::Organization));
    const QString issuer = nameOf(
        certificate.issuerInfo(QSslCertificate::CommonName), certificate.issuerInfo(QSslCertificate::Organization));
    const QLocale locale;
    const auto date = [&](const QDateTime &time) { return locale.toString(time.toLocalTime(), QLocale::ShortFormat); };
    QString hint = clockHint(serverClockAhead);
    switch (worst->error()) {
    case QSslError::CertificateExpired:
        error.what = Text::tr("The server's certificate “%1” expired on %2; this computer's clock says %3.")
                         .arg(subject, date(certificate.expiryDate()), date(now));
        error.remedy = hint.isEmpty()
            ? Text::tr("If the clock is right, the cluster's administrator must renew the certificate.")
            : hint;
        break;
    case QSslError::CertificateNotYetValid:
        error.what = Text::tr("The server's certificate “%1” is valid only from %2 on; this computer's clock says %3.")
                         .arg(subject, date(certificate.effectiveDate()), date(now));
        error.remedy = hint.isEmpty() ? Text::tr("Check this computer's clock and the server's.") : hint;
        break;
    case QSslError::HostNameMismatch:
        error.what =
            Text::tr("The server's certificate is not for “%1”; it names %2.").arg(serverName, namesIn(certificate));
        error.remedy =
            Text::tr("Use one of these names in the cluster's address, or set tls-server-name in the kubeconfig.");
        break;
    default:
        if (rank(worst->error()) == 3) {
            error.what = Text::tr("The server's certificate “%1” was issued by “%2”, which is not a trusted authority.")
                             .arg(subject, issuer);
            error.remedy = Text::tr(
                "Set certificate-authority in the kubeconfig to the cluster's CA, or fetch the kubeconfig again.");
        } else {
            error.what =
                Text::tr("The server's certificate “%1” was not accepted: %2.").arg(subject, worst->errorString());
            error.remedy = Text::tr("Ask the cluster's administrator for a valid certificate.");
        }
    }
    return error;
}

} // namespace kdra::kube
