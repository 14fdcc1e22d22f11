// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/downsample.h"
#include "metrics/ticks.h"

#include <QColor>
#include <QImage>
#include <QList>
#include <QSize>

#include <vector>

namespace kdra::ui {

// Pixels column by column, premultiplied: vertical runs are written in one go. Turned into an image at the end.
class ColumnCanvas {
public:
    // Empty, of that size; keeps its room: fresh memory costs more than what is painted into it.
    void clear(const QSize &pixels);
    int width() const { return m_size.width(); }
    int height() const { return m_size.height(); }
    QRgb *column(int x) { return m_pixels.data() + size_t(x) * size_t(m_size.height()); }
    // Into an image that is used again when it has the size.
    void copyTo(QImage &image) const;

private:
    QSize m_size;
    std::vector<QRgb> m_pixels;
};

// One line as vertical runs, one for each column of pixels that it crosses: where it is highest and lowest there. It is
// traced anew for each series and keeps its room.
class Runs {
public:
    // Of a picture of so many device pixels.
    explicit Runs(const QSize &pixels);

    void trace(const std::vector<metrics::Column> &columns, const metrics::AxisRange &range);

    // Paints the line with soft edges, `width` in device pixels. Dashes are counted along the columns.
    void stroke(ColumnCanvas &canvas, const QColor &colour, float width, const QList<int> &dash, double ratio) const;
    // Paints the area between the line and another, or a horizontal base.
    void fill(ColumnCanvas &canvas, const Runs *lower, float base, const QColor &colour) const;

private:
    struct Run {
        float top = 1; // of the line in this column, pixels downwards; top > bottom: nothing here
        float bottom = 0;
        bool turns = false; // points lie in it: it does not just go through
    };
    void extend(int column, float y0, float y1);
    void segment(float x0, float y0, float x1, float y1);

    QSize m_pixels;
    std::vector<Run> m_runs;
    int m_first = 0; // columns that have runs
    int m_last = -1;
};

} // namespace kdra::ui
