// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/relationmap.h"

#include "ui/topology/chipblock.h"
#include "ui/topology/edgerouter.h"

#include <algorithm>
#include <map>

namespace kdra::ui {

using relations::Relation;
using store::Kind;

namespace {

// One end of a curve.
struct End {
    QRectF rect;
    qint64 id = -1; // the same for the same place
    bool isChip = false;
    bool isValid() const { return id >= 0; }
};

class Arrangement {
public:
    Arrangement(const Related &related, const Scene &scene, const View &view, const RelationRoom &room)
        : m_related(related)
        , m_scene(scene)
        , m_view(view)
        , m_room(room)
        , m_ends(related.objects.size())
    {
    }

    RelationMap arrange()
    {
        findPlaces();
        placeChips();
        routeEdges();
        return std::move(m_map);
    }

private:
    void findPlaces()
    {
        for (size_t i = 0; i < m_related.objects.size(); ++i) {
            const RelatedObject &object = m_related.objects[i];
            const PodPlace place = placeOf(object, m_scene);
            if (place.tile < 0)
                continue;
            End &end = m_ends[i];
            end = {m_view.toWindow(m_scene.layout().tileRect(place.tile)), (qint64(1) << 40) + place.tile, false};
            if (place.cell >= 0) {
                const CellGrid grid = m_scene.cells(place.tile, m_view.scale);
                if (std::min(grid.pitchX, grid.pitchY) * m_view.scale >= RelationMap::smallestTarget)
                    end = {m_view.toWindow(grid.rect(place.cell)), (qint64(1) << 41) + qint64(i), false};
            }
            if (object.selected)
                m_selected.push_back(end.rect);
            if (m_lit.insert({end.id, true}).second)
                m_map.lit.push_back(end.rect);
        }
    }

    void placeChips()
    {
        ChipBlocks blocks(
            m_related, m_room, [this](int object) { return m_ends[static_cast<size_t>(object)].isValid(); });
        m_map.chips = blocks.place(m_map.lit, m_selected);
        m_map.placement = blocks.placement();
        for (size_t i = 0; i < m_map.chips.size(); ++i) {
            const Chip &chip = m_map.chips[i];
            if (chip.object >= 0)
                m_ends[static_cast<size_t>(chip.object)] = {chip.rect, static_cast<qint64>(i), true};
        }
    }

    void routeEdges()
    {
        struct Bundle {
            End from;
            End to;
            Relation relation = Relation::Owns;
            int count = 0;
        };
        std::map<std::tuple<qint64, qint64, int>, Bundle> bundles;
        for (const RelatedLink &link : m_related.links) {
            const End &from = m_ends[static_cast<size_t>(link.from)];
            const End &to = m_ends[static_cast<size_t>(link.to)];
            // Behind a chip "3 more".
            if (!from.isValid() || !to.isValid())
                continue;
            // A pod lies in its node: that is seen without a line.
            if (from.id == to.id
                || (!from.isChip && !to.isChip && (from.rect.contains(to.rect) || to.rect.contains(from.rect))))
                continue;
            Bundle &bundle = bundles[{from.id, to.id, static_cast<int>(link.relation)}];
            bundle = {from, to, link.relation, bundle.count + 1};
        }
        EdgeRouter router(m_room.kindMetrics, m_map.chips, m_selected);
        int drawn = 0;
        for (const auto &[key, bundle] : bundles) {
            if (drawn == RelationMap::mostEdges) {
                m_map.leftOut += bundle.count;
                continue;
            }
            m_map.edges.push_back(router.route(bundle.from.rect, bundle.to.rect));
            Edge &edge = m_map.edges.back();
            edge.relation = bundle.relation;
            edge.source = bundle.from.id;
            edge.count = bundle.count;
            ++drawn;
        }
        router.label(m_map.edges);
    }

    const Related &m_related;
    const Scene &m_scene;
    const View &m_view;
    const RelationRoom &m_room;
    std::vector<End> m_ends; // by object
    std::vector<QRectF> m_selected;
    std::map<qint64, bool> m_lit;
    RelationMap m_map;
};

} // namespace

int RelationMap::chipAt(QPointF point) const
{
    const auto it = std::ranges::find_if(chips, [point](const Chip &chip) { return chip.rect.contains(point); });
    return it == chips.end() ? -1 : static_cast<int>(it - chips.begin());
}

PodPlace placeOf(const RelatedObject &object, const Scene &scene)
{
    if (object.item.kind != Kind::Pod) {
        const int tile = scene.tileOf(object.item.uid);
        return tile >= 0 && scene.layout().tileGroup(tile) >= 0 ? PodPlace{tile, -1} : PodPlace();
    }
    if (object.slot == store::noSlot)
        return {};
    // The relations may be older than the scene.
    const PodPlace place = scene.placeOf(object.slot);
    const auto pod = scene.podAt(place);
    return pod && pod->meta.uid == object.item.uid ? place : PodPlace();
}

RelationMap arrangeRelations(const Related &related, const Scene &scene, const View &view, const RelationRoom &room)
{
    return Arrangement(related, scene, view, room).arrange();
}

} // namespace kdra::ui
