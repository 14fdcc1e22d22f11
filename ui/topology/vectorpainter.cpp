// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/vectorpainter.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/machineglyphs.h"
#include "ui/topology/raster.h"
#include "ui/topology/textfit.h"
#include "ui/topology/tilepainter.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace kdra::ui {

using store::Severity;

namespace {

constexpr double smallestText = 7;
constexpr double smallestGlyph = 6; // of a cell, in pixels: below, its colour alone

void paintLook(QPainter &painter, const QRectF &rect, const CellLook &look)
{
    paintCell(painter, rect, look.mark, QColor(look.fill));
}

QFont sized(QFont font, double pixels)
{
    font.setPixelSize(std::max(1, static_cast<int>(pixels)));
    return font;
}

} // namespace

VectorPainter::VectorPainter(const Scene &scene, const PaintStyle &style, const View &view)
    : m_scene(scene)
    , m_style(style)
    , m_view(view)
{
}

void VectorPainter::paint(QPainter &painter, const QRectF &window) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(window, m_style.palette().background);
    const QRectF world = m_view.toWorld(window);
    m_scene.layout().forGroupsIn(world, [&](int group) { paintGroup(painter, group); });
    m_scene.layout().forTilesIn(world, [&](int tile) { paintTile(painter, tile); });
}

void VectorPainter::paintGroup(QPainter &painter, int index) const
{
    const TileGroup &group = m_scene.group(index);
    const QRectF rect = m_view.toWindow(m_scene.layout().groupRect(index));
    const double radius = std::min(10.0, 10 * m_view.scale + 2);
    painter.setPen(QPen(m_style.palette().line, 1));
    painter.setBrush(m_style.group());
    painter.drawRoundedRect(rect, radius, radius);

    const double header = m_scene.layout().groupHeaderHeight() * m_view.scale;
    const double size = std::clamp(header * 0.5, 0.0, 20.0);
    if (size < smallestText)
        return;
    const double padding = std::max(4.0, std::min(metrics::groupPadding * m_view.scale, 16.0));
    const QFont font = sized(m_style.strongFont(), size);
    const QFontMetricsF nameMetrics(font);
    const double baseline = rect.top() + (header + nameMetrics.ascent() - nameMetrics.descent()) / 2;
    double left = rect.left() + padding;
    if (const double machines = machinesWidth(group, size * 0.85);
        left + machines + nameMetrics.horizontalAdvance(group.name) <= rect.right() - padding) {
        paintMachines(painter, {left, baseline - nameMetrics.capHeight() / 2}, size * 0.85, group, m_style);
        left += machines;
    }
    const QString name = nameMetrics.elidedText(group.name, Qt::ElideRight, rect.right() - padding - left);
    painter.setFont(font);
    painter.setPen(m_style.palette().text);
    painter.drawText(QPointF(left, baseline), name);

    const QFont small = sized(m_style.smallFont(), std::max(smallestText, size * 0.84));
    const QFontMetricsF factMetrics(small);
    const QString facts = group.pods == 1
        ? QCoreApplication::translate("kdra::ui::VectorPainter", "1 pod")
        : QCoreApplication::translate("kdra::ui::VectorPainter", "%1 pods").arg(QLocale().toString(group.pods));
    const double width = factMetrics.horizontalAdvance(facts);
    if (left + nameMetrics.horizontalAdvance(name) + 12 > rect.right() - padding - width)
        return;
    painter.setFont(small);
    painter.setPen(m_style.palette().dim);
    painter.drawText(QPointF(rect.right() - padding - width, baseline), facts);
}

void VectorPainter::paintTile(QPainter &painter, int index) const
{
    const NodeTile &tile = m_scene.tile(index);
    const Palette &palette = m_style.palette();
    const QRectF rect = m_view.toWindow(m_scene.layout().tileRect(index));
    const bool stale = m_scene.nodesStale();
    const Severity severity = tile.isSilent() ? Severity::Unknown : tile.severity;
    const QColor colour = m_style.severity(severity, stale);
    const bool bad = severity != Severity::Healthy && severity != Severity::Progressing && !tile.isTray();
    const double radius = std::min(6 * m_view.scale, 10.0);
    painter.setPen(QPen(bad ? mixed(palette.line, colour, 0.7) : palette.line, std::min(1.0, m_view.scale * 2)));
    painter.setBrush(m_style.surface(m_scene, tile, colour));
    painter.drawRoundedRect(rect, radius, radius);
    if (tile.isSilent() || stale) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(mixed(palette.tile, palette.unknown, 0.4), Qt::BDiagPattern));
        painter.drawRoundedRect(rect, radius, radius);
    }
    if (!tile.isTray())
        paintName(painter, tile, rect);
    if (!tile.isTray() && tile.isKnown() && !tile.isWorkload() && m_view.scale >= metrics::barsFrom)
        paintBars(painter, tile, rect);
    paintCells(painter, index);
}

