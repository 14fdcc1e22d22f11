// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/panelbody.h"

namespace kdra::ui {

class LegendView;
class LineContent;

// A plot over time with its legend: lines, a heatmap or states.
class PlotBody : public PanelBody {
    Q_OBJECT
public:
    PlotBody(metrics::PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent);

    void setContents(const metrics::Panel &panel, PanelContents contents) override;
    bool isEmpty() const override;
    PlotView *plot() const override { return m_plot; }
    LegendView *legend() const { return m_legend; }
    QByteArray csv() const override;
    void describe(const QString &title) override;
    QStringList notes() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillLegend();
    void place();

    const Theme &m_theme;
    LineContent *m_lines = nullptr; // the plot's, if it shows lines
    PlotView *m_plot;
    LegendView *m_legend;
    metrics::Panel m_panel;
    metrics::PanelData m_data;
};

} // namespace kdra::ui
