// SPDX-License-Identifier: GPL-3.0-or-later
// The relations of the selection on the canvas: chips, curves, and the keyboard among them.
#include "ui/topology/canvas.h"
#include "ui/topology/relationpainter.h"
#include "ui/topology/relationsource.h"

#include <QPainter>

namespace kdra::ui {

void Canvas::setRelationsShown(bool shown)
{
    if (m_relationsShown == shown)
        return;
    m_relationsShown = shown;
    askRelations();
    Q_EMIT relationsShownChanged(shown);
}

void Canvas::askRelations()
{
    m_dismissed = false;
    m_chip = -1;
    m_relations->ask(m_scene.snapshot(), m_relationsShown ? m_selection.items() : QList<models::Item>());
}

void Canvas::takeRelations(const Related &related)
{
    const bool same = m_related.isEmpty() && related.isEmpty() && related.objects.empty() && m_related.objects.empty();
    m_related = related;
    m_mapFor.reset();
    if (m_related.objects.empty())
        m_placement = -1;
    if (same)
        return;
    update();
    Q_EMIT relationsChanged();
}

// The scene has changed: where a related object has moved, all is painted again, for its lines run over other tiles.
void Canvas::checkRelations()
{
    const bool shown = showsRelations();
    const std::vector<QRectF> lit = std::exchange(m_map.lit, {});
    m_mapFor.reset();
    if (shown && relationMap().lit != lit)
        update();
}

// What belongs to nothing that is elsewhere needs no lines: a node and its pods are seen as they are.
bool Canvas::showsRelations() const
{
    return m_relationsShown && !m_dismissed && !m_related.isEmpty()
        && (m_related.isPath || !relationMap().edges.empty());
}

const RelationMap &Canvas::relationMap() const
{
    const View &view = m_camera.view();
    if (m_mapFor != view) {
        const RelationPainter painter(m_style, m_theme);
        const QRectF room = QRectF(rect()).marginsRemoved(m_margins);
        m_map = arrangeRelations(m_related, m_scene, view,
            {room, QFontMetricsF(painter.kindFont()), QFontMetricsF(painter.nameFont()), m_placement});
        m_placement = m_map.placement;
        m_mapFor = view;
    }
    return m_map;
}

QString Canvas::relationCaption() const
{
    if (!m_relationsShown || m_dismissed)
        return {};
    if (m_related.isPath)
        return pathSentence(m_related);
    if (!showsRelations())
        return {};
    if (m_related.truncated)
        return tr("There are too many related pods to draw all of them.");
    if (relationMap().leftOut)
        return tr("%n more relations are not drawn.", nullptr, relationMap().leftOut);
    return {};
}

QList<AccessibleChip> Canvas::chips() const
{
    QList<AccessibleChip> chips;
    if (!showsRelations())
        return chips;
    for (const Chip &chip : relationMap().chips)
        chips.append({chipSentence(m_related, chip), chip.rect.toAlignedRect(), chipItem(chip)});
    return chips;
}

models::Item Canvas::chipItem(const Chip &chip) const
{
    return chip.object < 0 ? models::Item() : m_related.objects[static_cast<size_t>(chip.object)].item;
}

void Canvas::setCurrentChip(int chip)
{
    if (m_chip == chip)
        return;
    m_chip = chip;
    update();
    Q_EMIT currentStopChanged();
}

bool Canvas::pressChip(int chip, bool toggle)
{
    if (!showsRelations() || chip < 0 || chip >= static_cast<int>(relationMap().chips.size()))
        return false;
    if (const models::Item item = chipItem(relationMap().chips[static_cast<size_t>(chip)]); !item.isNull())
        select(item, toggle);
    return true;
}

int Canvas::chipAt(QPointF point) const
{
    return showsRelations() ? relationMap().chipAt(point) : -1;
}

// Tab goes from chip to chip before it leaves the canvas.
bool Canvas::focusNextPrevChild(bool next)
{
    if (handOver())
        return true;
    const auto count = showsRelations() ? static_cast<int>(relationMap().chips.size()) : 0;
    const int chip = m_chip < 0 ? (next ? 0 : -1) : m_chip + (next ? 1 : -1);
    if (chip >= 0 && chip < count) {
        setCurrentChip(chip);
        return true;
    }
    if (m_chip >= 0 && chip < 0) {
        setCurrentChip(-1);
        return true;
    }
    setCurrentChip(-1);
    return QWidget::focusNextPrevChild(next);
}

// Esc, from the inside to the outside: a chip, the relations of this selection, a pod, a node, a group.
bool Canvas::leaveOne()
{
    if (m_chip >= 0) {
        setCurrentChip(-1);
        return true;
    }
    if (showsRelations()) {
        m_dismissed = true;
        update();
        Q_EMIT relationsChanged();
        return true;
    }
    return walkOutside();
}

std::vector<PodPlace> Canvas::relatedPlaces() const
{
    std::vector<PodPlace> places;
    if (!m_relationsShown || m_dismissed)
        return places;
    for (const RelatedObject &object : m_related.objects) {
        if (const PodPlace place = ui::placeOf(object, m_scene); place.tile >= 0)
            places.push_back(place);
    }
    return places;
}

void Canvas::paintRelations(QPainter &painter)
{
    const RelationPainter relations(m_style, m_theme);
    relations.paintVeil(painter, rect(), relationMap());
    relations.paintEdges(painter, relationMap(), m_related.isPath);
    relations.paintChips(painter, relationMap(), m_related, hasFocus() ? m_chip : -1);
}

} // namespace kdra::ui
