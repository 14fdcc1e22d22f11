// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/metrics/plotview.h"

#include <QGraphicsItem>

namespace kdra::ui {

// The content of a plot and the marks of events, in the plot area.
class PlotView::ContentItem : public QGraphicsItem {
public:
    ContentItem(QChart *chart, PlotContent &content, const ViewState &state, const Theme &theme);
    void setArea(const QRectF &area);
    QRectF boundingRect() const override { return {QPointF(), m_area.size()}; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    PlotContent &m_content;
    const ViewState &m_state;
    const Theme &m_theme;
    QRectF m_area;
};

// The crosshair and the span that is being marked. Only strips of the plot are painted anew when it moves.
class PlotView::CrosshairItem : public QGraphicsItem {
public:
    CrosshairItem(QChart *chart, const PlotContent &content, const ViewState &state, const Theme &theme);
    void setArea(const QRectF &area);
    void setMarked(const std::optional<TimeSpan> &span);
    // The crosshair of the page has moved.
    void follow();
    QRectF boundingRect() const override { return QRectF(QPointF(), m_area.size()).adjusted(-6, -6, 6, 6); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    double xOf(qint64 time) const;
    void updateStrip(qint64 time);

    const PlotContent &m_content;
    const ViewState &m_state;
    const Theme &m_theme;
    QRectF m_area;
    std::optional<qint64> m_shown;
    std::optional<TimeSpan> m_marked;
};

} // namespace kdra::ui
