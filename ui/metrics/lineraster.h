// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/downsample.h"
#include "metrics/ticks.h"
#include "ui/metrics/runs.h"

#include <QColor>
#include <QImage>

#include <vector>

class QPainter;

namespace kdra::ui {

// A line of a plot, reduced to columns, and how it is painted. A value.
struct PlotLine {
    std::vector<metrics::Column> columns;
    std::vector<metrics::Column> lower; // the lower edge of its area in a stack
    std::ptrdiff_t lowerLine = -1; // the line whose columns are the lower edge, in place of `lower`
    QColor colour;
    int dash = 0;
    bool faded = false; // another one is looked at
    bool strong = false; // this one is
    bool right = false; // its axis is the one at the right
};

// Everything that the picture of a plot's lines is made of. A value, so that it can be painted anywhere.
struct LinePicture {
    QSizeF size; // of the plot area in device independent pixels; its width is the columns' range divided by
                 // `columnsPerPixel`
    double ratio = 1; // device pixels per device independent one; columns are device pixels
    metrics::AxisRange range; // of the axis at the left
    metrics::AxisRange rightRange;
    metrics::DrawStyle draw = metrics::DrawStyle::Line;
    double fill = 0; // opacity of areas, 0 to 1
    bool stacked = false;
    double barWidth = 0; // in columns, of DrawStyle::Bars
    std::vector<PlotLine> lines;

    const std::vector<metrics::Column> &lowerOf(const PlotLine &line) const
    {
        return line.lowerLine < 0 ? line.lower : lines[size_t(line.lowerLine)].columns;
    }
    const metrics::AxisRange &rangeOf(const PlotLine &line) const { return line.right ? rightRange : range; }
};

// Paints into an image of device pixels, which is used again. A time series is a function of time, so a column of
// pixels of a line is one vertical run with soft ends: far less work than stroking the same line, and no peak is lost.
class LineRaster {
public:
    const QImage &paint(const LinePicture &picture);
    const QImage &image() const { return m_image; }

private:
    void paintLines(const LinePicture &picture);

    ColumnCanvas m_canvas;
    std::vector<Runs> m_runs; // of the lines
    std::vector<Runs> m_lower; // of their lower edges that are no other line
    QImage m_image;
};

// The same in vectors, for SVG and printing: the plot area begins at the origin.
void paintVectors(QPainter &painter, const LinePicture &picture);

// Where a value is in the plot area, device independent pixels from its top; NaN where it has no place.
double yOf(double value, const metrics::AxisRange &range, double height);

} // namespace kdra::ui
