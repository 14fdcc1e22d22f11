// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/paintstyle.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/raster.h"

#include <QPainter>

namespace kdra::ui {

QColor stepColour(const Palette &palette, Overlay overlay, quint8 step, bool stale)
{
    if (overlay == Overlay::Status) {
        const QColor colour = palette.severity(static_cast<store::Severity>(step));
        // Still told apart, but visibly not of now.
        return stale ? mixed(colour, palette.unknown, 0.6) : colour;
    }
    const QColor colour = (overlay == Overlay::Image ? palette.categories : palette.scale)[step];
    return stale ? mixed(colour, palette.unknown, 0.5) : colour;
}

PaintStyle::PaintStyle(const Theme &theme)
    : m_palette(theme.palette())
    , m_small(theme.font(Theme::FontRole::Small))
    , m_strong(theme.font(Theme::FontRole::SmallStrong))
    , m_board(theme.isDark() ? QColor(0x3c, 0xa8, 0x62) : QColor(0x23, 0x7a, 0x46))
    , m_group(mixed(m_palette.background, m_palette.panel, 0.55))
{
    for (size_t i = 0; i < m_fresh.size(); ++i) {
        m_fresh[i] = stepColour(m_palette, Overlay::Status, static_cast<quint8>(i), false).rgb();
        m_stale[i] = stepColour(m_palette, Overlay::Status, static_cast<quint8>(i), true).rgb();
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

QRgb PaintStyle::fill(const Scene &scene, quint8 step) const
{
    QRgb colour = mixed(m_palette.tile, m_palette.unknown, 0.5).rgb();
    if (step < stepCount && scene.overlay() == Overlay::Status)
        colour = rgb(static_cast<store::Severity>(step), scene.podsStale());
    else if (step < stepCount)
        colour = stepColour(m_palette, scene.overlay(), step, scene.podsStale()).rgb();
    return scene.passes(step) ? colour : mixed(m_palette.tile, QColor(colour), 0.2).rgb();
}

CellLook PaintStyle::look(const Scene &scene, quint8 step, quint8 severity) const
{
    CellLook look{fill(scene, step), std::nullopt};
    const auto mark = static_cast<store::Severity>(severity);
    if (scene.passes(step) && (scene.overlay() == Overlay::Status || mark >= store::Severity::Warning))
        look.mark = mark;
    return look;
}

QColor PaintStyle::surface(const Scene &scene, const NodeTile &tile, const QColor &severity) const
{
    if (tile.isTray())
        return m_palette.background;
    if (scene.overlay() != Overlay::Status)
        return heat(tile.load(scene.overlay()));
    return tile.severity == store::Severity::Failing ? mixed(m_palette.tile, severity, 0.16) : m_palette.tile;
}

QColor PaintStyle::heat(double load) const
{
    constexpr std::array strength{0.06, 0.14, 0.23, 0.32, 0.42};
    return load < 0 ? m_palette.tile : mixed(m_palette.tile, m_palette.scale[2], strength[loadStep(load)]);
}

const QImage &PaintStyle::cell(const CellLook &look, QSize size)
{
    const quint64 mark = look.mark ? static_cast<quint64>(*look.mark) : 0xf;
    const quint64 key = (look.fill & 0xffffff) | mark << 24 | quint64(size.width() & 0x3ffff) << 28
        | quint64(size.height() & 0x3ffff) << 46;
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
    paintCell(painter, QRectF(QPointF(), QSizeF(size)), look.mark, QColor(look.fill));
    painter.end();
    return *m_cells.insert(key, image);
}

} // namespace kdra::ui
