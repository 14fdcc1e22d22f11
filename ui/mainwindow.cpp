// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/actions/actionset.h"
#include "ui/alertdesk.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/dashboarddesk.h"
#include "ui/dialogs/commandpalette.h"
#include "ui/dialogs/doctorpage.h"
#include "ui/dialogs/welcomepage.h"
#include "ui/drawer.h"
#include "ui/environmentdesk.h"
#include "ui/environmentuse.h"
#include "ui/eventmarks.h"
#include "ui/grafanadesk.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/explorepage.h"
#include "ui/metricsdesk.h"
#include "ui/notifier.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/inspector.h"
#include "ui/rail.h"
#include "ui/session.h"
#include "ui/templatedesk.h"
#include "ui/topbar.h"
#include "ui/topology/topologypage.h"
#include "ui/usenowfeed.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>

namespace kdra::ui {

MainWindow::MainWindow(Session &session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_pageActions(new QActionGroup(this))
    , m_actionSet(new ActionSet(session.theme(), session.selection(), this))
    , m_topBar(new TopBar(session, m_menu))
    , m_rail(new Rail(session.theme()))
    , m_frame(new QFrame)
    , m_states(new QStackedWidget)
    , m_welcome(new WelcomePage(session.theme()))
    , m_connecting(new EmptyState(session.theme(), QStringLiteral("cluster"), {}, {}))
    , m_failed(new EmptyState(session.theme(), QStringLiteral("warning"), {}, {}))
    , m_doctor(new DoctorPage(session.theme()))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_rows(new QSplitter(Qt::Vertical))
    , m_pages(new Pages(session))
    , m_inspector(new Inspector(session.theme(), session.selection(), session.models()))
    , m_drawer(new Drawer(session))
    , m_palette(new CommandPalette(session.theme(), session.models(), this))
    , m_desk(new EnvironmentDesk(session, *m_pages, this))
    , m_templateDesk(new TemplateDesk(session, m_desk->library(), m_pages->templates(), this))
    , m_metricsDesk(new MetricsDesk(session, *m_pages, this))
    , m_alertDesk(new AlertDesk(session, *m_pages, this))
    , m_dashboardDesk(new DashboardDesk(session, *m_pages, *m_inspector, this))
    , m_grafanaDesk(new GrafanaDesk(session, *m_pages, this))
    , m_use(new EnvironmentUseFeed(session, m_desk->watch(), *m_pages, this))
{
    setWindowTitle(QStringLiteral("KDRA"));
    setWindowIcon(QIcon(QStringLiteral(":/kdra/icons/kdra.svg")));
    setMinimumSize(800, 560);

    m_columns->addWidget(m_pages);
    m_columns->addWidget(m_inspector);
    m_columns->setStretchFactor(0, 1);
    m_columns->setSizes({1000, 360});
    m_columns->setCollapsible(0, false);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_drawer);
    m_rows->setStretchFactor(0, 1);
    m_rows->setSizes({800, 148});
    m_rows->setCollapsible(0, false);

    auto *workspace = new QWidget;
    auto *row = new QHBoxLayout(workspace);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_rows, 1);

