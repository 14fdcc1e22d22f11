// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/viewstate.h"

class QPainter;

namespace kdra::ui {

class Theme;

// Marks that are so near each other that only one can be drawn, for a plot of some width in pixels.
struct MarkGroup {
    double x = 0; // of the worst of them: pixels from the plot's left
    double left = 0; // of the first
    QList<EventMark> marks = {}; // in the order of time, at least one
    const EventMark &worst() const;
    bool operator==(const MarkGroup &) const = default;
};

// The marks that begin within the span, from the left to the right. No two groups' `left` are closer than the room that
// a glyph with a number takes. Pure.
QList<MarkGroup> groupMarks(const QList<EventMark> &marks, const TimeSpan &span, double width);

// What is to be told at a place of the plot: all of the group that is drawn there, and what lasts there.
QList<EventMark> marksAt(const QList<EventMark> &marks, const TimeSpan &span, double width, double x);

// Paints them into a plot of that size with its corner at the origin: bands of what lasts; a dashed line, a glyph and,
// for more than one, their number for each group.
void paintMarks(
    QPainter &painter, const QList<EventMark> &marks, const TimeSpan &span, const QSizeF &size, const Theme &theme);
// The glyph of one mark: of its severity, or a diamond in its author's colour.
void paintMarkGlyph(QPainter &painter, const QRectF &place, const EventMark &mark, const Theme &theme);

} // namespace kdra::ui
