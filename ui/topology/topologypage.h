// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"
#include "store/snapshot.h"
#include "ui/common/theme.h"
#include "ui/topology/overlay.h"

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLabel;
class QToolButton;

namespace kdra::ui {

class Canvas;
class CanvasTools;
class GroupingMenu;
class Legend;
class Minimap;

// The topology page: the canvas with its tools, legend and overview. GUI thread.
class TopologyPage : public QWidget {
    Q_OBJECT
public:
    TopologyPage(Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    // Shows another cluster, or none (null).
    void reset(const store::SnapshotPtr &snapshot);
    void apply(const store::Batch &batch);
    void frameAll();
    // What cells are coloured by; the legend follows.
    void setOverlay(Overlay overlay);

    // Whose bookmarks are offered, and what pictures are called: the name of the context; empty for none.
    void setCluster(const QString &name);

    CanvasTools &tools() { return *m_tools; }
    Canvas &canvas() { return *m_canvas; }

Q_SIGNALS:
    // A frame was painted, and how long the painting took.
    void painted(std::chrono::nanoseconds duration);
    // The change of a batch is on the screen; when its oldest event was received.
    void changePainted(std::chrono::steady_clock::time_point oldestEvent);
    void inspectRequested();
    void contextMenuRequested(const kdra::models::Item &item, const QPoint &globalPosition);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateWords();
    void updateNotice();
    void updateSearch();
    void updateCaption();
    void place();
    void fillOverlayMenu();

    Theme &m_theme;
    Canvas *m_canvas;
    QToolButton *m_group;
    QToolButton *m_overlay;
    QLabel *m_notice;
    QLabel *m_searchLabel;
    QLabel *m_caption; // what relations say, or what has just happened
    CanvasTools *m_tools;
    QTimer m_message; // as long as the caption tells what has happened
    Legend *m_legend;
    Minimap *m_minimap;
    GroupingMenu *m_grouping;
};

} // namespace kdra::ui
