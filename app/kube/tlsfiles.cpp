// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/tlsfiles.h"

#include <QCoreApplication>
#include <QFile>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::TlsFiles)
};

constexpr qint64 MaxPemBytes = 4 << 20; // a system's whole CA bundle is a quarter of a megabyte

Error bad(const QString &what, const QString &where, const QString &remedy)
{
    return Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy};
}

} // namespace

Result<QByteArray> readPem(const QByteArray &data, const QString &file)
{
    if (!data.isEmpty() || file.isEmpty())
        return data;
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return std::unexpected(bad(Text::tr("A certificate or key file cannot be read: %1.").arg(source.errorString()),
            file, Text::tr("Check that the file exists and that you may read it, or fix its path in the kubeconfig.")));
    QByteArray pem = source.read(MaxPemBytes + 1);
    if (pem.size() > MaxPemBytes)
        return std::unexpected(bad(Text::tr("The file is far too large for a certificate or key."), file,
            Text::tr("Fix the path in the kubeconfig.")));
    if (pem.trimmed().isEmpty())
        return std::unexpected(
            bad(Text::tr("The certificate or key file is empty."), file, Text::tr("Fetch the credentials again.")));
    return pem;
}

Result<QList<QSslCertificate>> readCertificates(const QByteArray &pem, const QString &where)
{
    QList<QSslCertificate> certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    certificates.removeIf([](const QSslCertificate &certificate) { return certificate.isNull(); });
    if (certificates.isEmpty())
        return std::unexpected(bad(Text::tr("There is no readable certificate here."), where,
            Text::tr("A PEM certificate begins with “-----BEGIN CERTIFICATE-----”; fetch the kubeconfig again.")));
    return certificates;
}

Result<QSslKey> readKey(const QByteArray &pem, const QString &where)
{
    if (pem.contains("ENCRYPTED"))
        return std::unexpected(bad(Text::tr("The private key is protected by a passphrase."), where,
            Text::tr("Kubernetes clients need an unencrypted key: convert it with “openssl pkey”.")));
    // QSslKey wants to be told the algorithm; PKCS#8 does not say it in its header.
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return std::unexpected(bad(Text::tr("There is no readable private key here."), where,
        Text::tr("Supported are RSA and EC keys as PEM (PKCS#1, SEC1, PKCS#8); fetch the kubeconfig again.")));
}

Result<ClientCertificate> readClientCertificate(const QByteArray &certificatePem, const QByteArray &keyPem,
    const QString &certificateWhere, const QString &keyWhere)
{
    if (certificatePem.isEmpty() || keyPem.isEmpty())
        return std::unexpected(
            bad(certificatePem.isEmpty() ? Text::tr("There is a client key, but no client certificate.")
                                         : Text::tr("There is a client certificate, but no client key."),
                certificatePem.isEmpty() ? keyWhere : certificateWhere,
                Text::tr("Add the missing half to the user's entry in the kubeconfig.")));
    Result<QList<QSslCertificate>> chain = readCertificates(certificatePem, certificateWhere);
    if (!chain)
        return std::unexpected(chain.error());
    Result<QSslKey> key = readKey(keyPem, keyWhere);
    if (!key)
        return std::unexpected(key.error());
    if (key->algorithm() != chain->constFirst().publicKey().algorithm())
        return std::unexpected(bad(Text::tr("The client key does not belong to the client certificate."), keyWhere,
            Text::tr("Use the key that the certificate was issued for.")));
    return ClientCertificate{.chain = *std::move(chain), .key = *std::move(key), .where = certificateWhere};
}

} // namespace kdra::kube
