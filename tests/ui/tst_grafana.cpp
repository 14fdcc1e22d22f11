// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testhttpserver.h"
#include "ui/dashboarddesk.h"
#include "ui/environmentdesk.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/namebox.h"
#include "ui/grafanadesk.h"
#include "ui/mainwindow.h"
#include "ui/metrics/grafanadialog.h"
#include "ui/metrics/metricspage.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;

// A Grafana beside the demo cluster: its dashboards, its pages, notes of environments. The server speaks the part of
// Grafana's HTTP API that is asked for, with answers as its documentation shows them.
class TestGrafana : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void throughTheCluster();
    void aTokenThatIsNone();
    void dashboardsAreTakenAlong();
    void environmentsAreNoted();
    void aRefusalIsToldOnce();
    void openedInTheBrowser();

public Q_SLOTS:
    void browse(const QUrl &url) { m_browsed.append(url); }

private:
    test::HttpResponse answer(const test::HttpRequest &request) const;
    GrafanaDialog *openDialog();
    void makeAndRemove(const QString &name);
    QStringList notes() const;

    std::unique_ptr<test::TestHttpServer> m_server;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    bool m_refuses = false;
    QList<QUrl> m_browsed;
};

void TestGrafana::initTestCase()
{
    // No keychain, whatever the desktop has: tokens of a test do not belong there.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"kdra-tests"_s);
    QCoreApplication::setApplicationName(u"grafana"_s);
    QSettings().clear();
    QDir(DashboardDesk::userFolder()).removeRecursively();
    m_server = std::make_unique<test::TestHttpServer>([this](const auto &request) { return answer(request); });
    QVERIFY(m_server->listen());
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, 30000);
    m_window->showPage(Pages::Metrics);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->pages().metrics().currentUid().isEmpty(), 30000);
}

void TestGrafana::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_server.reset();
    QDir(DashboardDesk::userFolder()).removeRecursively();
}

test::HttpResponse TestGrafana::answer(const test::HttpRequest &request) const
{
    if (request.header("Authorization") != "Bearer glsa_good")
        return {
            .status = 401, .body = R"({"message":"Invalid API key","messageId":"api-key.invalid","statusCode":401})"};
    const QString path = request.url.path();
    if (path == "/api/search"_L1)
        return {.body = R"([
            {"id":1,"uid":"power","title":"Power","type":"dash-db","tags":["pi"],"folderId":9,"folderUid":"e","folderTitle":"Edge"},
            {"id":2,"uid":"gone","title":"Gone","type":"dash-db","tags":[],"folderId":9,"folderUid":"e","folderTitle":"Edge"},
            {"id":3,"uid":"home","title":"Home","type":"dash-db","tags":["start"]}])"};
    if (path == "/api/dashboards/uid/power"_L1)
        return {.body = R"json({"meta":{"type":"db","slug":"power","folderTitle":"Edge"},"dashboard":{"uid":"power",
            "title":"Power","schemaVersion":39,"panels":[
            {"id":1,"type":"timeseries","title":"Watts","gridPos":{"x":0,"y":0,"w":12,"h":8},
             "targets":[{"refId":"A","expr":"sum(up)"}]},
            {"id":2,"type":"geomap","title":"Where","gridPos":{"x":12,"y":0,"w":12,"h":8}}]}})json"};
    if (path == "/api/annotations"_L1 && request.verb == "POST")
        return m_refuses ? test::HttpResponse{.status = 403, .body = R"({"message":"Permission denied"})"}
                         : test::HttpResponse{.body = R"({"message":"Annotation added","id":1})"};
    return {.status = 404, .body = R"({"message":"Dashboard not found","status":"not-found"})"};
}

GrafanaDialog *TestGrafana::openDialog()
{
    m_window->grafanaDesk().open();
    return m_window->findChild<GrafanaDialog *>();
}

QStringList TestGrafana::notes() const
{
    QStringList texts;
    for (const test::HttpRequest &request : m_server->requests()) {
        if (request.verb == "POST")
            texts += QJsonDocument::fromJson(request.body).object()["text"_L1].toString();
    }
    return texts;
}

// The demo has a Service called grafana, behind which there is none.
void TestGrafana::throughTheCluster()
{
    const QPointer<GrafanaDialog> dialog = openDialog();
    QVERIFY(dialog);
    QCOMPARE(dialog->serverBox().itemText(0), u"Service monitoring/grafana:3000"_s);
    dialog->serverBox().setCurrentIndex(0);
    QVERIFY(dialog->connectButton().isEnabled());
    QVERIFY(!dialog->tokenEdit().isVisible());
    dialog->connectButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->connectButton().isEnabled(), 60000);
    QVERIFY2(dialog->status().contains("monitoring/services/grafana:3000"_L1), qPrintable(dialog->status()));
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
}

void TestGrafana::aTokenThatIsNone()
{
    const QPointer<GrafanaDialog> dialog = openDialog();
    dialog->serverBox().setCurrentIndex(dialog->serverBox().count() - 1);
    dialog->urlEdit().setText(u"grafana"_s);
    QVERIFY(!dialog->connectButton().isEnabled());
    dialog->urlEdit().setText(m_server->url().toString());
    QVERIFY(!dialog->annotateBox().isEnabled());
    dialog->tokenEdit().setText(u"glsa_bad"_s);
    QVERIFY(dialog->annotateBox().isEnabled());
    dialog->connectButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->status().contains("Invalid API key"_L1), 30000);
    QVERIFY(!dialog->importButton().isEnabled());
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
}

