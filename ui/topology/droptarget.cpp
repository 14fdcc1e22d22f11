// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/droptarget.h"

#include "environments/labels.h"
#include "store/labels.h"

namespace kdra::ui {

using environments::Target;

namespace {

constexpr QLatin1StringView zoneLabel("topology.kubernetes.io/zone");

// The environment that the pods of a tile belong to; empty: to none.
QString environmentOf(const Scene &scene, int tile)
{
    constexpr std::string_view label(environments::EnvironmentLabel.data(), environments::EnvironmentLabel.size());
    for (const store::Slot slot : scene.tile(tile).cells.pods()) {
        if (slot == store::noSlot)
            continue;
        const auto pod = scene.snapshot()->table<store::Kind::Pod>().at(slot);
        const auto value = pod ? store::labelValue(scene.snapshot()->view(pod->meta.labels), label) : std::nullopt;
        return value ? QString::fromUtf8(value->data(), qsizetype(value->size())) : QString();
    }
    return {};
}

// The namespace that all tiles of the group are in; empty when they are in several.
QString onlyNamespace(const Scene &scene, int group)
{
    QString ns;
    for (const int tile : tilesOf(scene, group)) {
        const QString &one = scene.tile(tile).ns;
        if (!ns.isEmpty() && one != ns)
            return {};
        ns = one;
    }
    return ns;
}

Target targetOfGroup(const Scene &scene, int index)
{
    const TileGroup &group = scene.group(index);
    // What comes last is not a value: "No site", "Pending".
    if (group.isTray || group.rank)
        return {};
    switch (scene.grouping()) {
    case Grouping::Site:
        return {Target::Kind::Site, group.name, {}};
    case Grouping::NodeLabel:
        if (scene.groupingLabel() == zoneLabel)
            return {Target::Kind::Site, group.name, {}};
        break;
    case Grouping::Namespace:
        return {Target::Kind::Namespace, group.name, {}};
    case Grouping::PodLabel:
        if (scene.groupingLabel() == environments::EnvironmentLabel) {
            if (const QString ns = onlyNamespace(scene, index); !ns.isEmpty())
                return {Target::Kind::Environment, group.name, ns};
        }
        break;
    case Grouping::Role:
    case Grouping::Workload:
        break;
    }
    return {};
}

} // namespace

DropTarget dropTarget(const Scene &scene, const Stop &stop)
{
    const Stop here = present(scene, stop);
    if (here.tile >= 0 && !scene.tile(here.tile).isTray()) {
        const NodeTile &tile = scene.tile(here.tile);
        const Stop whole{here.group, here.tile, -1};
        if (!tile.isWorkload())
            return {{Target::Kind::Node, tile.name, {}}, whole};
        if (const QString environment = environmentOf(scene, here.tile); !environment.isEmpty())
            return {{Target::Kind::Environment, environment, tile.ns}, whole};
        if (scene.grouping() != Grouping::Namespace)
            return {{Target::Kind::Namespace, tile.ns, {}}, whole};
    }
    if (here.group >= 0) {
        if (const Target target = targetOfGroup(scene, here.group); target.kind != Target::Kind::Cluster)
            return {target, {here.group, -1, -1}};
    }
    return {};
}

} // namespace kdra::ui
