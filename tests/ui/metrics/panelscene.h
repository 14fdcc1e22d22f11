// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/metrics/panels.h"
#include "ui/common/theme.h"
#include "ui/metrics/legendview.h"
#include "ui/metrics/linecontent.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotbody.h"
#include "ui/metrics/plotview.h"

#include <QApplication>
#include <QMouseEvent>

// Panels in windows of their own, over one span of time, and what can be seen of them.
namespace kdra::tests {

inline constexpr qint64 end = start + 239 * step;

inline ui::LegendView &legendOf(ui::PanelView &view)
{
    return *dynamic_cast<ui::PlotBody *>(view.body())->legend();
}

inline const ui::LineContent &linesOf(ui::PanelView &view)
{
    return dynamic_cast<const ui::LineContent &>(view.plot()->content());
}

inline QImage painted(ui::PlotView &plot)
{
    return plot.viewport()->grab().toImage();
}

// Straight to the widget: several windows lie at one place here.
inline void hover(QWidget &target, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, target.mapToGlobal(at), Qt::NoButton, {}, {});
    QApplication::sendEvent(&target, &move);
}

// Pixels of about a colour in a rectangle.
inline int pixelsOf(const QImage &image, const QRect &area, const QColor &colour)
{
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                    + std::abs(pixel.blue() - colour.blue())
                < 60;
        }
    }
    return found;
}

class PanelScene {
public:
    PanelScene()
    {
        m_theme.apply(*qApp);
        m_theme.setScheme(ui::Theme::Scheme::Dark);
        clear();
    }
    // No panels; the span and the zone as they were.
    void clear()
    {
        m_views.clear();
        m_state = std::make_unique<ui::ViewState>();
        m_state->setZone(QTimeZone::utc());
        m_state->setSpan({start, end});
    }
    // One more, painted.
    ui::PanelView &show(
        const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers, QSize size = {480, 260})
    {
        ui::PanelView &view = add(panel, size);
        view.setAnswers(answers);
        view.grab();
        return view;
    }
    // One more that nobody has answered yet.
    ui::PanelView &add(const metrics::Panel &panel, QSize size = {480, 260})
    {
        m_views.push_back(std::make_unique<ui::PanelView>(panel, *m_state, m_theme));
        m_views.back()->resize(size);
        m_views.back()->show();
        return *m_views.back();
    }
    ui::ViewState &state() { return *m_state; }
    ui::Theme &theme() { return m_theme; }

private:
    ui::Theme m_theme;
    std::unique_ptr<ui::ViewState> m_state;
    std::vector<std::unique_ptr<ui::PanelView>> m_views;
};

} // namespace kdra::tests
