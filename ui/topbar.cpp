// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topbar.h"

#include "kube/clustermarks.h"
#include "ui/common/freshnesswords.h"
#include "ui/common/icons.h"
#include "ui/common/notice.h"
#include "ui/common/severityglyph.h"
#include "ui/common/widgets.h"
#include "ui/dialogs/freshnesspopover.h"
#include "ui/dialogs/popovers.h"
#include "ui/session.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace kdra::ui {

namespace {

QIcon severityIcon(store::Severity severity, const Palette &palette)
{
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintSeverity(painter, QRectF(4, 4, 24, 24), severity, palette);
    painter.end();
    return QIcon(pixmap);
}

QToolButton *pill(const QString &accessibleName)
{
    auto *button = new QToolButton;
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(accessibleName);
    button->setIconSize(QSize(12, 12));
    return button;
}

} // namespace

TopBar::TopBar(Session &session, QMenu &mainMenu, QWidget *parent)
    : QFrame(parent)
    , m_session(session)
    , m_cluster(pill(tr("Cluster")))
    , m_clusterMenu(new QMenu(this))
    , m_namespace(pill(tr("Namespace")))
    , m_marks(pill(tr("How this cluster is marked")))
    , m_namespaces(new ChoicePopover(session.theme(), tr("All namespaces"), this))
    , m_search(new QPushButton(tr("Search, or run a command…") + QStringLiteral("    Ctrl+K")))
    , m_problems(pill(tr("Nodes that need attention")))
    , m_alerts(pill(tr("Alerts")))
    , m_freshness(pill(tr("Freshness")))
    , m_kinds(new FreshnessPopover(session.theme(), session.models().freshness, this))
{
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(48);

    auto *menu = new QToolButton;
    menu->setObjectName(QStringLiteral("quiet"));
    menu->setIcon(icon(session.theme(), QStringLiteral("menu")));
    menu->setIconSize(QSize(18, 18));
    menu->setMenu(&mainMenu);
    menu->setPopupMode(QToolButton::InstantPopup);
    menu->setFocusPolicy(Qt::TabFocus);
    menu->setAccessibleName(tr("Main menu"));
    menu->setToolTip(tr("Main menu"));

    m_cluster->setPopupMode(QToolButton::InstantPopup);
    m_cluster->setMenu(m_clusterMenu);
    m_cluster->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_namespace->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_search->setFocusPolicy(Qt::TabFocus);
    m_search->setAccessibleName(tr("Search, or run a command…"));
    m_search->setMaximumWidth(420);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_search->setStyleSheet(QStringLiteral("QPushButton { text-align: left; }"));
    m_problems->setObjectName(QStringLiteral("alertPill"));
    m_problems->hide();
    m_alerts->setObjectName(QStringLiteral("alertPill"));
    m_alerts->hide();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Metrics::space3, 0, Metrics::space4, 0);
    row->setSpacing(Metrics::space3);
    row->addWidget(menu);
    QLabel *name = makeLabel(session.theme(), Theme::FontRole::Title, QStringLiteral("KDRA"));
    name->setTextInteractionFlags(Qt::NoTextInteraction);
    row->addWidget(name);
    row->addWidget(m_cluster);
    row->addWidget(m_namespace);
    row->addWidget(m_marks);
    row->addStretch(1);
    row->addWidget(m_search, 4);
    row->addStretch(1);
    row->addWidget(m_problems);
    row->addWidget(m_alerts);
    row->addWidget(m_freshness);

    connect(m_search, &QPushButton::clicked, this, &TopBar::searchRequested);
    connect(m_problems, &QToolButton::clicked, this, &TopBar::problemsRequested);
    connect(m_alerts, &QToolButton::clicked, this, &TopBar::alertsRequested);
    connect(m_freshness, &QToolButton::clicked, this, &TopBar::showFreshness);
    connect(m_clusterMenu, &QMenu::aboutToShow, this, &TopBar::fillClusterMenu);
    connect(m_namespace, &QToolButton::clicked, this,
        [this] { m_namespaces->openUnder(*m_namespace, m_session.models().namespaces(), m_session.ns()); });
    connect(m_namespaces, &ChoicePopover::chosen, &m_session, &Session::setNamespace);

    connect(&m_session, &Session::clustersChanged, this, &TopBar::updateCluster);
    connect(&m_session, &Session::currentChanged, this, &TopBar::updateCluster);
    connect(&m_session, &Session::connectionChanged, this, &TopBar::updateCluster);
    connect(&m_session, &Session::namespaceChanged, this, &TopBar::updateNamespace);
    connect(&m_session, &Session::published, this, [this](const store::Batch &batch) {
        if (batch.statesChanged)
            updateFreshness();
        if (!batch.delta(store::Kind::Node).isEmpty())
            updateProblems();
    });
    connect(&m_session.theme(), &Theme::changed, this, [this] {
        updateFreshness();
        updateProblems();
        updateAlerts();
    });
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &TopBar::updateFreshness);
    updateCluster();
    updateNamespace();
}

