// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/minimap.h"

#include "ui/topology/raster.h"

#include <QMouseEvent>
#include <QPainter>

namespace kdra::ui {

Minimap::Minimap(Theme &theme, Canvas &canvas, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_canvas(canvas)
{
    resize(sizeHint());
    // Or a repaint of it would paint the canvas below as well.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Overview"));
    m_repaint.setSingleShot(true);
    m_repaint.setInterval(250);
    connect(&m_repaint, &QTimer::timeout, this, [this] {
        m_tiles = {};
        update();
    });
    connect(&canvas, &Canvas::sceneChanged, this, [this] {
        if (!m_repaint.isActive())
            m_repaint.start();
    });
    connect(&canvas, &Canvas::viewChanged, this, [this] {
        // Of use only when there is something out of sight.
        const QRectF seen = m_canvas.camera().target().toWorld(QRectF(m_canvas.rect()));
        setVisible(m_fits && !seen.contains(m_canvas.scene().layout().bounds()));
        update();
    });
}

void Minimap::setFits(bool fits)
{
    m_fits = fits;
    setVisible(fits && isVisible());
}

View Minimap::view() const
{
    const QRectF world = m_canvas.scene().layout().bounds();
    if (world.isEmpty())
        return {};
    const QRectF room = QRectF(rect()).adjusted(6, 6, -6, -6);
    const double scale = std::min(room.width() / world.width(), room.height() / world.height());
    return {scale, room.center() - world.center() * scale};
}

void Minimap::paintTiles()
{
    const double ratio = devicePixelRatioF();
    const Palette &palette = m_theme.palette();
    m_tiles = QImage((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    m_tiles.fill(palette.panel);
    Raster raster(m_tiles, m_tiles.rect());
    const DeviceView device = DeviceView::of(view(), ratio);
    const Scene &scene = m_canvas.scene();
    for (const int index : scene.layout().order()) {
        const NodeTile &tile = scene.tile(index);
        QRect rect = device.rect(scene.layout().tileRect(index));
        rect.setSize(rect.size().expandedTo({1, 1}));
        const store::Severity severity = tile.isSilent() ? store::Severity::Unknown : tile.severity;
        QColor colour = mixed(palette.panel, palette.dim, 0.45);
        if (tile.isTray())
            colour = palette.panel2;
        else if (severity != store::Severity::Healthy)
            colour = palette.severity(severity);
        raster.fill(rect, colour.rgb());
    }
    m_tiles.setDevicePixelRatio(ratio);
}

void Minimap::paintEvent(QPaintEvent *)
{
    if (m_tiles.isNull() || m_tiles.size() != (QSizeF(size()) * devicePixelRatioF()).toSize())
        paintTiles();
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawImage(QPointF(), m_tiles);
    painter.setPen(palette.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    const QRectF seen = m_canvas.camera().view().toWorld(QRectF(m_canvas.rect()));
    const QRectF frame = view().toWindow(seen).intersected(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
    if (!frame.isEmpty()) {
        painter.setPen(QPen(palette.accent, 1.5));
        painter.drawRoundedRect(frame, 3, 3);
    }
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    m_canvas.centreOn(view().toWorld(event->position()));
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        m_canvas.centreOn(view().toWorld(event->position()));
}

} // namespace kdra::ui
