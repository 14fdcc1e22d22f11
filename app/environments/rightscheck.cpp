// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/rightscheck.h"

#include <QCoreApplication>

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

} // namespace

QStringList kindsToMake(const Demand &demand, bool newNamespace)
{
    // The parent of the environment is a ConfigMap; the policies make its network.
    QStringList kinds{QStringLiteral("ConfigMap"), QStringLiteral("NetworkPolicy.networking.k8s.io"), CiliumPolicyKind};
    if (newNamespace)
        kinds.prepend(QStringLiteral("Namespace"));
    kinds += demand.kinds;
    kinds.removeDuplicates();
    return kinds;
}

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
    if (rights.unanswered)
        findings.doubt(Text::tr("The server could not say what you may create here."));
    QStringList missing;
    QStringList forbidden;
    QStringList notPatched;
    QString why;
    QString whyNotPatched;
    const auto add = [](QStringList &kinds, QString &reason, const QString &kind, const QString &said) {
        kinds.append(kind);
        if (reason.isEmpty())
            reason = said;
    };
    for (const QStringList kinds = kindsToMake(demand, newNamespace); const QString &kind : kinds) {
        if (rights.notServed.contains(kind))
            missing.append(kind);
        else if (rights.forbidden.contains(kind))
            add(forbidden, why, kind, rights.forbidden.value(kind));
        else if (rights.notPatched.contains(kind))
            add(notPatched, whyNotPatched, kind, rights.notPatched.value(kind));
    }
    const QString comma = QStringLiteral(", ");
    if (!missing.isEmpty())
        findings.refuse(Text::tr("This server does not offer %1.").arg(missing.join(comma)));
    if (!forbidden.isEmpty())
        findings.refuse(why.isEmpty() ? Text::tr("You may not create %1.").arg(forbidden.join(comma))
                                      : Text::tr("You may not create %1: %2").arg(forbidden.join(comma), why));
    if (!notPatched.isEmpty())
        findings.refuse(whyNotPatched.isEmpty()
                ? Text::tr("You may not patch %1, as applying does.").arg(notPatched.join(comma))
                : Text::tr("You may not patch %1, as applying does: %2").arg(notPatched.join(comma), whyNotPatched));
}

} // namespace kdra::environments
