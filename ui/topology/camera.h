// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMarginsF>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <chrono>

// From the world of the layout to the window, and how the view moves. Pure: time is an argument.
namespace kdra::ui {

struct View {
    double scale = 1; // device independent pixels per world unit
    QPointF offset; // where the world's origin is, in device independent pixels

    QPointF toWindow(QPointF world) const { return world * scale + offset; }
    QPointF toWorld(QPointF window) const { return (window - offset) / scale; }
    QRectF toWindow(const QRectF &world) const { return {toWindow(world.topLeft()), world.size() * scale}; }
    QRectF toWorld(const QRectF &window) const { return {toWorld(window.topLeft()), window.size() / scale}; }
    bool operator==(const View &) const = default;
};

class Camera {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr double maxScale = 24;

    const View &view() const { return m_view; }
    // Where a movement under way will end.
    const View &target() const { return m_target; }
    bool isMoving() const { return m_moving; }

    void setWindow(QSizeF size) { m_window = size; }
    // What may be shown, and the room that overlays take at the window's edges.
    void setWorld(const QRectF &bounds, const QMarginsF &margins);

    // Jumps.
    void set(const View &view);
    void panBy(QPointF pixels);
    // Glide there.
    void zoomAt(QPointF window, double factor, Time now);
    void flyTo(const View &view, Time now);
    // The view that shows the rectangle whole, no larger than `largest`.
    View framing(const QRectF &world, double largest) const;
    View framingAll() const { return framing(m_bounds, 1.6); }

    // Moves on; false when it has arrived.
    bool advance(Time now);

private:
    View limited(View view) const;

    QSizeF m_window{1, 1};
    QRectF m_bounds;
    QMarginsF m_margins;
    View m_view;
    View m_start;
    View m_target;
    Time m_begin;
    std::chrono::milliseconds m_duration{};
    bool m_moving = false;
};

} // namespace kdra::ui
