// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/annotationfeed.h"
#include "metrics/dashboardfeed.h"
#include "support/testhttpserver.h"
#include "threadedapi.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What a page asks for, against a server that answers with one point a step.
class TestDashboardFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void onlyWhatIsSeenIsAsked();
    void thenOnlyWhatIsNew();
    void aChoiceAsksAnew();
    void pinnedValuesHold();
    void whatWasShownStays();
    void aWrongQueryIsThePanelsOwn();
    void annotationsAreAskedWhileSeen();
    void ratesKnowHowOftenTargetsAreAsked();
    void anotherRangeIsNotForgotten();
    void onePanelIsNotTheServer();
    void allStaysAll();
    void aCircleStopsNobodyElse();
    void choosingEarlyLosesNothing();

private:
    QString item(const HttpRequest &request, const QString &name) const
    {
        return QUrlQuery(request.url).queryItemValue(name, QUrl::FullyDecoded);
    }
    QList<HttpRequest> asked(const QString &part) const
    {
        QList<HttpRequest> found;
        for (const HttpRequest &one : m_server->requests()) {
            if (one.url.path().endsWith("/query_range"_L1) && item(one, u"query"_s).contains(part))
                found += one;
        }
        return found;
    }
    static Dashboard dashboard()
    {
        Dashboard made{.uid = u"one"_s, .title = u"One"_s};
        made.variables = {{.name = u"node"_s, .query = u"label_values(up, node)"_s}};
        made.rows = {{.panels = {{.id = 1,
                                     .title = u"CPU of $node"_s,
                                     .queries = {{.refId = u"A"_s, .expr = u"cpu{node=\"$node\"}"_s}}},
                          {.id = 2, .queries = {{.refId = u"A"_s, .expr = u"memory"_s}}},
                          {.id = 3, .queries = {{.refId = u"A"_s, .expr = u"wrong("_s}}}}}};
        return made;
    }

    std::unique_ptr<TestHttpServer> m_server;
    std::unique_ptr<ThreadedApi> m_api;
    std::unique_ptr<DashboardFeed> m_feed;
    std::atomic<bool> m_down = false;
    std::atomic<bool> m_memoryDown = false;
};

void TestDashboardFeed::init()
{
    m_down = false;
    m_memoryDown = false;
    m_server = std::make_unique<TestHttpServer>([this](const HttpRequest &request) -> HttpResponse {
        if (m_down || (m_memoryDown && item(request, u"query"_s).contains("memory"_L1)))
            return {.status = 500, .body = "down"};
        if (request.url.path().endsWith("/targets"_L1))
            return {.body = R"({"status":"success","data":{"activeTargets":[
                {"labels":{},"scrapeInterval":"1m"},{"labels":{},"scrapeInterval":"1m"}],"droppedTargets":[]}})"};
        if (request.url.path().endsWith("/values"_L1))
            return {.body = R"({"status":"success","data":["pi-1","pi-2"]})"};
        if (item(request, u"query"_s).startsWith("wrong"_L1))
            return {.status = 400,
                .body =
                    R"({"status":"error","errorType":"bad_data","error":"1:7: parse error: unclosed left parenthesis"})"};
        const double start = item(request, u"start"_s).toDouble();
        const double end = item(request, u"end"_s).toDouble();
        const double step = item(request, u"step"_s).toDouble();
        QByteArray values;
        for (double time = start; time <= end; time += step)
            values += (values.isEmpty() ? "[" : ",[") + QByteArray::number(time, 'f', 3) + ",\"1\"]";
        return {.body = R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[)"
                + values + "]}]}}"};
    });
    QVERIFY(m_server->listen());
    m_api = std::make_unique<ThreadedApi>();
    m_feed = std::make_unique<DashboardFeed>();
    m_feed->setClient(std::make_shared<PromClient>(Endpoint{.url = m_server->url(u"/"_s)}, Secrets(), **m_api));
}

void TestDashboardFeed::cleanup()
{
    m_feed.reset();
    m_api.reset();
    m_server.reset();
}

