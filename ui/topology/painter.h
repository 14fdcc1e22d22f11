// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"
#include "ui/topology/cellpainter.h"
#include "ui/topology/fitmarks.h"
#include "ui/topology/paintstyle.h"
#include "ui/topology/tilepainter.h"

namespace kdra::ui {

// What a picture singles out for a while. The vectors are of others and outlive it.
struct Emphasis {
    const std::vector<bool> *matches = nullptr; // tiles that a search found, by tile; the others are faded
    const std::vector<environments::Fit> *fits = nullptr; // whether what hangs over them fits, by tile

    bool isFound(int tile) const
    {
        const auto at = static_cast<size_t>(tile);
        return !matches || matches->empty() || (at < matches->size() && (*matches)[at]);
    }
    environments::Fit fit(int tile) const
    {
        const auto at = static_cast<size_t>(tile);
        return fits && at < fits->size() ? (*fits)[at] : environments::Fit::Unknown;
    }
};

// Paints a part of the scene into an image: backdrop, groups, tiles. What it costs follows the pixels of the part.
class ScenePainter {
public:
    ScenePainter(const Scene &scene, PaintStyle &style, const DeviceView &view, const Emphasis &emphasis);

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
    const Emphasis m_emphasis;
    TilePainter m_tiles;
    FitMarks m_fits;
};

} // namespace kdra::ui
