// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/unreviewedtemplates.h"

#include "environments/templatefiles.h"

#include <QCryptographicHash>
#include <QSettings>

namespace kdra::ui {
namespace {

using environments::Template;

QString settingsKey()
{
    return QStringLiteral("templates/withoutReview");
}

// No id has a "#": names of templates are DNS labels.
QString keyOf(const Template &of)
{
    if (of.source != environments::Source::Cluster)
        return of.id;
    const QByteArray hash =
        QCryptographicHash::hash(environments::packTemplateFiles(of.files), QCryptographicHash::Sha256);
    return of.id + u'#' + QString::fromLatin1(hash.toHex());
}

} // namespace

UnreviewedTemplates::UnreviewedTemplates()
    : m_keys(QSettings().value(settingsKey()).toStringList())
{
}

bool UnreviewedTemplates::contains(const Template &of) const
{
    // The hash costs more than looking whether there is anything to compare it with.
    return !m_keys.isEmpty() && m_keys.contains(keyOf(of));
}

void UnreviewedTemplates::set(const Template &of, bool unreviewed)
{
    m_keys.removeIf([&](const QString &key) { return key == of.id || key.startsWith(of.id + u'#'); });
    if (unreviewed)
        m_keys.append(keyOf(of));
    QSettings().setValue(settingsKey(), m_keys);
}

} // namespace kdra::ui
