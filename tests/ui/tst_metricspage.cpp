// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itemviews.h"
#include "ui/common/widgets.h"
#include "ui/dashboarddesk.h"
#include "ui/mainwindow.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/objectmetrics.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/sharedialog.h"
#include "ui/metrics/sourcedialog.h"
#include "ui/metrics/timerangepicker.h"
#include "ui/metrics/usenowview.h"
#include "ui/metrics/variablebar.h"
#include "ui/metricsdesk.h"
#include "ui/objects/inspector.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;

// Dashboards in the window, over the demo cluster's Prometheus.
class TestMetricsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void everyBuiltInDashboardShowsData_data();
    void everyBuiltInDashboardShowsData();
    void itMoves();
    void anotherPi();
    void zoomAndBack();
    void rangesInWords();
    void onePanelAlone();
    void plotsOfWhatIsSelected();
    void eventsAreMarked();
    void grafanasDashboardBecomesOurs();
    void dashboardsOfTheCluster();
    void anotherSource();
    void whatIsUsedWithoutAPrometheus();

private:
    MetricsPage &page() const { return m_window->pages().metrics(); }
    // Every panel that is seen has its answers.
    bool answered() const;
    QString troubles() const;
    qint64 newest() const;
    bool isMarked(const QString &text) const;
    QStringList menu() const;
    void createConfigMap(const QByteArray &name, const QByteArray &label, const QByteArray &dashboard);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestMetricsPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    QDir(DashboardDesk::userFolder()).removeRecursively();
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1440, 900);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    m_window->showPage(Pages::Metrics);
    // Found through the API server's proxy, by its labels.
    QTRY_VERIFY_WITH_TIMEOUT(m_window->metricsDesk().client(), 30000);
    QVERIFY(m_window->metricsDesk().client()->endpoint().isProxied());
    QTRY_COMPARE_WITH_TIMEOUT(page().currentUid(), u"kdra-cluster"_s, 30000);
}

void TestMetricsPage::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    QDir(DashboardDesk::userFolder()).removeRecursively();
}

bool TestMetricsPage::answered() const
{
    const QMap<int, int> seen = page().grid().seen();
    return !seen.isEmpty() && std::ranges::all_of(seen.keys(), [&](int id) {
        const metrics::PanelState state = page().feed().state(id);
        return state.asOf > 0 && !state.loading;
    });
}

QString TestMetricsPage::troubles() const
{
    QStringList all;
    for (const int id : page().grid().seen().keys()) {
        const metrics::PanelState state = page().feed().state(id);
        const auto panel = page().feed().panel(id);
        for (const Error &error : state.errors)
            all += panel->title + u": "_s + error.text();
        const bool empty = std::ranges::all_of(
            state.answers, [](const metrics::PanelAnswer &one) { return one.answer.series->empty(); });
        if (empty && !panel->queries.isEmpty())
            all += panel->title + u": nothing"_s;
    }
    return all.join(u'\n');
}

qint64 TestMetricsPage::newest() const
{
    qint64 time = 0;
    for (const int id : page().grid().seen().keys()) {
        for (const metrics::PanelAnswer &one : page().feed().state(id).answers) {
            for (const metrics::Series &series : *one.answer.series)
                time = std::max(time, series.times.empty() ? 0 : series.times.back());
        }
    }
    return time;
}

void TestMetricsPage::everyBuiltInDashboardShowsData_data()
{
    QTest::addColumn<QString>("uid");
    for (const char *uid :
        {"kdra-cluster", "kdra-node", "kdra-pi", "kdra-environment", "kdra-workload", "kdra-control-plane"})
        QTest::newRow(uid) << QString::fromLatin1(uid);
}

void TestMetricsPage::everyBuiltInDashboardShowsData()
{
    QFETCH(QString, uid);
    page().open(uid);
    QCOMPARE(page().currentUid(), uid);
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    QVERIFY2(troubles().isEmpty(), qPrintable(troubles()));
}

