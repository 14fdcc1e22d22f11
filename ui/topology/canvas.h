// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/dropadvice.h"
#include "models/selection.h"
#include "ui/topology/droptarget.h"
#include "ui/topology/effects.h"
#include "ui/topology/picture.h"
#include "ui/topology/relationmap.h"
#include "ui/topology/search.h"
#include "ui/topology/walk.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace kdra::ui {

class DropBubble;
class RelationSource;

// A chip as assistive technologies are told of it.
struct AccessibleChip {
    QString name;
    QRect rect; // in the canvas
    models::Item item; // null: stands for several
};

// The topology as one widget: shows a Scene through a Camera, turns input into movement and selection. Paints when
// something changed and not otherwise. GUI thread.
class Canvas : public QWidget {
    Q_OBJECT
public:
    Canvas(Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    void reset(const store::SnapshotPtr &snapshot);
    void apply(const store::Batch &batch);
    // Node tiles are grouped anew at once. Tiles of workloads are made on another thread and shown when they are ready;
    // until then the canvas stays alive as it is. `label`: the key, for NodeLabel and PodLabel.
    void setGrouping(Grouping grouping, const QString &label = {});
    // Colours cells by something else and ends a filter.
    void setOverlay(Overlay overlay);
    // Fades the pods whose step is not in it, and nodes without any other.
    void setFilter(Steps steps);
    // Whose topology it is, for assistive technologies, where there are several; empty: the only one.
    void setCluster(const QString &name);
    // Shows what the other canvas shows, and the other way round: scene, view, search. Both have the same grouping.
    // O(1), as long as they are of the same size.
    void exchange(Canvas &other);
    // Room that overlays take at the edges when everything is framed; device independent pixels.
    void setOverlayMargins(const QMarginsF &margins);
    const QMarginsF &overlayMargins() const { return m_margins; }

    const Scene &scene() const { return m_scene; }
    const Camera &camera() const { return m_camera; }
    // Whether what was painted last is the present view: after a change of scale it may take some frames.
    bool isSharp() const { return !m_picture.isRefining() && m_picture.view() == deviceView(); }
    // How much time a frame may give to that.
    void setFrameBudget(std::chrono::microseconds budget) { m_picture.setBudget(budget); }

    // Glides to show everything, and keeps showing everything until the user moves the view.
    void frameAll();
    void frameTile(int tile);
    void frameGroup(int group);
    void zoomBy(double factor);
    // Puts the point of the world into the middle, at once.
    void centreOn(QPointF world);
    // Glides there.
    void flyTo(QPointF centre, double scale);
    // Whether everything is framed, and stays so until the user moves the view.
    bool followsAll() const { return m_followsAll; }

    // Shows what is selected and what it is related to, else where the keyboard is.
    void frameSelection();

    // Where the keyboard is.
    Stop currentStop() const;
    void setCurrentStop(const Stop &stop);
    // The node of the stop; -1: none.
    int currentTile() const;
    void setCurrentTile(int tile);
    // The pod or the node of a stop; null for groups.
    models::Item itemOf(const Stop &stop) const;
    // The pod, tile or group at a point of the widget.
    Stop stopAt(QPointF point) const;
    QRect stopOnScreen(const Stop &stop) const;
    const models::Selection &selection() const { return m_selection; }
    // Goes there, as the keyboard does: shows it, and selects it if asked.
    void goTo(const Stop &stop, bool select);
    // What fires: badges, and lines in tooltips.
    void setAlerts(const models::AlertMarks &alerts) { take(m_scene.setAlerts(alerts)); }

    // Fades what does not match and flies to what does; empty text ends the search.
    void setSearch(const QString &text);
    const QString &searchText() const { return m_searchText; }
    const SearchResult &searchResult() const { return m_search; }
    // The hit that was gone to last, counted from 1; 0: none yet.
    qsizetype hitNumber() const { return m_hit ? *m_hit + 1 : 0; }

    // Relations of the selection as curves, all else faded; on from the start.
    void setRelationsShown(bool shown);
    bool relationsShown() const { return m_relationsShown; }
    // The way between two selected objects in words, or what could not be drawn; empty when there is nothing to say.
    QString relationCaption() const;
    const Related &related() const { return m_related; }
    // Whether relations are on the screen now, and where.
    bool showsRelations() const;
    const RelationMap &relationMap() const;
    QList<AccessibleChip> chips() const;
    int currentChip() const { return m_chip; }
    void setCurrentChip(int chip);
    // Selects its object; false when there is no such chip.
    bool pressChip(int chip, bool toggle);

    // Who judges the templates that are dragged over the canvas: asked when a drag enters, and twice a second as long
    // as it lasts. Null: none are taken.
    void setDropSource(environments::DropSource source);
    // Hangs a template over the canvas for the keyboard: arrows walk, Enter drops, Esc cancels. Takes the focus, and
    // gives it back.
    void pickUp(const QString &templateId, const QString &title);
    // The verdict that is shown; null while nothing hangs over the canvas.
    const DropBubble *dropBubble() const;

    // What is at a point of the widget: a pod, else a node; null when neither.
    models::Item itemAt(QPointF point) const;
    QRect tileOnScreen(int tile) const;

Q_SIGNALS:
    // A frame was painted, and how long the painting took.
    void painted(std::chrono::nanoseconds duration);
    // The change of a batch is on the screen; when its oldest event was received.
    void changePainted(std::chrono::steady_clock::time_point oldestEvent);
    // Another grouping is in the scene and about to be painted.
    void groupingChanged();
    void inspectRequested();
    void contextMenuRequested(const kdra::models::Item &item, const QPoint &globalPosition);
    void viewChanged();
    // Tiles, pods or their colours differ.
    void sceneChanged();
    void searchChanged();
    void relationsShownChanged(bool shown);
    void relationsChanged();
    void currentStopChanged();
    // By the key O: 1 to the next overlay, -1 to the one before.
    void overlayStepRequested(int direction);
    void filterChanged();
    void overlayChanged();
    // A template was dropped where it may fit.
    void templateDropped(const QString &templateId, const kdra::environments::Target &target);
    // Tab, while one hangs over the canvas for the keyboard: whoever has another view for it picks it up there.
    void handedOver(const QString &templateId, const QString &title);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void leaveEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    // A selected object and where it is.
    struct Mark {
        models::Item item;
        store::Slot slot = store::noSlot; // of a pod
    };

    // A template that hangs over the canvas.
    struct Drop {
        QString templateId;
        QString title; // by key
        std::shared_ptr<const environments::DropAdvice> advice;
        DropTarget target;
        environments::Verdict verdict;
        bool isJudged = false;
        bool byKey = false;
        QPointF point; // the pointer
        QElapsedTimer atEdge;
        QPointer<DropBubble> bubble;
        QPointer<QWidget> cameFrom; // where the focus was, by key
    };

    DeviceView deviceView() const { return DeviceView::of(m_camera.view(), devicePixelRatioF()); }
    void startRegrouping();
    void finishRegrouping(Scene &scene);
    void takeOver();
    void take(const SceneChange &change);
    void worldChanged(bool glide);
    void viewMoved();
    void userMoved();
    void animate();
    void updateWorld(const QRectF &world, int margin);
    void scheduleHeartbeats();
    bool filterKey(QKeyEvent *event);
    void findMarks();
    PodPlace placeAt(QPointF point) const;
    void select(const models::Item &item, bool toggle);
    models::Item tileItem(int tile) const;
    void walk(int dx, int dy, bool select);
    bool walkInside(bool select);
    bool walkOutside();
    void showStop(const Stop &stop);
    double readableScale(int tile) const;
    PodPlace placeOf(const Mark &mark) const;
    std::vector<PodPlace> markedPlaces() const;
    void flyToHits();
    void askRelations();
    void checkRelations();
    void takeRelations(const Related &related);
    models::Item chipItem(const Chip &chip) const;
    int chipAt(QPointF point) const;
    bool leaveOne();
    std::vector<PodPlace> relatedPlaces() const;
    void paintRelations(QPainter &painter);
    bool searchKey(QKeyEvent *event);
    void goToHit(int by);
    void paintOverlay(QPainter &painter);
    void outline(QPainter &painter, const QRect &rect, const QColor &colour, double width) const;
    bool beginDrop(const QString &templateId);
    void endDrop();
    void lightUp();
    void renewAdvice();
    void aimDrop();
    void judgeDrop(bool moved);
    bool handOver();
    void placeBubble();
    void updateTarget();
    void paintDrop(QPainter &painter);
    void drop();
    void scrollAtEdge();
    bool dropKey(QKeyEvent *event);

    Theme &m_theme;
    models::Selection &m_selection;
    Scene m_scene;
    Camera m_camera;
    PaintStyle m_style;
    Grouping m_wantedGrouping = Grouping::Site;
    QString m_wantedLabel;
    QString m_cluster;
    quint64 m_regrouping = 0; // number of the newest one
    bool m_isRegrouping = false;
    std::vector<store::Batch> m_missed; // what came since the scene under way was begun
    Picture m_picture;
    Effects m_effects;
    QBasicTimer m_frames; // runs only while something moves
    QTimer m_heartbeats;
    QTimer m_ages; // runs only while cells are coloured by what time alone changes
    QMarginsF m_margins{24, 24, 24, 24};
    bool m_followsAll = true;
    std::optional<std::chrono::steady_clock::time_point> m_oldestEvent;
    std::vector<Mark> m_marks;
    Stop m_stop;
    PodPlace m_hover;
    QString m_searchText;
    SearchResult m_search;
    std::optional<qsizetype> m_hit; // in m_search.places
    RelationSource *m_relations;
    Related m_related;
    bool m_relationsShown = true;
    bool m_dismissed = false; // for this selection
    int m_chip = -1; // with the keyboard
    mutable RelationMap m_map; // for the view m_mapFor
    mutable std::optional<View> m_mapFor;
    mutable int m_placement = -1;
    environments::DropSource m_dropSource;
    std::optional<Drop> m_drop;
    std::vector<environments::Fit> m_fits; // by tile, while something hangs over the canvas
    QBasicTimer m_dropRenewal;
    QBasicTimer m_edgeScroll;
    std::optional<QPointF> m_pressed;
    QPointF m_last;
    bool m_dragging = false;
};

} // namespace kdra::ui