    m_states->addWidget(m_welcome);
    m_states->addWidget(m_connecting);
    m_states->addWidget(m_failed);
    m_states->addWidget(workspace);
    m_states->addWidget(m_doctor);
    m_frame->setObjectName(QStringLiteral("window"));
    auto *column = new QVBoxLayout(m_frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addWidget(m_states, 1);
    setCentralWidget(m_frame);

    makeActions();
    makeClusterActions();
    makeClustersActions();
    makeDesk();
    makeAlerts();

    connect(m_topBar, &TopBar::searchRequested, this, &MainWindow::openPalette);
    connect(m_topBar, &TopBar::problemsRequested, this, [this] { showPage(Pages::Nodes); });
    connect(m_pages, &Pages::inspectRequested, this, [this] { m_toggleInspector->setChecked(true); });
    connect(m_palette, &CommandPalette::objectChosen, &m_session.selection(),
        [this](const models::Item &item) { m_session.selection().set(item); });
    connect(m_palette, &CommandPalette::podSearchRequested, this, [this](const QString &text) {
        showPage(Pages::Workloads);
        m_pages->showPods(text);
    });

    connect(m_welcome, &WelcomePage::demoRequested, &m_session, &Session::openDemo);
    connect(m_welcome, &WelcomePage::kubeconfigRequested, this,
        [this](const QString &file) { m_session.openKubeconfig({file}, {}); });
    connect(m_welcome, &WelcomePage::serverRequested, this, &MainWindow::askForServer);
    QPushButton *retry = m_failed->addButton(tr("Try again"), true);
    connect(retry, &QPushButton::clicked, &m_session, &Session::wake);
    QPushButton *why = m_failed->addButton(tr("Find out why"));
    connect(why, &QPushButton::clicked, this, &MainWindow::openDoctor);
    connect(m_doctor, &DoctorPage::closeRequested, this, &MainWindow::closeDoctor);
    QPushButton *other = m_failed->addButton(tr("Choose another cluster"));
    connect(other, &QPushButton::clicked, &m_session, &Session::closeCurrent);
    QPushButton *cancel = m_connecting->addButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, &m_session, &Session::closeCurrent);

    connect(&m_session, &Session::openFailed, this, [this](const Error &error) {
        m_welcome->tellError(error.text());
        if (m_session.current())
            tell(tr("The cluster could not be opened"), error);
    });
    connect(&m_session, &Session::openingChanged, this, &MainWindow::updateState);
    connect(&m_session, &Session::clustersChanged, this, &MainWindow::updateState);
    connect(&m_session, &Session::connectionChanged, this, &MainWindow::updateState);
    connect(&m_session, &Session::currentChanged, this, [this] {
        closeDoctor();
        m_inspector->setFetch(m_session.fetch());
        m_inspector->reset();
        updateState();
    });
    connect(&m_session, &Session::published, this, [this](const store::Batch &batch) {
        m_inspector->apply(batch);
        m_actionSet->apply(batch);
        if (batch.statesChanged)
            updateState();
    });
    updateState();
}

void MainWindow::makeDesk()
{
    connect(m_desk, &EnvironmentDesk::started, this, [this] {
        m_toggleDrawer->setChecked(true);
        m_drawer->showTasks();
    });
    connect(m_desk, &EnvironmentDesk::failed, this, &MainWindow::tell);
    connect(m_templateDesk, &TemplateDesk::failed, this, &MainWindow::tell);
    connect(m_metricsDesk, &MetricsDesk::failed, this, &MainWindow::tell);
    connect(m_metricsDesk, &MetricsDesk::installRequested, this,
        [this] { m_desk->create(QStringLiteral("builtin:prometheus-pi-vitals")); });
    connect(m_templateDesk, &TemplateDesk::done, this, &MainWindow::report);
    connect(m_dashboardDesk, &DashboardDesk::done, this, &MainWindow::report);
    connect(m_dashboardDesk, &DashboardDesk::failed, this, &MainWindow::tell);
    connect(m_grafanaDesk, &GrafanaDesk::imported, m_dashboardDesk, &DashboardDesk::readFolder);
    connect(m_grafanaDesk, &GrafanaDesk::failed, this, &MainWindow::tell);
    connect(m_desk, &EnvironmentDesk::created, m_grafanaDesk, &GrafanaDesk::noteCreated);
    connect(m_desk, &EnvironmentDesk::removed, m_grafanaDesk, &GrafanaDesk::noteRemoved);
    connect(m_metricsDesk, &MetricsDesk::clientChanged, this, [this] {
        m_dashboardDesk->setClient(m_metricsDesk->client());
        m_use->setClient(m_metricsDesk->client());
        m_pages->explore().setClient(m_metricsDesk->client());
        m_alertDesk->setClient(m_metricsDesk->client());
    });
    new UseNowFeed(m_session, *m_metricsDesk, m_pages->metrics(), this);
    auto *marks =
        new EventMarks(m_session, m_desk->watch(), m_pages->metrics(), m_dashboardDesk->objectMetrics(), this);
    marks->setMore([this](const models::HappeningScope &scope) { return m_alertDesk->marks(scope); });
    connect(m_alertDesk, &AlertDesk::changed, marks, &EventMarks::refresh);
    connect(&m_pages->explore(), &ExplorePage::sourceRequested, m_metricsDesk, &MetricsDesk::chooseSource);
    for (QAction *action : m_templateDesk->actions())
        m_menu.insertAction(m_showTemplates, action);
    connect(m_desk, &EnvironmentDesk::notified, this, [this](const QString &title, const QString &text) {
        // Whoever looks at the window sees it among the tasks.
        if (!isActiveWindow())
            notifyDesktop(title, text);
    });
}