void VectorPainter::paintName(QPainter &painter, const NodeTile &tile, const QRectF &rect) const
{
    const double header = metrics::headerPixels(m_view.scale);
    if (m_view.scale < metrics::namesFrom || header < smallestText)
        return;
    const Palette &palette = m_style.palette();
    const double padding = metrics::paddingPixels(m_view.scale);
    const QFont font = sized(m_style.strongFont(), metrics::namePixels(m_view.scale));
    const QFontMetricsF fontMetrics(font);
    const double middle = rect.top() + padding * 0.5 + fontMetrics.height() / 2;
    const double glyphHeight = fontMetrics.ascent() * 0.95;
    QRectF glyph(rect.left() + padding, middle - glyphHeight / 2, glyphHeight * 1.4, glyphHeight);
    if (tile.isWorkload())
        paintWorkload(painter, glyph, palette.dim, palette.tile);
    else if (tile.pi.isPi())
        paintBoard(painter, glyph, m_style.board(), mixed(palette.tile, m_style.board(), 0.2));
    else
        paintServer(painter, glyph, palette.dim, palette.tile);
    double left = glyph.right() + 5;
    if (tile.kind == TileKind::ControlPlane) {
        paintHelm(painter, {left, middle - glyphHeight / 2, glyphHeight, glyphHeight}, palette.accent);
        left += glyphHeight + 4;
    }
    double right = rect.right() - padding;
    // The worst badge: words where there is room, else its glyph.
    const std::vector<Badge> badges = badgesOf(tile);
    if (!badges.empty() && badges.front().severity != Severity::Healthy) {
        const QFont small = sized(m_style.smallFont(), std::clamp(metrics::namePixels(m_view.scale) - 1, 8.0, 13.0));
        const QFontMetricsF smallMetrics(small);
        const QColor colour = palette.severity(badges.front().severity);
        const double width = smallMetrics.horizontalAdvance(badges.front().text);
        if (right - left - width - glyphHeight > 60) {
            painter.setFont(small);
            painter.setPen(palette.text);
            right -= width;
            painter.drawText(
                QPointF(right, middle + (smallMetrics.ascent() - smallMetrics.descent()) / 2), badges.front().text);
            right -= 3;
        }
        right -= glyphHeight * 0.8;
        paintSeverityGlyph(painter, {right, middle - glyphHeight * 0.4, glyphHeight * 0.8, glyphHeight * 0.8},
            badges.front().severity, colour);
        right -= 4;
    }
    painter.setFont(font);
    painter.setPen(palette.text);
    painter.drawText(QPointF(left, middle + (fontMetrics.ascent() - fontMetrics.descent()) / 2),
        fontMetrics.elidedText(tile.name, Qt::ElideMiddle, std::max(0.0, right - left)));
}

// What its pods request of CPU and memory.
void VectorPainter::paintBars(QPainter &painter, const NodeTile &tile, const QRectF &rect) const
{
    const double padding = metrics::paddingPixels(m_view.scale);
    const double gap = 8;
    const double thickness = 4;
    const double width = (rect.width() - 2 * padding - gap) / 2;
    const double bottom = rect.top() + metrics::headerPixels(m_view.scale);
    const std::array shares{std::pair{static_cast<double>(tile.cpuMilliRequested), double(tile.cpuMilliAllocatable)},
        std::pair{static_cast<double>(tile.memoryRequested), static_cast<double>(tile.memoryAllocatable)}};
    const Palette &palette = m_style.palette();
    painter.setPen(Qt::NoPen);
    double x = rect.left() + padding;
    for (const auto &[part, whole] : shares) {
        const QRectF bar(x, bottom - thickness - 4, width, thickness);
        painter.setBrush(palette.line);
        painter.drawRoundedRect(bar, thickness / 2, thickness / 2);
        if (const double share = whole > 0 ? std::min(part / whole, 1.0) : 0; share > 0) {
            painter.setBrush(share > 0.95 ? palette.warning : palette.accent);
            painter.drawRoundedRect(
                {bar.topLeft(), QSizeF(std::max(thickness, width * share), thickness)}, thickness / 2, thickness / 2);
        }
        x += width + gap;
    }
}

