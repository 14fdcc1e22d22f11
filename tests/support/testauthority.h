// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QDir>
#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

namespace kdra::test {

// A certificate and its key as the openssl tool wrote them.
struct TestCertificate {
    QString certificateFile;
    QString keyFile;
    QByteArray certificatePem() const;
    QByteArray keyPem() const;
    QSslCertificate certificate() const;
    QSslKey key() const;
};

// A certificate authority in a folder, run by the openssl tool (1.1.1 or later): what real clusters have.
class TestAuthority {
public:
    enum class KeyType { Rsa, Ec, Pkcs8Rsa, Pkcs8Ec };

    struct Subject {
        QString name; // CN
        QString organisation = {}; // O: the groups of a Kubernetes user
        QStringList alternativeNames = {}; // "DNS:localhost", "IP:127.0.0.1"
        KeyType keyType = KeyType::Pkcs8Ec;
        QDateTime notBefore = {};
        QDateTime notAfter = {};
    };

    // Makes the authority's own certificate; `name` is its CN.
    TestAuthority(const QDir &folder, const QString &name);

    bool isValid() const { return m_errors.isEmpty(); }
    QString errors() const { return m_errors; }

    TestCertificate certificate() const { return m_own; }
    TestCertificate issue(const Subject &subject);

private:
    bool openssl(const QStringList &arguments);
    bool makeKey(const QString &file, KeyType type);

    QDir m_folder;
    TestCertificate m_own;
    QString m_errors;
    int m_serial = 1;
};

} // namespace kdra::test
