// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/effects.h"

#include "ui/topology/glyphs.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kdra::ui {

using namespace std::chrono_literals;

namespace {

constexpr size_t most = 200;
// Smaller cells (device pixels) change without ado.
constexpr double smallest = 4;

std::chrono::milliseconds durationOf(SceneChange::Kind kind)
{
    switch (kind) {
    case SceneChange::Kind::Appeared:
        return 260ms;
    case SceneChange::Kind::Failed:
        return 1000ms;
    case SceneChange::Kind::Gone:
        return 420ms;
    }
    return 0ms;
}

bool isPlaced(const Scene &scene, PodPlace place)
{
    return place.tile >= 0 && place.tile < scene.layout().tileCount() && scene.layout().tileGroup(place.tile) >= 0;
}

} // namespace

void Effects::add(const std::vector<SceneChange::Pod> &pods, Time now)
{
    for (const SceneChange::Pod &pod : pods) {
        if (m_effects.size() >= most)
            return;
        // The newest thing that happened to a cell is what is shown.
        std::erase_if(m_effects, [&](const Effect &effect) { return effect.pod.place == pod.place; });
        m_effects.push_back({pod, now});
    }
}

std::vector<QRectF> Effects::advance(const Scene &scene, double scale, Time now)
{
    std::vector<QRectF> areas;
    for (const Effect &effect : m_effects) {
        if (!isPlaced(scene, effect.pod.place))
            continue;
        const QRectF cell = scene.cells(effect.pod.place.tile, scale).slot(effect.pod.place.cell);
        const double margin = std::min(cell.width(), cell.height());
        areas.push_back(cell.adjusted(-margin, -margin, margin, margin));
    }
    std::erase_if(m_effects, [&](const Effect &effect) {
        return now - effect.start > durationOf(effect.pod.kind) || !isPlaced(scene, effect.pod.place);
    });
    return areas;
}

void Effects::paint(QPainter &painter, const Scene &scene, PaintStyle &style, const DeviceView &view, Time now) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Effect &effect : m_effects) {
        if (!isPlaced(scene, effect.pod.place))
            continue;
        const CellGrid grid = scene.cells(effect.pod.place.tile, view.logicalScale());
        const QRectF rect = view.rect(grid.rect(effect.pod.place.cell));
        const double side = std::min(rect.width(), rect.height());
        if (side < smallest)
            continue;
        const double t =
            std::clamp(std::chrono::duration<double>(now - effect.start) / durationOf(effect.pod.kind), 0.0, 1.0);
        const NodeTile &tile = scene.tile(effect.pod.place.tile);
        const auto cell = static_cast<size_t>(effect.pod.place.cell);
        const quint8 step = cell < tile.steps.size() ? tile.steps[cell] : emptyCell;
        const CellLook look = style.look(scene, step, static_cast<quint8>(effect.pod.severity));
        const QColor colour = style.severity(effect.pod.severity, scene.podsStale());
        switch (effect.pod.kind) {
        case SceneChange::Kind::Appeared: {
            painter.fillRect(rect, style.palette().tile);
            const double missing = (1 - t) * (1 - t) * 0.5;
            const QRectF grown = rect.adjusted(
                rect.width() * missing, rect.height() * missing, -rect.width() * missing, -rect.height() * missing);
            paintCell(painter, grown, look.mark, QColor(look.fill));
            break;
        }
        case SceneChange::Kind::Failed: {
            // Twice.
            const double wave = std::sin(std::fmod(t * 2, 1.0) * std::numbers::pi);
            QColor ring = colour;
            ring.setAlphaF(static_cast<float>(0.9 * wave));
            const double reach = std::min(side * 0.45, 10 * view.ratio) * wave + 1;
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(ring, std::max(1.5, std::min(side * 0.16, 4.0)) * view.ratio));
            painter.drawRoundedRect(rect.adjusted(-reach, -reach, reach, reach), side * 0.3, side * 0.3);
            break;
        }
        case SceneChange::Kind::Gone:
            painter.setOpacity((1 - t) * 0.8);
            if (scene.overlay() == Overlay::Status)
                paintCell(painter, rect, effect.pod.severity, colour);
            else
                paintCell(painter, rect, look.mark, QColor(look.fill));
            painter.setOpacity(1);
            break;
        }
    }
}

} // namespace kdra::ui
