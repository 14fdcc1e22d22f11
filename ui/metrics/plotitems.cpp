// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/plotitems.h"

#include "ui/metrics/markgroups.h"

#include <QPaintEngine>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <cmath>

namespace kdra::ui {

namespace {
constexpr double contentDepth = 100; // above Qt Charts' grid and axes
constexpr double crosshairDepth = 101;
}

PlotView::ContentItem::ContentItem(QChart *chart, PlotContent &content, const ViewState &state, const Theme &theme)
    : QGraphicsItem(chart)
    , m_content(content)
    , m_state(state)
    , m_theme(theme)
{
    setZValue(contentDepth);
    setFlag(ItemClipsToShape);
}

void PlotView::ContentItem::setArea(const QRectF &area)
{
    if (area == m_area)
        return;
    prepareGeometryChange();
    m_area = area;
    setPos(area.topLeft());
}

void PlotView::ContentItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const bool vectors = painter->paintEngine()->type() != QPaintEngine::Raster;
    painter->save();
    painter->setClipRect(boundingRect(), Qt::IntersectClip);
    m_content.paint(*painter, vectors);
    painter->restore();
    paintMarks(*painter, m_state.marks(), m_state.span(), m_area.size(), m_theme);
}

PlotView::CrosshairItem::CrosshairItem(
    QChart *chart, const PlotContent &content, const ViewState &state, const Theme &theme)
    : QGraphicsItem(chart)
    , m_content(content)
    , m_state(state)
    , m_theme(theme)
{
    setZValue(crosshairDepth);
    setAcceptedMouseButtons(Qt::NoButton);
}

void PlotView::CrosshairItem::setArea(const QRectF &area)
{
    if (area == m_area)
        return;
    prepareGeometryChange();
    m_area = area;
    setPos(area.topLeft());
}

double PlotView::CrosshairItem::xOf(qint64 time) const
{
    const TimeSpan span = m_state.span();
    return double(time - span.from) / double(span.length()) * m_area.width();
}

void PlotView::CrosshairItem::updateStrip(qint64 time)
{
    // Room for the dots at the values, which lie at samples beside the line.
    constexpr double reach = 24;
    const double x = xOf(time);
    if (x >= -reach && x <= m_area.width() + reach)
        update(QRectF(x - reach, -6, 2 * reach, m_area.height() + 12));
}

void PlotView::CrosshairItem::follow()
{
    if (m_shown)
        updateStrip(*m_shown);
    m_shown = m_state.crosshair();
    if (m_shown)
        updateStrip(*m_shown);
}

void PlotView::CrosshairItem::setMarked(const std::optional<TimeSpan> &span)
{
    m_marked = span;
    update();
}

void PlotView::CrosshairItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const Palette &palette = m_theme.palette();
    if (m_marked) {
        const double from = std::clamp(xOf(m_marked->from), 0.0, m_area.width());
        const double to = std::clamp(xOf(m_marked->to), 0.0, m_area.width());
        QColor wash = palette.accent;
        wash.setAlphaF(0.18F);
        painter->fillRect(QRectF(from, 0, to - from, m_area.height()), wash);
        painter->setPen(QPen(palette.accent, 1));
        for (const double x : {from, to})
            painter->drawLine(QPointF(std::floor(x) + 0.5, 0), QPointF(std::floor(x) + 0.5, m_area.height()));
    }
    if (!m_shown)
        return;
    const double x = std::floor(xOf(*m_shown)) + 0.5;
    if (x < 0 || x > m_area.width())
        return;
    painter->setPen(QPen(palette.dim, 1));
    painter->drawLine(QPointF(x, 0), QPointF(x, m_area.height()));
    m_content.paintValues(*painter, *m_shown);
}

} // namespace kdra::ui
