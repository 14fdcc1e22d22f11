// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/lineraster.h"
#include "ui/metrics/plotcontent.h"

#include <QSet>

#include <array>

namespace kdra::ui {

// Lines, areas, stacks, bars and points over time. Reduces the series to the pixels there are when the data or the view
// change, and keeps the picture.
class LineContent : public PlotContent {
public:
    explicit LineContent(const Palette &palette);

    void setData(const metrics::Panel &panel, const metrics::PanelData &data) override;
    bool isEmpty() const override;
    void arrange(const View &view) override;
    std::vector<metrics::Tick> ticks() const override;
    std::vector<metrics::Tick> rightTicks() const override;
    void paint(QPainter &painter, bool vectors) override;
    Tip tipAt(qint64 time, double y) const override;
    void paintValues(QPainter &painter, qint64 time) const override;
    qint64 neighbour(qint64 time, int direction) const override;
    void setPalette(const Palette &palette) override;
    void setChosen(const QString &name) override { m_chosen = name; }
    QString besideChosen(qint64 time, int direction) const override;

    // Names of series that are not shown. Kept when the data are replaced.
    void setHidden(const QSet<QString> &names);
    // The series that is looked at, by name; the others fade. Empty: none.
    void setHighlighted(const QString &name);
    const metrics::AxisRange &range() const { return m_picture.range; }
    // Of the axis at the right; with series there rightTicks() are some.
    const metrics::AxisRange &rightRange() const { return m_picture.rightRange; }
    // Series of different units are at the right.
    bool sharesRightAxis() const;
    SeriesLook look(int series) const;

    // Rows of a tip, at most.
    static constexpr int mostRows = 16;

private:
    // One of the two vertical axes, with what belongs to it.
    struct Side {
        bool used = false;
        metrics::Unit unit = {};
        metrics::FieldOptions field = {}; // its ends and decimals
    };
    void chooseAxes();
    void stackAll(const metrics::ColumnGrid &grid);
    void reduce();
    metrics::AxisRange rangeOf(bool right) const;
    std::vector<metrics::Tick> ticksOf(bool right) const;
    // A sample as it is drawn, alone and on top of those below it in the stack.
    double shownValue(size_t series, size_t index) const;
    double stackTop(size_t series, size_t index) const;
    void colourLines();
    bool isStacked() const { return m_panel.stacking != metrics::Stacking::None; }
    bool isShown(size_t series) const { return !m_hidden.contains(m_data.series[series].name); }
    // The value of a series at about a time, and the sample's own time; none in a gap.
    struct Sample {
        qint64 time;
        double value; // as the server sent it
        double y; // where it is drawn, pixels: with those below it, in a stack
    };
    std::optional<Sample> sampleAt(size_t series, qint64 time) const;
    // What is seen at a time, from the top of the plot downwards.
    struct Found {
        size_t series;
        Sample sample;
    };
    std::vector<Found> allAt(qint64 time) const;
    void paintThresholds(QPainter &painter) const;

    Palette m_palette;
    metrics::Panel m_panel;
    metrics::PanelData m_data;
    std::array<Side, 2> m_sides; // left, right
    std::vector<bool> m_right; // series that belong to the axis at the right
    View m_view;
    QSet<QString> m_hidden;
    QString m_highlighted;
    QString m_chosen;
    LinePicture m_picture;
    std::vector<size_t> m_lineOf; // series of each line in m_picture
    LineRaster m_raster;
    bool m_painted = false; // m_raster has m_picture
    bool m_reduced = false;
};

} // namespace kdra::ui
