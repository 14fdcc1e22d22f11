// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/fitmarks.h"

#include "ui/common/fitglyph.h"
#include "ui/topology/raster.h"

#include <QPainter>

namespace kdra::ui {

using environments::Fit;

FitMarks::FitMarks(const PaintStyle &style, const DeviceView &view)
    : m_style(style)
    , m_view(view)
{
}

void FitMarks::paint(const QRect &rect, Fit fit, Raster &raster)
{
    if (!raster.touches(rect))
        return;
    if (rect.height() < 9 * m_view.ratio) {
        if (fit == Fit::Tight)
            raster.veil(rect, m_style.group().rgb(), 100);
        return;
    }
    const QRgb colour = fitColour(fit, m_style.palette()).rgb();
    const bool near = m_view.logicalScale() >= metrics::namesFrom;
    const int line = m_view.px(near ? 2 : 1);
    // Inside the tile: its neighbours are painted by themselves.
    const QRect box = rect;
    if (fit == Fit::Fits) {
        raster.fill({box.left(), box.top(), box.width(), line}, colour);
        raster.fill({box.left(), box.bottom() + 1 - line, box.width(), line}, colour);
        raster.fill({box.left(), box.top(), line, box.height()}, colour);
        raster.fill({box.right() + 1 - line, box.top(), line, box.height()}, colour);
    } else {
        const int dash = m_view.px(near ? 6 : 3);
        for (int x = box.left(); x <= box.right(); x += 2 * dash) {
            const int width = std::min(dash, box.right() + 1 - x);
            raster.fill({x, box.top(), width, line}, colour);
            raster.fill({x, box.bottom() + 1 - line, width, line}, colour);
        }
        for (int y = box.top(); y <= box.bottom(); y += 2 * dash) {
            const int height = std::min(dash, box.bottom() + 1 - y);
            raster.fill({box.left(), y, line, height}, colour);
            raster.fill({box.right() + 1 - line, y, line, height}, colour);
        }
    }
    const int side = std::min(m_view.px(16), static_cast<int>(rect.height() * 0.3));
    if (side < m_view.px(7))
        return;
    const QImage &sprite = glyph(fit, side);
    raster.blend(box.right() + 1 - 2 * line - sprite.width(), box.bottom() + 1 - 2 * line - sprite.height(), sprite);
}

// With a rim in the tile's colour: it stands over cells.
const QImage &FitMarks::glyph(Fit fit, int side)
{
    QImage &image = m_glyphs[{fit, side}];
    if (image.isNull()) {
        const int rim = m_view.px(side >= 12 * m_view.ratio ? 2 : 1);
        image = QImage(side + 2 * rim, side + 2 * rim, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.palette().tile);
        painter.drawRoundedRect(image.rect(), image.width() * 0.5, image.height() * 0.5);
        paintFit(painter, QRectF(image.rect()).adjusted(rim, rim, -rim, -rim), fit, m_style.palette());
    }
    return image;
}

} // namespace kdra::ui
