// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/widgets.h"
#include "ui/dashboarddesk.h"
#include "ui/mainwindow.h"
#include "ui/metrics/addpaneldialog.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/explorepage.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotview.h"
#include "ui/metrics/promqledit.h"
#include "ui/metrics/queryhistory.h"
#include "ui/metrics/queryrow.h"
#include "ui/metrics/timerangepicker.h"
#include "ui/metricsdesk.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;

// Queries of one's own in the window, over the demo cluster's Prometheus.
class TestExplore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { m_window->pages().showExplore(); }

    void aKeyOpensIt();
    void runShowsPlotAndTable();
    void completionsOfTheDemo();
    void severalQueries();
    void ownStep();
    void anErrorAtItsPlace();
    void noData();
    void history();
    void aPanelIsExplored();
    void toMyDashboard();
    void keptOverARestart();
    void withoutASource();

private:
    ExplorePage &page() const { return m_window->pages().explore(); }
    PromqlEdit &edit(int row = 0) const { return page().rows().at(row)->edit(); }
    bool answered(int panel) const
    {
        const metrics::PanelState state = page().feed().state(panel);
        return !state.loading && (state.asOf > 0 || !state.errors.isEmpty());
    }
    qsizetype seriesOf(int panel) const
    {
        qsizetype count = 0;
        for (const metrics::PanelAnswer &one : page().feed().state(panel).answers)
            count += static_cast<qsizetype>(one.answer.series->size());
        return count;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestExplore::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().remove(u"explore"_s);
    QDir(DashboardDesk::userFolder()).removeRecursively();
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->metricsDesk().client(), 30000);
}

void TestExplore::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    QSettings().remove(u"explore"_s);
    QDir(DashboardDesk::userFolder()).removeRecursively();
}

void TestExplore::aKeyOpensIt()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
    m_window->showPage(Pages::Nodes);
    QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
    QVERIFY(page().isVisible());
    QCOMPARE(m_window->pages().metricsTabs().currentWidget(), &page());
    QVERIFY(edit().hasFocus());
    QVERIFY(page().nothing().isVisible());
}

void TestExplore::runShowsPlotAndTable()
{
    QTest::keyClicks(&edit(), u"sum by (mode) (rate(node_cpu_seconds_total[5m]"_s);
    // What was opened has been closed.
    QCOMPARE(edit().query(), u"sum by (mode) (rate(node_cpu_seconds_total[5m]))"_s);
    QTest::keyClick(&edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && answered(2), 30000);
    QVERIFY(!page().nothing().isVisible());
    QVERIFY(seriesOf(1) > 1);
    QCOMPARE(seriesOf(1), seriesOf(2));
    QVERIFY(page().graph().isVisible() && page().graph().plot());
    QVERIFY2(page().graph().status().isEmpty(), qPrintable(page().graph().status()));
    const auto *view = page().table().findChild<QTableView *>();
    QVERIFY(view && view->isVisible());
    QCOMPARE(view->model()->rowCount(), static_cast<int>(seriesOf(2)));
    QCOMPARE(QueryHistory::queries().first(), edit().query());
    page().setView(ExplorePage::View::Table);
    QVERIFY(!page().graph().isVisible());
    page().setView(ExplorePage::View::Both);
    QVERIFY(page().graph().isVisible() && page().table().isVisible());
    // A shorter time is asked for by itself.
    page().setRange({u"now-15m"_s, u"now"_s});
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && page().feed().moments().length() == 900000, 30000);
}

void TestExplore::completionsOfTheDemo()
{
    metrics::PromqlCompletion &completion = edit().completion();
    const auto has = [&](const QString &text) {
        return std::ranges::any_of(
            completion.offers(), [&](const metrics::PromOffer &one) { return one.text == text; });
    };
    completion.complete(u"node_mem"_s, 8);
    QTRY_VERIFY_WITH_TIMEOUT(has(u"node_memory_MemAvailable_bytes"_s), 30000);
    const QString query = u"node_cpu_seconds_total{mode=\"\"}"_s;
    completion.complete(query, query.size() - 2);
    QTRY_VERIFY_WITH_TIMEOUT(has(u"idle"_s), 30000);
    QVERIFY(!has(u"up"_s));
}

