// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/tilepainter.h"

#include "base/quantity.h"
#include "ui/topology/glyphs.h"

#include <QCoreApplication>
#include <QPainter>

namespace kdra::ui {

using store::NodeRecord;
using store::Severity;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::TilePainter)
};

} // namespace

std::vector<Badge> badgesOf(const NodeTile &tile)
{
    std::vector<Badge> badges;
    if (tile.isTray())
        return badges;
    if (tile.isWorkload()) {
        if (!tile.isKnown())
            badges.push_back({Words::tr("not listed"), Severity::Unknown});
        else if (tile.paused)
            badges.push_back({Words::tr("paused"), Severity::Healthy});
        if (tile.alerts)
            badges.push_back({Words::tr("%n alert(s)", nullptr, tile.alerts), tile.alertSeverity, true});
        if (const quint32 failing = tile.bySeverity[size_t(Severity::Failing)])
            badges.push_back({QString::number(failing), Severity::Failing});
        return badges;
    }
    if (!tile.isKnown()) {
        badges.push_back({Words::tr("not listed"), Severity::Unknown});
        return badges;
    }
    if (tile.ready == NodeRecord::Ready::False)
        badges.push_back({Words::tr("NotReady"), Severity::Failing});
    if (tile.lateSeconds >= 60)
        badges.push_back({Words::tr("%1 min late").arg(tile.lateSeconds / 60), Severity::Unknown});
    else if (tile.lateSeconds)
        badges.push_back({Words::tr("%1 s late").arg(tile.lateSeconds), Severity::Unknown});
    else if (tile.ready == NodeRecord::Ready::Unknown)
        badges.push_back({Words::tr("silent"), Severity::Unknown});
    if (tile.pressures & NodeRecord::Memory)
        badges.push_back({Words::tr("low memory"), Severity::Warning});
    if (tile.pressures & NodeRecord::Disk)
        badges.push_back({Words::tr("low disk"), Severity::Warning});
    if (tile.pressures & NodeRecord::Pid)
        badges.push_back({Words::tr("low PIDs"), Severity::Warning});
    if (tile.pressures & NodeRecord::Network)
        badges.push_back({Words::tr("no network"), Severity::Failing});
    if (tile.alerts)
        badges.push_back({Words::tr("%n alert(s)", nullptr, tile.alerts), tile.alertSeverity, true});
    if (tile.unschedulable)
        badges.push_back({Words::tr("cordoned"), Severity::Healthy});
    if (const quint32 failing = tile.bySeverity[size_t(Severity::Failing)])
        badges.push_back({QString::number(failing), Severity::Failing});
    return badges;
}

TilePainter::TilePainter(const Scene &scene, PaintStyle &style, const DeviceView &view)
    : m_scene(scene)
    , m_style(style)
    , m_view(view)
    , m_cells(scene, style, view)
    , m_nameFont(style.strongFont())
    , m_smallFont(style.smallFont())
    // On a surface coloured by load only the strongest ink is read easily.
    , m_detail(hasLoad(scene.overlay()) ? style.palette().text : style.palette().dim)
{
    const double name = metrics::namePixels(view.logicalScale());
    m_nameFont.setPixelSize(view.px(name));
    m_smallFont.setPixelSize(view.px(std::clamp(name - 1, 9.0, 13.0)));
}

void TilePainter::paint(int index, Raster &raster, QPainter &painter)
{
    const QRect rect = m_view.rect(m_scene.layout().tileRect(index));
    if (!raster.touches(rect))
        return;
    if (m_view.logicalScale() < metrics::namesFrom)
        paintFar(index, rect, raster, painter);
    else
        paintNear(index, rect, raster, painter);
}

