// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/plotcontent.h"

#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>

#include <memory>

namespace kdra::ui {

class PlotTip;
class Theme;

// A plot over time: Qt Charts' axes and grid, and in its plot area one item that paints the content, one with the
// crosshair. The crosshair, the span of time and the marks are those of the page.
//
// Mouse: drag zooms in, Shift-drag or the middle button moves, Ctrl-wheel zooms at the pointer, Shift-wheel moves, a
// double click goes back. Keys: left and right move the crosshair by a sample (Ctrl: by a tenth of the span, Shift:
// marks a span), up and down choose the series that it reads, Space shows that one alone (again: all), Home and End,
// Return zooms to what is marked or closer to the crosshair, + and -, Page Up and Page
// Down move by half a span, Backspace goes back, Escape lets go.
class PlotView : public QChartView {
    Q_OBJECT
public:
    PlotView(std::unique_ptr<PlotContent> content, ViewState &state, const Theme &theme, QWidget *parent = nullptr);
    ~PlotView() override;

    PlotContent &content() { return *m_content; }
    const PlotContent &content() const { return *m_content; }
    void setData(const metrics::Panel &panel, const metrics::PanelData &data);
    // After the content was changed from outside: arranges and paints it anew.
    void contentChanged();
    // The same, when only colours did.
    void repaintContent();

    QRectF plotArea() const { return chart()->plotArea(); }
    qint64 timeAt(double x) const; // of the viewport
    double xOf(qint64 time) const;
    // What the tip would say now; without a crosshair nothing.
    Tip tip() const;
    bool tipShown() const;
    // What assistive technologies read: a sentence for each series, and one about the crosshair.
    QStringList summaries() const;
    QString crosshairSentence() const;
    // The span that is being dragged or was marked by keys.
    std::optional<TimeSpan> marked() const { return m_marked; }

    QSize sizeHint() const override { return {480, 240}; }
    QSize minimumSizeHint() const override { return {120, 60}; }

Q_SIGNALS:
    // Of the series that keys have chosen.
    void isolateRequested(const QString &series);
    // Repainted with everything that it was given before; measurements read it.
    void painted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    class ContentItem;
    class CrosshairItem;
    enum class Drag : quint8 { None, Zoom, Move };

    void arrange();
    void setTicks(QCategoryAxis &axis, const std::vector<metrics::Tick> &ticks, double low, double high);
    void colour();
    void scheduleArrange();
    void moveCrosshair(qint64 time, bool mark);
    void choose(const QString &series);
    void setMarked(std::optional<TimeSpan> span);
    void zoomAround(qint64 time, double factor);
    void updateTip();
    void hideTip();
    QString timeText(qint64 time) const;

    std::unique_ptr<PlotContent> m_content;
    metrics::PanelData m_data;
    ViewState &m_state;
    const Theme &m_theme;
    QCategoryAxis *m_timeAxis;
    QCategoryAxis *m_valueAxis;
    QCategoryAxis *m_rightAxis;
    ContentItem *m_item;
    CrosshairItem *m_crosshair;
    std::unique_ptr<PlotTip> m_tip;
    bool m_arrangeNeeded = true;
    double m_left = 40; // of the plot area; grows with what is written there, and shrinks only when much is left
    double m_right = 12; // the room at the other side, the same way
    QString m_chosen; // the series that keys have chosen, by name
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    TimeSpan m_spanAtPress;
    std::optional<TimeSpan> m_marked;
    std::optional<QPointF> m_pointer; // in the viewport, while it is over the plot
    bool m_byKeys = false; // the crosshair is moved by keys here
};

} // namespace kdra::ui