void TestMetricsPage::itMoves()
{
    page().open(u"kdra-cluster"_s);
    page().setRange({u"now-5m"_s, u"now"_s});
    QTRY_VERIFY_WITH_TIMEOUT(answered() && newest() > 0, 30000);
    QComboBox &intervals = page().intervalBox();
    intervals.setCurrentIndex(intervals.findText(u"5 s"_s));
    Q_EMIT intervals.activated(intervals.currentIndex());
    const qint64 before = newest();
    QTRY_VERIFY_WITH_TIMEOUT(newest() > before, 30000);
    // Not while nobody looks.
    m_window->showPage(Pages::Nodes);
    QCOMPARE(page().feed().interval().count(), 0);
    m_window->showPage(Pages::Metrics);
    QCOMPARE(page().feed().interval().count(), 5000);
}

void TestMetricsPage::anotherPi()
{
    page().open(u"kdra-pi"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    // A hidden variable that follows the chosen one.
    const auto instance = [this] { return page().feed().variables().menu(u"instance"_s).chosen.values; };
    const QStringList before = instance();
    const auto expressions = [this] {
        QStringList all;
        for (const int id : page().grid().seen().keys()) {
            const auto panel = page().feed().panel(id);
            for (const metrics::Query &query : panel->queries)
                all += query.expr;
        }
        return all;
    };
    const QStringList ofTheFirst = expressions();
    auto *box = qobject_cast<QComboBox *>(page().variableBar().chooser(u"node"_s));
    QVERIFY(box && box->count() >= 16);
    const int other = box->findText(u"pi-009"_s);
    QVERIFY(other >= 0);
    box->setCurrentIndex(other);
    Q_EMIT box->activated(other);
    QTRY_COMPARE_WITH_TIMEOUT(page().feed().variables().menu(u"node"_s).chosen.values, QStringList{u"pi-009"_s}, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(answered() && instance() != before, 30000);
    QVERIFY(expressions() != ofTheFirst);
}

void TestMetricsPage::zoomAndBack()
{
    page().setRange({u"now-1h"_s, u"now"_s});
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    const TimeSpan whole = page().state().span();
    const TimeSpan part{whole.from + 600000, whole.from + 1200000};
    page().state().zoomTo(part);
    QCOMPARE(page().feed().range(), metrics::absoluteRange({part.from, part.to}));
    QCOMPARE(page().picker().range(), page().feed().range());
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    QCOMPARE(page().state().span(), part);
    page().state().back();
    QCOMPARE(page().feed().moments().length(), whole.length());
    page().state().back();
    QVERIFY(page().feed().range().isLive());
}

void TestMetricsPage::rangesInWords()
{
    TimeRangePicker &picker = page().picker();
    picker.openPopup();
    picker.fromEdit().setText(u"soon"_s);
    QVERIFY(!picker.applyButton().isEnabled());
    picker.fromEdit().setText(u"now-30m"_s);
    picker.toEdit().setText(u"now-10m"_s);
    QVERIFY(picker.applyButton().isEnabled());
    picker.applyButton().click();
    QVERIFY(!picker.popup().isVisible());
    QCOMPARE(page().feed().range(), (metrics::TimeRange{u"now-30m"_s, u"now-10m"_s}));
    QCOMPARE(page().feed().moments().length(), 20 * 60000);
    picker.openPopup();
    picker.presets().setCurrentRow(0);
    Q_EMIT picker.presets().itemClicked(picker.presets().item(0));
    QCOMPARE(page().feed().range(), (metrics::TimeRange{u"now-5m"_s, u"now"_s}));
}

void TestMetricsPage::onePanelAlone()
{
    page().open(u"kdra-cluster"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    DashboardGrid &grid = page().grid();
    const int id = grid.seen().firstKey();
    Q_EMIT grid.view(id)->fullScreenRequested();
    QCOMPARE(grid.seen().keys(), QList<int>{id});
    QVERIFY(grid.view(id)->width() > grid.width() - 60);
    QTest::keyClick(&page(), Qt::Key_Escape);
    QVERIFY(grid.seen().size() > 1);
}

void TestMetricsPage::plotsOfWhatIsSelected()
{
    models::Item pi;
    m_session->models().snapshot()->table<store::Kind::Node>().forEach([&](const auto &node) {
        if (node.name() == "pi-007")
            pi = {store::Kind::Node, node->meta.uid};
    });
    QVERIFY(!pi.isNull());
    m_session->selection().set(pi);
    ObjectMetrics &plots = m_window->dashboardDesk().objectMetrics();
    m_window->inspector().tabs().setCurrentWidget(&plots);
    QTRY_COMPARE_WITH_TIMEOUT(plots.feed().dashboard().uid, u"kdra-pi-small"_s, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!plots.grid().seen().isEmpty(), 30000);
    const int id = plots.grid().seen().firstKey();
    QTRY_VERIFY_WITH_TIMEOUT(plots.feed().state(id).asOf > 0, 30000);
    QVERIFY(plots.feed().state(id).errors.isEmpty());
    QCOMPARE(plots.feed().variables().menu(u"node"_s).chosen.values, QStringList{u"pi-007"_s});
    m_window->inspector().tabs().setCurrentIndex(0);
}

bool TestMetricsPage::isMarked(const QString &text) const
{
    return std::ranges::any_of(page().state().marks(), [&](const EventMark &mark) { return mark.text.contains(text); });
}

void TestMetricsPage::eventsAreMarked()
{
    page().open(u"kdra-cluster"_s);
    page().setRange({u"now-15m"_s, u"now"_s});
    // Somebody rolls out another image.
    store::ClusterStore &store = *m_session->current();
    const Result<kube::Resource> deployments = store.resource(store::Kind::Deployment);
    QVERIFY(deployments);
    const auto answer = store.client().send({.verb = "PATCH",
        .path = deployments->path(u"monitoring"_s, u"grafana"_s),
        .body = R"({"spec":{"template":{"metadata":{"annotations":{"rolled":"out"}}}}})",
        .contentType = "application/merge-patch+json"});
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30000);
    QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().text()));
    // Among what happens in the story meanwhile.
    QTRY_VERIFY_WITH_TIMEOUT(isMarked(u"monitoring/grafana"_s), 30000);
    const auto marks = page().state().marks();
    QVERIFY(std::ranges::any_of(marks, [](const EventMark &mark) {
        return mark.kind == u"Rollout"_s && mark.text.contains(u"monitoring/grafana"_s);
    }));
    // They can be hidden, and stay hidden.
    page().eventsAction().trigger();
    QVERIFY(page().state().marks().isEmpty());
    QCOMPARE(QSettings().value(u"metrics/showEvents"_s).toBool(), false);
    page().eventsAction().trigger();
    QVERIFY(isMarked(u"monitoring/grafana"_s));
    // What is about something else has none of it.
    page().open(u"kdra-environment"_s, {{u"namespace"_s, {u"shop"_s}}});
    QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!isMarked(u"monitoring/grafana"_s), 30000);
    page().open(u"kdra-environment"_s, {{u"namespace"_s, {u"monitoring"_s}}});
    QTRY_VERIFY_WITH_TIMEOUT(isMarked(u"monitoring/grafana"_s), 30000);
}

