// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace kdra::ui {

struct Palette;

QColor fitColour(environments::Fit fit, const Palette &palette);

// The mark of a verdict, told apart by shape as well as by colour: a check in a disc, a triangle, a cross in a disc, a
// hatched square.
void paintFit(QPainter &painter, const QRectF &rect, environments::Fit fit, const Palette &palette);

} // namespace kdra::ui
