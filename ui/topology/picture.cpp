// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/picture.h"

#include <QRegion>

#include <cstring>

namespace kdra::ui {

namespace {
constexpr int smallestBand = 48;
} // namespace

QRegion Picture::update(
    const Scene &scene, PaintStyle &style, const DeviceView &view, QSize size, const std::vector<bool> &matches)
{
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_RGB32);
        m_valid = false;
    }
    const QRect whole = m_image.rect();
    bool replaced = false;
    if (m_valid && view.scale != m_view.scale && view.ratio == m_view.ratio) {
        if (!m_refining) {
            m_nextView = view;
            m_nextRows = 0;
            m_refining = true;
            // The next picture begins with all that has changed; the last one may be needed again.
            m_before.insert(m_before.end(), m_dirty.begin(), m_dirty.end());
            m_dirty.clear();
        }
        ScenePainter bands(scene, style, m_nextView, matches);
        replaced = refine(bands);
        if (!replaced || view.scale != m_view.scale)
            return whole;
    } else if (m_refining) {
        m_refining = false;
        m_dirty.insert(m_dirty.end(), m_before.begin(), m_before.end());
        m_before.clear();
    }
    const QPoint moved = view.offset - m_view.offset;
    ScenePainter painter(scene, style, view, matches);
    QRegion changed;
    if (!m_valid || view.scale != m_view.scale || view.ratio != m_view.ratio || std::abs(moved.x()) >= size.width()
        || std::abs(moved.y()) >= size.height()) {
        changed = whole;
        painter.paint(m_image, whole);
    } else {
        QRegion parts;
        // Many small changes: one clip for each; too many: all at once is cheaper than overlapping pieces.
        std::vector<QRect> visible;
        for (const QRectF &world : m_dirty) {
            const QRect part = view.rect(world).adjusted(-2, -2, 2, 2) & whole;
            if (!part.isEmpty())
                visible.push_back(part);
        }
        if (visible.size() > 400) {
            parts = whole;
        } else {
            for (const QRect &part : visible)
                parts += part;
        }
        if (!moved.isNull()) {
            scroll(moved);
            parts += QRegion(whole) - whole.translated(moved);
            changed = whole;
        } else {
            changed = parts;
        }
        for (const QRect &part : parts)
            painter.paint(m_image, part);
    }
    m_dirty.clear();
    m_view = view;
    m_valid = true;
    return replaced ? QRegion(whole) : changed;
}

// Goes on with the next picture for as long as there is time. True when it has become the picture.
bool Picture::refine(ScenePainter &painter)
{
    using Clock = std::chrono::steady_clock;
    if (m_next.size() != m_image.size())
        m_next = QImage(m_image.size(), QImage::Format_RGB32);
    const auto start = Clock::now();
    while (m_nextRows < m_next.height()) {
        const std::chrono::duration<double> left = budget - (Clock::now() - start);
        if (left.count() <= 0)
            return false;
        // Thin bands would paint tiles that lie across them many times.
        const int affordable = m_rowCost > 0 ? static_cast<int>(std::min(left.count() / m_rowCost, 1e6)) : 0;
        const int rows = std::min(std::max(affordable, smallestBand), m_next.height() - m_nextRows);
        const auto begin = Clock::now();
        painter.paint(m_next, {0, m_nextRows, m_next.width(), rows});
        m_rowCost = std::chrono::duration<double>(Clock::now() - begin).count() / rows;
        m_nextRows += rows;
    }
    std::swap(m_image, m_next);
    m_view = m_nextView;
    m_refining = false;
    m_before.clear();
    return true;
}

void Picture::scroll(QPoint by)
{
    const int width = m_image.width() - std::abs(by.x());
    const int height = m_image.height() - std::abs(by.y());
    const qsizetype stride = m_image.bytesPerLine();
    uchar *bits = m_image.bits();
    const int fromX = std::max(0, -by.x());
    const int toX = std::max(0, by.x());
    for (int i = 0; i < height; ++i) {
        // In the order in which no line is overwritten before it was moved.
        const int y = by.y() > 0 ? height - 1 - i : i - by.y();
        std::memmove(
            bits + (y + by.y()) * stride + toX * 4, bits + y * stride + fromX * 4, static_cast<size_t>(width) * 4);
    }
}

} // namespace kdra::ui
