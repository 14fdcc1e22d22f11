// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/picture.h"

#include <QRegion>

#include <cstring>

namespace kdra::ui {

QRegion Picture::update(
    const Scene &scene, PaintStyle &style, const DeviceView &view, QSize size, const std::vector<bool> &matches)
{
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_RGB32);
        m_valid = false;
    }
    const QRect whole = m_image.rect();
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
        if (m_dirty.size() > 400) {
            parts = whole;
        } else {
            for (const QRectF &world : m_dirty)
                parts += view.rect(world).adjusted(-2, -2, 2, 2) & whole;
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
    return changed;
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