void TestMetricsPage::grafanasDashboardBecomesOurs()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"mine.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"json({"uid":"mine","title":"Mine","schemaVersion":39,
        "annotations":{"list":[{"name":"Scraped","enable":true,"expr":"max(up)","iconColor":"purple",
            "datasource":{"type":"prometheus","uid":"p"}}]},"panels":[
        {"id":1,"type":"timeseries","title":"Up","gridPos":{"x":0,"y":0,"w":12,"h":8},
         "targets":[{"refId":"A","expr":"sum(up)"}]},
        {"id":2,"type":"geomap","title":"Where","gridPos":{"x":12,"y":0,"w":12,"h":8}}]})json");
    file.close();
    QSignalSpy done(&m_window->dashboardDesk(), &DashboardDesk::done);
    m_window->dashboardDesk().importFiles({file.fileName()});
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, 30000);
    // What cannot be shown is said, panel by panel.
    QVERIFY(done.front().at(1).toStringList().join(u' ').contains("Where"_L1));
    QTRY_VERIFY_WITH_TIMEOUT((page().open(u"mine"_s), page().currentUid() == u"mine"_s), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(page().feed().state(1).asOf > 0, 30000);
    QVERIFY(!page().feed().state(1).answers.first().answer.series->empty());
    QVERIFY(!QDir(DashboardDesk::userFolder()).isEmpty());
    // Its own marks come with it.
    QTRY_VERIFY_WITH_TIMEOUT(isMarked(u"Scraped"_s), 30000);
    const auto mark = std::ranges::find(page().state().marks(), u"Scraped"_s, &EventMark::text);
    QVERIFY(mark->end > mark->time && mark->colour.isValid());
}

