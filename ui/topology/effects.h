// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/paintstyle.h"

class QPainter;

namespace kdra::ui {

// Change made visible for a moment: a new pod grows in, a failing one pulses twice, a deleted one fades. They end by
// themselves; while there are none, nothing moves.
class Effects {
public:
    using Time = Camera::Time;

    void add(const std::vector<SceneChange::Pod> &pods, Time now);
    void clear() { m_effects.clear(); }
    bool isEmpty() const { return m_effects.empty(); }
    // Drops what has ended. Returns the world rectangles to be painted again.
    std::vector<QRectF> advance(const Scene &scene, double scale, Time now);
    // In device pixels.
    void paint(QPainter &painter, const Scene &scene, PaintStyle &style, const DeviceView &view, Time now) const;

private:
    struct Effect {
        SceneChange::Pod pod;
        Time start;
    };
    std::vector<Effect> m_effects;
};

} // namespace kdra::ui
