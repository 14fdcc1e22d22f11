// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/machineglyphs.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/raster.h"

#include <QPainter>

namespace kdra::ui {

namespace {

constexpr double wide = 1.35; // of a machine, to its height
constexpr double gap = 0.3;

bool hasServers(const TileGroup &group)
{
    return group.nodes > group.pis + group.controlPlanes;
}

} // namespace

double machinesWidth(const TileGroup &group, double height)
{
    double width = 0;
    if (group.controlPlanes)
        width += height * (1 + gap);
    if (hasServers(group))
        width += height * (wide + gap);
    if (group.pis)
        width += height * (wide + gap);
    return width;
}

void paintMachines(QPainter &painter, QPointF left, double height, const TileGroup &group, const PaintStyle &style)
{
    QRectF rect(left.x(), left.y() - height / 2, height, height);
    if (group.controlPlanes) {
        paintHelm(painter, rect, style.palette().accent);
        rect.translate(height * (1 + gap), 0);
    }
    rect.setWidth(height * wide);
    if (hasServers(group)) {
        paintServer(painter, rect, style.palette().dim, style.group());
        rect.translate(height * (wide + gap), 0);
    }
    if (group.pis)
        paintBoard(painter, rect, style.board(), mixed(style.group(), style.board(), 0.2));
}

} // namespace kdra::ui
