// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

// Certificates and keys as kubeconfigs name them: PEM in the file or beside it. Any thread; reads files.
namespace kdra::kube {

struct ClientCertificate {
    QList<QSslCertificate> chain = {}; // the client's own first
    QSslKey key = {};
    QString where = {}; // for messages
    bool isNull() const { return chain.isEmpty(); }
};

// `data` wins over `file`; both empty is an empty answer.
Result<QByteArray> readPem(const QByteArray &data, const QString &file);

// All certificates of a PEM bundle; an Error when there is none. `where` names the file or kubeconfig entry.
Result<QList<QSslCertificate>> readCertificates(const QByteArray &pem, const QString &where);

// A private key: PKCS#1, SEC1 (EC) or PKCS#8, unencrypted.
Result<QSslKey> readKey(const QByteArray &pem, const QString &where);

// Certificate and key that belong together; an Error when they do not.
Result<ClientCertificate> readClientCertificate(const QByteArray &certificatePem, const QByteArray &keyPem,
    const QString &certificateWhere, const QString &keyWhere);

} // namespace kdra::kube
