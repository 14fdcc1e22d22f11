// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/plotview.h"

#include "ui/common/theme.h"
#include "ui/metrics/markgroups.h"
#include "ui/metrics/plotitems.h"
#include "ui/metrics/plottip.h"

#include <QAccessible>
#include <QDateTime>
#include <QGraphicsLayout>

#include <cmath>
#include <limits>

namespace kdra::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double topRoom = 7; // half of the topmost label
constexpr double leastRoom = 12; // at a side where nothing is written
constexpr double bottomRoom = 20; // labels of time
constexpr double pixelsPerTime = 64;
constexpr double roomSteps = 8; // the plot area does not jump by a pixel
}

PlotView::PlotView(std::unique_ptr<PlotContent> content, ViewState &state, const Theme &theme, QWidget *parent)
    : QChartView(new QChart, parent)
    , m_content(std::move(content))
    , m_state(state)
    , m_theme(theme)
    , m_timeAxis(new QCategoryAxis)
    , m_valueAxis(new QCategoryAxis)
    , m_rightAxis(new QCategoryAxis)
    , m_item(new ContentItem(chart(), *m_content, state, theme))
    , m_crosshair(new CrosshairItem(chart(), *m_content, state, theme))
    , m_tip(std::make_unique<PlotTip>(theme))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    // Only strips change when a crosshair moves.
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    chart()->legend()->hide();
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setBackgroundRoundness(0);
    chart()->setBackgroundVisible(false);
    for (QCategoryAxis *axis : {m_timeAxis, m_valueAxis, m_rightAxis}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
        axis->setLabelsFont(theme.font(Theme::FontRole::Small));
    }
    for (QCategoryAxis *axis : {m_valueAxis, m_rightAxis}) {
        axis->setLineVisible(false);
        axis->setRange(0, 1);
    }
    m_timeAxis->setGridLineVisible(false);
    chart()->addAxis(m_timeAxis, Qt::AlignBottom);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    chart()->addAxis(m_rightAxis, Qt::AlignRight);
    colour();

    connect(&theme, &Theme::changed, this, [this] {
        colour();
        m_content->setPalette(m_theme.palette());
        repaintContent();
    });
    connect(&state, &ViewState::spanChanged, this, &PlotView::scheduleArrange);
    connect(&state, &ViewState::zoneChanged, this, &PlotView::scheduleArrange);
    connect(&state, &ViewState::marksChanged, this, [this] { m_item->update(); });
    connect(&state, &ViewState::crosshairChanged, this, [this] {
        m_crosshair->follow();
        updateTip();
    });
}

PlotView::~PlotView() = default;

void PlotView::colour()
{
    const Palette &palette = m_theme.palette();
    setBackgroundBrush(palette.panel);
    for (QCategoryAxis *axis : {m_timeAxis, m_valueAxis, m_rightAxis}) {
        axis->setLabelsBrush(palette.dim);
        axis->setGridLinePen(QPen(palette.line, 1));
        axis->setLinePen(QPen(palette.line, 1));
    }
}

void PlotView::setData(const metrics::Panel &panel, const metrics::PanelData &given)
{
    m_data = given;
    m_content->setData(panel, given);
    contentChanged();
}

void PlotView::contentChanged()
{
    scheduleArrange();
    updateTip();
}

void PlotView::repaintContent()
{
    m_item->update();
    m_crosshair->update();
}

void PlotView::scheduleArrange()
{
    // In the next paint: whoever is not seen costs nothing.
    m_arrangeNeeded = true;
    viewport()->update();
}

void PlotView::arrange()
{
    m_arrangeNeeded = false;
    const QSizeF size = viewport()->size();
    const TimeSpan span = m_state.span();
    const QFontMetricsF metrics(m_theme.font(Theme::FontRole::Small));
    std::vector<metrics::Tick> ticks;
    std::vector<metrics::Tick> rightTicks;
    QRectF area;
    // Grows with what is written there, and shrinks only when much is left; true when it is as it was.
    const auto fit = [&](double &room, const std::vector<metrics::Tick> &written, double least) {
        double widest = 0;
        for (const metrics::Tick &tick : written)
            widest = std::max(widest, metrics.horizontalAdvance(tick.text));
        const double wanted =
            written.empty() ? least : std::ceil((std::min(widest, size.width() / 3) + 10) / roomSteps) * roomSteps;
        if (wanted == room || (!written.empty() && wanted <= room && wanted > room - 3 * roomSteps))
            return true;
        room = wanted;
        return false;
    };
    // What is written beside the plot decides about the room that is left, which may decide about what is written.
    for (int round = 0; round < 2; ++round) {
        area = QRectF(QPointF(m_left, topRoom),
            QSizeF(
                std::max(10.0, size.width() - m_left - m_right), std::max(10.0, size.height() - topRoom - bottomRoom)));
        m_content->arrange({span, area.size(), devicePixelRatioF()});
        ticks = m_content->ticks();
        rightTicks = m_content->rightTicks();
        const bool left = fit(m_left, ticks, leastRoom);
        if (fit(m_right, rightTicks, leastRoom) && left)
            break;
    }
    if (chart()->size() != size)
        chart()->resize(size);
    chart()->setPlotArea(area);
    m_item->setArea(area);
    m_crosshair->setArea(area);
    // Labels that are too long for a third of the plot are cut.
    for (metrics::Tick &tick : ticks)
        tick.text = metrics.elidedText(tick.text, Qt::ElideMiddle, m_left - 8);
    for (metrics::Tick &tick : rightTicks)
        tick.text = metrics.elidedText(tick.text, Qt::ElideMiddle, m_right - 8);
    setTicks(*m_valueAxis, ticks, 0, 1);
    setTicks(*m_rightAxis, rightTicks, 0, 1);
    m_rightAxis->setVisible(!rightTicks.empty());
    // The lines of one axis are enough.
    m_rightAxis->setGridLineVisible(ticks.empty());
    m_valueAxis->setGridLineVisible(m_content->gridAtTicks());
    const int most = std::max(1, int(area.width() / pixelsPerTime));
    std::vector<metrics::Tick> times = metrics::timeTicks(span.from, span.to, most, m_state.zone());
    std::erase_if(times, [&](const metrics::Tick &tick) {
        const double x = xOf(qint64(tick.at));
        const double half = metrics.horizontalAdvance(tick.text) / 2 + 1;
        return x - half < 0 || x + half > size.width();
    });
    setTicks(*m_timeAxis, times, double(span.from), double(span.to));
    // Qt Charts would do it after this paint.
    chart()->layout()->activate();
    m_item->update();
}

