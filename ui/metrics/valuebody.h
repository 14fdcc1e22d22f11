// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/panelbody.h"
#include "ui/metrics/valuecells.h"

#include <QScrollArea>

namespace kdra::ui {

// Paints the numbers of a stat, gauge or bar gauge panel in a grid that fills its room.
class ValueGrid : public QWidget {
    Q_OBJECT
public:
    ValueGrid(metrics::PanelKind kind, ViewState &state, const Theme &theme);

    void setData(const metrics::Panel &panel, const metrics::PanelData &data);
    const std::vector<ValueCell> &cells() const { return m_cells; }
    // The height that numbers need which can still be read, for a width.
    int neededHeight(const QSize &room) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Grid {
        int columns;
        int rows;
    };
    Grid gridFor(const QSize &room) const;
    QRectF cellRect(size_t cell) const;
    void paintStat(QPainter &painter, const QRectF &place, const ValueCell &cell) const;
    void paintSpark(QPainter &painter, const QRectF &place, const ValueCell &cell, const QColor &colour) const;
    void paintGauge(QPainter &painter, const QRectF &place, const ValueCell &cell) const;
    void paintBar(QPainter &painter, const QRectF &place, const ValueCell &cell) const;
    void paintText(QPainter &painter, const QRectF &place, const ValueCell &cell, const QColor &colour,
        Qt::Alignment alignment, int largest) const;

    metrics::PanelKind m_kind;
    ViewState &m_state;
    const Theme &m_theme;
    metrics::Panel m_panel;
    metrics::PanelData m_data;
    std::vector<ValueCell> m_cells;
};

class ValueBody : public PanelBody {
    Q_OBJECT
public:
    ValueBody(metrics::PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent);

    void setContents(const metrics::Panel &panel, PanelContents contents) override;
    bool isEmpty() const override { return m_grid->cells().empty(); }
    QByteArray csv() const override;
    void describe(const QString &title) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    ValueGrid *m_grid;
    QScrollArea *m_scroll;
    metrics::PanelData m_data;
};

} // namespace kdra::ui
