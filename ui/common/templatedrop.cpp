// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/templatedrop.h"

#include "environments/dropadvice.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QMimeData>

namespace kdra::ui {

using environments::Fit;
using environments::Target;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::DropTarget)
};

} // namespace

QString templateIn(const QMimeData *data)
{
    return data ? QString::fromUtf8(data->data(environments::templateMimeType)) : QString();
}

QString dropSentence(const Target &target, const environments::Verdict &verdict)
{
    if (verdict.asks && target.kind == Target::Kind::Node)
        return Words::tr("Fits on %1, if the pods tolerate its taints").arg(target.name);
    if (verdict.asks && target.kind == Target::Kind::Site)
        return Words::tr("Fits at site %1, if the pods tolerate taints").arg(target.name);
    if (verdict.asks && target.kind == Target::Kind::Environment)
        return Words::tr("Adds to %1, if the pods tolerate taints").arg(target.name);
    const auto choose = [fit = verdict.fit](
                            const QString &fits, const QString &tight, const QString &not_, const QString &unknown) {
        return fit == Fit::Fits ? fits : fit == Fit::Tight ? tight : fit == Fit::DoesNotFit ? not_ : unknown;
    };
    switch (target.kind) {
    case Target::Kind::Node:
        return choose(Words::tr("Fits on %1"), Words::tr("Fits on %1, but it is tight"),
            Words::tr("Does not fit on %1"), Words::tr("Not known whether it fits on %1"))
            .arg(target.name);
    case Target::Kind::Site:
        return choose(Words::tr("Fits at site %1"), Words::tr("Fits at site %1, but it is tight"),
            Words::tr("Does not fit at site %1"), Words::tr("Not known whether it fits at site %1"))
            .arg(target.name);
    case Target::Kind::Namespace:
        return choose(Words::tr("Fits into namespace %1"), Words::tr("Fits into namespace %1, but it is tight"),
            Words::tr("Does not fit into namespace %1"), Words::tr("Not known whether it fits into namespace %1"))
            .arg(target.name);
    case Target::Kind::Environment:
        return choose(Words::tr("Adds to %1"), Words::tr("Adds to %1, but it is tight"),
            Words::tr("Cannot be added to %1"), Words::tr("Not known whether it can be added to %1"))
            .arg(target.name);
    case Target::Kind::Cluster:
        break;
    }
    return choose(Words::tr("Fits into this cluster"), Words::tr("Fits into this cluster, but it is tight"),
        Words::tr("Does not fit into this cluster"), Words::tr("Not known whether it fits into this cluster"));
}

void announce(QObject *widget, const QString &text, bool urgent)
{
    QAccessibleAnnouncementEvent event(widget, text);
    event.setPoliteness(
        urgent ? QAccessible::AnnouncementPoliteness::Assertive : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
}

} // namespace kdra::ui
