// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/plotcontent.h"

namespace kdra::ui {

// A row for each series, with a bar for as long as its state stays the same. States have words: mappings, or the value.
class StateContent : public PlotContent {
public:
    explicit StateContent(const Palette &palette);

    void setData(const metrics::Panel &panel, const metrics::PanelData &data) override;
    bool isEmpty() const override;
    void arrange(const View &view) override;
    std::vector<metrics::Tick> ticks() const override;
    bool gridAtTicks() const override { return false; }
    void paint(QPainter &painter, bool vectors) override;
    Tip tipAt(qint64 time, double y) const override;
    qint64 neighbour(qint64 time, int direction) const override;
    void setPalette(const Palette &palette) override;
    void setChosen(const QString &name) override { m_chosen = name; }
    QString besideChosen(qint64 time, int direction) const override;
    QList<Key> keys() const override;

private:
    struct Run {
        qint64 from = 0;
        qint64 to = 0;
        QString text;
        QString color; // as named in the panel
    };
    QColor colourOf(const Run &run) const;
    double rowHeight() const;
    const Run *runAt(size_t row, qint64 time) const;

    Palette m_palette;
    metrics::PanelData m_data;
    std::vector<std::vector<Run>> m_rows; // by series
    QStringList m_states; // words without a colour of their own, in the order of their appearance
    View m_view;
    QString m_chosen;
};

} // namespace kdra::ui