void TilePainter::paintFar(int index, const QRect &rect, Raster &raster, QPainter &painter)
{
    const NodeTile &tile = m_scene.tile(index);
    const Palette &palette = m_style.palette();
    const bool stale = m_scene.nodesStale();
    const QColor severity = m_style.severity(tile.isSilent() ? Severity::Unknown : tile.severity, stale);
    const QColor back = m_style.surface(m_scene, tile, severity);
    raster.fill(rect, back.rgb());
    if (tile.isSilent() || !(tile.isKnown() || tile.isTray()) || stale)
        raster.hatch(rect, mixed(back, palette.unknown, 0.3).rgb(), m_view.px(2));
    m_cells.paint(index, raster, painter, back.rgb());
    if (rect.height() >= 10) {
        const bool bad = tile.isSilent() || tile.severity == Severity::Warning || tile.severity == Severity::Failing;
        raster.frame(rect, (bad ? severity : palette.line).rgb());
    } else if (tile.severity == Severity::Failing) {
        raster.frame(rect, severity.rgb());
    }
    if (hasLoad(m_scene.overlay()) && rect.height() >= 10)
        paintLoad(tile, rect.adjusted(0, m_view.px(2), 0, -1), QRgb(), raster);
    // Kinds of machines at a glance: a coloured upper edge.
    if (rect.height() >= 5 && tile.isKnown()) {
        const int thickness = m_view.px(rect.height() >= 16 * m_view.ratio ? 2 : 1);
        if (tile.pi.isPi())
            raster.fill({rect.left(), rect.top(), rect.width(), thickness}, m_style.board().rgb());
        else if (tile.kind == TileKind::ControlPlane)
            raster.fill({rect.left(), rect.top(), rect.width(), thickness}, palette.accent.rgb());
    }
}

void TilePainter::paintNear(int index, const QRect &rect, Raster &raster, QPainter &painter)
{
    const NodeTile &tile = m_scene.tile(index);
    const Palette &palette = m_style.palette();
    const bool stale = m_scene.nodesStale();
    const bool hatched = tile.isSilent() || !(tile.isKnown() || tile.isTray()) || stale;
    const QColor severity = m_style.severity(tile.isSilent() ? Severity::Unknown : tile.severity, stale);
    const QColor back = m_style.surface(m_scene, tile, severity);
    QColor edge = palette.line;
    if (tile.isSilent() || tile.severity == Severity::Warning || tile.severity == Severity::Failing)
        edge = mixed(palette.line, severity, 0.7);

    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = std::min(6 * m_view.logicalScale(), 10.0) * m_view.ratio;
    const QRectF box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (m_view.logicalScale() < metrics::barsFrom) {
        // Hundreds of tiles at once: antialiasing corners of a few pixels would cost most of the frame.
        const int line = m_view.px(1);
        raster.fill(rect.adjusted(line, 0, -line, 0), edge.rgb());
        raster.fill(rect.adjusted(0, line, 0, -line), edge.rgb());
        raster.fill(rect.adjusted(line, line, -line, -line), back.rgb());
    } else {
        painter.setPen(hatched ? QPen(Qt::NoPen) : QPen(edge, m_view.ratio));
        painter.setBrush(back);
        painter.drawRoundedRect(box, radius, radius);
    }
    if (hatched) {
        QBrush hatch = m_style.hatch();
        hatch.setTransform(QTransform::fromTranslate(rect.left(), rect.top()).scale(m_view.ratio, m_view.ratio));
        painter.setBrush(hatch);
        painter.setPen(QPen(edge, m_view.ratio));
        painter.drawRoundedRect(box, radius, radius);
    }
    if (!tile.isTray())
        paintHeader(tile, rect, painter);
    const int inset = m_view.px(1);
    if (hasLoad(m_scene.overlay()))
        paintLoad(tile, rect.adjusted(inset, 2 * inset, 0, -2 * inset), palette.line.rgb(), raster);
    m_cells.paint(index, raster, painter, back.rgb());
}

