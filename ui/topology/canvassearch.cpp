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
        goToHit(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_F3:
        if (!searching)
            return false;
        goToHit(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    default:
        break;
    }
    const QString text = event->text();
    if (text.size() != 1 || !text.front().isPrint())
        return false;
    if (!searching) {
        const bool begins = text.front() == u'/';
        // Names are of small letters: those with Shift are free for commands.
        const bool taken =
            event->key() == Qt::Key_F || !text.front().isLetter() || event->modifiers() & Qt::ShiftModifier;
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
    m_hit.reset();
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

// Selects the hits one after the other, round and round.
void Canvas::goToHit(int by)
{
    const auto count = static_cast<qsizetype>(m_search.places.size());
    if (!count)
        return;
    m_hit = m_hit ? (*m_hit + by + count) % count : (by > 0 ? 0 : count - 1);
    const PodPlace place = m_search.places[static_cast<size_t>(*m_hit)];
    goTo({m_scene.layout().tileGroup(place.tile), place.tile, place.cell}, true);
    Q_EMIT searchChanged();
}

} // namespace kdra::ui
