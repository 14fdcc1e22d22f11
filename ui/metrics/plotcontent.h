// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"
#include "metrics/ticks.h"
#include "ui/metrics/seriescolours.h"
#include "ui/metrics/viewstate.h"

#include <QSizeF>

class QPainter;

namespace kdra::ui {

// What the crosshair tells about a plot.
struct TipRow {
    SeriesLook look = {};
    std::optional<store::Severity> severity = {}; // its glyph instead of a sample of the line
    QString name = {};
    QString value = {};
    bool nearest = false;
};
struct Tip {
    qint64 time = 0; // of the samples; milliseconds
    QList<TipRow> rows = {};
    int more = 0; // rows that are left out
};

// What lies in the plot area of a PlotView: lines, a heatmap, states. Its origin is the area's top left corner, in
// device independent pixels. GUI thread.
class PlotContent {
public:
    struct View {
        TimeSpan span;
        QSizeF size;
        double ratio = 1; // device pixels per device independent one
        bool operator==(const View &) const = default;
    };

    virtual ~PlotContent() = default;

    virtual void setData(const metrics::Panel &panel, const metrics::PanelData &data) = 0;
    virtual bool isEmpty() const = 0;
    // To be called before anything below; cheap when nothing has changed.
    virtual void arrange(const View &view) = 0;
    // Of the vertical axis; `at` is 0 at the bottom and 1 at the top.
    virtual std::vector<metrics::Tick> ticks() const = 0;
    // Of the one at the right; none: there is no such axis.
    virtual std::vector<metrics::Tick> rightTicks() const { return {}; }
    virtual bool gridAtTicks() const { return true; }
    virtual void paint(QPainter &painter, bool vectors) = 0;
    // What is at a time; `y` is the pointer's or NaN.
    virtual Tip tipAt(qint64 time, double y) const = 0;
    // Marks the values at the crosshair; `nearest` of them is the one that is looked at.
    virtual void paintValues(QPainter &, qint64) const { }
    // The series that the crosshair reads, by name, whatever the pointer is near to. Empty: none is chosen.
    virtual void setChosen(const QString &) { }
    // The one above (-1) or below (1) the chosen one at a time; empty where there is nothing to choose.
    virtual QString besideChosen(qint64, int) const { return {}; }
    // The times of samples, for keys: the one before (-1) or after (1) `time`.
    virtual qint64 neighbour(qint64 time, int direction) const = 0;
    virtual void setPalette(const Palette &palette) = 0;
    // What colours mean, where they are not series that can be chosen.
    struct Key {
        QColor colour;
        QString text;
    };
    virtual QList<Key> keys() const { return {}; }
};

} // namespace kdra::ui