void TestDashboardFeed::onlyWhatIsSeenIsAsked()
{
    QSignalSpy expanded(m_feed.get(), &DashboardFeed::expandedChanged);
    m_feed->setRange(absoluteRange({1'790'000'000'000, 1'790'003'600'000}), QTimeZone::utc()); // moves by nobody
    m_feed->setDashboard(dashboard());
    QTRY_COMPARE_WITH_TIMEOUT(expanded.size(), 1, 30000);
    m_feed->setSeen({{1, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(1).asOf > 0, 30000);
    QCOMPARE(m_feed->panel(1)->title, u"CPU of pi-1"_s);
    QCOMPARE(asked(u"cpu{node=\"pi-1\"}"_s).size(), 1);
    QCOMPARE(asked(u"memory"_s).size(), 0);
    // No more points than pixels.
    QVERIFY(m_feed->state(1).answers.first().answer.series->front().times.size() <= 601);
    m_feed->setSeen({{1, 600}, {2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(2).asOf > 0, 30000);
    QCOMPARE(asked(u"cpu"_s).size(), 1);
}

void TestDashboardFeed::thenOnlyWhatIsNew()
{
    m_feed->setRange({u"now-1h"_s, u"now"_s}, QTimeZone::utc());
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{2, 3600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(2).asOf > 0, 30000);
    const qint64 last = m_feed->state(2).answers.first().answer.series->front().times.back();
    // As the clock goes on, at a step of two seconds.
    m_feed->setInterval(200ms);
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(2).answers.first().answer.series->front().times.back() > last, 30000);
    const HttpRequest second = asked(u"memory"_s).at(1);
    QVERIFY(item(second, u"end"_s).toDouble() - item(second, u"start"_s).toDouble() < 200);
    QVERIFY(m_feed->state(2).answers.first().answer.series->front().times.size() > 1700);
}

void TestDashboardFeed::aChoiceAsksAnew()
{
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{1, 600}, {2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(1).asOf > 0 && m_feed->state(2).asOf > 0, 30000);
    m_feed->variables().choose(u"node"_s, {u"pi-2"_s});
    QTRY_COMPARE_WITH_TIMEOUT(asked(u"cpu{node=\"pi-2\"}"_s).size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_feed->state(1).loading, 30000);
    QCOMPARE(m_feed->panel(1)->title, u"CPU of pi-2"_s);
}

void TestDashboardFeed::pinnedValuesHold()
{
    m_feed->setDashboard(dashboard(), {}, {{u"node"_s, {u"pi-77"_s}}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{1, 600}});
    // Never another one's numbers, though the server does not know it.
    QTRY_COMPARE_WITH_TIMEOUT(asked(u"cpu{node=\"pi-77\"}"_s).size(), 1, 30000);
    QVERIFY(m_feed->variables().menu(u"node"_s).pinned);
}

void TestDashboardFeed::whatWasShownStays()
{
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(2).asOf > 0, 30000);
    const qint64 fresh = m_feed->freshAt();
    QVERIFY(fresh > 0 && !m_feed->failure());
    m_down = true;
    m_feed->setRange({u"now-2h"_s, u"now"_s}, QTimeZone::utc());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->failure(), 40000);
    QCOMPARE(m_feed->failure()->kind, Error::Kind::Server);
    QCOMPARE(m_feed->freshAt(), fresh);
    QVERIFY(!m_feed->state(2).answers.isEmpty() && m_feed->state(2).errors.contains(u"A"_s));
    m_down = false;
    m_feed->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!m_feed->failure(), 30000);
    QVERIFY(m_feed->state(2).errors.isEmpty());
}