void TilePainter::paintHeader(const NodeTile &tile, const QRect &rect, QPainter &painter)
{
    const Palette &palette = m_style.palette();
    const double scale = m_view.logicalScale();
    const double ratio = m_view.ratio;
    const double padding = metrics::paddingPixels(scale) * ratio;
    const double height = metrics::headerPixels(scale) * ratio;
    const bool bars = scale >= metrics::barsFrom;
    const QFontMetricsF nameMetrics(m_nameFont);
    const double rowHeight = bars ? std::min(height * 0.62, nameMetrics.height() + padding) : height;
    const double middle = rect.top() + padding * (bars ? 0.5 : 0.25) + rowHeight / 2;

    const double glyphHeight = nameMetrics.ascent() * 0.95;
    const double glyphWidth = glyphHeight * 1.4;
    QRectF glyph(rect.left() + padding, middle - glyphHeight / 2, glyphWidth, glyphHeight);
    if (tile.isWorkload())
        paintWorkload(painter, glyph, palette.dim, palette.tile);
    else if (tile.pi.isPi())
        paintBoard(painter, glyph, m_style.board(), mixed(palette.tile, m_style.board(), 0.2));
    else
        paintServer(painter, glyph, palette.dim, palette.tile);
    double left = glyph.right() + 5 * ratio;
    if (tile.kind == TileKind::ControlPlane) {
        paintHelm(painter, {left, middle - glyphHeight * 0.55, glyphHeight * 1.1, glyphHeight * 1.1}, palette.accent);
        left += glyphHeight * 1.1 + 4 * ratio;
    }

    double right = rect.right() - padding + ratio;
    const double nameWidth = nameMetrics.horizontalAdvance(tile.name);
    for (const Badge &badge : badgesOf(tile)) {
        const double room = right - left - std::min(nameWidth, 44 * ratio) - 5 * ratio;
        const double edge = paintBadge(badge, right, middle, room, painter);
        if (edge >= right)
            break;
        right = edge - 4 * ratio;
    }
    const double baseline = middle + (nameMetrics.ascent() - nameMetrics.descent()) / 2;
    painter.setFont(m_nameFont);
    painter.setPen(palette.text);
    const QString name =
        nameWidth <= right - left ? tile.name : nameMetrics.elidedText(tile.name, Qt::ElideMiddle, right - left);
    painter.drawText(QPointF(left, baseline), name);

    if (tile.pi.isPi() && scale >= 0.95) {
        QString model = edge::shortModelName(tile.pi.model);
        if (tile.pi.memory && scale >= 1.4)
            model += QStringLiteral(" · ") + formatBytes(static_cast<qint64>(tile.pi.memory));
        const QFontMetricsF smallMetrics(m_smallFont);
        left += nameWidth + 6 * ratio;
        if (left + smallMetrics.horizontalAdvance(model) <= right) {
            painter.setFont(m_smallFont);
            painter.setPen(m_detail);
            painter.drawText(QPointF(left, baseline), model);
        }
    }
    if (bars && tile.isWorkload()) {
        const QFontMetricsF smallMetrics(m_smallFont);
        QString facts = tile.ownerKind;
        if (m_scene.grouping() != Grouping::Namespace)
            facts = facts.isEmpty() ? tile.ns : facts + QStringLiteral(" · ") + tile.ns;
        const double y = middle + rowHeight / 2 + ratio + smallMetrics.ascent();
        if (!facts.isEmpty() && y + smallMetrics.descent() <= rect.top() + height) {
            painter.setFont(m_smallFont);
            painter.setPen(palette.dim);
            painter.drawText(QPointF(rect.left() + padding, y),
                smallMetrics.elidedText(facts, Qt::ElideRight, rect.width() - 2 * padding));
        }
    } else if (bars && tile.isKnown()) {
        const double top = middle + rowHeight / 2 + ratio;
        paintBars(tile, {rect.left() + padding, top, rect.width() - 2 * padding, rect.top() + height - top}, painter);
    }
}

// The load as a gauge at the left edge, filled from below. From far the cells leave no room for what is not filled.
void TilePainter::paintLoad(const NodeTile &tile, const QRect &rect, QRgb empty, Raster &raster)
{
    const double load = tile.load(m_scene.overlay());
    if (load < 0)
        return;
    const int width = m_view.px(std::clamp(metrics::paddingPixels(m_view.logicalScale()) * 0.5, 2.0, 6.0));
    const QRect gauge(rect.left(), rect.top(), width, rect.height());
    const int filled = static_cast<int>(std::lround(gauge.height() * std::min(load, 1.0)));
    if (empty)
        raster.fill(gauge, empty);
    raster.fill(
        {gauge.left(), gauge.bottom() - filled + 1, width, filled}, m_style.palette().scale[loadStep(load)].rgb());
}

