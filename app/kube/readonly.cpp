// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/readonly.h"

#include <QRegularExpression>
#include <QUrl>

namespace kdra::kube {

bool mayChange(const QByteArray &verb, const QString &path)
{
    if (verb == "POST") {
        // The path as it is sent: one in another spelling is not taken for a question.
        static const QRegularExpression question(
            QStringLiteral("^/apis/(authorization|authentication)\\.k8s\\.io/v[a-z0-9]+/"
                           "(namespaces/[^/]+/)?[a-z]+reviews\\z"));
        return !question.match(path).hasMatch();
    }
    if (verb != "GET" && verb != "HEAD")
        return true;
    static const QRegularExpression session(
        QStringLiteral("^/+api/+v1/+namespaces/+[^/]+/+pods/+[^/]+/+(exec|attach|portforward)(/|\\z)"));
    return session.match(QUrl::fromPercentEncoding(path.toUtf8())).hasMatch();
}

} // namespace kdra::kube
