// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/paintstyle.h"
#include "ui/topology/raster.h"

class QPainter;

namespace kdra::ui {

// The pods of one tile, as the room allows: lines of colour, cells with glyphs, cards with text.
class CellPainter {
public:
    CellPainter(const Scene &scene, PaintStyle &style, const DeviceView &view);

    // Cells that are large enough to be read are painted by `painter`, all others straight by `raster`; both have the
    // same image and clip. `background`: the tile's, seen between the cells.
    void paint(int tile, Raster &raster, QPainter &painter, QRgb background);

    // Cells carry text from this size on (device independent pixels).
    static constexpr double cardWidth = 54;
    static constexpr double cardHeight = 20;

private:
    void paintLines(const NodeTile &tile, const CellGrid &grid, Raster &raster, QRgb background);
    void paintSprites(const NodeTile &tile, const CellGrid &grid, Raster &raster);
    void paintCards(int tile, const CellGrid &grid, Raster &raster, QPainter &painter);
    void paintCard(const QRect &rect, store::Ref<store::PodRecord> pod, QPainter &painter);

    const Scene &m_scene;
    PaintStyle &m_style;
    const DeviceView m_view;
    std::array<QRgb, 256> m_colours{};
    std::vector<QRgb> m_line;
};

} // namespace kdra::ui
