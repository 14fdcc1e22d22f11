// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/edgerouter.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>

namespace kdra::ui {

using relations::Relation;

EdgeRouter::EdgeRouter(
    const QFontMetricsF &metrics, const std::vector<Chip> &chips, const std::vector<QRectF> &selected)
    : m_metrics(metrics)
    , m_taken(selected)
{
    for (const Chip &chip : chips)
        m_taken.push_back(chip.rect);
}

Edge EdgeRouter::route(const QRectF &from, const QRectF &to) const
{
    Edge edge;
    QPointF start;
    QPointF out; // the way that the curve leaves by, and comes in by
    constexpr double near = 12;
    if (to.left() >= from.right() + near) {
        start = {from.right(), from.center().y()};
        edge.tip = {to.left(), to.center().y()};
        out = {1, 0};
    } else if (to.right() <= from.left() - near) {
        start = {from.left(), from.center().y()};
        edge.tip = {to.right(), to.center().y()};
        out = {-1, 0};
    } else if (to.center().y() >= from.center().y()) {
        start = {from.center().x(), from.bottom()};
        edge.tip = {to.center().x(), to.top()};
        out = {0, 1};
    } else {
        start = {from.center().x(), from.top()};
        edge.tip = {to.center().x(), to.bottom()};
        out = {0, -1};
    }
    const double bend = std::clamp(QLineF(start, edge.tip).length() * 0.45, 14.0, 180.0);
    edge.path.moveTo(start);
    edge.path.cubicTo(start + out * bend, edge.tip - out * bend, edge.tip);
    edge.angle = std::atan2(out.y(), out.x());
    return edge;
}

void EdgeRouter::label(std::vector<Edge> &edges) const
{
    struct Fan {
        std::vector<Edge *> edges;
        int links = 0;
    };
    std::map<std::pair<qint64, Relation>, Fan> fans;
    for (Edge &edge : edges) {
        Fan &fan = fans[{edge.source, edge.relation}];
        fan.edges.push_back(&edge);
        fan.links += edge.count;
    }
    std::vector<QRectF> taken = m_taken;
    const auto put = [&](Edge &edge, const QString &text, std::initializer_list<double> along) {
        const QSizeF size(m_metrics.horizontalAdvance(text) + 8, m_metrics.height() + 2);
        for (const double at : along) {
            QRectF rect(QPointF(), size);
            rect.moveCenter(edge.path.pointAtPercent(at));
            if (std::ranges::any_of(taken, [&](const QRectF &other) { return other.intersects(rect); }))
                continue;
            edge.label = text;
            edge.labelRect = rect;
            taken.push_back(rect);
            return;
        }
    };
    const QLocale locale;
    for (auto &[key, fan] : fans) {
        const QString word = relationWord(fan.edges.front()->relation);
        const QString text = fan.links == 1
            ? word
            : QCoreApplication::translate("kdra::ui::EdgeRouter", "%1 %2", "a relation and how many: owns 3")
                  .arg(word, locale.toString(fan.links));
        // The longest curve has the most room.
        Edge *longest = *std::ranges::max_element(fan.edges, {},
            [](const Edge *edge) { return edge->path.boundingRect().width() + edge->path.boundingRect().height(); });
        put(*longest, text, {0.5, 0.35, 0.65, 0.2, 0.8});
    }
    // How many pods of a tile one edge stands for, while there are few enough to be told apart.
    if (edges.size() > 40)
        return;
    for (Edge &edge : edges) {
        if (edge.count > 1 && edge.label.isEmpty())
            put(edge, locale.toString(edge.count), {0.85, 0.7});
    }
}

} // namespace kdra::ui
