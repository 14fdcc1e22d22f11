// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/plotcontent.h"

#include <QWidget>

namespace kdra::ui {

class Theme;

// The box beside the crosshair. Lies over the window, so that it may be larger than the plot; takes no input. All texts
// are plain.
class PlotTip : public QWidget {
    Q_OBJECT
public:
    explicit PlotTip(const Theme &theme);

    // Beside a point of the window `over`, in its coordinates, wholly inside of it.
    void tell(
        QWidget &over, const QPoint &beside, const QString &heading, const Tip &tip, const QList<EventMark> &marks);
    const Tip &tip() const { return m_tip; }
    const QList<EventMark> &marks() const { return m_marks; }
    const QString &heading() const { return m_heading; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QSize wanted() const;

    const Theme &m_theme;
    QString m_heading;
    Tip m_tip;
    QList<EventMark> m_marks;
    int m_moreMarks = 0;
};

// A piece of a line as it is drawn in the plot: colour and dashes.
void paintLineSample(QPainter &painter, const QRectF &place, const SeriesLook &look);

} // namespace kdra::ui
