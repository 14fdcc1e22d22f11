// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/camera.h"
#include "ui/topology/scene.h"

#include <QString>

#include <vector>

namespace kdra::ui {

// A view to come back to. It holds on to a node, for the world's coordinates follow the shape of the window.
struct Bookmark {
    QString name;
    QString grouping; // key of the grouping: "site", "node-label", ...
    QString label; // that it groups by
    QString anchor; // name of the node nearest to the middle; empty: the whole topology
    QPointF offset; // of the middle of the view from the node's, in world units
    double scale = 0; // device independent pixels per world unit
};

// The view with the point of the world in the middle of the window.
Bookmark bookmarkOf(const Scene &scene, QPointF centre, double scale);
// Where the middle of the view is now; nothing when the node is gone.
std::optional<QPointF> centreOf(const Scene &scene, const Bookmark &bookmark);

// The bookmarks of one cluster, kept in the settings. GUI thread.
class Bookmarks {
public:
    static constexpr size_t most = 9; // as many as there are keys

    // Reads those of a cluster, by the name of its context.
    void setCluster(const QString &cluster);
    const std::vector<Bookmark> &all() const { return m_all; }
    bool isFull() const { return m_all.size() >= most; }
    void add(const Bookmark &bookmark);
    void rename(size_t index, const QString &name);
    void remove(size_t index);

private:
    void save() const;

    QString m_cluster;
    std::vector<Bookmark> m_all;
};

} // namespace kdra::ui
