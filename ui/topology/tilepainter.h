// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/cellpainter.h"

namespace kdra::ui {

// What a tile's badge says, worst first; glyph and text.
struct Badge {
    QString text;
    store::Severity severity = store::Severity::Unknown;
    bool isAlert = false;
};
std::vector<Badge> badgesOf(const NodeTile &tile);

// One node: a few pixels from far, a drawing with name, bars and badges from near.
class TilePainter {
public:
    TilePainter(const Scene &scene, PaintStyle &style, const DeviceView &view);

    void paint(int tile, Raster &raster, QPainter &painter);

private:
    void paintFar(int index, const QRect &rect, Raster &raster, QPainter &painter);
    void paintNear(int index, const QRect &rect, Raster &raster, QPainter &painter);
    void paintHeader(const NodeTile &tile, const QRect &rect, QPainter &painter);
    void paintLoad(const NodeTile &tile, const QRect &rect, QRgb empty, Raster &raster);
    void paintBars(const NodeTile &tile, const QRectF &area, QPainter &painter);
    // Returns its left edge.
    double paintBadge(const Badge &badge, double right, double middle, double room, QPainter &painter);

    const Scene &m_scene;
    PaintStyle &m_style;
    const DeviceView m_view;
    CellPainter m_cells;
    QFont m_nameFont;
    QFont m_smallFont;
    QColor m_detail; // of what is less important than names
};

} // namespace kdra::ui
