// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"
#include "store/snapshot.h"
#include "ui/common/theme.h"

#include <QWidget>

#include <chrono>

class QLabel;
class QToolButton;

namespace kdra::ui {

class Canvas;
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
    void place();

    Theme &m_theme;
    Canvas *m_canvas;
    QToolButton *m_group;
    QLabel *m_notice;
    QLabel *m_searchLabel;
    Legend *m_legend;
    Minimap *m_minimap;
    QAction *m_bySite;
    QAction *m_byRole;
};

} // namespace kdra::ui
