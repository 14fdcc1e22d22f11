// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "models/roles.h"
#include "ui/actions/actionset.h"
#include "ui/actions/tasklist.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/drawer.h"
#include "ui/metrics/alertspage.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/inspector.h"
#include "ui/rail.h"
#include "ui/session.h"
#include "ui/templatedesk.h"
#include "ui/topbar.h"
#include "ui/topology/topologypage.h"

#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QRegularExpression>
#include <QSettings>
#include <QTabWidget>

// The actions of MainWindow: its menu, its keys.
namespace kdra::ui {

QAction *MainWindow::makeAction(const QString &text, const QKeySequence &key, const std::function<void()> &run)
{
    auto *action = new QAction(text, this);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void MainWindow::makeActions()
{
    struct {
        const char *iconName;
        QString title;
    } const pages[] = {{"topology", tr("Topology")}, {"environments", tr("Environments")}, {"metrics", tr("Metrics")},
        {"nodes", tr("Nodes && Pis")}, {"workloads", tr("Workloads")}, {"network", tr("Network")},
        {"events", tr("Events")}};
    QMenu *go = m_menu.addMenu(tr("&Go to"));
    for (int i = 0; i < Pages::PageCount; ++i) {
        QAction *action = makeAction(pages[i].title, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)),
            [this, i] { m_pages->setCurrentIndex(i); });
        action->setIcon(icon(m_session.theme(), QLatin1StringView(pages[i].iconName)));
        action->setCheckable(true);
        m_pageActions->addAction(action);
        m_rail->addPage(action);
        go->addAction(action);
    }
    m_pageActions->actions().first()->setChecked(true);
    connect(m_pages, &QStackedWidget::currentChanged, this,
        [this](int page) { m_pageActions->actions().at(page)->setChecked(true); });

    m_openDemo = makeAction(tr("Open the &demo cluster"), {}, [this] { m_session.openDemo(); });
    m_openFile = makeAction(tr("Open a &kubeconfig file…"), QKeySequence::Open, [this] { askForFile(); });
    m_openServer = makeAction(
        tr("Connect by &URL and token…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { askForServer(); });
    m_topBar->setOpenActions({m_openDemo, m_openFile, m_openServer});
    m_menu.addSeparator();
    m_menu.addActions({m_openDemo, m_openFile, m_openServer});

    const auto toggle = [this](const QString &text, const QKeySequence &key, QWidget *widget) {
        QAction *action = makeAction(text, key, [] { });
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, widget, &QWidget::setVisible);
        return action;
    };
    m_toggleFleet = toggle(tr("Show the &side panel"), QKeySequence(Qt::CTRL | Qt::Key_B), &m_pages->side());
    m_toggleInspector = toggle(tr("Show the &inspector"), QKeySequence(Qt::CTRL | Qt::Key_I), m_inspector);
    m_toggleDrawer = toggle(tr("Show the d&rawer"), QKeySequence(Qt::CTRL | Qt::Key_J), m_drawer);
    // The pages of environments and of alerts show their own close up.
    const auto showInspector = [this] {
        const bool isAlerts =
            m_pages->currentIndex() == Pages::Metrics && m_pages->metricsTabs().currentWidget() == &m_pages->alerts();
        m_inspector->setVisible(
            m_toggleInspector->isChecked() && m_pages->currentIndex() != Pages::Environments && !isAlerts);
    };
    connect(&m_pages->metricsTabs(), &QTabWidget::currentChanged, this, showInspector);
    connect(m_toggleInspector, &QAction::toggled, this, showInspector);
    connect(m_pages, &QStackedWidget::currentChanged, this, showInspector);
    m_menu.addSeparator();
    m_menu.addActions({m_toggleFleet, m_toggleInspector, m_toggleDrawer});

    QMenu *colours = m_menu.addMenu(tr("&Colours"));
    auto *schemes = new QActionGroup(this);
    const std::pair<QString, Theme::Scheme> choices[] = {{tr("Like the &system"), Theme::Scheme::System},
        {tr("&Light"), Theme::Scheme::Light}, {tr("&Dark"), Theme::Scheme::Dark}};
    for (const auto &[text, scheme] : choices) {
        QAction *action = colours->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_session.theme().scheme() == scheme);
        schemes->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme] {
            m_session.theme().setScheme(scheme);
            QSettings().setValue(QStringLiteral("theme"), QVariant::fromValue(scheme).toString());
        });
    }

    m_showTemplates =
        makeAction(tr("Show the &templates"), QKeySequence(Qt::CTRL | Qt::Key_T), [this] { m_pages->showTemplates(); });
    m_menu.addAction(m_showTemplates);
    m_showExplore =
        makeAction(tr("E&xplore metrics"), QKeySequence(Qt::CTRL | Qt::Key_9), [this] { m_pages->showExplore(); });
    m_menu.addAction(m_showExplore);
    m_showAlerts = makeAction(tr("Show the &alerts"), QKeySequence(Qt::CTRL | Qt::Key_8), [this] {
        showPage(Pages::Metrics);
        m_pages->showAlerts();
    });
    m_menu.addAction(m_showAlerts);
    QAction *search =
        makeAction(tr("&Search, or run a command…"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    QAction *frame = makeAction(tr("Show the &whole topology"), QKeySequence(Qt::CTRL | Qt::Key_0), [this] {
        showPage(Pages::Topology);
        m_pages->topology().frameAll();
    });
    m_reconnect = makeAction(tr("&Reconnect"), QKeySequence(Qt::Key_F5), [this] { m_session.wake(); });
    m_openDoctor =
        makeAction(tr("Connection &doctor"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [this] { openDoctor(); });
    m_showFreshness = makeAction(
        tr("What is &live"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] { m_topBar->showFreshness(); });
    m_topBar->setConnectionActions({m_openDoctor, m_reconnect});
    QAction *keys = makeAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), [this] { showShortcuts(); });
    QAction *quit = makeAction(tr("&Quit"), QKeySequence::Quit, [this] { close(); });
    m_menu.addSeparator();
    m_menu.addActions({search, frame, m_reconnect, m_showFreshness, m_openDoctor, keys});
    m_menu.addSeparator();
    m_menu.addAction(quit);
}