void MainWindow::makeAlerts()
{
    connect(m_alertDesk, &AlertDesk::failed, this, &MainWindow::tell);
    connect(m_alertDesk, &AlertDesk::exploreRequested, this, [this](const QString &promql) {
        showPage(Pages::Metrics);
        m_pages->showExplore();
        m_pages->explore().open(promql);
    });
    connect(m_alertDesk, &AlertDesk::marked, m_inspector, &Inspector::setAlerts);
    connect(m_inspector, &Inspector::alertRequested, m_alertDesk, &AlertDesk::showAlert);
    connect(m_alertDesk, &AlertDesk::sourceRequested, m_metricsDesk, &MetricsDesk::chooseSource);
    connect(m_alertDesk, &AlertDesk::notified, this, [this](const QString &title, const QString &text) {
        // Whoever looks at the window sees them in its bar.
        if (!isActiveWindow())
            notifyDesktop(title, text);
    });
    connect(m_alertDesk, &AlertDesk::changed, this, [this] {
        const int firing = m_alertDesk->firing();
        const AlertFeed *feed = m_alertDesk->feed();
        m_topBar->setAlerts(firing, m_alertDesk->worst(), feed ? feed->trouble() : QString());
        QTabWidget &tabs = m_pages->metricsTabs();
        tabs.setTabText(tabs.indexOf(&m_pages->alerts()),
            firing ? tr("Alerts (%1)").arg(QLocale().toString(firing)) : tr("Alerts"));
    });
    connect(m_topBar, &TopBar::alertsRequested, m_showAlerts, &QAction::trigger);
}

void MainWindow::report(const QString &title, const QStringList &notes)
{
    // A long list would not fit on the screen.
    constexpr qsizetype most = 8;
    auto *box = makeMessageBox(
        QMessageBox::Information, title, title, notes.first(std::min(most, notes.size())).join(u'\n'), this);
    box->setStandardButtons(QMessageBox::Close);
    if (notes.size() > most)
        box->setDetailedText(notes.join(u'\n'));
    box->open();
}

void MainWindow::showPage(int page)
{
    m_pageActions->actions().at(page)->setChecked(true);
    m_pages->setCurrentIndex(page);
}

