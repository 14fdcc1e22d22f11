// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/cellpainter.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/textfit.h"

#include <QCoreApplication>
#include <QPainter>

namespace kdra::ui {

using store::Severity;

CellPainter::CellPainter(const Scene &scene, PaintStyle &style, const DeviceView &view)
    : m_scene(scene)
    , m_style(style)
    , m_view(view)
{
    m_marks = scene.overlay() != Overlay::Status;
    for (const quint8 step : {0, 1, 2, 3, 4, int(noStep)}) {
        m_fills[step] = style.fill(scene, step);
        m_wins[step] = scene.isFiltered() ? scene.passes(step) : step >= quint8(Severity::Warning) && step < stepCount;
    }
}

void CellPainter::paint(int index, Raster &raster, QPainter &painter, QRgb background)
{
    const NodeTile &tile = m_scene.tile(index);
    if (!tile.cells.count())
        return;
    const CellGrid grid = m_scene.cells(index, m_view.logicalScale());
    const double width = grid.pitchX * m_view.scale;
    const double height = grid.pitchY * m_view.scale;
    if (width >= cardWidth * m_view.ratio && height >= cardHeight * m_view.ratio)
        paintCards(index, grid, raster, painter);
    else if (std::min(width, height) >= 6)
        paintSprites(tile, grid, raster);
    else
        paintLines(tile, grid, raster, background);
}

void CellPainter::paintLines(const NodeTile &tile, const CellGrid &grid, Raster &raster, QRgb background)
{
    const QRect area = m_view.rect(grid.area);
    if (!raster.touches(area) || area.width() < 1)
        return;
    const double width = grid.pitchX * m_view.scale;
    const double height = grid.pitchY * m_view.scale;
    // Gaps are drawn where a whole pixel can be spared for them.
    const int gapX = width >= 3.5 ? 1 : 0;
    const int gapY = height >= 5.5 ? 1 : 0;
    const double originX = grid.area.left() * m_view.scale + m_view.offset.x();
    const double originY = grid.area.top() * m_view.scale + m_view.offset.y();
    const auto used = static_cast<int>(tile.steps.size());
    const int rows = (used + grid.columns - 1) / grid.columns;
    for (int row = 0; row < rows; ++row) {
        const int y0 = snapped(originY + row * height);
        const int y1 = std::max(y0 + 1, snapped(originY + (row + 1) * height) - gapY);
        if (y1 <= raster.clip().top() || y0 > raster.clip().bottom())
            continue;
        const int first = row * grid.columns;
        const int count = std::min(grid.columns, used - first);
        m_line.assign(static_cast<size_t>(area.width()), background);
        for (int i = 0; i < count; ++i) {
            const quint8 step = tile.steps[static_cast<size_t>(first + i)];
            if (step == emptyCell)
                continue;
            const int x0 = std::max(0, snapped(originX + i * width) - area.left());
            const int x1 =
                std::min(area.width(), std::max(x0 + 1, snapped(originX + (i + 1) * width) - gapX - area.left()));
            for (int x = x0; x < x1; ++x) {
                // Of two cells on one pixel the worse one is seen.
                if (width >= 1 || m_line[static_cast<size_t>(x)] == background || m_wins[step])
                    m_line[static_cast<size_t>(x)] = m_fills[step];
            }
        }
        const int end = std::min(area.width(), snapped(originX + count * width) - area.left());
        raster.rows(area.left(), end, y0, y1, m_line.data());
        if (m_marks && width >= 3 && y1 - y0 >= 3)
            markTrouble(tile, first, count, {originX - area.left(), width}, {area.left(), end, y0, y1}, raster);
    }
}

// A dot in the colour of its severity in the middle of a cell that is too small for a glyph. m_line holds the row.
void CellPainter::markTrouble(const NodeTile &tile, int first, int count, Columns columns, Row row, Raster &raster)
{
    bool any = false;
    for (int i = 0; i < count; ++i) {
        const auto cell = static_cast<size_t>(first + i);
        const quint8 severity = tile.severities[cell];
        if (severity == emptyCell || severity < quint8(Severity::Warning) || !m_scene.passes(tile.steps[cell]))
            continue;
        const int x = snapped(columns.origin + (i + 0.5) * columns.pitch - 1);
        if (x < 0 || x >= row.width)
            continue;
        m_line[static_cast<size_t>(x)] = m_style.rgb(static_cast<Severity>(severity), m_scene.podsStale());
        any = true;
    }
    const int middle = (row.top + row.bottom) / 2;
    if (any)
        raster.rows(row.left, row.width, middle - (row.bottom - row.top > 4 ? 1 : 0), middle + 1, m_line.data());
}

// Neighbours are of one size nearly always: what was looked up once is at hand.
const QImage &CellPainter::sprite(quint8 step, quint8 severity, QSize size)
{
    if (size != m_spriteSize) {
        m_sprites.fill({});
        m_spriteSize = size;
    }
    QImage &image = m_sprites[std::min(step, stepCount)][severity];
    if (image.isNull())
        image = m_style.cell(m_style.look(m_scene, step, severity), size);
    return image;
}

void CellPainter::paintSprites(const NodeTile &tile, const CellGrid &grid, Raster &raster)
{
    const double width = grid.pitchX * m_view.scale;
    const double height = grid.pitchY * m_view.scale;
    const double gap = std::max(1.0, std::min(width, height) * 0.2);
    const QSize size(
        std::max(1, static_cast<int>(width - gap + 0.5)), std::max(1, static_cast<int>(height - gap + 0.5)));
    for (size_t cell = 0; cell < tile.steps.size(); ++cell) {
        const quint8 step = tile.steps[cell];
        if (step == emptyCell)
            continue;
        const int column = static_cast<int>(cell) % grid.columns;
        const int row = static_cast<int>(cell) / grid.columns;
        const int x = m_view.x(grid.area.left() + column * grid.pitchX);
        const int y = m_view.y(grid.area.top() + row * grid.pitchY);
        if (!raster.touches({{x, y}, size}))
            continue;
        raster.blend(x, y, sprite(step, tile.severities[cell], size));
    }
}

void CellPainter::paintCards(int index, const CellGrid &grid, Raster &raster, QPainter &painter)
{
    const NodeTile &tile = m_scene.tile(index);
    for (int cell = 0; cell < static_cast<int>(tile.severities.size()); ++cell) {
        if (tile.severities[static_cast<size_t>(cell)] == emptyCell)
            continue;
        const QRect rect = m_view.rect(grid.rect(cell));
        if (!raster.touches(rect))
            continue;
        const auto pod = m_scene.podAt({index, cell});
        if (!pod)
            continue;
        const quint8 step = tile.steps[static_cast<size_t>(cell)];
        painter.setOpacity(m_scene.passes(step) ? 1 : 0.3);
        paintCard(rect, pod, step, painter);
        painter.setOpacity(1);
    }
}

void CellPainter::paintCard(const QRect &rect, store::Ref<store::PodRecord> pod, quint8 step, QPainter &painter)
{
    const Palette &palette = m_style.palette();
    const QColor colour = m_style.severity(pod->meta.severity, m_scene.podsStale());
    const double ratio = m_view.ratio;
    const QRectF r = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(palette.tile, colour, 0.5), 1));
    painter.setBrush(mixed(palette.tile, colour, 0.13));
    painter.drawRoundedRect(r, 4 * ratio, 4 * ratio);
    if (m_marks) {
        // The value beside the severity: an edge that the text keeps clear of.
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(m_style.fill(m_scene, step)));
        painter.drawRoundedRect(QRectF(r.left(), r.top(), 4 * ratio, r.height()), 2 * ratio, 2 * ratio);
    }

    const double inset = 5 * ratio;
    const double mark = 10 * ratio;
    const double start = r.left() + inset + (m_marks ? 4 * ratio : 0);
    const QRectF glyph(start, r.top() + inset, mark, mark);
    paintSeverityGlyph(painter, glyph, pod->meta.severity, colour);

    QFont font = m_style.smallFont();
    font.setPixelSize(m_view.px(11));
    painter.setFont(font);
    painter.setPen(palette.text);
    const QFontMetricsF fontMetrics(font);
    const double lineHeight = fontMetrics.height() + ratio;
    const double left = glyph.right() + 4 * ratio;
    double baseline = r.top() + inset + fontMetrics.ascent() - ratio;
    const auto line = [&](const QString &text, double x) {
        if (baseline + fontMetrics.descent() > r.bottom())
            return;
        painter.drawText(
            QPointF(x, baseline), fontMetrics.elidedText(text, Qt::ElideRight, r.right() - inset + ratio - x));
        baseline += lineHeight;
    };
    // The name's end tells pods of one workload apart: it is broken into lines as long as there is room.
    QString name = store::toQString(pod.name());
    double nameLeft = left;
    for (int lines = 0; lines < 3 && baseline + 2 * lineHeight < r.bottom(); ++lines) {
        const double room = r.right() - inset + ratio - nameLeft;
        const qsizetype fits = fittingLength(fontMetrics, name, room);
        if (fits == name.size())
            break;
        line(name.first(fits), nameLeft);
        name = name.sliced(fits);
        nameLeft = start;
    }
    line(name, nameLeft);
    painter.setPen(palette.dim);
    const store::Snapshot &snapshot = *m_scene.snapshot();
    line(snapshot.string(pod->status), start);
    line(snapshot.string(pod->meta.ns), start);
    line(QCoreApplication::translate("kdra::ui::CellPainter", "%1/%2 ready")
             .arg(pod->readyContainers)
             .arg(pod->containers),
        start);
    if (pod->restarts)
        line(QCoreApplication::translate(
                 "kdra::ui::CellPainter", "%n restarts", nullptr, static_cast<int>(pod->restarts)),
            start);
    line(snapshot.string(pod->image), start);
}

} // namespace kdra::ui