void TopBar::fillClusterMenu()
{
    m_clusterMenu->clear();
    const QStringList names = m_session.clusterNames();
    for (int i = 0; i < names.size(); ++i) {
        QAction *action = m_clusterMenu->addAction(names[i]);
        action->setCheckable(true);
        action->setChecked(i == m_session.currentIndex());
        connect(action, &QAction::triggered, this, [this, i] { m_session.setCurrent(i); });
    }
    if (!names.isEmpty())
        m_clusterMenu->addSeparator();
    for (const kube::SavedConnection &saved : m_session.savedConnections()) {
        if (!names.contains(saved.name))
            m_clusterMenu->addAction(
                tr("Connect to %1").arg(saved.name), this, [this, id = saved.id] { m_session.openSaved(id); });
    }
    m_clusterMenu->addActions(m_openActions);
    if (!names.isEmpty()) {
        m_clusterMenu->addSeparator();
        m_clusterMenu->addActions(m_markActions);
        m_clusterMenu->addSeparator();
        m_clusterMenu->addAction(tr("Close this cluster"), &m_session, &Session::closeCurrent);
    }
}

void TopBar::setMarkActions(const QList<QAction *> &actions)
{
    m_markActions = actions;
    auto *menu = new QMenu(m_marks);
    menu->addActions(actions);
    m_marks->setMenu(menu);
    m_marks->setPopupMode(QToolButton::InstantPopup);
}

void TopBar::setMarks(const kube::Marks &marks)
{
    const QString text = kube::marksText(marks);
    m_marks->setText(text);
    m_marks->setIcon(icon(m_session.theme(), marks.production ? QStringLiteral("warning") : QStringLiteral("lock")));
    m_marks->setToolTip(marks.readOnly ? tr("KDRA refuses everything that would change this cluster.")
                                       : tr("What is destructive has to be confirmed by typing."));
    m_marks->setAccessibleName(tr("This cluster is marked: %1").arg(text));
    m_marks->setVisible(!text.isEmpty() && m_session.current());
}

void TopBar::updateCluster()
{
    const store::ClusterStore *store = m_session.current();
    QString text = store ? m_session.clusterNames().value(m_session.currentIndex()) : tr("No cluster");
    if (store && store->connection() == store::ClusterStore::Connection::Connected)
        text += QStringLiteral("  ") + store->api().gitVersion;
    m_cluster->setText(text + QStringLiteral("  ▾"));
    m_cluster->setAccessibleName(store ? tr("Cluster: %1").arg(text.simplified()) : text);
    m_namespace->setEnabled(store != nullptr);
    m_search->setEnabled(store != nullptr);
    updateFreshness();
    updateProblems();
}

void TopBar::updateNamespace()
{
    const QString text = m_session.ns().isEmpty() ? tr("All namespaces") : m_session.ns();
    m_namespace->setText(text + QStringLiteral("  ▾"));
    m_namespace->setAccessibleName(tr("Namespace: %1").arg(text));
}

void TopBar::setConnectionActions(const QList<QAction *> &actions)
{
    m_kinds->setConnectionActions(actions);
}

void TopBar::showFreshness()
{
    if (m_freshness->isVisible())
        m_kinds->openUnder(*m_freshness);
}

void TopBar::updateFreshness()
{
    const store::ClusterStore *store = m_session.current();
    m_freshness->setVisible(store != nullptr);
    if (!store) {
        m_seconds.stop();
        return;
    }
    const store::Snapshot &snapshot = *m_session.models().snapshot();
    const FreshnessWords words = freshnessWords(models::freshnessOf(snapshot), store->connection());
    m_freshness->setIcon(severityIcon(words.severity, m_session.theme().palette()));
    m_freshness->setText(words.text);
    const QString tip = m_kinds->words(snapshot);
    m_freshness->setToolTip(tip);
    m_freshness->setAccessibleDescription(tip);
    m_freshness->setAccessibleName(tr("Freshness: %1").arg(words.text));
    if (words.ages)
        m_seconds.start();
    else
        m_seconds.stop();
}

void TopBar::setAlerts(int firing, store::Severity worst, const QString &trouble)
{
    m_firing = firing;
    m_worst = worst;
    m_trouble = trouble;
    updateAlerts();
}

void TopBar::updateAlerts()
{
    const bool isTrouble = !m_trouble.isEmpty();
    m_alerts->setVisible(m_firing > 0 || isTrouble);
    m_alerts->setIcon(severityIcon(isTrouble ? store::Severity::Unknown : m_worst, m_session.theme().palette()));
    m_alerts->setText(isTrouble && !m_firing ? tr("Alerts not known") : tr("%n alert(s)", nullptr, m_firing));
    m_alerts->setAccessibleName(m_alerts->text());
    m_alerts->setToolTip(isTrouble ? Qt::convertFromPlainText(m_trouble) : tr("Show what is firing (Ctrl+8)"));
}

void TopBar::updateProblems()
{
    int problems = 0;
    store::Severity worst = store::Severity::Healthy;
    m_session.models().snapshot()->table<store::Kind::Node>().forEach([&](const auto &node) {
        problems += node->meta.severity >= store::Severity::Warning;
        worst = std::max(worst, node->meta.severity);
    });
    m_problems->setVisible(problems > 0);
    m_problems->setIcon(severityIcon(worst, m_session.theme().palette()));
    m_problems->setText(tr("%n node(s) need attention", nullptr, problems));
    m_problems->setAccessibleName(m_problems->text());
}

} // namespace kdra::ui
