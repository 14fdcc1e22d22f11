// SPDX-License-Identifier: GPL-3.0-or-later
// Typing on the canvas searches it.
#include "ui/topology/canvas.h"

#include <QKeyEvent>

namespace kdra::ui {

// True when the key belongs to the search. "/" begins one with any letter; without it, F and the zoom keys keep their
// meaning as long as nothing has been typed.
bool Canvas::searchKey(QKeyEvent *event)
{
    const bool searching = !m_searchText.isEmpty();
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!searching)
            return false;
        setSearch({});
        return true;
    case Qt::Key_Backspace:
        if (!searching)
            return false;
        setSearch(m_searchText.chopped(1));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!searching || m_search.places.empty())
            return false;
        nextHit();
        return true;
    default:
        break;
    }
    const QString text = event->text();
    if (text.size() != 1 || !text.front().isPrint())
        return false;
    if (!searching) {
        const bool begins = text.front() == u'/';
        const bool taken = event->key() == Qt::Key_F || !text.front().isLetter();
        if (taken && !begins)
            return false;
    }
    setSearch(m_searchText + text);
    return true;
}

void Canvas::setSearch(const QString &text)
{
    if (m_searchText == text)
        return;
    m_searchText = text;
    m_search = search(m_scene, text.startsWith(u'/') ? text.sliced(1) : text);
    m_hit = 0;
    m_picture.invalidate();
    update();
    flyToHits();
    Q_EMIT searchChanged();
}

void Canvas::flyToHits()
{
    QRectF area;
    for (const int tile : m_scene.layout().order()) {
        if (!m_search.tiles.empty() && m_search.tiles[static_cast<size_t>(tile)])
            area |= m_scene.layout().tileRect(tile);
    }
    if (area.isEmpty())
        return;
    const double margin = 24;
    m_camera.flyTo(
        m_camera.framing(area.adjusted(-margin, -margin, margin, margin), 2), std::chrono::steady_clock::now());
    userMoved();
    animate();
}

// Selects the hits one after the other.
void Canvas::nextHit()
{
    const PodPlace place = m_search.places[m_hit++ % m_search.places.size()];
    setCurrentTile(place.tile);
    if (const auto pod = m_scene.podAt(place))
        m_selection.set({store::Kind::Pod, pod->meta.uid});
    else if (const models::Item item = tileItem(place.tile); !item.isNull())
        m_selection.set(item);
    showTile(place.tile);
}

} // namespace kdra::ui
