// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/topologypage.h"

#include "ui/topology/canvas.h"
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
    , m_notice(new QLabel(this))
    , m_searchLabel(new QLabel(this))
    , m_legend(new Legend(theme, this))
    , m_minimap(new Minimap(theme, *m_canvas, this))
{
    setFocusProxy(m_canvas);
    auto *menu = new QMenu(m_group);
    auto *choices = new QActionGroup(menu);
    m_bySite = menu->addAction(QString());
    m_byRole = menu->addAction(QString());
    for (QAction *action : {m_bySite, m_byRole}) {
        action->setCheckable(true);
        choices->addAction(action);
    }
    m_bySite->setChecked(true);
    m_group->setMenu(menu);
    m_group->setPopupMode(QToolButton::InstantPopup);
    connect(choices, &QActionGroup::triggered, this, [this](const QAction *action) {
        m_canvas->setGrouping(action == m_byRole ? Grouping::Role : Grouping::Site);
        updateWords();
    });
    m_canvas->setOverlayMargins({Metrics::space5, 52, Metrics::space5, 56});
    m_notice->hide();
    m_searchLabel->hide();
    for (QLabel *label : {m_notice, m_searchLabel})
        label->setContentsMargins(Metrics::space3, Metrics::space1, Metrics::space3, Metrics::space1);

    connect(m_canvas, &Canvas::painted, this, &TopologyPage::painted);
    connect(m_canvas, &Canvas::changePainted, this, &TopologyPage::changePainted);
    connect(m_canvas, &Canvas::inspectRequested, this, &TopologyPage::inspectRequested);
    connect(m_canvas, &Canvas::contextMenuRequested, this, &TopologyPage::contextMenuRequested);
    connect(m_canvas, &Canvas::searchChanged, this, &TopologyPage::updateSearch);
    connect(&m_theme, &Theme::changed, this, &TopologyPage::updateWords);
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

void TopologyPage::frameAll()
{
    m_canvas->frameAll();
}

void TopologyPage::updateWords()
{
    m_bySite->setText(tr("Site"));
    m_byRole->setText(tr("Role"));
    m_group->setText(m_byRole->isChecked() ? tr("Group: Role") : tr("Group: Site"));
    m_group->setToolTip(tr("What nodes are grouped by"));
    const Palette &palette = m_theme.palette();
    const QString sheet =
        QStringLiteral("QLabel { color: %1; background: %2; border: 1px solid %3; border-radius: 6px; }");
    m_notice->setStyleSheet(sheet.arg(palette.text.name(), palette.panel2.name(), palette.warning.name()));
    m_searchLabel->setStyleSheet(sheet.arg(palette.text.name(), palette.panel2.name(), palette.accent.name()));
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
        m_searchLabel->setText(tr("Search: %1 — nodes: %2, pods: %3. Enter goes to the next, Esc ends.")
                .arg(text.toHtmlEscaped(), locale.toString(result.nodes), locale.toString(result.pods)));
    }
    m_searchLabel->setVisible(!text.isEmpty());
    place();
}

void TopologyPage::place()
{
    constexpr int gap = Metrics::space3;
    m_canvas->setGeometry(rect());
    m_group->adjustSize();
    m_group->move(width() - gap - m_group->width(), gap);
    m_notice->adjustSize();
    m_notice->move(gap, gap);
    m_searchLabel->adjustSize();
    m_searchLabel->move((width() - m_searchLabel->width()) / 2, gap);
    if (m_searchLabel->isVisible() && m_notice->isVisible())
        m_searchLabel->move(m_searchLabel->x(), 2 * gap + m_notice->height());
    m_legend->resize(m_legend->sizeHint());
    m_legend->move(gap, height() - gap - m_legend->height());
    m_minimap->move(width() - gap - m_minimap->width(), height() - gap - m_minimap->height());
    m_minimap->setFits(width() > 640 && height() > 360);
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
