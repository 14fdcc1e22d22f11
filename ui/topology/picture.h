// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/painter.h"

namespace kdra::ui {

// The painted scene, kept: a change paints its tiles again, panning moves the pixels and paints the uncovered strips.
class Picture {
public:
    // The whole picture is to be painted again.
    void invalidate() { m_valid = false; }
    // A part is, in world units.
    void invalidate(const QRectF &world) { m_dirty.push_back(world); }

    // Brings the picture up to date for a view and a size in device pixels. Returns what changed in it.
    QRegion update(
        const Scene &scene, PaintStyle &style, const DeviceView &view, QSize size, const std::vector<bool> &matches);
    const QImage &image() const { return m_image; }

private:
    void scroll(QPoint by);

    QImage m_image;
    DeviceView m_view;
    std::vector<QRectF> m_dirty;
    bool m_valid = false;
};

} // namespace kdra::ui
