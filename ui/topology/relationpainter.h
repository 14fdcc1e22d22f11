// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/paintstyle.h"
#include "ui/topology/relationmap.h"

namespace kdra::ui {

// Paints relations over the picture, in device independent pixels: the veil over all that is not related, the curves,
// the chips.
class RelationPainter {
public:
    RelationPainter(const PaintStyle &style, const Theme &theme);

    // Fades `window` but for what is lit.
    void paintVeil(QPainter &painter, const QRect &window, const RelationMap &map) const;
    void paintEdges(QPainter &painter, const RelationMap &map, bool isPath) const;
    // `current`: the chip with the keyboard; -1: none.
    void paintChips(QPainter &painter, const RelationMap &map, const Related &related, int current) const;

    QFont kindFont() const { return m_kindFont; }
    QFont nameFont() const { return m_nameFont; }

private:
    const PaintStyle &m_style;
    QFont m_kindFont;
    QFont m_nameFont;
};

} // namespace kdra::ui
