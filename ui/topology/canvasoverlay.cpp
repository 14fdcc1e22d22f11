// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the picture and follows the user: selection, attention, hover, search hits.
#include "ui/topology/canvas.h"

#include <QPainter>

namespace kdra::ui {

void Canvas::findMarks()
{
    m_marks.clear();
    for (const models::Item &item : m_selection.items()) {
        Mark mark{item, store::noSlot};
        if (item.kind == store::Kind::Pod) {
            const auto pod = m_scene.podAt(m_scene.placeOf(item.uid));
            mark.slot = pod ? pod.slot() : store::noSlot;
        }
        m_marks.push_back(mark);
    }
}

// Empty when the object is not there any more.
PodPlace Canvas::placeOf(const Mark &mark) const
{
    if (mark.item.kind != store::Kind::Pod)
        return {m_scene.tileOf(mark.item.uid), -1};
    if (mark.slot == store::noSlot)
        return {};
    const PodPlace place = m_scene.placeOf(mark.slot);
    // The slot may hold another pod by now.
    const auto pod = m_scene.podAt(place);
    return pod && pod->meta.uid == mark.item.uid ? place : PodPlace();
}

std::vector<PodPlace> Canvas::markedPlaces() const
{
    std::vector<PodPlace> places;
    for (const Mark &mark : m_marks) {
        if (const PodPlace place = placeOf(mark); place.tile >= 0)
            places.push_back(place);
    }
    return places;
}

void Canvas::outline(QPainter &painter, const QRect &rect, const QColor &colour, double width) const
{
    const double ratio = devicePixelRatioF();
    const double out = (width / 2 + 1) * ratio;
    const double radius = std::min({8.0 * ratio, rect.width() * 0.3, rect.height() * 0.3});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width * ratio));
    painter.drawRoundedRect(QRectF(rect).adjusted(-out, -out, out, out), radius, radius);
}

void Canvas::paintOverlay(QPainter &painter)
{
    const Palette &palette = m_style.palette();
    const Layout &layout = m_scene.layout();
    const DeviceView view = deviceView();
    painter.setRenderHint(QPainter::Antialiasing);
    if (showsRelations() && !m_drop) {
        painter.save();
        painter.scale(view.ratio, view.ratio);
        paintRelations(painter);
        painter.restore();
    }
    const auto rectOf = [&](PodPlace place) -> QRect {
        if (place.tile < 0 || place.tile >= layout.tileCount() || layout.tileGroup(place.tile) < 0)
            return {};
        return view.rect(place.cell < 0 ? layout.tileRect(place.tile)
                                        : m_scene.cells(place.tile, view.logicalScale()).rect(place.cell));
    };
    const QRect window(QPoint(), (QSizeF(size()) * view.ratio).toSize());
    if (!m_search.places.empty()) {
        for (const PodPlace place : m_search.places) {
            const QRect rect = rectOf(place);
            // A frame around a speck would hide it.
            if (rect.intersects(window) && rect.width() >= 5 * view.ratio)
                outline(painter, rect, palette.accent, 1);
        }
    }
    if (const QRect rect = rectOf(m_hover); !rect.isEmpty() && rect.width() >= 5) {
        QColor colour = palette.text;
        colour.setAlphaF(0.45F);
        outline(painter, rect, colour, 1);
    }
    if (const Stop stop = currentStop(); !stop.isNull() && hasFocus() && m_chip < 0 && !m_drop) {
        const double ratio = view.ratio;
        const QRect rect = stop.isGroup() ? view.rect(layout.groupRect(stop.group)) : rectOf(stop.place());
        if (!rect.isEmpty()) {
            const double out = (stop.isPod() ? 3 : 4) * ratio;
            painter.setPen(QPen(palette.text, ratio, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect).adjusted(-out, -out, out, out), 2 * out, 2 * out);
        }
    }
    for (const PodPlace place : markedPlaces()) {
        if (const QRect rect = rectOf(place); !rect.isEmpty())
            outline(painter, rect, palette.accent, 2);
    }
    if (m_drop)
        paintDrop(painter);
}

} // namespace kdra::ui