// The entries and headings of the dashboards' menu.
QStringList TestMetricsPage::menu() const
{
    QStringList texts;
    for (const auto actions = page().dashboardButton().menu()->actions(); const QAction *action : actions)
        texts += action->text();
    return texts;
}

void TestMetricsPage::createConfigMap(const QByteArray &name, const QByteArray &label, const QByteArray &dashboard)
{
    const QJsonObject configMap{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ConfigMap"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, QString::fromUtf8(name)},
                {u"labels"_s,
                    QJsonObject{{QString::fromUtf8(label), label == "grafana_dashboard" ? u"1"_s : u"true"_s}}}}},
        {u"data"_s, QJsonObject{{QString::fromUtf8(name + ".json"), QString::fromUtf8(dashboard)}}}};
    const auto answer = m_session->current()->client().send({.verb = "POST",
        .path = u"/api/v1/namespaces/monitoring/configmaps"_s,
        .body = QJsonDocument(configMap).toJson(),
        .contentType = "application/json"});
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30000);
    QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().text()));
}

// What ConfigMaps share, in either format; what cannot be read is told; ours is shared, and removed from what is ours.
void TestMetricsPage::dashboardsOfTheCluster()
{
    const QByteArray panels =
        R"json("panels":[{"id":1,"type":"timeseries","title":"Up","gridPos":{"x":0,"y":0,"w":12,"h":8},
            "targets":[{"refId":"A","expr":"sum(up)"}]}])json";
    createConfigMap(
        "grafanas", "grafana_dashboard", R"({"uid":"theirs","title":"Of Grafana","schemaVersion":39,)" + panels + "}");
    createConfigMap("broken", "grafana_dashboard", R"({"uid":"broken","title":)");
    createConfigMap("ours", "kdra.dev/dashboard",
        R"({"kdraDashboard":1,"uid":"team","title":"Of the team","rows":[{"panels":[]}]})");
    QVERIFY(!menu().contains("Of Grafana"_L1));

    page().open(u"mine"_s);
    QCOMPARE(page().currentUid(), u"mine"_s);
    const auto openDialog = [this] {
        page().shareAction().trigger();
        return QPointer(m_window->findChild<ShareDialog *>());
    };
    // Not where nothing may be changed.
    m_session->setMarks({.readOnly = true});
    QPointer<ShareDialog> dialog = openDialog();
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->verdict().contains("read-only"_L1), 30000);
    QVERIFY(!dialog->shareButton().isEnabled());
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
    m_session->setMarks({});

    dialog = openDialog();
    dialog->namespaceBox().setCurrentText(u"monitoring"_s);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->shareButton().isEnabled(), 30000);
    QVERIFY(dialog->objectView().toPlainText().contains("namespace: monitoring"_L1));
    QCOMPARE(dialog->verdict(), u"The server would take it."_s);
    dialog->shareButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
    // It has read them anew.
    QTRY_VERIFY_WITH_TIMEOUT(menu().contains("Of Grafana"_L1), 30000);
    QVERIFY(menu().contains("Of the team"_L1));
    QVERIFY(menu().contains("In this cluster"_L1));
    QVERIFY2(menu().last().startsWith("1 "_L1), qPrintable(menu().last()));
    QSignalSpy done(&m_window->dashboardDesk(), &DashboardDesk::done);
    page().dashboardButton().menu()->actions().last()->trigger();
    QVERIFY(done.front().at(1).toStringList().first().contains("ConfigMap monitoring/broken"_L1));
    page().open(u"theirs"_s);
    QVERIFY(!page().removeAction().isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(page().feed().state(1).asOf > 0, 30000);

    dialog = openDialog();
    dialog->reject();
    page().open(u"mine"_s);
    QVERIFY(page().removeAction().isEnabled());
    page().removeAction().trigger();
    QPointer<QMessageBox> question;
    for (auto *box : m_window->findChildren<QMessageBox *>()) {
        if (box->icon() == QMessageBox::Question)
            question = box;
    }
    QVERIFY(question);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    // It is still there for everybody, as what is shared.
    QTRY_VERIFY_WITH_TIMEOUT(!menu().contains("My dashboards"_L1), 30000);
    QVERIFY(menu().contains("Mine"_L1));
    QVERIFY(QDir(DashboardDesk::userFolder()).isEmpty());
}

