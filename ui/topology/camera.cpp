// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/camera.h"

#include <algorithm>
#include <cmath>

namespace kdra::ui {

using namespace std::chrono_literals;

namespace {

// Between two views every point moves straight to or from the one point that stays where it is: what zooming at the
// pointer looks like, and flying too.
View between(const View &from, const View &to, double t)
{
    const double ratio = to.scale / from.scale;
    if (std::abs(std::log(ratio)) < 1e-3)
        return {from.scale + (to.scale - from.scale) * t, from.offset + (to.offset - from.offset) * t};
    const QPointF fixed = (from.offset - to.offset) / (to.scale - from.scale); // world
    const QPointF window = from.toWindow(fixed);
    const double scale = from.scale * std::pow(ratio, t);
    return {scale, window - fixed * scale};
}

} // namespace

void Camera::setWorld(const QRectF &bounds, const QMarginsF &margins)
{
    m_bounds = bounds;
    m_margins = margins;
}

void Camera::set(const View &view)
{
    m_view = m_target = limited(view);
    m_moving = false;
}

void Camera::panBy(QPointF pixels)
{
    set({m_target.scale, m_view.offset + pixels});
}

void Camera::zoomAt(QPointF window, double factor, Time now)
{
    // Wheel notches that come during a glide add up.
    const QPointF world = m_view.toWorld(window);
    const double smallest = framingAll().scale * 0.5;
    const double scale = std::clamp(m_target.scale * factor, std::min(smallest, m_target.scale), maxScale);
    m_start = m_view;
    m_target = limited({scale, window - world * scale});
    m_begin = now;
    m_duration = 110ms;
    m_moving = m_target != m_view;
}

void Camera::flyTo(const View &view, Time now)
{
    m_start = m_view;
    m_target = limited(view);
    m_begin = now;
    m_duration = 320ms;
    m_moving = m_target != m_view;
}

View Camera::framing(const QRectF &world, double largest) const
{
    const QRectF room = QRectF({}, m_window).marginsRemoved(m_margins);
    if (world.isEmpty() || room.width() < 1 || room.height() < 1)
        return {1, {}};
    const double fit = std::min(room.width() / world.width(), room.height() / world.height());
    const double scale = std::min({fit, largest, maxScale});
    return {scale, room.center() - world.center() * scale};
}

bool Camera::advance(Time now)
{
    if (!m_moving)
        return false;
    const double t = m_duration.count() ? std::chrono::duration<double>(now - m_begin) / m_duration : 1.0;
    if (t >= 1) {
        m_view = m_target;
        m_moving = false;
        return false;
    }
    const double eased = 1 - std::pow(1 - std::max(t, 0.0), 3);
    m_view = between(m_start, m_target, eased);
    return true;
}

// Some of the world stays in sight.
View Camera::limited(View view) const
{
    if (m_bounds.isEmpty())
        return view;
    constexpr double visible = 80;
    const QRectF shown = view.toWindow(m_bounds);
    view.offset.rx() +=
        std::max(0.0, visible - shown.right()) - std::max(0.0, shown.left() - (m_window.width() - visible));
    view.offset.ry() +=
        std::max(0.0, visible - shown.bottom()) - std::max(0.0, shown.top() - (m_window.height() - visible));
    return view;
}

} // namespace kdra::ui
