// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/markgroups.h"

#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace kdra::ui {

namespace {

constexpr double glyph = 9;
constexpr double room = 24; // a glyph with two digits
constexpr double reach = 6; // of the pointer

// Unknown is not worse than what is known to be wrong.
int badness(store::Severity severity)
{
    switch (severity) {
    case store::Severity::Failing:
        return 4;
    case store::Severity::Warning:
        return 3;
    case store::Severity::Progressing:
        return 2;
    case store::Severity::Unknown:
        return 1;
    case store::Severity::Healthy:
        break;
    }
    return 0;
}

double xOf(qint64 time, const TimeSpan &span, double width)
{
    return double(time - span.from) / double(span.length()) * width;
}

QColor colourOf(const EventMark &mark, const Palette &palette)
{
    return mark.colour.isValid() ? mark.colour : palette.severity(mark.severity);
}

} // namespace

const EventMark &MarkGroup::worst() const
{
    return *std::ranges::max_element(marks, {}, [](const EventMark &mark) { return badness(mark.severity); });
}

QList<MarkGroup> groupMarks(const QList<EventMark> &marks, const TimeSpan &span, double width)
{
    QList<MarkGroup> groups;
    for (const EventMark &mark : marks) {
        if (mark.time < span.from || mark.time > span.to)
            continue;
        const double x = xOf(mark.time, span, width);
        if (groups.isEmpty() || x - groups.last().left >= room)
            groups.append({.x = x, .left = x});
        groups.last().marks.append(mark);
    }
    for (MarkGroup &group : groups)
        group.x = xOf(group.worst().time, span, width);
    return groups;
}

QList<EventMark> marksAt(const QList<EventMark> &marks, const TimeSpan &span, double width, double x)
{
    QList<EventMark> found;
    for (const MarkGroup &group : groupMarks(marks, span, width)) {
        if (std::abs(group.x - x) <= reach)
            found = group.marks;
    }
    for (const EventMark &mark : marks) {
        const bool lasts = mark.end > mark.time && xOf(mark.time, span, width) <= x && xOf(mark.end, span, width) >= x;
        if (lasts && !found.contains(mark))
            found.append(mark);
    }
    return found;
}

void paintMarkGlyph(QPainter &painter, const QRectF &place, const EventMark &mark, const Theme &theme)
{
    if (!mark.colour.isValid()) {
        paintSeverity(painter, place, mark.severity, theme.palette());
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark.colour);
    painter.drawPolygon(QPolygonF({{place.center().x(), place.top()}, {place.right(), place.center().y()},
        {place.center().x(), place.bottom()}, {place.left(), place.center().y()}}));
    painter.restore();
}

void paintMarks(
    QPainter &painter, const QList<EventMark> &marks, const TimeSpan &span, const QSizeF &size, const Theme &theme)
{
    painter.save();
    for (const EventMark &mark : marks) {
        if (mark.end <= mark.time || mark.time > span.to || mark.end < span.from)
            continue;
        const double from = std::max(0.0, xOf(mark.time, span, size.width()));
        const double to = std::min(size.width(), xOf(mark.end, span, size.width()));
        QColor band = colourOf(mark, theme.palette());
        band.setAlphaF(0.14F);
        painter.fillRect(QRectF(from, 0, std::max(1.0, to - from), size.height()), band);
    }
    painter.setFont(theme.font(Theme::FontRole::Small));
    for (const MarkGroup &group : groupMarks(marks, span, size.width())) {
        const EventMark &worst = group.worst();
        const double x = std::floor(group.x) + 0.5;
        QColor colour = colourOf(worst, theme.palette());
        colour.setAlphaF(0.7F);
        QPen pen(colour, 1);
        pen.setDashPattern({2, 3});
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(pen);
        painter.drawLine(QPointF(x, glyph + 2), QPointF(x, size.height()));
        // At the edges it moves inwards, so that it is seen whole.
        const QString count = group.marks.size() > 1 ? QLocale().toString(group.marks.size()) : QString();
        const double number = count.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(count) + 2;
        const double left = std::clamp(x - glyph / 2, 0.0, std::max(0.0, size.width() - glyph - number));
        const QRectF place(left, 1, glyph, glyph);
        paintMarkGlyph(painter, place, worst, theme);
        if (count.isEmpty())
            continue;
        painter.setPen(theme.palette().text);
        painter.drawText(QRectF(place.right() + 2, -3, number + 2, glyph + 8), Qt::AlignLeft | Qt::AlignVCenter, count);
    }
    painter.restore();
}

} // namespace kdra::ui
