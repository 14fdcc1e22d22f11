// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/relationmap.h"

namespace kdra::ui {

// Curves between two rectangles, and words beside them where they can be read.
class EdgeRouter {
public:
    // `chips` and `selected` are not written over.
    EdgeRouter(const QFontMetricsF &metrics, const std::vector<Chip> &chips, const std::vector<QRectF> &selected);

    Edge route(const QRectF &from, const QRectF &to) const;
    // One word for the edges of one kind that start at one place, with how many objects they lead to.
    void label(std::vector<Edge> &edges) const;

private:
    QFontMetricsF m_metrics;
    std::vector<QRectF> m_taken;
};

} // namespace kdra::ui
