// SPDX-License-Identifier: GPL-3.0-or-later
// The topology page with several clusters side by side.
#include "ui/topology/topologypage.h"

#include "ui/topology/canvastools.h"
#include "ui/topology/clusterpanes.h"
#include "ui/topology/legend.h"

#include <QLabel>

#include <algorithm>

namespace kdra::ui {

void TopologyPage::setClusters(const QList<ClusterState> &clusters, int current)
{
    if (clusters.size() < 2) {
        if (m_panes) {
            delete std::exchange(m_panes, nullptr);
            m_canvas->setOverlayMargins(m_aloneMargins);
            m_notice->setWordWrap(false);
            m_searchLabel->setWordWrap(false);
        }
        place();
        return;
    }
    if (!m_panes) {
        m_panes = new ClusterPanes(m_theme, *m_canvas, this);
        // Under everything that lies over the canvas.
        m_panes->lower();
        connect(m_panes, &ClusterPanes::activated, this, &TopologyPage::clusterActivated);
        connect(m_panes, &ClusterPanes::inspectRequested, this, &TopologyPage::inspectRequested);
        connect(m_panes, &ClusterPanes::contextMenuRequested, this, &TopologyPage::contextMenuRequested);
        m_aloneMargins = m_canvas->overlayMargins();
        m_canvas->setOverlayMargins(ClusterPanes::margins);
    }
    m_panes->setClusters(clusters, current);
    m_besideAlerts.removeIf([&](const auto &one) {
        return one.key() == current || !std::ranges::contains(clusters, one.key(), &ClusterState::id);
    });
    for (auto it = m_besideAlerts.begin(); it != m_besideAlerts.end(); ++it)
        m_panes->setAlerts(it.key(), it.value());
    place();
    m_panes->show();
}

bool TopologyPage::switchTo(int id)
{
    if (!m_panes || !m_panes->setCurrent(id))
        return false;
    updateNotice();
    updateCaption();
    return true;
}

void TopologyPage::applyBeside(int id, const store::Batch &batch)
{
    if (m_panes)
        m_panes->apply(id, batch);
}

void TopologyPage::setAlertsBeside(int id, const models::AlertMarks &alerts)
{
    m_besideAlerts[id] = alerts;
    if (m_panes)
        m_panes->setAlerts(id, alerts);
}

void TopologyPage::offerSideBySide(QAction &action)
{
    m_tools->addButton(action);
    connect(&action, &QAction::changed, this, &TopologyPage::place);
    place();
}

// Between the tools and the legend; what the canvas says of itself stays over it.
void TopologyPage::placePanes()
{
    constexpr int gap = Metrics::space3;
    const int top = m_tools->geometry().bottom() + 1 + Metrics::space2;
    const int bottom = m_legend->y() - Metrics::space2;
    m_panes->setGeometry(gap, top, std::max(1, width() - 2 * gap), std::max(1, bottom - top));
    m_panes->place();
    const QRect canvas = m_canvas->geometry();
    const QRect room = canvas.adjusted(Metrics::space2, Metrics::space2, -Metrics::space2, -Metrics::space2);
    for (QLabel *label : {m_notice, m_searchLabel, m_caption}) {
        label->setWordWrap(false);
        const QSize whole = label->sizeHint();
        label->setWordWrap(true);
        const int fitting = std::min(whole.width(), room.width());
        label->resize(fitting, whole.width() <= fitting ? whole.height() : label->heightForWidth(fitting));
    }
    m_notice->move(room.topLeft());
    const int under = m_notice->isHidden() ? 0 : m_notice->height() + Metrics::space2;
    m_searchLabel->move(room.center().x() - m_searchLabel->width() / 2, room.y() + under);
    m_caption->move(room.center().x() - m_caption->width() / 2, room.bottom() + 1 - m_caption->height());
}

} // namespace kdra::ui
