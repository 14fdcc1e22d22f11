// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/paintstyle.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/raster.h"

#include <QPainter>

namespace kdra::ui {

PaintStyle::PaintStyle(const Theme &theme)
    : m_palette(theme.palette())
    , m_small(theme.font(Theme::FontRole::Small))
    , m_strong(theme.font(Theme::FontRole::SmallStrong))
    , m_board(theme.isDark() ? QColor(0x3c, 0xa8, 0x62) : QColor(0x23, 0x7a, 0x46))
    , m_group(mixed(m_palette.background, m_palette.panel, 0.55))
{
    for (size_t i = 0; i < m_fresh.size(); ++i) {
        const QColor colour = m_palette.severity(static_cast<store::Severity>(i));
        m_fresh[i] = colour.rgb();
        // Still told apart, but visibly not of now.
        m_stale[i] = mixed(colour, m_palette.unknown, 0.6).rgb();
    }
    QImage stripes(12, 12, QImage::Format_ARGB32_Premultiplied);
    stripes.fill(Qt::transparent);
    const QRgb colour = mixed(m_palette.tile, m_palette.unknown, 0.22).rgb();
    for (int y = 0; y < 12; ++y) {
        for (int x = 0; x < 12; ++x) {
            if ((x + y) % 12 < 5)
                stripes.setPixel(x, y, colour);
        }
    }
    m_hatch = QBrush(stripes);
}

QColor PaintStyle::severity(store::Severity severity, bool stale) const
{
    return QColor(rgb(severity, stale));
}

const QImage &PaintStyle::cell(store::Severity severity, bool stale, QSize size)
{
    const quint64 key =
        quint64(severity) | quint64(stale) << 8 | quint64(size.width()) << 16 | quint64(size.height()) << 40;
    const auto it = m_cells.constFind(key);
    if (it != m_cells.cend())
        return *it;
    // A zoom passes through many sizes.
    if (m_cells.size() > 256)
        m_cells.clear();
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCell(painter, QRectF(QPointF(), QSizeF(size)), severity, this->severity(severity, stale));
    painter.end();
    return *m_cells.insert(key, image);
}

} // namespace kdra::ui
