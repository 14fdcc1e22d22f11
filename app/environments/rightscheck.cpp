// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/rightscheck.h"

#include <QCoreApplication>

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

} // namespace

void checkRights(Findings &findings, const Demand &demand, const Rights &rights, bool newNamespace)
{
    if (rights.readOnly) {
        findings.refuse(Text::tr("This cluster is marked read-only."));
        return;
    }
    if (!rights.known) {
        findings.doubt(Text::tr("What you may create here is being asked."));
        return;
    }
    // The parent of the environment is a ConfigMap.
    QStringList kinds{QStringLiteral("ConfigMap")};
    if (newNamespace)
        kinds.prepend(QStringLiteral("Namespace"));
    kinds += demand.kinds;
    kinds.removeDuplicates();
    QStringList missing;
    QStringList forbidden;
    QString why;
    for (const QString &kind : std::as_const(kinds)) {
        if (rights.notServed.contains(kind)) {
            missing.append(kind);
        } else if (rights.forbidden.contains(kind)) {
            forbidden.append(kind);
            if (why.isEmpty())
                why = rights.forbidden.value(kind);
        }
    }
    const QString comma = QStringLiteral(", ");
    if (!missing.isEmpty())
        findings.refuse(Text::tr("This server does not offer %1.").arg(missing.join(comma)));
    if (!forbidden.isEmpty())
        findings.refuse(why.isEmpty() ? Text::tr("You may not create %1.").arg(forbidden.join(comma))
                                      : Text::tr("You may not create %1: %2").arg(forbidden.join(comma), why));
}

} // namespace kdra::environments
