// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/paintstyle.h"

class QPainter;

namespace kdra::ui {

// Which machines a group consists of, at a glance: helm, server, board; each once. 0 where there are none.
double machinesWidth(const TileGroup &group, double height);
// `left`: the middle of the left edge. The painter is antialiased.
void paintMachines(QPainter &painter, QPointF left, double height, const TileGroup &group, const PaintStyle &style);

} // namespace kdra::ui
