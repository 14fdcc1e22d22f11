// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/topology/camera.h"
#include "ui/topology/scene.h"

#include <QBrush>
#include <QHash>
#include <QImage>

#include <array>
#include <cmath>
#include <optional>

// What the painters share: geometry in device pixels, colours made ready, sprites.
namespace kdra::ui {

// To the nearest whole pixel, upwards from the middle. (std::floor is a call on baseline x86-64, and there are many.)
inline int snapped(double pixels)
{
    constexpr int far = 1 << 24;
    return static_cast<int>(pixels + (far + 0.5)) - far;
}

// A View in whole device pixels: panning moves the picture by whole pixels and nothing else changes.
struct DeviceView {
    double scale = 1; // device pixels per world unit
    QPoint offset;
    double ratio = 1; // device pixels per device independent pixel

    static DeviceView of(const View &view, double ratio)
    {
        return {view.scale * ratio,
            {static_cast<int>(std::lround(view.offset.x() * ratio)),
                static_cast<int>(std::lround(view.offset.y() * ratio))},
            ratio};
    }
    double logicalScale() const { return scale / ratio; }
    int x(double world) const { return snapped(world * scale) + offset.x(); }
    int y(double world) const { return snapped(world * scale) + offset.y(); }
    QRect rect(const QRectF &world) const
    {
        return {QPoint(x(world.left()), y(world.top())), QPoint(x(world.right()) - 1, y(world.bottom()) - 1)};
    }
    QRectF world(const QRect &device) const
    {
        return {(device.left() - offset.x()) / scale, (device.top() - offset.y()) / scale, device.width() / scale,
            device.height() / scale};
    }
    // Whole device pixels for a length in device independent pixels, at least one.
    int px(double length) const { return std::max(1, static_cast<int>(std::lround(length * ratio))); }
    bool operator==(const DeviceView &) const = default;
};

// What fills a cell, and the severity whose glyph it bears.
struct CellLook {
    QRgb fill = 0;
    std::optional<store::Severity> mark;
};

// The colour of a step of an overlay; `stale`: of a list that is no longer followed.
QColor stepColour(const Palette &palette, Overlay overlay, quint8 step, bool stale);

class PaintStyle {
public:
    explicit PaintStyle(const Theme &theme);

    const Palette &palette() const { return m_palette; }
    const QFont &smallFont() const { return m_small; }
    const QFont &strongFont() const { return m_strong; }
    QColor board() const { return m_board; } // a Raspberry Pi's green
    QColor group() const { return m_group; } // inside a group
    QColor severity(store::Severity severity, bool stale) const;
    QRgb rgb(store::Severity severity, bool stale) const { return byState(stale)[static_cast<size_t>(severity)]; }

    // What the scene's overlay colours a step with; faded when the filter leaves it out.
    QRgb fill(const Scene &scene, quint8 step) const;
    // Trouble shows its glyph whatever the colours mean; all other severities only where colours are severities.
    CellLook look(const Scene &scene, quint8 step, quint8 severity) const;
    // A node's surface by its load.
    QColor heat(double load) const;
    // The surface of a tile: the worse the node (`severity`: its colour), the more of it; or its load, where the
    // overlay knows one.
    QColor surface(const Scene &scene, const NodeTile &tile, const QColor &severity) const;

    // A cell of that many device pixels; cached.
    const QImage &cell(const CellLook &look, QSize size);
    // As a brush's texture: diagonal stripes for what is silent or stale.
    const QBrush &hatch() const { return m_hatch; }

private:
    const std::array<QRgb, 5> &byState(bool stale) const { return stale ? m_stale : m_fresh; }

    Palette m_palette;
    QFont m_small;
    QFont m_strong;
    QColor m_board;
    QColor m_group;
    QBrush m_hatch;
    std::array<QRgb, 5> m_fresh{};
    std::array<QRgb, 5> m_stale{};
    QHash<quint64, QImage> m_cells;
};

} // namespace kdra::ui
