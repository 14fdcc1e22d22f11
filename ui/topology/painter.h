// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/cellpainter.h"
#include "ui/topology/paintstyle.h"
#include "ui/topology/tilepainter.h"

namespace kdra::ui {

// Paints a part of the scene into an image: backdrop, groups, tiles. What it costs follows the pixels of the part.
class ScenePainter {
public:
    // `matches`: tiles that a search found (by tile); the others are faded. Empty: no search.
    ScenePainter(const Scene &scene, PaintStyle &style, const DeviceView &view, const std::vector<bool> &matches);

    // `image` is RGB32, not shared, in device pixels (its own device pixel ratio is 1).
    void paint(QImage &image, const QRect &part);

private:
    void paintBackdrop(Raster &raster);
    void paintGroup(int group, Raster &raster, QPainter &painter);
    void paintGroupHeader(int group, QPainter &painter);
    QStringList groupFacts(const TileGroup &group) const;

    const Scene &m_scene;
    PaintStyle &m_style;
    const DeviceView m_view;
    const std::vector<bool> &m_matches;
    TilePainter m_tiles;
};

} // namespace kdra::ui