void TestDashboardFeed::aWrongQueryIsThePanelsOwn()
{
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{2, 600}, {3, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(!m_feed->state(3).errors.isEmpty() && m_feed->state(2).asOf > 0, 30000);
    QVERIFY(m_feed->state(3).errors.value(u"A"_s).what.contains("unclosed left parenthesis"_L1));
    QVERIFY(m_feed->state(2).errors.isEmpty());
    // It says nothing about the server.
    QVERIFY(!m_feed->failure());
}

void TestDashboardFeed::annotationsAreAskedWhileSeen()
{
    Dashboard made = dashboard();
    made.annotations = {{.name = u"Restarts"_s, .expr = u"restarts{node=\"$node\"}"_s, .title = u"On $node"_s},
        {.name = u"Off"_s, .expr = u"switched_off"_s, .enabled = false}, {.name = u"Wrong"_s, .expr = u"wrong(1"_s}};
    AnnotationFeed annotations(*m_feed);
    annotations.setClient(std::make_shared<PromClient>(Endpoint{.url = m_server->url(u"/"_s)}, Secrets(), **m_api));
    QSignalSpy expanded(m_feed.get(), &DashboardFeed::expandedChanged);
    m_feed->setDashboard(made);
    QTRY_COMPARE_WITH_TIMEOUT(expanded.size(), 1, 30000);
    QVERIFY(annotations.found().isEmpty());
    annotations.setSeen(true);
    QTRY_VERIFY_WITH_TIMEOUT(
        annotations.found().size() == 2 && !annotations.found().first().occurrences.isEmpty(), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(annotations.found().last().error, 30000);
    const AnnotationFeed::Found restarts = annotations.found().first();
    QVERIFY(!restarts.error);
    // One point after the other: it lasted for all of the range.
    QCOMPARE(restarts.occurrences.size(), 1);
    QCOMPARE(restarts.occurrences.first().title, u"On pi-1"_s);
    QVERIFY(restarts.occurrences.first().to - restarts.occurrences.first().from > 3'500'000);
    QCOMPARE(asked(u"switched_off"_s).size(), 0);
    QCOMPARE(asked(u"restarts{node=\"pi-1\"}"_s).size(), 1);
    m_feed->variables().choose(u"node"_s, {u"pi-2"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!annotations.found().isEmpty() && !annotations.found().first().occurrences.isEmpty()
            && annotations.found().first().occurrences.first().title == "On pi-2"_L1,
        10000);
    // Not while nobody looks.
    annotations.setSeen(false);
    const qsizetype before = asked(u"restarts"_s).size();
    QSignalSpy moved(m_feed.get(), &DashboardFeed::momentsChanged);
    m_feed->setRange({u"now-6h"_s, u"now"_s}, QTimeZone::utc());
    QCOMPARE(moved.size(), 1);
    m_feed->setSeen({{2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(2).asOf > 0, 30000);
    QCOMPARE(asked(u"restarts"_s).size(), before);
}

// Prometheus' own default is a minute: four scrapes are four minutes.
void TestDashboardFeed::ratesKnowHowOftenTargetsAreAsked()
{
    Dashboard rates = dashboard();
    rates.rows[0].panels[1].queries[0].expr = u"rate(memory[$__rate_interval])"_s;
    m_feed->setDashboard(rates);
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(!asked(u"[4m"_s).isEmpty() || !asked(u"[240s]"_s).isEmpty(), 30000);
}

void TestDashboardFeed::anotherRangeIsNotForgotten()
{
    constexpr qint64 day = 1'790'000'000'000;
    m_feed->setRange(absoluteRange({day, day + 3'600'000}), QTimeZone::utc());
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{2, 600}});
    // As long, a little later, while the first is still asked for.
    m_feed->setRange(absoluteRange({day + 600'000, day + 4'200'000}), QTimeZone::utc());
    const auto begins = [&] {
        const PanelState state = m_feed->state(2);
        return state.answers.isEmpty() || state.answers.first().answer.series->empty()
            ? 0
            : state.answers.first().answer.series->front().times.front();
    };
    QTRY_COMPARE_WITH_TIMEOUT(begins(), day + 600'000, 30000);
    // What was out of sight meanwhile.
    m_feed->setSeen({});
    m_feed->setRange(absoluteRange({day + 1'200'000, day + 4'800'000}), QTimeZone::utc());
    m_feed->setSeen({{2, 600}});
    QTRY_COMPARE_WITH_TIMEOUT(begins(), day + 1'200'000, 30000);
}

void TestDashboardFeed::onePanelIsNotTheServer()
{
    m_memoryDown = true;
    m_feed->setDashboard(dashboard());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    m_feed->setSeen({{1, 600}, {2, 600}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->state(1).asOf > 0 && !m_feed->state(2).errors.isEmpty(), 20000);
    QVERIFY(!m_feed->failure());
    m_down = true;
    m_feed->setRange({u"now-2h"_s, u"now"_s}, QTimeZone::utc());
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->failure(), 30000);
}

void TestDashboardFeed::allStaysAll()
{
    Dashboard many = dashboard();
    many.variables[0].includeAll = true;
    m_feed->setDashboard(many, {{u"node"_s, {u"$__all"_s}}});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    QCOMPARE(m_feed->variables().menu(u"node"_s).chosen.values.size(), 2);
    QCOMPARE(m_feed->variables().choices().value(u"node"_s), QStringList{u"$__all"_s});
}

void TestDashboardFeed::aCircleStopsNobodyElse()
{
    Dashboard circling = dashboard();
    circling.variables += {.name = u"a"_s, .query = u"label_values(up{x=\"$b\"}, y)"_s};
    circling.variables += {.name = u"b"_s, .query = u"label_values(up{x=\"$a\"}, y)"_s};
    m_feed->setRange(absoluteRange({1'790'000'000'000, 1'790'003'600'000}), QTimeZone::utc());
    m_feed->setDashboard(circling);
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    QVERIFY(m_feed->variables().error());
    QVERIFY(m_feed->variables().menu(u"a"_s).error && m_feed->variables().menu(u"b"_s).error);
    QCOMPARE(m_feed->variables().menu(u"node"_s).options.size(), 2);
    m_feed->setSeen({{1, 600}});
    QTRY_COMPARE_WITH_TIMEOUT(asked(u"cpu{node=\"pi-1\"}"_s).size(), 1, 30000);
}

void TestDashboardFeed::choosingEarlyLosesNothing()
{
    Dashboard more = dashboard();
    more.variables += {.name = u"other"_s, .query = u"label_values(up, other)"_s};
    m_feed->setDashboard(more);
    // Nothing is answered yet.
    m_feed->variables().choose(u"node"_s, {u"pi-2"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_feed->variables().isReady(), 30000);
    QCOMPARE(m_feed->variables().menu(u"node"_s).options.size(), 2);
    QCOMPARE(m_feed->variables().menu(u"node"_s).chosen.values, QStringList{u"pi-2"_s});
    QCOMPARE(m_feed->variables().menu(u"other"_s).options.size(), 2);
}

QTEST_GUILESS_MAIN(TestDashboardFeed)
#include "tst_dashboardfeed.moc"
