// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/chipblock.h"

#include "models/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace kdra::ui {

using store::Kind;

namespace {

constexpr double chipHeight = 38;
constexpr double gapX = 96; // room for "routes to"
constexpr double gapInRow = 12;
constexpr double gapY = 10;
constexpr double gapRows = 34;
constexpr double distance = 56; // between chips and what they belong to

// From what is asked first to what does the work; pods and nodes have places of their own.
int layerOf(Kind kind)
{
    switch (kind) {
    case Kind::Namespace:
    case Kind::Ingress:
        return 0;
    case Kind::Service:
    case Kind::EndpointSlice:
    case Kind::CronJob:
    case Kind::HorizontalPodAutoscaler:
        return 1;
    case Kind::Deployment:
        return 2;
    case Kind::ReplicaSet:
    case Kind::StatefulSet:
    case Kind::DaemonSet:
    case Kind::Job:
        return 3;
    case Kind::Pod:
        return 4;
    default:
        break;
    }
    // What pods use or run on.
    return 5;
}

QRectF united(const std::vector<QRectF> &rects, const QRectF &room)
{
    QRectF all;
    for (const QRectF &rect : rects) {
        if (rect.intersects(room))
            all |= rect & room;
    }
    return all;
}

} // namespace

ChipBlocks::ChipBlocks(
    const Related &related, const RelationRoom &room, const std::function<bool(int object)> &hasPlace)
    : m_related(related)
    , m_room(room)
    , m_placement(room.placement)
{
    Layers layers(6);
    for (int pass = 0; pass < 2; ++pass) {
        // The selected ones first: they are never behind "+3 more".
        for (size_t i = 0; i < related.objects.size(); ++i) {
            if (related.objects[i].selected == (pass == 0) && !hasPlace(static_cast<int>(i)))
                layers[static_cast<size_t>(layerOf(related.objects[i].item.kind))].push_back(
                    makeChip(static_cast<int>(i)));
        }
    }
    for (size_t i = 0; i < layers.size(); ++i) {
        std::vector<Chip> &layer = layers[i];
        constexpr size_t most = RelationMap::mostChipsOfALayer;
        if (layer.size() > most) {
            Chip rest;
            rest.more = static_cast<int>(layer.size() - most + 1);
            rest.kind = QCoreApplication::translate("kdra::ui::ChipBlocks", "and");
            rest.name =
                QCoreApplication::translate("kdra::ui::ChipBlocks", "%1 more").arg(QLocale().toString(rest.more));
            rest.rect.setSize({90, chipHeight});
            layer.resize(most - 1);
            layer.push_back(rest);
        }
        if (!layer.empty())
            (i < 5 ? m_before : m_after).push_back(std::move(layer));
    }
}

Chip ChipBlocks::makeChip(int object) const
{
    const RelatedObject &one = m_related.objects[static_cast<size_t>(object)];
    Chip chip;
    chip.object = object;
    chip.kind = models::kindTitle(one.item.kind);
    chip.name = m_room.nameMetrics.elidedText(one.name, Qt::ElideMiddle, 150);
    const double text =
        std::max(m_room.nameMetrics.horizontalAdvance(chip.name), m_room.kindMetrics.horizontalAdvance(chip.kind));
    // Glyph left, text right.
    chip.rect.setSize({std::ceil(text) + 38, chipHeight});
    return chip;
}

ChipBlocks::Block ChipBlocks::columns(const Layers &layers) const
{
    Block block;
    double height = 0;
    for (const std::vector<Chip> &layer : layers)
        height = std::max(height, static_cast<double>(layer.size()) * (chipHeight + gapY) - gapY);
    double x = 0;
    for (const std::vector<Chip> &layer : layers) {
        double width = 0;
        double y = (height - (static_cast<double>(layer.size()) * (chipHeight + gapY) - gapY)) / 2;
        for (Chip chip : layer) {
            chip.rect.moveTopLeft({x, y});
            width = std::max(width, chip.rect.width());
            y += chipHeight + gapY;
            block.chips.push_back(chip);
        }
        x += width + gapX;
    }
    block.size = {std::max(0.0, x - gapX), height};
    return block;
}

