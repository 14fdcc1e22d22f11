// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/canvas.h"
#include "ui/topology/clusterheader.h"

#include <memory>
#include <vector>

namespace kdra::ui {

// All open clusters side by side: a pane each, with a header and a canvas. The current cluster is always in the page's
// own canvas, so that its tools go on working on it; when another one becomes current, the canvases exchange what they
// show and where they are. Other canvases follow the page's in grouping, search and relations. Hidden panes take
// nothing in, and catch up when they are shown. GUI thread.
class ClusterPanes : public QWidget {
    Q_OBJECT
public:
    // Of each canvas: its header has a place of its own.
    static constexpr QMarginsF margins{Metrics::space3, Metrics::space3, Metrics::space3, Metrics::space3};

    // `main`: the page's canvas, a sibling. It must outlive the panes.
    ClusterPanes(Theme &theme, Canvas &main, QWidget *parent);
    ~ClusterPanes() override;

    // All that are open, in order. What is known of a cluster already only gets its new state. The main canvas is
    // taken to show `current` when there were no panes before.
    void setClusters(const QList<ClusterState> &clusters, int current);
    // Shows the cluster in the main canvas; false when it has no pane.
    bool setCurrent(int id);
    int current() const { return m_current; }
    // The main canvas gets the batches of its cluster from the page; here they are for its header.
    void apply(int id, const store::Batch &batch);
    // What fires in a cluster; the page tells the main canvas.
    void setAlerts(int id, const models::AlertMarks &alerts);
    // Puts everything into its place, the main canvas too.
    void place();

    // Null when there is no such pane.
    Canvas *canvasOf(int id);
    ClusterHeader *headerOf(int id);

Q_SIGNALS:
    // The user has turned to another cluster, and there to these objects.
    void activated(int id, const QList<kdra::models::Item> &items);
    // On a canvas of another cluster; after activated().
    void inspectRequested();
    void contextMenuRequested(const kdra::models::Item &item, const QPoint &globalPosition);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    // A canvas of a cluster that is not current. What is selected there is told by activated().
    struct Side {
        Side(Theme &theme, QWidget *parent)
            : canvas(theme, selection, parent)
        {
        }
        models::Selection selection;
        Canvas canvas;
    };
    struct Pane {
        ClusterState state;
        ClusterHeader *header = nullptr;
        QLabel *message = nullptr; // instead of a picture
        std::unique_ptr<Side> side; // null: in the main canvas
        QRect frame;
    };

    void addPane(const ClusterState &state, bool inMain);
    std::unique_ptr<Side> makeSide();
    Pane *paneOf(int id);
    Pane *paneOf(const Side *side);
    Canvas &canvasOf(const Pane &pane) { return pane.side ? pane.side->canvas : m_main; }
    void follow(Canvas &canvas);
    void updatePane(Pane &pane);
    void updateCounts(Pane &pane);
    static bool isBehind(const Pane &pane);
    void catchUp(Pane &pane);
    void catchUpLater();
    void updateTimer();
    void activateLater(const Side *side);

    Theme &m_theme;
    Canvas &m_main;
    std::vector<Pane> m_panes;
    int m_current = 0;
    const Side *m_activating = nullptr;
    std::optional<QPointF> m_pressed;
    QTimer m_seconds; // runs only while what is shown of a cluster is old
};

} // namespace kdra::ui