void MainWindow::makeClusterActions()
{
    auto *menu = new QMenu(tr("&Selection"), this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_actionSet->fillMenu(*menu, {m_templateDesk->selectionAction()});
        if (menu->isEmpty())
            menu->addAction(tr("Nothing can be done to what is selected"))->setEnabled(false);
    });
    m_undo = makeAction(tr("&Undo the last change"), QKeySequence::Undo, [this] { m_drawer->tasks().undoNewest(); });
    m_markProduction = makeAction(tr("This cluster is &production"), {}, [] { });
    m_markReadOnly = makeAction(tr("This cluster is &read-only"), {}, [] { });
    const auto mark = [this] {
        m_session.setMarks({.production = m_markProduction->isChecked(), .readOnly = m_markReadOnly->isChecked()});
    };
    for (QAction *action : {m_markProduction, m_markReadOnly}) {
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, mark);
    }
    m_topBar->setMarkActions({m_markProduction, m_markReadOnly});
    QAction *first = m_menu.actions().first();
    m_menu.insertMenu(first, menu);
    m_menu.insertAction(first, m_undo);
    m_menu.insertSeparator(first);

    connect(&m_session, &Session::currentChanged, this, [this] {
        m_actionSet->setRunner(m_session.runner(), m_session.clusterNames().value(m_session.currentIndex()));
    });
    connect(&m_session, &Session::marksChanged, this, &MainWindow::updateMarks);
    connect(&m_session, &Session::marksFailed, this,
        [this](const Error &error) { tell(tr("How clusters are marked is not known"), error); });
    connect(m_actionSet, &ActionSet::started, this, [this] {
        m_toggleDrawer->setChecked(true);
        m_drawer->showTasks();
    });
    connect(
        m_actionSet, &ActionSet::failed, this, [this](const Error &error) { tell(tr("This cannot be done"), error); });
    connect(&m_session.tasks(), &models::TaskModel::countsChanged, this,
        [this] { m_undo->setEnabled(m_drawer->tasks().canUndo()); });
    m_undo->setEnabled(false);
    m_pages->setRowActions([this](const QList<models::Item> &, QObject *) {
        return m_actionSet->actions() + QList{m_templateDesk->selectionAction()};
    });
    connect(m_pages, &Pages::contextMenuRequested, this, &MainWindow::openContextMenu);
    updateMarks();
}

