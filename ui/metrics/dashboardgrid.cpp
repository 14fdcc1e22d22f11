// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/dashboardgrid.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/metrics/panelview.h"

#include <QEvent>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

constexpr int columns = 24;
constexpr int unitHeight = 30; // of a row of the grid
constexpr int gap = Metrics::space2;
constexpr int headingHeight = 28;
// So many pixels beyond what is seen are made ready: a turn of the wheel does not show empty frames.
constexpr int margin = 240;

} // namespace

DashboardGrid::DashboardGrid(const Theme &theme, PanelMaker maker, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_make(std::move(maker))
    , m_content(new QWidget)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Its coming and going would make every panel narrower and wider.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setWidget(m_content);
    setAccessibleName(tr("Panels"));
}

void DashboardGrid::setRows(const QList<metrics::Row> &rows)
{
    m_rows = rows;
    QSet<int> kept;
    for (const metrics::Row &row : rows) {
        for (const metrics::Panel &panel : row.panels) {
            PanelView *view = m_views.value(panel.id);
            if (view && view->panel().kind == panel.kind)
                kept.insert(panel.id);
        }
    }
    m_views.removeIf([&](const auto &one) {
        if (kept.contains(one.key()))
            return false;
        one.value()->deleteLater();
        one.value()->hide();
        return true;
    });
    for (QToolButton *heading : m_headings)
        delete heading;
    m_headings.clear();
    for (const metrics::Row &row : rows) {
        if (row.title.isEmpty()) {
            m_headings.append(nullptr);
            continue;
        }
        auto *heading = new QToolButton(m_content);
        heading->setText(unmnemonic(row.title));
        heading->setFont(m_theme.font(Theme::FontRole::Strong));
        heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        heading->setAutoRaise(true);
        heading->setCheckable(true);
        heading->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        heading->setChecked(m_folded.contains(row.title) || (row.collapsed && !m_unfolded.contains(row.title)));
        connect(heading, &QToolButton::toggled, this, [this, title = row.title](bool folded) {
            (folded ? m_folded : m_unfolded).insert(title);
            (folded ? m_unfolded : m_folded).remove(title);
            arrange();
        });
        heading->show();
        m_headings.append(heading);
    }
    arrange();
}

void DashboardGrid::setOneColumn(bool on)
{
    m_oneColumn = on;
    arrange();
}

void DashboardGrid::remake()
{
    for (PanelView *view : m_views) {
        view->hide();
        view->deleteLater();
    }
    m_views.clear();
    arrange();
}

QMap<int, int> DashboardGrid::seen() const
{
    QMap<int, int> widths;
    const QRect seen(0, verticalScrollBar()->value(), viewport()->width(), viewport()->height());
    for (const Placed &placed : m_placed) {
        if (placed.at.intersects(seen) && m_views.contains(placed.panel.id))
            widths.insert(placed.panel.id, placed.at.width());
    }
    return widths;
}

void DashboardGrid::reveal(int id)
{
    const auto placed = std::ranges::find(m_placed, id, [](const Placed &one) { return one.panel.id; });
    if (placed != m_placed.end())
        verticalScrollBar()->setValue(placed->at.top() - gap);
}

void DashboardGrid::setAlone(int id)
{
    m_alone = id;
    arrange();
    verticalScrollBar()->setValue(0);
}

void DashboardGrid::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void DashboardGrid::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    populate();
}

void DashboardGrid::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    arrange();
}

int DashboardGrid::rowHeight(const metrics::Row &row, int top)
{
    const int width = viewport()->width() - 2 * gap;
    int bottom = 0;
    if (m_oneColumn) {
        QList<metrics::Panel> panels = row.panels;
        std::ranges::stable_sort(
            panels, {}, [](const metrics::Panel &one) { return std::pair(one.grid.y, one.grid.x); });
        for (const metrics::Panel &panel : panels) {
            const int height = std::max(4, panel.grid.height) * unitHeight - gap;
            m_placed.append({panel, QRect(gap, top + bottom, width, height)});
            bottom += height + gap;
        }
        return bottom;
    }
    for (const metrics::Panel &panel : row.panels) {
        const int left = panel.grid.x * (width + gap) / columns;
        const int right = std::min(columns, panel.grid.x + panel.grid.width) * (width + gap) / columns - gap;
        const QRect at(gap + left, top + panel.grid.y * unitHeight, std::max(40, right - left),
            panel.grid.height * unitHeight - gap);
        m_placed.append({panel, at});
        bottom = std::max(bottom, at.bottom() + 1 + gap - top);
    }
    return bottom;
}

void DashboardGrid::arrange()
{
    m_placed.clear();
    int top = gap;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const metrics::Row &row = m_rows[i];
        QToolButton *heading = m_headings.value(i);
        if (m_alone != 0) {
            if (heading)
                heading->hide();
            for (const metrics::Panel &panel : row.panels) {
                if (panel.id == m_alone)
                    m_placed.append(
                        {panel, QRect(gap, gap, viewport()->width() - 2 * gap, viewport()->height() - 2 * gap)});
            }
            continue;
        }
        if (heading) {
            heading->setIcon(icon(m_theme, heading->isChecked() ? u"chevron"_s : u"chevron-up"_s));
            heading->setGeometry(gap, top, viewport()->width() - 2 * gap, headingHeight);
            heading->show();
            top += headingHeight + gap;
            if (heading->isChecked())
                continue;
        }
        top += rowHeight(row, top);
    }
    if (m_alone != 0)
        top = viewport()->height();
    m_content->resize(viewport()->width(), std::max(top, viewport()->height()));
    populate();
}

void DashboardGrid::populate()
{
    const QRect near(0, verticalScrollBar()->value() - margin, viewport()->width(), viewport()->height() + 2 * margin);
    QSet<int> wanted;
    for (const Placed &placed : m_placed) {
        if (!isVisible() || !placed.at.intersects(near))
            continue;
        wanted.insert(placed.panel.id);
        PanelView *&view = m_views[placed.panel.id];
        if (!view) {
            view = m_make(placed.panel);
            view->setParent(m_content);
        }
        view->setGeometry(placed.at);
        view->show();
    }
    m_views.removeIf([&](const auto &one) {
        if (wanted.contains(one.key()))
            return false;
        one.value()->hide();
        one.value()->deleteLater();
        return true;
    });
    Q_EMIT seenChanged();
}

} // namespace kdra::ui
