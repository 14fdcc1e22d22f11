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
    struct Columns {
        double origin;
        double pitch;
    };
    struct Row {
        int left;
        int width;
        int top;
        int bottom;
    };
    void markTrouble(const NodeTile &tile, int first, int count, Columns columns, Row row, Raster &raster);
    const QImage &sprite(quint8 step, quint8 severity, QSize size);
    void paintSprites(const NodeTile &tile, const CellGrid &grid, Raster &raster);
    void paintCards(int tile, const CellGrid &grid, Raster &raster, QPainter &painter);
    void paintCard(const QRect &rect, store::Ref<store::PodRecord> pod, quint8 step, QPainter &painter);

    const Scene &m_scene;
    PaintStyle &m_style;
    const DeviceView m_view;
    std::array<QRgb, 256> m_fills{}; // by step
    std::array<bool, 256> m_wins{}; // by step: seen where two cells share a pixel
    std::array<std::array<QImage, 5>, stepCount + 1> m_sprites; // by step (noStep last) and severity
    QSize m_spriteSize;
    bool m_marks = false; // colours are no severities: trouble is marked
    std::vector<QRgb> m_line;
};

} // namespace kdra::ui
