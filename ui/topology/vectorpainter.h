// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/paintstyle.h"

class QPainter;

namespace kdra::ui {

// Paints the scene as shapes and text, for files that can be enlarged (SVG, PDF). Slower than ScenePainter, which
// writes pixels, and the same to look at but for details. Any thread, as long as the scene is not changed.
class VectorPainter {
public:
    VectorPainter(const Scene &scene, const PaintStyle &style, const View &view);

    // Everything in the rectangle of the window.
    void paint(QPainter &painter, const QRectF &window) const;

private:
    void paintGroup(QPainter &painter, int group) const;
    void paintTile(QPainter &painter, int tile) const;
    void paintName(QPainter &painter, const NodeTile &tile, const QRectF &rect) const;
    void paintBars(QPainter &painter, const NodeTile &tile, const QRectF &rect) const;
    void paintCells(QPainter &painter, int tile) const;
    void paintPod(QPainter &painter, const QRectF &rect, store::Ref<store::PodRecord> pod, quint8 step) const;

    const Scene &m_scene;
    const PaintStyle &m_style;
    const View m_view;
};

} // namespace kdra::ui
