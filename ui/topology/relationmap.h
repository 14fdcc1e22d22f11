// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relations/graph.h"
#include "ui/topology/camera.h"
#include "ui/topology/scene.h"

#include <QFontMetricsF>
#include <QPainterPath>

// Relations of the selection in the window: where the objects without a place on the canvas stand as chips, and how the
// curves run between them and the pods. Pure geometry in device independent pixels.
namespace kdra::ui {

// An object that is related to the selection, with what is shown of it.
struct RelatedObject {
    store::Item item;
    QString name;
    QString ns;
    store::Severity severity = store::Severity::Unknown;
    store::Slot slot = store::noSlot; // in its table
    bool selected = false;
};

struct RelatedLink {
    int from = -1; // in Related::objects
    int to = -1;
    relations::Relation relation = relations::Relation::Owns;
};

struct Related {
    std::vector<RelatedObject> objects;
    std::vector<RelatedLink> links;
    bool truncated = false; // there are more than are told
    bool isPath = false; // the way between two selected objects; without links when there is none
    bool isEmpty() const { return links.empty(); }
};

struct Chip {
    int object = -1; // in Related::objects; -1: stands for `more` others
    int more = 0;
    QRectF rect;
    QString kind;
    QString name; // as it fits
};

struct Edge {
    QPainterPath path; // from the owner's side to the owned's
    QPointF tip;
    double angle = 0; // at the tip, radians
    relations::Relation relation = relations::Relation::Owns;
    qint64 source = -1; // the same for edges that start at the same place
    int count = 1; // links that it stands for
    QString label; // empty where it could not be read
    QRectF labelRect;
};

struct RelationMap {
    std::vector<Chip> chips; // by layer, top to bottom: the order of the keyboard
    std::vector<Edge> edges;
    std::vector<QRectF> lit; // cells and tiles that do not fade
    int leftOut = 0; // links beyond `mostEdges`
    int placement = -1; // where the chips stand; given back, they stay there as long as that is not bad

    static constexpr int mostEdges = 200;
    static constexpr int mostChipsOfALayer = 6;
    // Pods this small are met at their tile; many of one tile by one edge.
    static constexpr double smallestTarget = 7;

    // The chip at a point; -1: none.
    int chipAt(QPointF point) const;
};

struct RelationRoom {
    QRectF room; // of the window, where chips may stand
    QFontMetricsF kindMetrics;
    QFontMetricsF nameMetrics;
    int placement = -1;
};

RelationMap arrangeRelations(const Related &related, const Scene &scene, const View &view, const RelationRoom &room);

// Where an object is on the canvas: a pod's cell, the tile of what tiles are; empty for all others.
PodPlace placeOf(const RelatedObject &object, const Scene &scene);
// "owns", "selects", ...
QString relationWord(relations::Relation relation);
// "Ingress shop -> Service web -> Pod web-x -> Node pi-007", or that there is no way.
QString pathSentence(const Related &related);
// "Service web in team-a, healthy, selects 3 objects", for those who cannot see the edges.
QString chipSentence(const Related &related, const Chip &chip);

} // namespace kdra::ui
