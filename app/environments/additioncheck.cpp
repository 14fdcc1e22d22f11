// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/additioncheck.h"

#include "environments/labels.h"
#include "environments/spec.h"
#include "store/labels.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

using store::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

QJsonObject objectOf(std::string_view json)
{
    return QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
}

Target targetOf(const Placement &placement)
{
    switch (placement.kind) {
    case Placement::Kind::Site:
        return {Target::Kind::Site, placement.name, {}};
    case Placement::Kind::Node:
        return {Target::Kind::Node, placement.name, {}};
    case Placement::Kind::Anywhere:
        break;
    }
    return {};
}

} // namespace

Target checkAddition(Findings &findings, const store::Snapshot &snapshot, const QString &environment, const QString &ns)
{
    const std::string name = environment.toStdString();
    const std::string space = ns.toStdString();
    const std::string key = QString(EnvironmentLabel).toStdString();
    store::Ref<store::ApplySetRecord> found;
    snapshot.table<Kind::ApplySet>().forEach([&](const store::Ref<store::ApplySetRecord> &set) {
        // Of kubectl's the parent's name is all there is.
        if (snapshot.view(set->meta.ns) == space
            && store::labelValue(snapshot.view(set->meta.labels), key).value_or(set.name()) == name)
            found = set;
    });
    // Where they may not be seen, the server will say it.
    if (!found)
        return {};
    const QJsonObject annotations = objectOf(found.text(found->annotations));
    const QString phase = annotations.value(PhaseAnnotation).toString();
    if (annotations.value(ToolingAnnotation).toString() != Tooling)
        findings.refuse(Text::tr("KDRA did not make environment %1: it adds only to its own.").arg(environment));
    else if (found->meta.deleted || phase == "deleting"_L1)
        findings.refuse(Text::tr("Environment %1 is being deleted.").arg(environment));
    else if (phase != "applied"_L1)
        findings.refuse(
            Text::tr("Environment %1 is not complete: making or changing it has to end first.").arg(environment));
    else if (annotations.contains(PausedAnnotation))
        findings.refuse(Text::tr("Environment %1 is paused: resume it first.").arg(environment));
    const QJsonObject data = objectOf(found.text(found->data));
    const Result<Spec> spec = specFromJson(QJsonDocument::fromJson(data.value(SpecKey).toString().toUtf8()).object());
    return spec ? targetOf(spec->placement) : Target();
}

} // namespace kdra::environments