void MainWindow::updateState()
{
    enum { Welcome, Connecting, Failed, Workspace, Doctor };
    const store::ClusterStore *store = m_session.current();
    m_welcome->setBusy(m_session.isOpening());
    const bool hasData = store && store->snapshot()->revision > 0;
    const auto connection = store ? store->connection() : store::ClusterStore::Connection::Connecting;
    int state = Workspace;
    if (!store) {
        state = Welcome;
        if (m_session.isOpening())
            m_welcome->clearError();
    } else if (!hasData && connection == store::ClusterStore::Connection::Failed) {
        state = Failed;
        const Error error = store->error().value_or(Error());
        m_failed->setText(error.what, QStringList{error.where, error.remedy}.join(u'\n').trimmed());
    } else if (!hasData && connection == store::ClusterStore::Connection::Connecting) {
        state = Connecting;
        m_connecting->setText(
            tr("Connecting to %1").arg(m_session.clusterNames().value(m_session.currentIndex())), QString());
    }
    if (m_doctorOpen)
        state = Doctor;
    if (m_states->currentIndex() != state && state == Workspace)
        m_pages->topology().setFocus();
    m_states->setCurrentIndex(state);
    for (const auto actions = m_pageActions->actions(); auto *action : actions)
        action->setEnabled(state == Workspace);
    for (QAction *action :
        {m_toggleInspector, m_toggleDrawer, m_toggleFleet, m_showTemplates, m_showExplore, m_showAlerts})
        action->setEnabled(state == Workspace);
    m_reconnect->setEnabled(store != nullptr);
    m_openDoctor->setEnabled(store != nullptr);
    m_showFreshness->setEnabled(store != nullptr);
}

void MainWindow::openDoctor()
{
    store::ClusterStore *store = m_session.current();
    if (!store)
        return;
    m_doctorOpen = true;
    updateState();
    m_doctor->setConfig(store->client().config());
    m_doctor->runButton().setFocus();
}

void MainWindow::closeDoctor()
{
    if (!m_doctorOpen)
        return;
    m_doctorOpen = false;
    m_doctor->setConfig(std::nullopt);
    updateState();
}

void MainWindow::tell(const QString &title, const Error &error)
{
    auto *box = makeMessageBox(
        QMessageBox::Warning, title, error.what, QStringList{error.where, error.remedy}.join(u'\n').trimmed(), this);
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

void MainWindow::openPalette()
{
    QList<QAction *> actions = m_pageActions->actions();
    actions.append({m_openDemo, m_openFile, m_openServer, m_toggleInspector, m_toggleDrawer, m_toggleFleet,
        m_showTemplates, m_showExplore, m_showAlerts, m_reconnect, m_openDoctor, m_showFreshness, m_undo,
        m_markProduction, m_markReadOnly, m_sideBySide, m_nextCluster, m_previousCluster});
    actions = m_actionSet->actions() + QList{m_templateDesk->selectionAction()} + actions;
    m_palette->setActions(actions);
    const QPushButton &search = m_topBar->searchButton();
    const int width = qMax(search.width(), 420);
    m_palette->open(search.mapToGlobal(QPoint((search.width() - width) / 2, search.height() + Metrics::space1)), width);
}

bool MainWindow::event(QEvent *event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::UpdateRequest)
        Q_EMIT painted();
    return handled;
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    // The first picture comes by an expose event, not by an update request; its children are painted after this.
    QMetaObject::invokeMethod(this, &MainWindow::painted, Qt::QueuedConnection);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        m_session.selection().clear();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    save();
    QMainWindow::closeEvent(event);
}

void MainWindow::restore()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_columns->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    m_rows->restoreState(settings.value(QStringLiteral("window/rows")).toByteArray());
    m_toggleInspector->setChecked(settings.value(QStringLiteral("window/inspector"), true).toBool());
    m_toggleDrawer->setChecked(settings.value(QStringLiteral("window/drawer"), true).toBool());
    m_sideBySide->setChecked(settings.value(QStringLiteral("topology/sideBySide"), false).toBool());
    showPage(qBound(0, settings.value(QStringLiteral("window/page"), 0).toInt(), Pages::PageCount - 1));
}

void MainWindow::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/columns"), m_columns->saveState());
    settings.setValue(QStringLiteral("window/rows"), m_rows->saveState());
    settings.setValue(QStringLiteral("window/inspector"), m_toggleInspector->isChecked());
    settings.setValue(QStringLiteral("window/drawer"), m_toggleDrawer->isChecked());
    settings.setValue(QStringLiteral("window/page"), m_pages->currentIndex());
    settings.setValue(QStringLiteral("topology/sideBySide"), m_sideBySide->isChecked());
}

} // namespace kdra::ui
