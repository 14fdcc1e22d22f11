// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/runs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
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

// Twice as many at once where the processor can; it is found out when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)                  \
    && !defined(__SANITIZE_THREAD__)
#define KDRA_WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define KDRA_WIDEST
#endif

using Lane [[gnu::may_alias]] = quint16;

// The same with the source scaled already: what areas and the middles of lines are made of. In lanes of sixteen bits,
// each with two channels: `added` is the source, `rest` what stays of the target, of 256.
KDRA_WIDEST void blendLanes(Lane *lanes, int count, const quint16 *added, quint16 rest)
{
    const quint16 even = added[0];
    const quint16 odd = added[1];
    for (int i = 0; i < count; i += 2) {
        const quint16 one = lanes[i];
        const quint16 other = lanes[i + 1];
        lanes[i] = quint16(quint16(quint16((one & 0xff) * rest) >> 8 | (quint16((one >> 8) * rest) & 0xff00)) + even);
        lanes[i + 1] =
            quint16(quint16(quint16((other & 0xff) * rest) >> 8 | (quint16((other >> 8) * rest) & 0xff00)) + odd);
    }
}

inline void blendRow(QRgb *pixels, int count, QRgb source)
{
    const auto rest = quint16(256 - (source >> 24) - (source >> 31));
    if (rest == 0) {
        std::fill_n(pixels, count, source);
        return;
    }
    std::array<quint16, 2> added;
    std::memcpy(added.data(), &source, sizeof source);
    blendLanes(reinterpret_cast<Lane *>(pixels), 2 * count, added.data(), rest);
}

}

void ColumnCanvas::clear(int height)
{
    m_height = height;
    m_pixels.assign(size_t(columns) * size_t(std::max(0, height)), 0);
}

void ColumnCanvas::copyTo(QImage &image, int x) const
{
    const auto stride = image.bytesPerLine() / qsizetype(sizeof(QRgb));
    auto *row = reinterpret_cast<QRgb *>(image.bits()) + x;
    const int count = std::min(columns, image.width() - x);
    for (int y = 0; y < m_height; ++y, row += stride) {
        const QRgb *pixel = m_pixels.data() + y;
        for (int i = 0; i < count; ++i, pixel += m_height)
            row[i] = *pixel;
    }
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

void Runs::trace(const QSize &pixels, const std::vector<Column> &columns, const metrics::AxisRange &range)
{
    if (pixels != m_pixels) {
        m_pixels = pixels;
        m_runs.assign(size_t(std::max(0, pixels.width())), {});
    } else {
        for (int column = m_first; column <= m_last; ++column)
            m_runs[size_t(column)] = {};
    }
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

Runs::Pen Runs::penOf(const QColor &colour, float width, const QList<int> &dash, int columns, double ratio)
{
    return {qPremultiply(colour.rgba()), width, dashes(dash, std::max(0, columns), ratio)};
}

void Runs::stroke(QRgb *pixels, int height, int column, const Pen &pen) const
{
    const Run &run = m_runs[size_t(column)];
    if (run.top > run.bottom || !pen.on[size_t(column)])
        return;
    const float half = pen.width / 2;
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
    const auto softly = [&](int y) {
        const float covered = (reach - std::abs(float(y) + 0.5F - middle)) * sharpness + 0.5F;
        if (covered > 0)
            pixels[y] = blended(pixels[y], pen.ink, quint32(std::min(covered, 1.0F) * 256));
    };
    for (int y = from; y < wholeFrom; ++y)
        softly(y);
    blendRow(pixels + wholeFrom, wholeTo - wholeFrom, pen.ink);
    for (int y = wholeTo; y <= to; ++y)
        softly(y);
}

void Runs::fill(QRgb *pixels, int height, int column, const Runs *lower, float base, QRgb ink) const
{
    const Run &run = m_runs[size_t(column)];
    if (run.top > run.bottom)
        return;
    float top = std::min(run.top, base);
    float bottom = std::max(run.bottom, base);
    if (lower) {
        const Run &under = lower->m_runs[size_t(column)];
        if (under.top > under.bottom)
            return;
        // From edge to edge: areas of a stack meet and do not overlap. Stacks below the zero hang.
        const bool hangs = run.bottom > under.bottom;
        top = hangs ? under.bottom : run.top;
        bottom = hangs ? run.bottom : under.top;
    }
    top = std::clamp(top, 0.0F, float(height));
    bottom = std::clamp(bottom, 0.0F, float(height));
    if (!(bottom > top))
        return;
    const int from = int(top);
    const int to = std::min(height - 1, int(bottom));
    const auto edge = [&](int y) {
        const float covered = std::min(bottom, float(y + 1)) - std::max(top, float(y));
        pixels[y] = blended(pixels[y], ink, quint32(std::clamp(covered, 0.0F, 1.0F) * 256));
    };
    edge(from);
    blendRow(pixels + from + 1, to - from - 1, ink);
    if (to > from)
        edge(to);
}

} // namespace kdra::ui
