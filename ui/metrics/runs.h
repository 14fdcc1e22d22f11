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

// A few columns of pixels beside each other, premultiplied: vertical runs are written in one go, in memory that stays
// in the cache, and become rows of an image when the columns are done.
class ColumnCanvas {
public:
    static constexpr int columns = 16;

    // Empty columns of that height; keeps its room.
    void clear(int height);
    QRgb *column(int x) { return m_pixels.data() + size_t(x) * size_t(m_height); }
    // To where they belong in an image of premultiplied pixels, of the same height: from `x` on, as far as it goes.
    void copyTo(QImage &image, int x) const;

private:
    int m_height = 0;
    std::vector<QRgb> m_pixels;
};

// One line as vertical runs, one for each column of pixels that it crosses: where it is highest and lowest there. It is
// traced anew for each series and keeps its room.
class Runs {
public:
    // In a picture of so many device pixels.
    void trace(const QSize &pixels, const std::vector<metrics::Column> &columns, const metrics::AxisRange &range);

    // How a line is drawn.
    struct Pen {
        QRgb ink = 0; // premultiplied
        float width = 1; // device pixels
        std::vector<bool> on = {}; // columns that are not between dashes
    };
    // Dashes are counted along the columns, lengths in device independent pixels.
    static Pen penOf(const QColor &colour, float width, const QList<int> &dash, int columns, double ratio);

    // Paints what is of the line in a column of that many pixels, with soft edges.
    void stroke(QRgb *pixels, int height, int column, const Pen &pen) const;
    // The same of the area between the line and another, or a horizontal base. `ink` is premultiplied.
    void fill(QRgb *pixels, int height, int column, const Runs *lower, float base, QRgb ink) const;

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
