// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"
#include "ui/topology/effects.h"
#include "ui/topology/picture.h"
#include "ui/topology/search.h"

#include <QBasicTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace kdra::ui {

// The topology as one widget: shows a Scene through a Camera, turns input into movement and selection. Paints when
// something changed and not otherwise. GUI thread.
class Canvas : public QWidget {
    Q_OBJECT
public:
    Canvas(Theme &theme, models::Selection &selection, QWidget *parent = nullptr);

    void reset(const store::SnapshotPtr &snapshot);
    void apply(const store::Batch &batch);
    void setGrouping(Grouping grouping);
    // Room that overlays take at the edges when everything is framed; device independent pixels.
    void setOverlayMargins(const QMarginsF &margins);

    const Scene &scene() const { return m_scene; }
    const Camera &camera() const { return m_camera; }

    // Glides to show everything, and keeps showing everything until the user moves the view.
    void frameAll();
    void frameTile(int tile);
    void frameGroup(int group);
    void zoomBy(double factor);
    // Puts the point of the world into the middle, at once.
    void centreOn(QPointF world);

    // Node with the keyboard's attention; -1: none.
    int currentTile() const { return m_current; }
    void setCurrentTile(int tile);
    // Fades what does not match and flies to what does; empty text ends the search.
    void setSearch(const QString &text);
    const QString &searchText() const { return m_searchText; }
    const SearchResult &searchResult() const { return m_search; }

    // What is at a point of the widget: a pod, else a node; null when neither.
    models::Item itemAt(QPointF point) const;
    QRect tileOnScreen(int tile) const;

Q_SIGNALS:
    // A frame was painted, and how long the painting took.
    void painted(std::chrono::nanoseconds duration);
    // The change of a batch is on the screen; when its oldest event was received.
    void changePainted(std::chrono::steady_clock::time_point oldestEvent);
    void inspectRequested();
    void contextMenuRequested(const kdra::models::Item &item, const QPoint &globalPosition);
    void viewChanged();
    // Tiles, pods or their colours differ.
    void sceneChanged();
    void searchChanged();
    void currentTileChanged(int tile);

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
    void leaveEvent(QEvent *event) override;

private:
    // A selected object and where it is.
    struct Mark {
        models::Item item;
        store::Slot slot = store::noSlot; // of a pod
    };

    DeviceView deviceView() const { return DeviceView::of(m_camera.view(), devicePixelRatioF()); }
    void take(const SceneChange &change);
    void worldChanged(bool glide);
    void viewMoved();
    void userMoved();
    void animate();
    void updateWorld(const QRectF &world, int margin);
    void scheduleHeartbeats();
    void findMarks();
    PodPlace placeAt(QPointF point) const;
    void select(const models::Item &item, bool toggle);
    models::Item tileItem(int tile) const;
    void walk(int dx, int dy, bool select);
    void showTile(int tile);
    void flyToHits();
    bool searchKey(QKeyEvent *event);
    void nextHit();
    void paintOverlay(QPainter &painter);
    void outline(QPainter &painter, const QRect &rect, const QColor &colour, double width) const;

    Theme &m_theme;
    models::Selection &m_selection;
    Scene m_scene;
    Camera m_camera;
    PaintStyle m_style;
    Picture m_picture;
    Effects m_effects;
    QBasicTimer m_frames; // runs only while something moves
    QTimer m_heartbeats;
    QMarginsF m_margins{24, 24, 24, 24};
    bool m_followsAll = true;
    std::optional<std::chrono::steady_clock::time_point> m_oldestEvent;
    std::vector<Mark> m_marks;
    int m_current = -1;
    PodPlace m_hover;
    QString m_searchText;
    SearchResult m_search;
    size_t m_hit = 0;
    std::optional<QPointF> m_pressed;
    QPointF m_last;
    bool m_dragging = false;
};

} // namespace kdra::ui
