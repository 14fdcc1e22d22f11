// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environmenttext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace kdra::models {

using environments::Environment;
using environments::Placement;

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(EnvironmentText)
};

} // namespace

QString spanWords(qint64 seconds)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    const auto rounded = [seconds](qint64 unit) { return static_cast<int>((seconds + unit / 2) / unit); };
    if (seconds < 100 * minute)
        return Text::tr("%n minute(s)", nullptr, qMax(1, rounded(minute)));
    if (seconds < 36 * hour && rounded(hour) != 24)
        return Text::tr("%n hour(s)", nullptr, rounded(hour));
    return Text::tr("%n day(s)", nullptr, rounded(day));
}

QString timeLeftText(const Environment &environment, const QDateTime &now)
{
    if (!environment.expires)
        return Text::tr("for ever");
    return environment.isExpired(now) ? Text::tr("expired") : spanWords(now.secsTo(*environment.expires));
}

QString expiryText(const Environment &environment, const QDateTime &now)
{
    if (!environment.expires)
        return Text::tr("It stays until somebody deletes it.");
    const QString when = QLocale().toString(environment.expires->toLocalTime(), QLocale::ShortFormat);
    return environment.isExpired(now) ? Text::tr("Its time was over on %1.").arg(when)
                                      : Text::tr("Its time is over on %1.").arg(when);
}

QString placementText(const Placement &placement)
{
    switch (placement.kind) {
    case Placement::Kind::Site:
        return Text::tr("Site %1").arg(placement.name);
    case Placement::Kind::Node:
        return Text::tr("Node %1").arg(placement.name);
    case Placement::Kind::Anywhere:
        break;
    }
    return Text::tr("Anywhere");
}

QString firstTemplateText(const Environment &environment)
{
    const QString name = environment.templateTitle.isEmpty() ? environment.templateName : environment.templateTitle;
    return environment.templateVersion.isEmpty() || name.isEmpty()
        ? name
        : Text::tr("%1 %2", "template and version").arg(name, environment.templateVersion);
}

QString templateText(const Environment &environment)
{
    QStringList all{firstTemplateText(environment)};
    for (const Environment::Added &part : environment.parts)
        all.append(part.title);
    return all.join(QStringLiteral(", "));
}

QString partTitle(const Environment &environment, const QString &part)
{
    const auto at = std::ranges::find(environment.parts, part, &Environment::Added::name);
    if (at != environment.parts.end())
        return Text::tr("%1 (%2)", "template and name").arg(at->title, at->name);
    const QString name = environment.templateTitle.isEmpty() ? environment.templateName : environment.templateTitle;
    return Text::tr("%1 (%2)", "template and name").arg(name, environment.name);
}

QString addedText(const Environment &environment)
{
    QStringList lines;
    for (const Environment::Added &part : environment.parts)
        lines.append(partTitle(environment, part.name));
    return lines.join(u'\n');
}

QString partText(quint32 part, quint32 whole)
{
    const QLocale locale;
    return Text::tr("%1 of %2").arg(locale.toString(part), locale.toString(whole));
}

} // namespace kdra::models
