// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QRectF>

class QPainter;

namespace kdra::ui {

struct Palette;

// The mark of a severity, told apart by shape as well as by colour: dot, arc, triangle, cross, hatched square.
void paintSeverity(QPainter &painter, const QRectF &rect, store::Severity severity, const Palette &palette);

} // namespace kdra::ui
