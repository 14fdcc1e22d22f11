// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"

#include <QHash>
#include <QScrollArea>
#include <QSet>

#include <functional>

class QToolButton;

namespace kdra::ui {

class PanelView;
class Theme;

// The panels of a dashboard, laid out in its grid of 24 columns, below headings that fold. Panels exist only while they
// are near what is seen, so that a dashboard of a hundred panels costs what its visible part costs. GUI thread.
class DashboardGrid : public QScrollArea {
    Q_OBJECT
public:
    // Makes the widget of a panel; the grid owns it.
    using PanelMaker = std::function<PanelView *(const metrics::Panel &)>;

    DashboardGrid(const Theme &theme, PanelMaker maker, QWidget *parent = nullptr);

    // Keeps panels that are the same as before. `oneColumn`: below each other in full width, for a narrow place.
    void setRows(const QList<metrics::Row> &rows);
    void setOneColumn(bool on);
    // Every panel anew: the options they are made with changed.
    void remake();

    // Null while it is not near what is seen.
    PanelView *view(int id) const { return m_views.value(id); }
    // The panels that are seen, by id, with their width in pixels.
    QMap<int, int> seen() const;
    // Brings a panel into view.
    void reveal(int id);
    // Shows one panel alone, all over the grid; 0: all of them.
    void setAlone(int id);
    int alone() const { return m_alone; }

Q_SIGNALS:
    // Also when panels were made, for those have no data yet.
    void seenChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Placed {
        metrics::Panel panel;
        QRect at; // in the content
    };
    void arrange();
    void populate();
    int rowHeight(const metrics::Row &row, int top);

    const Theme &m_theme;
    PanelMaker m_make;
    QWidget *m_content;
    QList<metrics::Row> m_rows;
    QList<QToolButton *> m_headings; // one for each row that has a title, else null
    QSet<QString> m_folded; // titles of rows, as the user left them
    QSet<QString> m_unfolded;
    QList<Placed> m_placed;
    QHash<int, PanelView *> m_views;
    bool m_oneColumn = false;
    int m_alone = 0;
};

} // namespace kdra::ui
