// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/applyset.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace kdra::environments {

QString applySetId(const QString &name, const QString &ns, const QString &kind, const QString &group)
{
    // With an empty group the trailing dot stays.
    const QByteArray text = QStringList{name, ns, kind, group}.join(u'.').toUtf8();
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    return u"applyset-"_s
        + QString::fromLatin1(hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)) + u"-v1"_s;
}

QString parentName(const QString &environment)
{
    // A dot is not possible in names that templates make from the environment's, which is a label.
    return u"kdra."_s + environment;
}

QString groupKindsText(QStringList groupKinds)
{
    groupKinds.sort();
    groupKinds.removeDuplicates();
    return groupKinds.join(u',');
}

QStringList groupKindsOf(const QString &text)
{
    return text.split(u',', Qt::SkipEmptyParts);
}

} // namespace kdra::environments
