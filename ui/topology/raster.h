// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QRect>

// Writing pixels straight into a 32-bit image: what QPainter is too slow for when there are 150,000 of a thing.
namespace kdra::ui {

class Raster {
public:
    // `image` is RGB32 and not shared; nothing is written outside `clip`.
    Raster(QImage &image, const QRect &clip)
        : m_bits(reinterpret_cast<QRgb *>(image.bits()))
        , m_stride(static_cast<qsizetype>(image.bytesPerLine()) / 4)
        , m_clip(clip & image.rect())
    {
    }

    const QRect &clip() const { return m_clip; }
    bool touches(const QRect &rect) const { return rect.intersects(m_clip); }

    void fill(const QRect &rect, QRgb colour)
    {
        const QRect r = rect & m_clip;
        for (int y = r.top(); y <= r.bottom(); ++y)
            std::fill_n(line(y) + r.left(), r.width(), colour);
    }

    void frame(const QRect &rect, QRgb colour)
    {
        fill({rect.left(), rect.top(), rect.width(), 1}, colour);
        fill({rect.left(), rect.bottom(), rect.width(), 1}, colour);
        fill({rect.left(), rect.top(), 1, rect.height()}, colour);
        fill({rect.right(), rect.top(), 1, rect.height()}, colour);
    }

    // Diagonal stripes of `width` pixels, anchored to the rectangle.
    void hatch(const QRect &rect, QRgb colour, int width)
    {
        const QRect r = rect & m_clip;
        for (int y = r.top(); y <= r.bottom(); ++y) {
            QRgb *pixels = line(y);
            int phase = ((r.left() - rect.left()) + (y - rect.top())) % (2 * width);
            for (int x = r.left(); x <= r.right(); ++x) {
                if (phase < width)
                    pixels[x] = colour;
                if (++phase == 2 * width)
                    phase = 0;
            }
        }
    }

    // Copies one line of pixels to the rows y0 <= y < y1; `pixels` begins at x.
    void rows(int x, int count, int y0, int y1, const QRgb *pixels)
    {
        const int left = std::max(x, m_clip.left());
        const int right = std::min(x + count, m_clip.right() + 1);
        if (right <= left)
            return;
        for (int y = std::max(y0, m_clip.top()); y < std::min(y1, m_clip.bottom() + 1); ++y)
            std::copy_n(pixels + (left - x), right - left, line(y) + left);
    }

    // Blends a premultiplied image.
    void blend(int x, int y, const QImage &sprite)
    {
        const QRect r = QRect({x, y}, sprite.size()) & m_clip;
        for (int row = r.top(); row <= r.bottom(); ++row) {
            const auto *from = reinterpret_cast<const QRgb *>(sprite.constScanLine(row - y)) + (r.left() - x);
            QRgb *to = line(row) + r.left();
            for (int i = 0; i < r.width(); ++i) {
                const QRgb source = from[i];
                const uint alpha = source >> 24;
                if (alpha == 255)
                    to[i] = source;
                else if (alpha)
                    to[i] = source + scaled(to[i], 256 - alpha);
            }
        }
    }

    // Mixes everything in the rectangle with a colour; strength 0 to 256.
    void veil(const QRect &rect, QRgb colour, uint strength)
    {
        const QRect r = rect & m_clip;
        const QRgb part = scaled(colour, strength);
        for (int y = r.top(); y <= r.bottom(); ++y) {
            QRgb *pixels = line(y) + r.left();
            for (int i = 0; i < r.width(); ++i)
                pixels[i] = (scaled(pixels[i], 256 - strength) + part) | 0xff000000;
        }
    }

private:
    static QRgb scaled(QRgb colour, uint factor)
    {
        const uint redBlue = ((colour & 0xff00ff) * factor >> 8) & 0xff00ff;
        const uint green = ((colour & 0xff00) * factor >> 8) & 0xff00;
        return redBlue | green;
    }
    QRgb *line(int y) { return m_bits + y * m_stride; }

    QRgb *m_bits;
    qsizetype m_stride;
    QRect m_clip;
};

// a where t is 0, b where it is 1.
inline QColor mixed(const QColor &a, const QColor &b, double t)
{
    const auto mix = [t](int x, int y) { return static_cast<int>(x + (y - x) * t); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace kdra::ui
