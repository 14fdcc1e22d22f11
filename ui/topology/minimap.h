// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/canvas.h"

namespace kdra::ui {

// The whole canvas in a corner with what the window shows of it; press or drag to go there.
class Minimap : public QWidget {
    Q_OBJECT
public:
    Minimap(Theme &theme, Canvas &canvas, QWidget *parent = nullptr);
    // Whether the window has room for it; it hides as well while everything is in sight.
    void setFits(bool fits);
    QSize sizeHint() const override { return {164, 102}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    View view() const;
    void paintTiles();

    Theme &m_theme;
    Canvas &m_canvas;
    QImage m_tiles;
    bool m_fits = true;
    QTimer m_repaint; // changes of the scene, a few times a second at most
};

} // namespace kdra::ui
