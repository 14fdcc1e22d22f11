// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"
#include "ui/topology/paintstyle.h"

namespace kdra::ui {

class Raster;

// What a tile bears while something hangs over the canvas that would fit there: an outline, whole or in dashes where it
// is tight, and a glyph where there is room. From so far that an outline would hide the tile, those that fit are left
// as they are, and tight ones half faded. Written by pixels: it may be on 5,000 tiles.
class FitMarks {
public:
    FitMarks(const PaintStyle &style, const DeviceView &view);

    // `rect`: the tile's, in device pixels; `fit`: Fits or Tight.
    void paint(const QRect &rect, environments::Fit fit, Raster &raster);

private:
    const QImage &glyph(environments::Fit fit, int side);

    const PaintStyle &m_style;
    const DeviceView m_view;
    QHash<std::pair<environments::Fit, int>, QImage> m_glyphs; // by size
};

} // namespace kdra::ui
