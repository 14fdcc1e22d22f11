// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/runs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace kdra::ui {

using metrics::Column;

namespace {

// std::floor() is a call where SSE 4.1 is not taken for granted.
inline int floorInt(float value)
{
    const int whole = int(value);
    return whole - (float(whole) > value);
}

inline int ceilInt(float value)
{
    return -floorInt(-value);
}

// `source` over `target`, both premultiplied (what QPainter does), `part` of 256 of it.
inline QRgb blended(QRgb target, QRgb source, quint32 part)
{
    const quint32 sourceRb = (source & 0xff00ff) * part >> 8 & 0xff00ff;
    const quint32 sourceAg = (source >> 8 & 0xff00ff) * part & 0xff00ff00;
    const QRgb scaled = sourceRb | sourceAg;
    const quint32 rest = 256 - (scaled >> 24) - (scaled >> 31);
    const quint32 rb = (target & 0xff00ff) * rest >> 8 & 0xff00ff;
    const quint32 ag = (target >> 8 & 0xff00ff) * rest & 0xff00ff00;
    return scaled + (rb | ag);
}

// Columns that are painted of a dashed line.
std::vector<bool> dashes(const QList<int> &pattern, int columns, double ratio)
{
    std::vector<bool> on(size_t(columns), true);
    if (pattern.isEmpty())
        return on;
    int x = 0;
    for (int i = 0; x < columns; i = (i + 1) % int(pattern.size())) {
        const int length = std::max(1, qRound(pattern[i] * ratio));
        for (int end = std::min(columns, x + length); x < end; ++x)
            on[size_t(x)] = i % 2 == 0;
    }
    return on;
}

// The same with the source scaled already: what areas and the middles of lines are made of.
inline void blendRow(QRgb *pixels, int count, QRgb source)
{
    const auto rest = quint16(256 - (source >> 24) - (source >> 31));
    if (rest == 0) {
        std::fill_n(pixels, count, source);
        return;
    }
    // Byte by byte in sixteens: compilers make one vector operation of each step.
    constexpr int block = 16;
    std::array<quint8, block> added;
    for (int i = 0; i < block; ++i)
        added[size_t(i)] = quint8(source >> (QSysInfo::ByteOrder == QSysInfo::LittleEndian ? i % 4 : 3 - i % 4) * 8);
    auto *bytes = reinterpret_cast<quint8 *>(pixels);
    const int whole = count / 4 * 4;
    for (int i = 0; i < whole; i += 4, bytes += block) {
        for (int j = 0; j < block; ++j)
            bytes[j] = quint8(added[size_t(j)] + (bytes[j] * rest >> 8));
    }
    for (int i = whole; i < count; ++i)
        pixels[i] = blended(pixels[i], source, 256);
}

}

void ColumnCanvas::clear(const QSize &pixels)
{
    m_size = pixels.expandedTo({0, 0});
    m_pixels.assign(size_t(m_size.width()) * size_t(m_size.height()), 0);
}

