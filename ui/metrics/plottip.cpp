// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/plottip.h"

#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"
#include "ui/metrics/markgroups.h"

#include <QPainter>

#include <cmath>

namespace kdra::ui {

namespace {
constexpr int row = 17;
constexpr int padding = 8;
constexpr int sample = 18;
constexpr int widestName = 320;
constexpr int widestMark = 380;
constexpr qsizetype mostMarks = 4;
}

void paintLineSample(QPainter &painter, const QRectF &place, const SeriesLook &look)
{
    QPen pen(look.colour, 3, Qt::SolidLine, Qt::FlatCap);
    if (const QList<int> &dash = dashPattern(look.dash); !dash.isEmpty()) {
        QList<qreal> lengths;
        for (const int length : dash)
            lengths.append(length / 3.0);
        pen.setDashPattern(lengths);
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()));
}

PlotTip::PlotTip(const Theme &theme)
    : m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void PlotTip::tell(
    QWidget &over, const QPoint &beside, const QString &heading, const Tip &tip, const QList<EventMark> &marks)
{
    m_heading = heading;
    m_tip = tip;
    // The newest ones: they are nearest to what is seen.
    m_marks = marks.last(std::min(mostMarks, marks.size()));
    m_moreMarks = int(marks.size() - m_marks.size());
    if (parentWidget() != &over)
        setParent(&over);
    const QSize size = wanted();
    constexpr int distance = 14;
    int x = beside.x() + distance;
    if (x + size.width() > over.width() - padding)
        x = beside.x() - distance - size.width();
    const int y = beside.y() - size.height() / 2;
    setGeometry(QRect(std::clamp(x, 0, std::max(0, over.width() - size.width())),
        std::clamp(y, 0, std::max(0, over.height() - size.height())), size.width(), size.height()));
    show();
    raise();
    update();
}

QSize PlotTip::wanted() const
{
    const QFontMetricsF metrics(m_theme.font(Theme::FontRole::SmallStrong));
    const auto wide = [&metrics](const QString &text) { return int(std::ceil(metrics.horizontalAdvance(text))) + 1; };
    int names = 0;
    int values = 0;
    for (const TipRow &one : m_tip.rows) {
        names = std::max(names, std::min(widestName, wide(one.name)));
        values = std::max(values, wide(one.value));
    }
    int width = sample + 2 * padding + names + 2 * padding + values;
    width = std::max(width, 2 * padding + wide(m_heading));
    for (const EventMark &mark : m_marks)
        width = std::max(
            width, 2 * padding + sample + std::min(widestMark, wide(mark.kind + QLatin1StringView(": ") + mark.text)));
    const auto rows = 1 + m_tip.rows.size() + (m_tip.more > 0 ? 1 : 0) + m_marks.size() + (m_moreMarks > 0 ? 1 : 0);
    return {width, int(rows) * row + 2 * padding - 2};
}

void PlotTip::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette.line);
    painter.setBrush(palette.panel2);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);

    QRect line(padding, padding - 1, width() - 2 * padding, row);
    const auto write = [&](const QRect &place, Qt::Alignment alignment, const QString &text) {
        const QString fitting = painter.fontMetrics().elidedText(text, Qt::ElideMiddle, place.width());
        painter.drawText(place, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, fitting);
    };
    painter.setFont(m_theme.font(Theme::FontRole::SmallStrong));
    painter.setPen(palette.text);
    write(line, Qt::AlignLeft, m_heading);
    for (const EventMark &mark : m_marks) {
        line.translate(0, row);
        paintMarkGlyph(painter, QRectF(line.left() + 3, line.center().y() - 4, 9, 9), mark, m_theme);
        painter.setFont(m_theme.font(Theme::FontRole::Small));
        painter.setPen(palette.text);
        write(line.adjusted(sample, 0, 0, 0), Qt::AlignLeft,
            mark.kind.isEmpty() ? mark.text
                                : tr("%1: %2", "kind of an event, and what happened").arg(mark.kind, mark.text));
    }
    if (m_moreMarks > 0) {
        line.translate(0, row);
        painter.setPen(palette.dim);
        write(
            line.adjusted(sample, 0, 0, 0), Qt::AlignLeft, tr("%n earlier", "events that are not listed", m_moreMarks));
    }
    for (const TipRow &one : m_tip.rows) {
        line.translate(0, row);
        if (one.nearest) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(palette.line);
            painter.drawRoundedRect(line.adjusted(-4, 0, 4, 0), 3, 3);
        }
        const QRectF mark(line.left(), line.top(), sample - 6, row);
        if (one.severity)
            paintSeverity(painter, QRectF(mark.left(), mark.center().y() - 4.5, 9, 9), *one.severity, palette);
        else
            paintLineSample(painter, mark, one.look);
        painter.setFont(m_theme.font(one.nearest ? Theme::FontRole::SmallStrong : Theme::FontRole::Small));
        const int value = int(std::ceil(QFontMetricsF(painter.font()).horizontalAdvance(one.value))) + 1;
        painter.setPen(palette.text);
        write(line, Qt::AlignRight, one.value);
        write(line.adjusted(sample, 0, -value - padding, 0), Qt::AlignLeft, one.name);
    }
    if (m_tip.more > 0) {
        line.translate(0, row);
        painter.setFont(m_theme.font(Theme::FontRole::Small));
        painter.setPen(palette.dim);
        write(line.adjusted(sample, 0, 0, 0), Qt::AlignLeft, tr("%n more", "series that are not listed", m_tip.more));
    }
}

} // namespace kdra::ui
