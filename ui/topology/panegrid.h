// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>

namespace kdra::ui {

// Divides an area among `count` panes with `gap` between them: rows from the top, each filled by its panes, as many in
// a row as let the panes come closest to the shape that a topology reads best in. In reading order; pure.
QList<QRect> packPanes(int count, const QRect &area, int gap);

} // namespace kdra::ui