void TestMetricsPage::anotherSource()
{
    MetricsDesk &desk = m_window->metricsDesk();
    const auto choose = [&](metrics::Choice::Kind kind, const QString &service) {
        desk.chooseSource();
        const QPointer<SourceDialog> dialog = m_window->findChild<SourceDialog *>();
        QVERIFY(dialog->candidates().topLevelItemCount() >= 1);
        dialog->kindBox().setCurrentIndex(dialog->kindBox().findData(int(kind)));
        dialog->serviceEdit().setText(service);
        dialog->useButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
    };
    choose(metrics::Choice::Kind::Service, u"monitoring/nobody:9090"_s);
    // The chosen one, whatever it says: and it says why it does not answer.
    QTRY_VERIFY_WITH_TIMEOUT(desk.client() && desk.client()->endpoint().service == "nobody"_L1, 30000);
    page().feed().refresh();
    QTRY_VERIFY_WITH_TIMEOUT(page().feed().failure(), 60000);
    choose(metrics::Choice::Kind::Automatic, {});
    QTRY_VERIFY_WITH_TIMEOUT(desk.client() && desk.client()->endpoint().service == "prometheus"_L1, 30000);
    page().open(u"kdra-cluster"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered() && !page().feed().failure(), 30000);
}

void TestMetricsPage::whatIsUsedWithoutAPrometheus()
{
    kube::ApiClient &client = m_session->current()->client();
    const auto remove = [&](const QString &path) {
        const auto answer = client.send({.verb = "DELETE", .path = path});
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30000);
        QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().text()));
    };
    UseNowView &use = page().useNow();
    QVERIFY(!use.isVisible());
    remove(u"/api/v1/namespaces/monitoring/services/prometheus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->metricsDesk().client(), 60000);
    // metrics-server is there: nodes by what they have, and the largest pods.
    QTRY_VERIFY_WITH_TIMEOUT(use.isVisible() && use.problem().isEmpty() && !use.answers(4).isEmpty(), 60000);
    const auto series = [&](int panel) { return *use.answers(panel).first().answer.series; };
    QCOMPARE(series(1).size(), 24U);
    QVERIFY(series(1).front().values.front() > 0 && series(1).front().values.front() < 1);
    QCOMPARE(series(3).size(), 12U);
    QVERIFY(series(4).front().values.front() > series(4).back().values.front());
    QSignalSpy install(&page(), &MetricsPage::installRequested);
    const auto buttons = use.findChildren<QPushButton *>();
    const auto offered = std::ranges::find_if(
        buttons, [](const QPushButton *button) { return button->text() == u"Install Prometheus…"_s; });
    QVERIFY(offered != buttons.end());
    QVERIFY2((*offered)->isVisible(), qPrintable(use.reason()));

    // And where there is none either.
    remove(u"/apis/apps/v1/namespaces/kube-system/deployments/metrics-server"_s);
    m_window->showPage(Pages::Nodes);
    m_window->showPage(Pages::Metrics);
    QTRY_VERIFY_WITH_TIMEOUT(page().absence().isVisible(), 30000);
    QVERIFY(!use.isVisible());
}

QTEST_MAIN(TestMetricsPage)
#include "tst_metricspage.moc"
