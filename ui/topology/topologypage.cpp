// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/topologypage.h"

#include "ui/topology/canvas.h"
#include "ui/topology/canvastools.h"
#include "ui/topology/groupingmenu.h"
#include "ui/topology/legend.h"
#include "ui/topology/minimap.h"

#include <QActionGroup>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

namespace kdra::ui {

TopologyPage::TopologyPage(Theme &theme, models::Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_canvas(new Canvas(theme, selection, this))
    , m_group(new QToolButton(this))
    , m_overlay(new QToolButton(this))
    , m_notice(new QLabel(this))
    , m_searchLabel(new QLabel(this))
    , m_caption(new QLabel(this))
    , m_tools(new CanvasTools(theme, *m_canvas, this))
    , m_legend(new Legend(theme, *m_canvas, this))
    , m_minimap(new Minimap(theme, *m_canvas, this))
    , m_grouping(new GroupingMenu(*m_canvas, m_group))
{
    setFocusProxy(m_canvas);
    m_group->setMenu(m_grouping);
    m_group->setPopupMode(QToolButton::InstantPopup);
    m_group->setObjectName(QStringLiteral("group"));
    connect(m_canvas, &Canvas::groupingChanged, this, &TopologyPage::updateWords);
    m_overlay->setObjectName(QStringLiteral("overlay"));
    m_overlay->setPopupMode(QToolButton::InstantPopup);
    m_overlay->setMenu(new QMenu(m_overlay));
    connect(m_overlay->menu(), &QMenu::aboutToShow, this, &TopologyPage::fillOverlayMenu);
    connect(m_canvas, &Canvas::overlayStepRequested, this, [this](int direction) {
        const auto after = [direction](Overlay overlay) {
            return static_cast<Overlay>((static_cast<int>(overlay) + direction + overlayCount) % overlayCount);
        };
        const Overlay next = after(m_canvas->scene().overlay());
        setOverlay(next == Overlay::PodCount && m_canvas->scene().showsWorkloads() ? after(next) : next);
    });
    connect(m_canvas, &Canvas::overlayChanged, this, &TopologyPage::updateWords);
    connect(m_legend, &Legend::resized, this, &TopologyPage::place);
    m_notice->hide();
    m_searchLabel->hide();
    m_caption->hide();
    m_caption->setWordWrap(true);
    for (QLabel *label : {m_notice, m_searchLabel, m_caption})
        label->setContentsMargins(Metrics::space3, Metrics::space1, Metrics::space3, Metrics::space1);

    connect(m_canvas, &Canvas::painted, this, &TopologyPage::painted);
    connect(m_canvas, &Canvas::changePainted, this, &TopologyPage::changePainted);
    connect(m_canvas, &Canvas::inspectRequested, this, &TopologyPage::inspectRequested);
    connect(m_canvas, &Canvas::contextMenuRequested, this, &TopologyPage::contextMenuRequested);
    connect(m_canvas, &Canvas::templateDropped, this, &TopologyPage::templateDropped);
    connect(m_canvas, &Canvas::handedOver, this, &TopologyPage::handedOver);
    connect(m_canvas, &Canvas::searchChanged, this, &TopologyPage::updateSearch);
    connect(&m_theme, &Theme::changed, this, &TopologyPage::updateWords);
    connect(m_canvas, &Canvas::relationsChanged, this, &TopologyPage::updateCaption);
    m_message.setSingleShot(true);
    connect(&m_message, &QTimer::timeout, this, &TopologyPage::updateCaption);
    connect(m_tools, &CanvasTools::message, this, [this](const QString &text) {
        m_message.start(std::chrono::seconds(8));
        m_caption->setText(text);
        m_caption->setVisible(true);
        place();
    });
    updateWords();
}

void TopologyPage::reset(const store::SnapshotPtr &snapshot)
{
    m_canvas->reset(snapshot);
    updateNotice();
}

void TopologyPage::apply(const store::Batch &batch)
{
    m_canvas->apply(batch);
    if (batch.statesChanged)
        updateNotice();
}

void TopologyPage::setCluster(const QString &name)
{
    m_tools->setCluster(name);
}

void TopologyPage::setDropSource(environments::DropSource source)
{
    m_canvas->setDropSource(std::move(source));
}

void TopologyPage::pickUp(const QString &templateId, const QString &title)
{
    m_canvas->pickUp(templateId, title);
}

void TopologyPage::frameAll()
{
    m_canvas->frameAll();
}

void TopologyPage::goToSelection()
{
    m_canvas->frameSelection();
    m_canvas->setFocus();
}

void TopologyPage::setAlerts(const models::AlertMarks &alerts)
{
    m_canvas->setAlerts(alerts);
}

void TopologyPage::setOverlay(Overlay overlay)
{
    m_canvas->setOverlay(overlay);
}

void TopologyPage::fillOverlayMenu()
{
    QMenu *menu = m_overlay->menu();
    menu->clear();
    auto *choices = new QActionGroup(menu);
    for (int i = 0; i < overlayCount; ++i) {
        const auto overlay = static_cast<Overlay>(i);
        QAction *action = menu->addAction(overlayName(overlay), this, [this, overlay] { setOverlay(overlay); });
        action->setCheckable(true);
        action->setChecked(overlay == m_canvas->scene().overlay());
        action->setEnabled(overlay != Overlay::PodCount || !m_canvas->scene().showsWorkloads());
        choices->addAction(action);
    }
}

void TopologyPage::updateWords()
{
    m_group->setText(tr("Group: %1").arg(m_grouping->current()));
    m_group->setToolTip(tr("What the canvas shows and groups by"));
    m_overlay->setText(tr("Overlay: %1").arg(overlayName(m_canvas->scene().overlay())));
    m_overlay->setToolTip(tr("What pods are coloured by (O for the next, Shift+O for the one before)"));
    const Palette &palette = m_theme.palette();
    const QString sheet =
        QStringLiteral("QLabel { color: %1; background: %2; border: 1px solid %3; border-radius: 6px; }");
    m_notice->setStyleSheet(sheet.arg(palette.text.name(), palette.panel2.name(), palette.warning.name()));
    m_searchLabel->setStyleSheet(sheet.arg(palette.text.name(), palette.panel2.name(), palette.accent.name()));
    m_caption->setStyleSheet(sheet.arg(palette.text.name(), palette.panel2.name(), palette.line.name()));
    m_tools->setGroupingWords(m_grouping->current());
    m_tools->updateWords();
    updateNotice();
    updateSearch();
}

// The age is shown as the time of day since when: true without a timer.
void TopologyPage::updateNotice()
{
    const store::Snapshot &snapshot = *m_canvas->scene().snapshot();
    QStringList lines;
    for (const store::Kind kind : {store::Kind::Node, store::Kind::Pod}) {
        const store::KindState &state = snapshot.state(kind);
        const bool nodes = kind == store::Kind::Node;
        if (state.phase == store::KindPhase::Stale) {
            const auto age =
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - state.lastHeard);
            const QString since =
                QLocale().toString(QDateTime::currentDateTime().addSecs(-age.count()).time(), QLocale::ShortFormat);
            lines += nodes ? tr("Nodes are as of %1: the watch is broken and being repaired.").arg(since)
                           : tr("Pods are as of %1: the watch is broken and being repaired.").arg(since);
        } else if (state.phase == store::KindPhase::Forbidden) {
            lines += nodes ? tr("You may not list nodes: only those that run pods you may see are shown.")
                           : tr("You may not list pods of the whole cluster.");
        } else if (state.phase == store::KindPhase::Failed) {
            lines += (nodes ? tr("Nodes cannot be read.") : tr("Pods cannot be read."))
                + (state.error ? u' ' + state.error->what : QString());
        }
    }
    m_notice->setText(lines.join(u'\n'));
    m_notice->setVisible(!lines.isEmpty());
    place();
}

void TopologyPage::updateSearch()
{
    const QString &text = m_canvas->searchText();
    const SearchResult &result = m_canvas->searchResult();
    if (!text.isEmpty()) {
        const QLocale locale;
        const bool workloads = m_canvas->scene().showsWorkloads();
        QStringList found{(workloads ? tr("tiles: %1") : tr("nodes: %1")).arg(locale.toString(result.nodes)),
            tr("pods: %1").arg(locale.toString(result.pods))};
        if (result.namespaces)
            found += tr("namespaces: %1").arg(locale.toString(result.namespaces));
        if (result.workloads)
            found += tr("workloads: %1").arg(locale.toString(result.workloads));
        if (result.services)
            found += tr("services: %1").arg(locale.toString(result.services));
        QString line = tr("Search: %1 — %2.").arg(text.toHtmlEscaped(), found.join(QStringLiteral(", ")));
        if (const qsizetype number = m_canvas->hitNumber())
            line +=
                u' ' + tr("Hit %1 of %2.").arg(locale.toString(number), locale.toString(result.nodes + result.pods));
        line += u' ' + tr("Enter goes to the next, Shift+Enter back, Esc ends.");
        m_searchLabel->setText(line);
    }
    m_searchLabel->setVisible(!text.isEmpty());
    place();
}

void TopologyPage::updateCaption()
{
    if (m_message.isActive())
        return;
    const QString text = m_canvas->relationCaption();
    m_caption->setText(text);
    m_caption->setVisible(!text.isEmpty());
    place();
}

void TopologyPage::place()
{
    constexpr int gap = Metrics::space3;
    if (!m_panes)
        m_canvas->setGeometry(rect());
    m_group->adjustSize();
    m_group->move(width() - gap - m_group->width(), gap);
    m_overlay->adjustSize();
    m_overlay->move(m_group->x() - Metrics::space2 - m_overlay->width(), gap);
    m_tools->adjustSize();
    const int beside = m_overlay->x() - Metrics::space2 - m_tools->width();
    // In a line of their own where there is no room beside.
    if (beside >= gap)
        m_tools->move(beside, gap);
    else
        m_tools->move(width() - gap - m_tools->width(), m_group->geometry().bottom() + 1 + Metrics::space2);
    // One line where it fits, and never wider than what is left of the window.
    const int widest = std::max(200, width() - 2 * gap);
    const int wanted = m_caption->fontMetrics().horizontalAdvance(m_caption->text()) + 2 * Metrics::space4;
    const int captionWidth = std::min(widest, wanted);
    if (m_caption->isVisible())
        m_caption->resize(captionWidth, m_caption->heightForWidth(captionWidth));
    m_notice->adjustSize();
    m_notice->move(gap, gap);
    m_searchLabel->adjustSize();
    m_searchLabel->move(std::max(gap, (width() - m_searchLabel->width()) / 2), gap);
    // Under whatever is in its way.
    const QRect searchLine = m_searchLabel->geometry();
    if (m_notice->isVisible() && searchLine.intersects(m_notice->geometry()))
        m_searchLabel->move(m_searchLabel->x(), 2 * gap + m_notice->height());
    else if (searchLine.right() >= std::min(m_tools->x(), m_overlay->x()) - Metrics::space2)
        m_searchLabel->move(m_searchLabel->x(), m_tools->geometry().bottom() + 1 + gap);
    // Beside the overview, where there is one.
    m_legend->setRoom(width() - 2 * gap - (width() > 900 ? m_minimap->width() + gap : 0));
    m_legend->resize(m_legend->sizeHint());
    m_legend->move(gap, height() - gap - m_legend->height());
    m_caption->move((width() - m_caption->width()) / 2, m_legend->y() - gap - m_caption->height());
    m_minimap->move(width() - gap - m_minimap->width(), height() - gap - m_minimap->height());
    if (!m_panes)
        m_canvas->setOverlayMargins(
            {Metrics::space5, m_tools->geometry().bottom() + 10.0, Metrics::space5, 26.0 + m_legend->height()});
    m_minimap->setFits(!m_panes && width() > 640 && height() > 360);
    if (m_panes)
        placePanes();
}

void TopologyPage::resizeEvent(QResizeEvent *)
{
    place();
}

void TopologyPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateWords();
    QWidget::changeEvent(event);
}

} // namespace kdra::ui
