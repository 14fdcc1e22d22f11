// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/painter.h"

#include <chrono>

namespace kdra::ui {

// The painted scene, kept: a change paints its tiles again, panning moves the pixels and paints the uncovered strips.
class Picture {
public:
    // The whole picture is to be painted again.
    void invalidate()
    {
        m_valid = m_refining = false;
        m_before.clear();
    }
    // A part is, in world units.
    void invalidate(const QRectF &world) { m_dirty.push_back(world); }

    // Brings the picture up to date for a view and a size in device pixels. Returns what changed in it. A picture of
    // another scale that costs more than a frame is painted over several calls, in bands: until it is whole, the last
    // one stays, and view() says of which view it is.
    QRegion update(const Scene &scene, PaintStyle &style, const DeviceView &view, QSize size, const Emphasis &emphasis);
    const QImage &image() const { return m_image; }
    const DeviceView &view() const { return m_view; }
    bool isRefining() const { return m_refining; }

    // What one call may take for painting another scale. It paints something whatever that is.
    void setBudget(std::chrono::microseconds budget) { m_budget = budget; }

private:
    void scroll(QPoint by);
    bool refine(ScenePainter &painter);

    QImage m_image;
    DeviceView m_view;
    QImage m_next; // of m_nextView, painted down to m_nextRows
    DeviceView m_nextView;
    int m_nextRows = 0;
    bool m_refining = false;
    std::chrono::microseconds m_budget{6000};
    double m_rowCost = 0; // seconds for a row of pixels, of late
    int m_band = 0; // rows that were painted at once, of late
    std::vector<QRectF> m_dirty;
    std::vector<QRectF> m_before; // what the next picture shows already, and this one does not
    bool m_valid = false;
};

} // namespace kdra::ui
