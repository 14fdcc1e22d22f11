// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/plotcontent.h"

#include <QImage>

namespace kdra::ui {

// Buckets over time, each as dark as it is full. Series with the label `le` are cumulative, as histograms of Prometheus
// are, and are taken apart; others are buckets by their names.
class HeatmapContent : public PlotContent {
public:
    explicit HeatmapContent(const Palette &palette);

    void setData(const metrics::Panel &panel, const metrics::PanelData &data) override;
    bool isEmpty() const override;
    void arrange(const View &view) override;
    std::vector<metrics::Tick> ticks() const override;
    bool gridAtTicks() const override { return false; }
    void paint(QPainter &painter, bool vectors) override;
    Tip tipAt(qint64 time, double y) const override;
    qint64 neighbour(qint64 time, int direction) const override;
    void setPalette(const Palette &palette) override;
    QList<Key> keys() const override;

private:
    struct Bucket {
        QString name;
        double edge = 0; // what the bucket ends with; NaN: named only
        size_t series = 0;
        std::vector<double> counts; // by m_times; NaN: none
    };
    QRectF cell(size_t bucket, size_t time) const;
    QColor colourOf(double count) const;
    size_t timeIndex(qint64 time) const;

    Palette m_palette;
    metrics::PanelData m_data;
    std::vector<qint64> m_times;
    qint64 m_step = 0;
    std::vector<Bucket> m_buckets; // from the bottom
    double m_most = 0;
    View m_view;
};

} // namespace kdra::ui
