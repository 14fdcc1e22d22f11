// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/dropadvice.h"
#include "models/alertmarks.h"
#include "models/selection.h"
#include "store/snapshot.h"
#include "ui/common/theme.h"
#include "ui/topology/overlay.h"

#include <QHash>
#include <QList>
#include <QMarginsF>
#include <QTimer>
#include <QWidget>

#include <chrono>

class QAction;
class QLabel;
class QToolButton;

namespace kdra::ui {

class Canvas;
class CanvasTools;
class ClusterPanes;
class GroupingMenu;
class Legend;
class Minimap;
struct ClusterState;

// The topology page: the canvas with its tools, legend and overview. GUI thread.
class TopologyPage : public QWidget {
    Q_OBJECT
public:
    TopologyPage(Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    // Shows another cluster, or none (null).
    void reset(const store::SnapshotPtr &snapshot);
    void apply(const store::Batch &batch);
    void frameAll();
    // What is selected, near enough to read it, and ready for the keyboard.
    void goToSelection();
    // See Canvas.
    // What fires in the cluster that is shown, and in one beside it.
    void setAlerts(const models::AlertMarks &alerts);
    void setAlertsBeside(int id, const models::AlertMarks &alerts);
    // What cells are coloured by; the legend follows.
    void setOverlay(Overlay overlay);

    // Whose bookmarks are offered, and what pictures are called: the name of the context; empty for none.
    void setCluster(const QString &name);

    // Two or more: side by side, with `current` in canvas(); fewer: canvas() alone. Makes no panes while there are
    // some, only tells them what differs.
    void setClusters(const QList<ClusterState> &clusters, int current);
    // Turns to a cluster that is beside the current one; false when there is none of that id, and nothing has changed.
    bool switchTo(int id);
    // A batch of any cluster, after apply() for the current one.
    void applyBeside(int id, const store::Batch &batch);
    // The button for it; shown while the action is visible.
    void offerSideBySide(QAction &action);
    // Null while one cluster is shown alone.
    ClusterPanes *panes() { return m_panes; }

    // See Canvas.
    void setDropSource(environments::DropSource source);
    void pickUp(const QString &templateId, const QString &title);

    CanvasTools &tools() { return *m_tools; }
    Canvas &canvas() { return *m_canvas; }

Q_SIGNALS:
    // A frame was painted, and how long the painting took.
    void painted(std::chrono::nanoseconds duration);
    // The change of a batch is on the screen; when its oldest event was received.
    void changePainted(std::chrono::steady_clock::time_point oldestEvent);
    void inspectRequested();
    // The user has turned to another cluster beside the current one, and there to these objects.
    void clusterActivated(int id, const QList<kdra::models::Item> &items);
    void contextMenuRequested(const kdra::models::Item &item, const QPoint &globalPosition);
    void templateDropped(const QString &templateId, const kdra::environments::Target &target);
    void handedOver(const QString &templateId, const QString &title);

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
    void placePanes();

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
    ClusterPanes *m_panes = nullptr;
    QHash<int, models::AlertMarks> m_besideAlerts; // by cluster: panes may come later
    QMarginsF m_aloneMargins; // of the canvas without panes
};

} // namespace kdra::ui