void TestGrafana::dashboardsAreTakenAlong()
{
    const QPointer<GrafanaDialog> dialog = openDialog();
    // It remembers where it was.
    QCOMPARE(dialog->urlEdit().text(), m_server->url().toString());
    dialog->tokenEdit().setText(u"glsa_good"_s);
    dialog->connectButton().click();
    QTreeWidget &tree = dialog->tree();
    QTRY_COMPARE_WITH_TIMEOUT(tree.topLevelItemCount(), 2, 30000);
    QTreeWidgetItem *folder = nullptr;
    for (int i = 0; i < tree.topLevelItemCount(); ++i) {
        if (tree.topLevelItem(i)->text(0) == "Edge"_L1)
            folder = tree.topLevelItem(i);
    }
    QVERIFY(folder && folder->childCount() == 2);
    dialog->searchEdit().setText(u"PI"_s);
    QVERIFY(!folder->isHidden() && folder->child(0)->isHidden() && !folder->child(1)->isHidden());
    dialog->searchEdit().clear();
    folder->setCheckState(0, Qt::Checked);
    QCOMPARE(dialog->ticked(), (QStringList{u"gone"_s, u"power"_s}));
    QSignalSpy imported(&m_window->grafanaDesk(), &GrafanaDesk::imported);
    dialog->importButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, 30000);
    // Each with what came of it, panel by panel.
    QVERIFY2(folder->child(0)->text(2).contains("Dashboard not found"_L1), qPrintable(folder->child(0)->text(2)));
    QVERIFY2(folder->child(1)->text(2).startsWith("1 of 2"_L1), qPrintable(folder->child(1)->text(2)));
    QVERIFY(folder->child(1)->child(0)->text(0).contains("Where"_L1));
    QCOMPARE(dialog->ticked(), QStringList{u"gone"_s});
    dialog->annotateBox().setChecked(true);
    dialog->close();
    const auto isInMenu = [this] {
        return std::ranges::any_of(m_window->pages().metrics().dashboardButton().menu()->actions(),
            [](const QAction *action) { return action->text() == "Power"_L1; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isInMenu(), 30000);
}

void TestGrafana::makeAndRemove(const QString &name)
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    QTRY_VERIFY_WITH_TIMEOUT(desk.library().find(u"builtin:redis"_s), 30000);
    QSignalSpy created(&desk, &EnvironmentDesk::created);
    QSignalSpy removed(&desk, &EnvironmentDesk::removed);
    desk.create(u"builtin:redis"_s, environments::Target{.kind = environments::Target::Kind::Node, .name = u"pi-007"_s},
        EnvironmentDesk::Review::Always);
    QVERIFY(desk.sheet());
    desk.sheet()->nameBox().nameEdit().setText(name);
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    desk.sheet()->createButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(created.size(), 1, 60000);
    const auto environment = [&]() -> std::optional<environments::Environment> {
        for (const environments::Environment &one : desk.watch().environments()) {
            if (one.name == name)
                return one;
        }
        return {};
    };
    QTRY_VERIFY_WITH_TIMEOUT(environment(), 30000);
    Q_EMIT m_window->pages().environments().rollBackRequested(*environment());
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, 60000);
}

void TestGrafana::environmentsAreNoted()
{
    makeAndRemove(u"first"_s);
    QTRY_COMPARE_WITH_TIMEOUT(notes().size(), 2, 30000);
    QVERIFY(notes().first().contains("first"_L1) && notes().first().contains("created"_L1));
    QVERIFY(notes().last().contains("first"_L1) && notes().last().contains("removed"_L1));
    // Not without having been asked to.
    const QPointer<GrafanaDialog> dialog = openDialog();
    QVERIFY(dialog->annotateBox().isChecked());
    dialog->annotateBox().setChecked(false);
    dialog->close();
    makeAndRemove(u"second"_s);
    QCOMPARE(notes().size(), 2);
}

void TestGrafana::aRefusalIsToldOnce()
{
    m_refuses = true;
    const QPointer<GrafanaDialog> dialog = openDialog();
    dialog->annotateBox().setChecked(true);
    dialog->close();
    QSignalSpy failed(&m_window->grafanaDesk(), &GrafanaDesk::failed);
    makeAndRemove(u"third"_s);
    QTRY_COMPARE_WITH_TIMEOUT(notes().size(), 4, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    QVERIFY(failed.first().at(1).value<Error>().text().contains("Permission denied"_L1));
    makeAndRemove(u"fourth"_s);
    QTRY_COMPARE_WITH_TIMEOUT(notes().size(), 6, 30000);
    QCOMPARE(failed.size(), 1);
}

void TestGrafana::openedInTheBrowser()
{
    QDesktopServices::setUrlHandler(u"http"_s, this, "browse");
    const auto shown = [&page = m_window->pages().metrics()] {
        page.open(u"power"_s);
        return page.currentUid();
    };
    // As soon as what was imported is among the dashboards.
    QTRY_COMPARE_WITH_TIMEOUT(shown(), u"power"_s, 30000);
    m_window->grafanaDesk().openInBrowser();
    QCOMPARE(m_browsed.size(), 1);
    const QString browsed = m_browsed.first().toString();
    QVERIFY2(browsed.startsWith(m_server->url(u"/d/power"_s).toString() + u"?from="_s), qPrintable(browsed));
    QDesktopServices::unsetUrlHandler(u"http"_s);
}

QTEST_MAIN(TestGrafana)
#include "tst_grafana.moc"
