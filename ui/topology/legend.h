// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/legendchip.h"

#include <QTimer>
#include <QWidget>

#include <array>

namespace kdra::ui {

class Canvas;

// What the colours and glyphs of cells mean in the canvas's overlay, how many pods each stands for, and the filter:
// a click shows only these pods, Ctrl+click more, the same click again all.
class Legend : public QWidget {
    Q_OBJECT
public:
    Legend(Theme &theme, Canvas &canvas, QWidget *parent = nullptr);
    // The width there is; rows break to keep within it.
    void setRoom(int width);
    QSize sizeHint() const override { return m_size; }

Q_SIGNALS:
    void resized();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateWords();
    void updateCounts();
    void updateFilter();
    void arrange();
    void choose(int step, bool more);
    int titleWidth() const;

    Theme &m_theme;
    Canvas &m_canvas;
    std::array<LegendChip *, stepCount> m_chips{};
    QTimer m_counting; // so that a storm of changes does not paint numbers nobody can read
    bool m_countsChanged = false; // since they were shown
    StepCounts m_counts{}; // as shown
    QStringList m_names; // of the steps, as shown
    QString m_title;
    QString m_nodesTitle;
    QSize m_size;
    int m_room = 100'000;
};

} // namespace kdra::ui
