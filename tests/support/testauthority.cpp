// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testauthority.h"

#include <QFile>
#include <QProcess>

namespace kdra::test {
namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString utc(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyyMMddHHmmss'Z'"));
}

} // namespace

QByteArray TestCertificate::certificatePem() const
{
    return contents(certificateFile);
}
QByteArray TestCertificate::keyPem() const
{
    return contents(keyFile);
}
QSslCertificate TestCertificate::certificate() const
{
    return QSslCertificate(certificatePem());
}

QSslKey TestCertificate::key() const
{
    const QByteArray pem = keyPem();
    const QSslKey ec(pem, QSsl::Ec);
    return ec.isNull() ? QSslKey(pem, QSsl::Rsa) : ec;
}

TestAuthority::TestAuthority(const QDir &folder, const QString &name)
    : m_folder(folder)
{
    const QString base = QStringLiteral("ca-%1").arg(qHash(name));
    m_own = {m_folder.filePath(base + QStringLiteral(".crt")), m_folder.filePath(base + QStringLiteral(".key"))};
    makeKey(m_own.keyFile, KeyType::Pkcs8Ec);
    openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-new"), QStringLiteral("-key"),
        m_own.keyFile, QStringLiteral("-subj"), QStringLiteral("/CN=") + name, QStringLiteral("-days"),
        QStringLiteral("3650"), QStringLiteral("-addext"), QStringLiteral("keyUsage=critical,keyCertSign,cRLSign"),
        QStringLiteral("-out"), m_own.certificateFile});
}

bool TestAuthority::openssl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    if (process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_errors += arguments.join(QLatin1Char(' ')) + QStringLiteral(": ") + process.errorString() + QLatin1Char('\n')
        + QString::fromUtf8(process.readAllStandardError());
    return false;
}

bool TestAuthority::makeKey(const QString &file, KeyType type)
{
    const QString pkcs8 = file + QStringLiteral(".pkcs8");
    const bool ec = type == KeyType::Ec || type == KeyType::Pkcs8Ec;
    const QStringList algorithm = ec
        ? QStringList{QStringLiteral("EC"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256")}
        : QStringList{QStringLiteral("RSA"), QStringLiteral("-pkeyopt"), QStringLiteral("rsa_keygen_bits:2048")};
    const bool plain = type == KeyType::Pkcs8Ec || type == KeyType::Pkcs8Rsa;
    if (!openssl(QStringList{QStringLiteral("genpkey"), QStringLiteral("-algorithm")} + algorithm
            + QStringList{QStringLiteral("-out"), plain ? file : pkcs8}))
        return false;
    if (plain)
        return true;
    // SEC1 ("EC PRIVATE KEY") and PKCS#1 ("RSA PRIVATE KEY")
    return ec ? openssl({QStringLiteral("ec"), QStringLiteral("-in"), pkcs8, QStringLiteral("-out"), file})
              : openssl({QStringLiteral("rsa"), QStringLiteral("-traditional"), QStringLiteral("-in"), pkcs8,
                    QStringLiteral("-out"), file});
}

TestCertificate TestAuthority::issue(const Subject &subject)
{
    const QString base = QStringLiteral("%1-%2").arg(QFileInfo(m_own.certificateFile).baseName()).arg(++m_serial);
    const TestCertificate result{
        m_folder.filePath(base + QStringLiteral(".crt")), m_folder.filePath(base + QStringLiteral(".key"))};
    const QString csr = m_folder.filePath(base + QStringLiteral(".csr"));
    const QString extensions = m_folder.filePath(base + QStringLiteral(".ext"));
    QFile file(extensions);
    if (!file.open(QIODevice::WriteOnly)) {
        m_errors += file.errorString();
        return result;
    }
    file.write("basicConstraints=CA:FALSE\n");
    if (!subject.alternativeNames.isEmpty())
        file.write("subjectAltName=" + subject.alternativeNames.join(QLatin1Char(',')).toUtf8() + '\n');
    file.close();
    QString name = QStringLiteral("/CN=") + subject.name;
    if (!subject.organisation.isEmpty())
        name = QStringLiteral("/O=") + subject.organisation + name;
    makeKey(result.keyFile, subject.keyType);
    openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"), result.keyFile,
        QStringLiteral("-subj"), name, QStringLiteral("-out"), csr});
    QStringList sign{QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), csr, QStringLiteral("-CA"),
        m_own.certificateFile, QStringLiteral("-CAkey"), m_own.keyFile, QStringLiteral("-set_serial"),
        QString::number(m_serial), QStringLiteral("-extfile"), extensions, QStringLiteral("-out"),
        result.certificateFile};
    if (subject.notAfter.isValid()) {
        const QDateTime from = subject.notBefore.isValid() ? subject.notBefore : subject.notAfter.addYears(-1);
        sign += {QStringLiteral("-not_before"), utc(from), QStringLiteral("-not_after"), utc(subject.notAfter)};
    } else {
        sign += {QStringLiteral("-days"), QStringLiteral("30")};
    }
    openssl(sign);
    return result;
}

} // namespace kdra::test
