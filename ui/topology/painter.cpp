// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/painter.h"

#include "ui/topology/machineglyphs.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace kdra::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::ScenePainter)
};

bool hasShownPods(const Scene &scene, const NodeTile &tile)
{
    if (!scene.isFiltered())
        return true;
    for (quint8 step = 0; step < stepCount; ++step) {
        if (tile.byStep[step] && scene.passes(step))
            return true;
    }
    return false;
}

} // namespace

ScenePainter::ScenePainter(const Scene &scene, PaintStyle &style, const DeviceView &view, const Emphasis &emphasis)
    : m_scene(scene)
    , m_style(style)
    , m_view(view)
    , m_emphasis(emphasis)
    , m_tiles(scene, style, view)
    , m_fits(style, view)
{
}

void ScenePainter::paint(QImage &image, const QRect &part)
{
    const QRect clip = part & image.rect();
    if (clip.isEmpty())
        return;
    Raster raster(image, clip);
    paintBackdrop(raster);
    QPainter painter(&image);
    painter.setClipRect(clip);
    const QRectF world = m_view.world(clip.adjusted(-2, -2, 2, 2));
    m_scene.layout().forGroupsIn(world, [&](int group) { paintGroup(group, raster, painter); });
    const QRgb veil = m_style.group().rgb();
    m_scene.layout().forTilesIn(world, [&](int tile) {
        m_tiles.paint(tile, raster, painter);
        const environments::Fit fit = m_emphasis.fit(tile);
        const QRect rect = m_view.rect(m_scene.layout().tileRect(tile));
        if (!m_emphasis.isFound(tile) || fit == environments::Fit::DoesNotFit
            || !hasShownPods(m_scene, m_scene.tile(tile)))
            raster.veil(rect, veil, 184);
        if (fit == environments::Fit::Fits || fit == environments::Fit::Tight)
            m_fits.paint(rect, fit, raster);
    });
}

// Dots on a grid that moves with the world and keeps its density.
void ScenePainter::paintBackdrop(Raster &raster)
{
    raster.fill(raster.clip(), m_style.palette().background.rgb());
    const double scale = m_view.logicalScale();
    const double step = 24 * std::exp2(-std::round(std::log2(scale))) * m_view.scale;
    const int size = m_view.px(1.4);
    const QRgb colour = m_style.palette().line.rgb();
    const QRect &clip = raster.clip();
    const auto first = [step](int edge, int offset) { return std::floor((edge - offset) / step) - 1; };
    for (double j = first(clip.top(), m_view.offset.y());; ++j) {
        const int y = snapped(j * step) + m_view.offset.y();
        if (y > clip.bottom())
            break;
        for (double i = first(clip.left(), m_view.offset.x());; ++i) {
            const int x = snapped(i * step) + m_view.offset.x();
            if (x > clip.right())
                break;
            raster.fill({x, y, size, size}, colour);
        }
    }
}

void ScenePainter::paintGroup(int index, Raster &raster, QPainter &painter)
{
    const QRect rect = m_view.rect(m_scene.layout().groupRect(index));
    const double radius = std::min(10.0, 10 * m_view.logicalScale() + 2) * m_view.ratio;
    const int inset = static_cast<int>(radius);
    // Far inside the box there is only its colour: the cheap way, which is the usual one when a tile changed.
    if (rect.adjusted(inset, inset, -inset, -inset).contains(raster.clip())) {
        raster.fill(raster.clip(), m_style.group().rgb());
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_style.palette().line, m_view.ratio));
        painter.setBrush(m_style.group());
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    const QRect header(
        rect.topLeft(), QSize(rect.width(), snapped(m_scene.layout().groupHeaderHeight() * m_view.scale)));
    if (raster.touches(header))
        paintGroupHeader(index, painter);
}

QStringList ScenePainter::groupFacts(const TileGroup &group) const
{
    QStringList facts;
    const QLocale locale;
    if (group.workloads) {
        facts += Words::tr("%Ln workloads", nullptr, group.workloads);
    } else if (!group.isTray && group.nodes) {
        if (group.pis && group.pis == group.nodes)
            facts += Words::tr("%Ln Pis", nullptr, group.pis);
        else
            facts += Words::tr("%Ln nodes", nullptr, group.nodes);
    }
    facts += group.pods == 1 ? Words::tr("1 pod") : Words::tr("%1 pods").arg(locale.toString(group.pods));
    if (group.silent)
        facts += Words::tr("%n silent", nullptr, group.silent);
    if (group.notReady)
        facts += Words::tr("%n not ready", nullptr, group.notReady);
    if (group.failingPods)
        facts += Words::tr("%1 failing").arg(locale.toString(group.failingPods));
    return facts;
}

void ScenePainter::paintGroupHeader(int index, QPainter &painter)
{
    const QRectF rect = m_view.rect(m_scene.layout().groupRect(index));
    const double height = m_scene.layout().groupHeaderHeight() * m_view.scale;
    if (height < 12 * m_view.ratio)
        return;
    const double textSize = std::clamp(height * 0.5, 9 * m_view.ratio, 20 * m_view.ratio);
    const TileGroup &group = m_scene.group(index);
    const double padding =
        std::max(4 * m_view.ratio, std::min(metrics::groupPadding * m_view.scale, 16 * m_view.ratio));
    QFont font = m_style.strongFont();
    font.setPixelSize(std::max(1, static_cast<int>(std::min(textSize, std::max(13 * m_view.ratio, textSize * 0.85)))));
    const QFontMetricsF nameMetrics(font);
    const double baseline =
        rect.top() + (height + nameMetrics.ascent() - nameMetrics.descent()) / 2 + std::min(2.0, height * 0.05);
    double room = rect.width() - 2 * padding;
    double nameLeft = rect.left() + padding;
    const double glyph = font.pixelSize() * 0.85;
    if (const double machines = machinesWidth(group, glyph); machines > 0
        && (machines + nameMetrics.horizontalAdvance(group.name) <= room
            || (group.controlPlanes && machines <= room / 2))) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintMachines(painter, {nameLeft, baseline - nameMetrics.capHeight() / 2}, glyph, group, m_style);
        nameLeft += machines;
        room -= machines;
    }
    const QString name = nameMetrics.elidedText(group.name, Qt::ElideRight, room);
    painter.setFont(font);
    painter.setPen(m_style.palette().text);
    painter.drawText(QPointF(nameLeft, baseline), name);

    QFont small = m_style.smallFont();
    small.setPixelSize(std::min(font.pixelSize(), std::max(m_view.px(10), static_cast<int>(font.pixelSize() * 0.84))));
    const QFontMetricsF factMetrics(small);
    // Where there is no room for all, what is wrong stays: it comes last. Measured one by one, as far as there is room:
    // measuring is most of what a changed group costs.
    const QStringList all = groupFacts(group);
    const QString separator = QStringLiteral(" · ");
    const double between = factMetrics.horizontalAdvance(separator);
    const double left = room - nameMetrics.horizontalAdvance(name) - 16 * m_view.ratio;
    QString facts;
    double width = 0;
    for (auto fact = all.crbegin(); fact != all.crend(); ++fact) {
        const double wider = width + factMetrics.horizontalAdvance(*fact) + (facts.isEmpty() ? 0 : between);
        if (wider > left)
            break;
        facts = facts.isEmpty() ? *fact : *fact + separator + facts;
        width = wider;
    }
    if (facts.isEmpty())
        return;
    painter.setFont(small);
    painter.setPen(m_style.palette().dim);
    painter.drawText(QPointF(rect.right() - padding - width, baseline), facts);
}

} // namespace kdra::ui
