// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/namecheck.h"

#include "environments/applyset.h"
#include "environments/labels.h"
#include "store/labels.h"

#include <QCoreApplication>

namespace kdra::environments {
namespace {

using store::Kind;
using store::KindPhase;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

// What was complete once tells what there was; a name that came since is refused by the server.
bool isKnown(const store::Snapshot &snapshot, Kind kind)
{
    const KindPhase phase = snapshot.state(kind).phase;
    return phase == KindPhase::Live || phase == KindPhase::Stale;
}

bool isWatchedIn(const store::Snapshot &snapshot, Kind kind, const QString &ns)
{
    const QString scope = snapshot.state(kind).scope;
    return isKnown(snapshot, kind) && (scope.isEmpty() || scope == ns);
}

void checkNamespace(Findings &findings, const store::Snapshot &snapshot, const QString &ns, bool newNamespace)
{
    const std::string wanted = ns.toStdString();
    store::Ref<store::NamespaceRecord> found;
    snapshot.table<Kind::Namespace>().forEach([&](const store::Ref<store::NamespaceRecord> &one) {
        if (one.name() == wanted)
            found = one;
    });
    if (found && (found->meta.deleted || snapshot.view(found->phase) == "Terminating"))
        findings.refuse(Text::tr("Namespace %1 is being deleted.").arg(ns));
    else if (found && newNamespace)
        findings.refuse(Text::tr("There is a namespace %1 already.").arg(ns));
    else if (!found && !newNamespace && isKnown(snapshot, Kind::Namespace))
        findings.refuse(Text::tr("There is no namespace %1.").arg(ns));
}

} // namespace

void checkNames(Findings &findings, const store::Snapshot &snapshot, const QString &environment, const QString &ns,
    bool newNamespace, bool existing)
{
    if (!ns.isEmpty())
        checkNamespace(findings, snapshot, ns, newNamespace);
    if (environment.isEmpty() || ns.isEmpty())
        return;
    const std::string name = environment.toStdString();
    const std::string parent = parentName(environment).toStdString();
    const std::string space = ns.toStdString();
    const std::string key = QString(EnvironmentLabel).toStdString();
    bool taken = false;
    snapshot.table<Kind::ApplySet>().forEach([&](const store::Ref<store::ApplySetRecord> &set) {
        if (snapshot.view(set->meta.ns) != space)
            return;
        // Of kubectl's the parent's name is all there is.
        const auto label = store::labelValue(snapshot.view(set->meta.labels), key);
        taken = taken || set.name() == parent || label.value_or(set.name()) == name;
    });
    if (taken && !existing)
        findings.refuse(Text::tr("There is an environment %1 in namespace %2 already.").arg(environment, ns));
    else if (!taken && existing && isWatchedIn(snapshot, Kind::ApplySet, ns))
        findings.refuse(Text::tr("There is no environment %1 in namespace %2.").arg(environment, ns));
    else if (!taken && !newNamespace && !isWatchedIn(snapshot, Kind::ApplySet, ns))
        findings.note(Text::tr("Whether there is an environment %1 already is not known.").arg(environment));
}

} // namespace kdra::environments
