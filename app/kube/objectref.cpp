// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/objectref.h"

#include <QUrl>

namespace kdra::kube {
namespace {

// "system:node" keeps its colon as kubectl sends it; a slash in a name must not become a path segment.
QString segment(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, ":@!$&'()*+,;="));
}

} // namespace

QString Resource::path(const QString &ns, const QString &name, const QString &subresource) const
{
    QString path = group.isEmpty() ? QStringLiteral("/api/") + segment(version)
                                   : QStringLiteral("/apis/") + segment(group) + QLatin1Char('/') + segment(version);
    if (namespaced && !ns.isEmpty())
        path += QStringLiteral("/namespaces/") + segment(ns);
    path += QLatin1Char('/') + segment(plural);
    if (!name.isEmpty())
        path += QLatin1Char('/') + segment(name);
    // A subresource may have segments of its own: "proxy/api/v1/query".
    if (!subresource.isEmpty())
        path += QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(subresource, "/:@!$&'()*+,;="));
    return path;
}

QString ObjectRef::display() const
{
    QString text = resource.kind + QLatin1Char(' ');
    if (!ns.isEmpty())
        text += ns + QLatin1Char('/');
    return text + name;
}

} // namespace kdra::kube