void PlotView::setTicks(QCategoryAxis &axis, const std::vector<metrics::Tick> &ticks, double low, double high)
{
    QStringList texts;
    QList<double> places;
    for (const metrics::Tick &tick : ticks) {
        // Qt Charts takes labels for HTML, and wants each of them once.
        QString text = tick.text.toHtmlEscaped();
        while (texts.contains(text))
            text += QChar(0x200b);
        texts.append(text);
        places.append(tick.at);
    }
    bool same = axis.categoriesLabels() == texts;
    for (qsizetype i = 0; same && i < texts.size(); ++i)
        same = axis.endValue(texts[i]) == places[i];
    if (!same) {
        const QStringList old = axis.categoriesLabels();
        for (const QString &label : old)
            axis.remove(label);
        // Before everything: its own place has no label, and its line is out of sight.
        axis.setStartValue(std::min(low, places.isEmpty() ? low : places.first()) - 2 * (high - low));
        for (qsizetype i = 0; i < texts.size(); ++i)
            axis.append(texts[i], places[i]);
    }
    axis.setRange(low, high);
}

qint64 PlotView::timeAt(double x) const
{
    const QRectF area = plotArea();
    const TimeSpan span = m_state.span();
    return span.from + qint64(std::llround((x - area.left()) / area.width() * double(span.length())));
}

double PlotView::xOf(qint64 time) const
{
    const QRectF area = plotArea();
    const TimeSpan span = m_state.span();
    return area.left() + double(time - span.from) / double(span.length()) * area.width();
}

Tip PlotView::tip() const
{
    const auto time = m_state.crosshair();
    if (!time)
        return {};
    const double y = m_pointer ? m_pointer->y() - plotArea().top() : std::numeric_limits<double>::quiet_NaN();
    return m_content->tipAt(*time, y);
}

bool PlotView::tipShown() const
{
    return m_tip->isVisible();
}

void PlotView::updateTip()
{
    const auto time = m_state.crosshair();
    if (!time || (!m_pointer && !m_byKeys) || m_drag == Drag::Move || !isVisible()) {
        hideTip();
        return;
    }
    const Tip told = tip();
    const double x = xOf(*time);
    const QRectF area = plotArea();
    const QList<EventMark> marks = marksAt(m_state.marks(), m_state.span(), area.width(), x - area.left());
    if (told.rows.isEmpty() && marks.isEmpty()) {
        hideTip();
        return;
    }
    const QPointF at(x, m_pointer ? m_pointer->y() : plotArea().center().y());
    m_tip->tell(*window(), viewport()->mapTo(window(), at.toPoint()), timeText(told.rows.isEmpty() ? *time : told.time),
        told, marks);
    if (m_byKeys && QAccessible::isActive()) {
        QAccessibleValueChangeEvent event(this, crosshairSentence());
        QAccessible::updateAccessibility(&event);
    }
}

QString PlotView::timeText(qint64 time) const
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time, m_state.zone()), u"d MMM yyyy HH:mm:ss");
}

QStringList PlotView::summaries() const
{
    QStringList sentences;
    for (const metrics::PanelSeries &series : m_data.series)
        sentences.append(tr("%1: last %2, least %3, most %4")
                .arg(series.name, series.text(series.statistics.lastNotNull), series.text(series.statistics.min),
                    series.text(series.statistics.max)));
    return sentences;
}

QString PlotView::crosshairSentence() const
{
    const Tip told = tip();
    if (told.rows.isEmpty())
        return {};
    QStringList parts;
    for (const TipRow &row : told.rows) {
        // Whoever has chosen one wants to hear of that one.
        if (m_chosen.isEmpty() || row.name == m_chosen)
            parts.append(QStringLiteral("%1: %2").arg(row.name, row.value));
    }
    return QStringLiteral("%1. %2").arg(timeText(told.time), parts.join(QStringLiteral(", ")));
}

void PlotView::hideTip()
{
    m_tip->hide();
}

void PlotView::paintEvent(QPaintEvent *event)
{
    if (m_arrangeNeeded)
        arrange();
    QChartView::paintEvent(event);
    Q_EMIT painted();
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    m_arrangeNeeded = true;
}

void PlotView::showEvent(QShowEvent *event)
{
    m_arrangeNeeded = true;
    QChartView::showEvent(event);
}

} // namespace kdra::ui