// For several clusters at once; out of the way while there is only one.
void MainWindow::makeClustersActions()
{
    m_sideBySide = makeAction(tr("Clusters side &by side"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B), [this] {
        if (m_sideBySide->isChecked())
            showPage(Pages::Topology);
    });
    m_sideBySide->setCheckable(true);
    m_sideBySide->setToolTip(tr("Show the topologies of all open clusters beside each other (Ctrl+Shift+B)"));
    connect(m_sideBySide, &QAction::toggled, m_pages, &Pages::setSideBySide);
    m_nextCluster = makeAction(tr("&Next cluster"), QKeySequence(Qt::Key_F6), [this] { m_session.step(1); });
    m_previousCluster =
        makeAction(tr("&Previous cluster"), QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { m_session.step(-1); });
    const auto update = [this] {
        const bool several = m_session.clusters().size() > 1;
        for (QAction *action : {m_sideBySide, m_nextCluster, m_previousCluster})
            action->setVisible(several);
    };
    connect(&m_session, &Session::clustersChanged, this, update);
    update();
    m_pages->topology().offerSideBySide(*m_sideBySide);
    m_menu.insertActions(m_toggleFleet, {m_sideBySide, m_nextCluster, m_previousCluster});
    m_menu.insertSeparator(m_toggleFleet);
}

void MainWindow::updateMarks()
{
    const kube::Marks marks = m_session.marks();
    const bool open = m_session.current() != nullptr;
    m_markProduction->setChecked(marks.production);
    m_markReadOnly->setChecked(marks.readOnly);
    m_markProduction->setEnabled(open);
    m_markReadOnly->setEnabled(open);
    m_topBar->setMarks(marks);
    m_actionSet->setMarks(marks);
    // A frame that is seen from the corner of the eye.
    m_frame->setProperty("production", open && marks.production);
    const int width = open && marks.production ? 3 : 0;
    m_frame->layout()->setContentsMargins(width, width, width, width);
    m_frame->setStyle(m_frame->style());
}

void MainWindow::openContextMenu(const QPoint &globalPosition)
{
    disconnect(m_menuLater);
    const auto open = [this, globalPosition] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actionSet->fillMenu(*menu, {m_templateDesk->selectionAction()});
        if (menu->isEmpty())
            menu->addAction(tr("Nothing can be done to what is selected"))->setEnabled(false);
        menu->popup(globalPosition);
    };
    if (m_actionSet->isSettled()) {
        open();
        return;
    }
    m_menuLater = connect(m_actionSet, &ActionSet::settled, this, [this, open] {
        if (!m_actionSet->isSettled())
            return;
        disconnect(m_menuLater);
        open();
    });
}

void MainWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a kubeconfig file"), QDir::homePath() + QStringLiteral("/.kube"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString &file) { m_session.openKubeconfig({file}, {}); });
    dialog->open();
}

void MainWindow::askForServer()
{
    auto *dialog = new ServerDialog(m_session.theme(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ServerDialog::chosen, &m_session, &Session::openServer);
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto *form = new QFormLayout(dialog);
    form->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space5);
    form->setHorizontalSpacing(Metrics::space6);
    for (const auto all = actions(); const QAction *action : all) {
        if (!action->shortcut().isEmpty())
            form->addRow(action->text()
                             .remove(QRegularExpression(QStringLiteral("&(?!&)")))
                             .replace(QStringLiteral("&&"), QStringLiteral("&")),
                makeLabel(
                    m_session.theme(), Theme::FontRole::Strong, action->shortcut().toString(QKeySequence::NativeText)));
    }
    dialog->open();
}

} // namespace kdra::ui
