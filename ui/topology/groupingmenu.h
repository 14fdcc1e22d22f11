// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/scene.h"

#include <QMenu>

namespace kdra::ui {

class Canvas;

// Chooses what the canvas groups by; offers the labels that there are when it opens.
class GroupingMenu : public QMenu {
    Q_OBJECT
public:
    GroupingMenu(Canvas &canvas, QWidget *parent);
    // The words for the grouping that is shown.
    QString current() const;
    // Labels of nodes, and of pods, that are offered at most.
    static constexpr int mostKeys = 12;

private:
    void fill();
    void offer(QMenu &menu, const QString &text, Grouping grouping, const QString &label = {});

    Canvas &m_canvas;
};

} // namespace kdra::ui