void ColumnCanvas::copyTo(QImage &image) const
{
    if (image.size() != m_size || image.format() != QImage::Format_ARGB32_Premultiplied)
        image = QImage(m_size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return;
    image.setDevicePixelRatio(1);
    const auto stride = image.bytesPerLine() / qsizetype(sizeof(QRgb));
    auto *const rows = reinterpret_cast<QRgb *>(image.bits());
    const int width = m_size.width();
    const int height = m_size.height();
    // Block by block, so that what is read and what is written stay in the cache.
    constexpr int block = 16;
    for (int y0 = 0; y0 < height; y0 += block) {
        const int y1 = std::min(height, y0 + block);
        for (int x0 = 0; x0 < width; x0 += block) {
            const int x1 = std::min(width, x0 + block);
            for (int x = x0; x < x1; ++x) {
                const QRgb *column = m_pixels.data() + size_t(x) * size_t(height);
                for (int y = y0; y < y1; ++y)
                    rows[y * stride + x] = column[y];
            }
        }
    }
}

Runs::Runs(const QSize &pixels)
    : m_pixels(pixels)
    , m_runs(size_t(std::max(0, pixels.width())))
    , m_last(-1)
{
}

void Runs::extend(int column, float y0, float y1)
{
    if (y0 > y1)
        std::swap(y0, y1);
    Run &run = m_runs[size_t(column)];
    if (run.top > run.bottom) {
        run.top = y0;
        run.bottom = y1;
        m_first = std::min(m_first, column);
        m_last = std::max(m_last, column);
        return;
    }
    run.top = std::min(run.top, y0);
    run.bottom = std::max(run.bottom, y1);
}

void Runs::segment(float x0, float y0, float x1, float y1)
{
    const int columns = m_pixels.width();
    const int from = std::max(0, floorInt(x0));
    const int to = std::min(columns - 1, floorInt(x1));
    const float slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
    for (int column = from; column <= to; ++column) {
        const float left = std::max(x0, float(column));
        const float right = std::min(x1, float(column + 1));
        extend(column, y0 + (left - x0) * slope, right >= x1 ? y1 : y0 + (right - x0) * slope);
    }
}

void Runs::trace(const std::vector<Column> &columns, const metrics::AxisRange &range)
{
    for (int column = m_first; column <= m_last; ++column)
        m_runs[size_t(column)] = {};
    m_first = m_pixels.width();
    m_last = -1;
    // A straight line is worked out without a division a value, as long as its numbers allow.
    const auto height = float(m_pixels.height());
    const double span = range.high - range.low;
    const bool simple = !range.logarithmic && std::isfinite(span) && span > 1e-290;
    const double scale = simple ? double(height) / span : 0;
    const auto place = [&](double value) {
        const double y = simple ? (range.high - value) * scale : (1 - range.part(value)) * double(height);
        // Far outside looks like just outside.
        return std::isnan(y) ? std::numeric_limits<float>::quiet_NaN()
                             : float(std::clamp(y, -4.0 * double(height), 5.0 * double(height)));
    };
    float lastX = 0;
    float lastY = std::numeric_limits<float>::quiet_NaN();
    for (const Column &column : columns) {
        const float first = place(column.first);
        const bool single = column.points == 1;
        if (column.joined && !std::isnan(lastY) && !std::isnan(first))
            segment(lastX, lastY, column.firstAt, first);
        if (column.column >= 0 && column.column < m_pixels.width()) {
            // The least of a logarithmic axis may have no place.
            float low = single ? first : place(column.min);
            const float high = single ? first : place(column.max);
            if (std::isnan(low))
                low = high;
            if (!std::isnan(high)) {
                extend(column.column, low, high);
                m_runs[size_t(column.column)].turns = true;
            }
        }
        lastX = column.lastAt;
        lastY = single ? first : place(column.last);
    }
}

void Runs::stroke(ColumnCanvas &canvas, const QColor &colour, float width, const QList<int> &dash, double ratio) const
{
    const QRgb ink = qPremultiply(colour.rgba());
    const int height = canvas.height();
    const std::vector<bool> on = dashes(dash, m_pixels.width(), ratio);
    const float half = width / 2;
    for (int column = m_first; column <= m_last; ++column) {
        const Run &run = m_runs[size_t(column)];
        if (run.top > run.bottom || !on[size_t(column)])
            continue;
        // How tall a line of this width is in a column depends on its slope; so does how soft its edges are.
        const float rise = run.bottom - run.top;
        const float middle = (run.top + run.bottom) / 2;
        const float reach = run.turns ? rise / 2 + half : std::min(half * std::sqrt(1 + rise * rise), rise / 2 + half);
        const float soft = run.turns ? 1 : 1 + std::min(rise, 2.0F);
        const float sharpness = 1 / soft;
        const float edge = reach + soft / 2;
        const float inner = reach - soft / 2;
        const int from = std::max(0, floorInt(middle - edge));
        const int to = std::min(height - 1, floorInt(middle + edge));
        // Pixels whose centres lie in the middle are covered wholly.
        const int wholeFrom = std::clamp(ceilInt(middle - inner - 0.5F), from, to + 1);
        const int wholeTo = std::clamp(floorInt(middle + inner - 0.5F) + 1, wholeFrom, to + 1);
        QRgb *const pixels = canvas.column(column);
        const auto softly = [&](int y) {
            const float covered = (reach - std::abs(float(y) + 0.5F - middle)) * sharpness + 0.5F;
            if (covered > 0)
                pixels[y] = blended(pixels[y], ink, quint32(std::min(covered, 1.0F) * 256));
        };
        for (int y = from; y < wholeFrom; ++y)
            softly(y);
        blendRow(pixels + wholeFrom, wholeTo - wholeFrom, ink);
        for (int y = wholeTo; y <= to; ++y)
            softly(y);
    }
}

void Runs::fill(ColumnCanvas &canvas, const Runs *lower, float base, const QColor &colour) const
{
    const QRgb ink = qPremultiply(colour.rgba());
    const auto height = float(canvas.height());
    for (int column = m_first; column <= m_last; ++column) {
        const Run &run = m_runs[size_t(column)];
        if (run.top > run.bottom)
            continue;
        float top = std::min(run.top, base);
        float bottom = std::max(run.bottom, base);
        if (lower) {
            const Run &under = lower->m_runs[size_t(column)];
            if (under.top > under.bottom)
                continue;
            // From edge to edge: areas of a stack meet and do not overlap. Stacks below the zero hang.
            const bool hangs = run.bottom > under.bottom;
            top = hangs ? under.bottom : run.top;
            bottom = hangs ? run.bottom : under.top;
        }
        top = std::clamp(top, 0.0F, height);
        bottom = std::clamp(bottom, 0.0F, height);
        if (!(bottom > top))
            continue;
        const int from = int(top);
        const int to = std::min(int(height) - 1, int(bottom));
        QRgb *const pixels = canvas.column(column);
        const auto edge = [&](int y) {
            const float covered = std::min(bottom, float(y + 1)) - std::max(top, float(y));
            pixels[y] = blended(pixels[y], ink, quint32(std::clamp(covered, 0.0F, 1.0F) * 256));
        };
        edge(from);
        blendRow(pixels + from + 1, to - from - 1, ink);
        if (to > from)
            edge(to);
    }
}

} // namespace kdra::ui