void VectorPainter::paintCells(QPainter &painter, int index) const
{
    const NodeTile &tile = m_scene.tile(index);
    if (!tile.cells.count())
        return;
    const CellGrid grid = m_scene.cells(index, m_view.scale);
    const double side = std::min(grid.pitchX, grid.pitchY) * m_view.scale;
    const bool cards = grid.pitchX * m_view.scale >= CellPainter::cardWidth && side >= CellPainter::cardHeight;
    // From far one path a colour: a fleet has more pods than a file should have shapes.
    std::array<QPainterPath, stepCount + 1> paths;
    for (int cell = 0; cell < static_cast<int>(tile.severities.size()); ++cell) {
        const quint8 step = tile.steps[static_cast<size_t>(cell)];
        if (step == emptyCell)
            continue;
        const QRectF rect = m_view.toWindow(grid.rect(cell));
        if (cards)
            paintPod(painter, rect, m_scene.podAt({index, cell}), step);
        else if (side >= smallestGlyph)
            paintLook(painter, rect, m_style.look(m_scene, step, tile.severities[static_cast<size_t>(cell)]));
        else
            paths[std::min<size_t>(step, stepCount)].addRect(rect);
    }
    painter.setPen(Qt::NoPen);
    for (size_t i = 0; i < paths.size(); ++i) {
        if (paths[i].isEmpty())
            continue;
        painter.setBrush(QColor(m_style.fill(m_scene, i < stepCount ? static_cast<quint8>(i) : noStep)));
        painter.drawPath(paths[i]);
    }
}

void VectorPainter::paintPod(QPainter &painter, const QRectF &rect, store::Ref<store::PodRecord> pod, quint8 step) const
{
    if (!pod)
        return;
    painter.setOpacity(m_scene.passes(step) ? 1 : 0.3);
    const Palette &palette = m_style.palette();
    const QColor colour = m_style.severity(pod->meta.severity, m_scene.podsStale());
    painter.setPen(QPen(mixed(palette.tile, colour, 0.5), 1));
    painter.setBrush(mixed(palette.tile, colour, 0.13));
    painter.drawRoundedRect(rect, 4, 4);
    constexpr double inset = 5;
    constexpr double mark = 10;
    if (m_scene.overlay() != Overlay::Status) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(m_style.fill(m_scene, step)));
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), 4, rect.height()), 2, 2);
    }
    paintSeverityGlyph(painter, {rect.left() + inset, rect.top() + inset, mark, mark}, pod->meta.severity, colour);
    const QFont font = sized(m_style.smallFont(), 11);
    const QFontMetricsF fontMetrics(font);
    painter.setFont(font);
    const double left = rect.left() + inset + mark + 4;
    double baseline = rect.top() + inset + fontMetrics.ascent() - 1;
    painter.setPen(palette.text);
    // The name's end tells pods of one workload apart: in lines as long as there is room.
    QString name = store::toQString(pod.name());
    double x = left;
    for (int lines = 0; lines < 3 && baseline + 2 * fontMetrics.height() < rect.bottom(); ++lines) {
        const qsizetype fits = fittingLength(fontMetrics, name, rect.right() - inset - x);
        if (fits == name.size())
            break;
        painter.drawText(QPointF(x, baseline), name.first(fits));
        name = name.sliced(fits);
        baseline += fontMetrics.height() + 1;
        x = rect.left() + inset;
    }
    painter.drawText(QPointF(x, baseline), fontMetrics.elidedText(name, Qt::ElideMiddle, rect.right() - inset - x));
    painter.setPen(palette.dim);
    const store::Snapshot &snapshot = *m_scene.snapshot();
    for (const QString &line : {snapshot.string(pod->status), snapshot.string(pod->meta.ns)}) {
        baseline += fontMetrics.height() + 1;
        if (baseline + fontMetrics.descent() > rect.bottom())
            break;
        painter.drawText(QPointF(rect.left() + inset, baseline),
            fontMetrics.elidedText(line, Qt::ElideRight, rect.width() - 2 * inset));
    }
    painter.setOpacity(1);
}

} // namespace kdra::ui