ChipBlocks::Block ChipBlocks::rows(const Layers &layers) const
{
    Block block;
    std::vector<double> widths;
    for (const std::vector<Chip> &layer : layers) {
        double width = -gapInRow;
        for (const Chip &chip : layer)
            width += chip.rect.width() + gapInRow;
        widths.push_back(width);
    }
    const double widest = widths.empty() ? 0 : *std::ranges::max_element(widths);
    double y = 0;
    for (size_t i = 0; i < layers.size(); ++i) {
        double x = (widest - widths[i]) / 2;
        for (Chip chip : layers[i]) {
            chip.rect.moveTopLeft({x, y});
            x += chip.rect.width() + gapInRow;
            block.chips.push_back(chip);
        }
        y += chipHeight + gapRows;
    }
    block.size = {widest, std::max(0.0, y - gapRows)};
    return block;
}

std::vector<Chip> ChipBlocks::settle(const std::array<Block, 2> &shapes, const std::vector<QRectF> &anchors,
    const std::vector<QRectF> &keepOut, const std::array<int, 4> &sides, int &placement) const
{
    const QRectF &room = m_room.room;
    const QRectF box = united(anchors, room);
    const double diagonal = std::max(1.0, std::hypot(room.width(), room.height()));
    double best = 0;
    int chosen = -1;
    QPointF origin;
    for (int shape = 0; shape < 2; ++shape) {
        const QSizeF size = shapes[static_cast<size_t>(shape)].size;
        for (int side = 0; side < 8; ++side) {
            QPointF at = box.center() - QPointF(size.width(), size.height()) / 2;
            const int order = side < 4 ? sides[static_cast<size_t>(side)] : side;
            if (order == 0)
                at.setX(box.left() - distance - size.width());
            else if (order == 1)
                at.setY(box.top() - distance - size.height());
            else if (order == 2)
                at.setX(box.right() + distance);
            else if (order == 3)
                at.setY(box.bottom() + distance);
            else
                at = {order & 1 ? room.right() - size.width() : room.left(),
                    order & 2 ? room.bottom() - size.height() : room.top()};
            at.setX(std::max(room.left(), std::min(at.x(), room.right() - size.width())));
            at.setY(std::max(room.top(), std::min(at.y(), room.bottom() - size.height())));
            double badness = 0.02 * side + (shape == 1 ? 0.05 : 0);
            for (const Chip &chip : shapes[static_cast<size_t>(shape)].chips) {
                const QRectF rect = chip.rect.translated(at).adjusted(-4, -4, 4, 4);
                badness += room.contains(rect.adjusted(4, 4, -4, -4)) ? 0 : 20;
                for (const QRectF &taken : keepOut)
                    badness += rect.intersects(taken) ? 100 : 0;
                double covered = 0;
                for (const QRectF &anchor : anchors)
                    covered += rect.intersects(anchor) ? 1 : 0;
                badness += anchors.empty() ? 0 : covered / std::sqrt(static_cast<double>(anchors.size()));
            }
            const QRectF whole(at, size);
            badness += QLineF(whole.center(), box.isEmpty() ? room.center() : box.center()).length() / diagonal;
            // As long as it is not much worse, it stays on its side: nothing jumps while the view moves.
            if (shape * 8 + side == placement)
                badness -= 0.4;
            if (chosen < 0 || badness < best) {
                best = badness;
                chosen = shape * 8 + side;
                origin = at;
            }
        }
    }
    placement = chosen;
    std::vector<Chip> chips = shapes[static_cast<size_t>(chosen / 8)].chips;
    for (Chip &chip : chips)
        chip.rect.translate(origin);
    return chips;
}

std::vector<Chip> ChipBlocks::place(const std::vector<QRectF> &anchors, const std::vector<QRectF> &keepOut)
{
    std::vector<Chip> chips;
    int first = m_placement < 0 ? -1 : m_placement & 15;
    int second = m_placement < 0 ? -1 : m_placement >> 4;
    if (!m_before.empty())
        chips = settle({columns(m_before), rows(m_before)}, anchors, keepOut, {0, 1, 2, 3}, first);
    if (!m_after.empty()) {
        std::vector<QRectF> taken = keepOut;
        for (const Chip &chip : chips)
            taken.push_back(chip.rect);
        const std::vector<Chip> after = settle({columns(m_after), rows(m_after)}, anchors, taken, {2, 3, 1, 0}, second);
        chips.insert(chips.end(), after.begin(), after.end());
    }
    m_placement = std::max(first, 0) | std::max(second, 0) << 4;
    return chips;
}

} // namespace kdra::ui
