// SPDX-License-Identifier: GPL-3.0-or-later
// From one plan of an environment to another.
#include "environments/decoration.h"
#include "environments/plan.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Plan)
};

} // namespace

Plan asChangeOf(Plan plan, const Plan &before)
{
    QHash<QString, QJsonObject> there;
    for (const PlannedObject &one : before.objects)
        there.insert(one.path(), one.object);
    for (const PlannedObject &one : std::as_const(plan.objects)) {
        if (there.value(one.path()) == one.object)
            plan.kept.insert(one.path());
    }
    return plan;
}

Loss lossOf(const Plan &before, const Plan &after)
{
    QSet<QString> staying;
    for (const PlannedObject &one : after.objects)
        staying.insert(one.path());
    Loss loss;
    for (const PlannedObject &one : before.objects) {
        if (staying.contains(one.path()))
            continue;
        (one.resource.kind == "PersistentVolumeClaim"_L1 ? loss.claims : loss.objects).append(one.display());
        // Those go with a part, which is known by its label; what a change of a template leaves behind stays.
        if (!one.part.isEmpty() && !partOf(after.spec, one.part)
            && !valueAt(one.object, {u"spec"_s, u"volumeClaimTemplates"_s}).toArray().isEmpty())
            loss.claims.append(Text::tr("PersistentVolumeClaims of %1").arg(one.display()));
    }
    return loss;
}

} // namespace kdra::environments
