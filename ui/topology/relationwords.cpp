// SPDX-License-Identifier: GPL-3.0-or-later
// Relations in words: on edges, in the caption, for screen readers.
#include "ui/topology/relationmap.h"

#include "models/format.h"

#include <QCoreApplication>

#include <map>

namespace kdra::ui {

using relations::Relation;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::RelationMap)
};

QString called(const RelatedObject &object)
{
    return Words::tr("%1 %2", "kind and name: Service web").arg(models::kindTitle(object.item.kind), object.name);
}

} // namespace

QString relationWord(Relation relation)
{
    switch (relation) {
    case Relation::Owns:
        return Words::tr("owns");
    case Relation::Selects:
        return Words::tr("selects");
    case Relation::Routes:
        return Words::tr("routes to");
    case Relation::Mounts:
        return Words::tr("mounts");
    case Relation::Scales:
        return Words::tr("scales");
    case Relation::RunsOn:
        return Words::tr("runs on");
    }
    Q_UNREACHABLE_RETURN({});
}

QString pathSentence(const Related &related)
{
    if (related.objects.empty())
        return {};
    if (related.links.empty())
        return Words::tr("Nothing leads from %1 to %2.")
            .arg(called(related.objects.front()), called(related.objects.back()));
    QStringList stations;
    for (const RelatedObject &object : related.objects)
        stations += called(object);
    return stations.join(QStringLiteral(" \u2192 "));
}

QString chipSentence(const Related &related, const Chip &chip)
{
    if (chip.object < 0)
        return Words::tr("%n more related objects", nullptr, chip.more);
    const RelatedObject &object = related.objects[static_cast<size_t>(chip.object)];
    QStringList parts{called(object)};
    if (!object.ns.isEmpty())
        parts += Words::tr("in %1").arg(object.ns);
    parts += models::severityName(object.severity);
    std::map<Relation, QStringList> to;
    for (const RelatedLink &link : related.links) {
        if (link.from == chip.object)
            to[link.relation] += called(related.objects[static_cast<size_t>(link.to)]);
    }
    for (const auto &[relation, names] : to) {
        if (names.size() == 1)
            parts += Words::tr("%1 %2", "a relation and an object: owns Pod web-x")
                         .arg(relationWord(relation), names.front());
        else
            parts += Words::tr("%1 %n objects", "a relation: selects 3 objects", static_cast<int>(names.size()))
                         .arg(relationWord(relation));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace kdra::ui