double TilePainter::paintBadge(const Badge &badge, double right, double middle, double room, QPainter &painter)
{
    const double ratio = m_view.ratio;
    const QFontMetricsF textMetrics(m_smallFont);
    const double height = textMetrics.height() + ratio;
    const double mark = height * 0.5;
    const bool plain = badge.severity == Severity::Healthy; // a fact, not trouble
    const double markRoom = plain ? 0 : mark + 3 * ratio;
    double width = textMetrics.horizontalAdvance(badge.text) + markRoom + 8 * ratio;
    bool withText = true;
    if (width > room) {
        // At least the glyph says that there is something.
        withText = false;
        width = mark + 6 * ratio;
        if (plain || width > room)
            return right;
    }
    const Palette &palette = m_style.palette();
    const QColor fill = plain ? palette.panel2 : palette.severity(badge.severity);
    const QColor ink = plain ? palette.text : Palette::on(fill);
    const QRectF box(right - width, middle - height / 2, width, height);
    painter.setPen(plain ? QPen(palette.line, ratio) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 3 * ratio, 3 * ratio);
    if (!plain)
        paintSeverityGlyph(painter, {box.left() + 3.5 * ratio, middle - mark / 2, mark, mark}, badge.severity, ink);
    if (withText) {
        painter.setFont(m_smallFont);
        painter.setPen(ink);
        painter.drawText(
            QPointF(box.left() + 4 * ratio + markRoom, middle + (textMetrics.ascent() - textMetrics.descent()) / 2),
            badge.text);
    }
    return box.left();
}

void TilePainter::paintBars(const NodeTile &tile, const QRectF &area, QPainter &painter)
{
    const double ratio = m_view.ratio;
    const Palette &palette = m_style.palette();
    const double gap = 8 * ratio;
    const double width = (area.width() - gap) / 2;
    const QFontMetricsF textMetrics(m_smallFont);
    const bool labelled = area.height() > textMetrics.height() + 9 * ratio && width > 90 * ratio;
    const double thickness = (labelled ? 5 : 4) * ratio;
    struct Bar {
        double share;
        QString label;
    };
    const auto share = [](double part, double whole) { return whole > 0 ? std::min(part / whole, 1.0) : 0.0; };
    Bar bars[]{{share(static_cast<double>(tile.cpuMilliRequested), tile.cpuMilliAllocatable), {}},
        {share(static_cast<double>(tile.memoryRequested), static_cast<double>(tile.memoryAllocatable)), {}}};
    if (labelled) {
        bars[0].label = Words::tr("CPU requested: %1 of %2")
                            .arg(formatCores(static_cast<qint64>(tile.cpuMilliRequested)),
                                formatCores(static_cast<qint64>(tile.cpuMilliAllocatable)));
        bars[1].label = Words::tr("Memory requested: %1 of %2")
                            .arg(formatBytes(static_cast<qint64>(tile.memoryRequested)),
                                formatBytes(static_cast<qint64>(tile.memoryAllocatable)));
    }
    double x = area.left();
    for (const Bar &bar : bars) {
        double y = area.top();
        if (labelled) {
            painter.setFont(m_smallFont);
            painter.setPen(m_detail);
            painter.drawText(
                QPointF(x, y + textMetrics.ascent()), textMetrics.elidedText(bar.label, Qt::ElideRight, width));
            y += textMetrics.height() + 2 * ratio;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.line);
        painter.drawRoundedRect(QRectF(x, y, width, thickness), thickness / 2, thickness / 2);
        if (bar.share > 0) {
            painter.setBrush(bar.share > 0.95 ? palette.warning : palette.accent);
            painter.drawRoundedRect(
                QRectF(x, y, std::max(thickness, width * bar.share), thickness), thickness / 2, thickness / 2);
        }
        x += width + gap;
    }
}

} // namespace kdra::ui