void TestExplore::severalQueries()
{
    page().addButton().click();
    QCOMPARE(page().rows().size(), 2);
    QVERIFY(page().rows().at(0)->removeButton().isVisible());
    edit(0).setQuery(u"sum(up)"_s);
    edit(1).setQuery(u"count(up)"_s);
    page().rows().at(1)->legendEdit().setText(u"all of them"_s);
    page().run();
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && seriesOf(1) == 2, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(seriesOf(2), 2, 30000);
    // Switched off, it is kept but not asked.
    page().rows().at(0)->switchButton().setChecked(false);
    page().run();
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && seriesOf(1) == 1, 30000);
    QCOMPARE(page().feed().state(1).answers.first().refId, u"B"_s);
    page().rows().at(0)->removeButton().click();
    QCOMPARE(page().rows().size(), 1);
    QCOMPARE(edit().query(), u"count(up)"_s);
    QVERIFY(!page().rows().at(0)->removeButton().isVisible());
}

void TestExplore::ownStep()
{
    page().open(u"up"_s);
    page().setRange({u"now-1h"_s, u"now"_s});
    QTRY_VERIFY_WITH_TIMEOUT(answered(1), 30000);
    const auto step = [this]() -> qint64 {
        const auto answers = page().feed().state(1).answers;
        if (answers.isEmpty() || answers.first().answer.series->empty())
            return 0;
        const std::vector<qint64> &times = answers.first().answer.series->front().times;
        return times.size() < 2 ? 0 : times[1] - times[0];
    };
    QComboBox &box = page().stepBox();
    for (const qint64 wanted : {300000, 5000}) {
        box.setCurrentIndex(box.findData(wanted));
        Q_EMIT box.activated(box.currentIndex());
        QTRY_COMPARE_WITH_TIMEOUT(step(), wanted, 30000);
    }
    box.setCurrentIndex(0);
    Q_EMIT box.activated(0);
}

void TestExplore::anErrorAtItsPlace()
{
    QueryRow &row = *page().rows().first();
    // With a variable before it, which the server sees as something else.
    row.edit().setQuery(u"rate(up[$__rate_interval]) }"_s);
    page().run();
    QTRY_VERIFY_WITH_TIMEOUT(!row.problem().isEmpty(), 30000);
    QCOMPARE(row.edit().errorPlace(), std::optional<qsizetype>(row.edit().query().indexOf(u'}')));
    QVERIFY(page().nothing().isVisible());
    row.edit().setQuery(u"rate(up[$__rate_interval])"_s);
    QVERIFY(row.problem().isEmpty());
    QVERIFY(!row.edit().errorPlace());
    page().run();
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && seriesOf(1) > 0, 30000);
    QVERIFY(!page().nothing().isVisible());
}

void TestExplore::noData()
{
    page().open(u"there_is_no_such_metric"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && answered(2), 30000);
    QVERIFY(page().graph().isVisible());
    QVERIFY(!page().graph().status().isEmpty());
    // Nothing is an answer as well.
    page().open(u"  "_s);
    QVERIFY(page().nothing().isVisible());
}

void TestExplore::history()
{
    QueryHistory::keep({u"first"_s, u"second"_s, u" "_s});
    QCOMPARE(QueryHistory::queries().first(2), (QStringList{u"second"_s, u"first"_s}));
    QueryHistory::keep({u"first"_s});
    QCOMPARE(QueryHistory::queries().first(2), (QStringList{u"first"_s, u"second"_s}));
    QueryHistory &history = page().history();
    history.openPopup();
    QCOMPARE(history.list().count(), static_cast<int>(QueryHistory::queries().size()));
    history.searchEdit().setText(u"SEC"_s);
    QVERIFY(history.list().count() > 0);
    history.list().setCurrentItem(history.list().findItems(u"second"_s, Qt::MatchExactly).value(0));
    QTest::keyClick(&history.list(), Qt::Key_Delete);
    QVERIFY(!QueryHistory::queries().contains(u"second"_s));
    history.searchEdit().setText(u"count(up)"_s);
    QTest::keyClick(&history.searchEdit(), Qt::Key_Return);
    QVERIFY(!history.popup().isVisible());
    QCOMPARE(edit().query(), u"count(up)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && seriesOf(1) == 1, 30000);
    QStringList many;
    for (int i = 0; i < 120; ++i)
        many.append(u"q%1"_s.arg(i));
    QueryHistory::keep(many);
    QCOMPARE(QueryHistory::queries().size(), QueryHistory::most);
    QCOMPARE(QueryHistory::queries().first(), u"q119"_s);
    history.openPopup();
    history.clearButton().click();
    QVERIFY(QueryHistory::queries().isEmpty());
    QVERIFY(!history.clearButton().isEnabled());
    history.popup().hide();
}

void TestExplore::aPanelIsExplored()
{
    MetricsPage &dashboards = m_window->pages().metrics();
    m_window->pages().metricsTabs().setCurrentWidget(&dashboards);
    QTRY_VERIFY_WITH_TIMEOUT(!dashboards.currentUid().isEmpty(), 30000);
    dashboards.open(u"kdra-node"_s);
    dashboards.setRange({u"now-3h"_s, u"now"_s});
    PanelView *view = nullptr;
    const auto plot = [&] {
        for (const int id : dashboards.grid().seen().keys()) {
            if (dashboards.grid().view(id)->panel().kind == metrics::PanelKind::TimeSeries
                && dashboards.feed().state(id).asOf > 0)
                view = dashboards.grid().view(id);
        }
        return view != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(plot(), 30000);
    const metrics::Panel panel = view->panel();
    Q_EMIT view->exploreRequested();
    QVERIFY(page().isVisible());
    QCOMPARE(page().queries().size(), panel.queries.size());
    QVERIFY2(!edit().query().contains(u'$'), qPrintable(edit().query()));
    QCOMPARE(page().picker().range(), (metrics::TimeRange{u"now-3h"_s, u"now"_s}));
    QCOMPARE(page().unitBox().currentData().toString(), panel.field.unit.isEmpty() ? u"short"_s : panel.field.unit);
    QTRY_VERIFY_WITH_TIMEOUT(answered(1) && seriesOf(1) > 0, 30000);
}

void TestExplore::toMyDashboard()
{
    page().open(u"sum(up)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(answered(1), 30000);
    const auto add = [&](const QString &title, bool isNew) {
        page().moreButton().menu()->actions().first()->trigger();
        auto *dialog = m_window->findChild<AddPanelDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->titleEdit().text(), u"sum(up)"_s);
        dialog->titleEdit().clear();
        QVERIFY(!dialog->addButton().isEnabled());
        dialog->titleEdit().setText(title);
        QCOMPARE(dialog->dashboardBox().count(), isNew ? 1 : 2);
        if (isNew)
            dialog->newEdit().setText(u"Mine"_s);
        dialog->addButton().click();
        QMessageBox *said = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((said = m_window->findChild<QMessageBox *>()), 30000);
        QVERIFY2(said->text().contains(u"Mine"_s), qPrintable(said->text()));
        said->close();
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_window->findChild<QMessageBox *>() && !m_window->findChild<AddPanelDialog *>(), 30000);
    };
    add(u"How many are up"_s, true);
    const auto own = [] {
        const metrics::DashboardShelf shelf = metrics::readDashboardFolder(DashboardDesk::userFolder());
        return shelf.dashboards.value(0);
    };
    QCOMPARE(own().title, u"Mine"_s);
    QCOMPARE(own().rows.first().panels.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(
        (m_window->pages().metrics().open(own().uid), m_window->pages().metrics().currentUid() == own().uid), 30000);
    add(u"Another"_s, false);
    const QList<metrics::Panel> panels = own().rows.first().panels;
    QCOMPARE(panels.size(), 2);
    QCOMPARE(panels.last().title, u"Another"_s);
    QVERIFY(panels.last().id != panels.first().id);
    QVERIFY(panels.last().grid.y >= panels.first().grid.y + panels.first().grid.height);
}

void TestExplore::keptOverARestart()
{
    page().open(u"sum(up)"_s);
    page().addButton().click();
    edit(1).setQuery(u"not run yet"_s);
    page().setView(ExplorePage::View::Graph);
    page().setRange({u"now-6h"_s, u"now"_s});
    m_window->showPage(Pages::Nodes);
    const ExplorePage again(m_session->theme());
    QCOMPARE(again.queries().size(), 2);
    QCOMPARE(again.queries().last().expr, u"not run yet"_s);
    QCOMPARE(again.view(), ExplorePage::View::Graph);
    QCOMPARE(again.picker().range().from, u"now-6h"_s);
}

void TestExplore::withoutASource()
{
    ExplorePage alone(m_session->theme());
    alone.resize(900, 600);
    alone.show();
    alone.open(u"up"_s);
    QVERIFY(alone.nothing().isVisible());
    QVERIFY(!alone.runButton().isEnabled());
    QVERIFY(!alone.nothing().findChildren<QPushButton *>().isEmpty());
}

QTEST_MAIN(TestExplore)

#include "tst_explore.moc"
