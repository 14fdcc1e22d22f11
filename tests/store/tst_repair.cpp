// SPDX-License-Identifier: GPL-3.0-or-later
#include "informerfixture.h"
#include "store/clusterstore.h"
#include "support/testhttpserver.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace kdra;
using namespace kdra::store;
using kdra::test::HttpRequest;
using kdra::test::HttpResponse;
using kdra::test::uid;
using namespace std::chrono_literals;

// A server that says what the test wants it to say: nothing of it may freeze, crash or corrupt the store.
class TestRepair : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void eventsInPiecesOfAnySize();
    void brokenEventMeansANewList_data();
    void brokenEventMeansANewList();
    void goneMeansANewListAndKeepsWhatIsShown();
    void tenMegabytesInOneObject();
    void brokenListIsSaidAndTriedAgain();
    void oneBrokenKindHoldsUpNoOther();
    void discoveryThatFailsIsTriedAgain();
    void serverErrorOnTheListIsSaidAndTriedAgain();
    void wakingDoesNotWaitForTheBackoff();

private:
    HttpResponse answer(const HttpRequest &request);
    quint32 pods() const { return m_store->snapshot()->count(Kind::Pod); }
    const KindState &state(Kind kind) const { return m_store->snapshot()->state(kind); }
    void start();

    std::unique_ptr<test::TestHttpServer> m_server;
    std::unique_ptr<ClusterStore> m_store;
    QByteArray m_items; // of the list of pods
    HttpResponse m_list; // answered instead when its body is not empty
    int m_lists = 0; // lists of pods served
    bool m_discovery = true;
    bool m_streamNodes = false; // chunks go to every stream, so only where pods have none
};

static QByteArray pod(int number, const QByteArray &more = {})
{
    return R"({"metadata":{"name":"p)" + QByteArray::number(number) + R"(","namespace":"n","uid":")" + uid(number)
        + R"(","resourceVersion":")" + QByteArray::number(100 + number) + R"("},"spec":{"containers":[{"name":"c")"
        + more + R"(}]},"status":{"phase":"Running"}})";
}

static QByteArray added(int number, const QByteArray &more = {})
{
    return R"({"type":"ADDED","object":)" + pod(number, more) + "}\n";
}

HttpResponse TestRepair::answer(const HttpRequest &request)
{
    const QString path = request.url.path();
    const QUrlQuery query(request.url);
    if (!m_discovery)
        return {.status = 503, .body = R"({"kind":"Status","message":"starting","code":503})"};
    if (path == QStringLiteral("/version"))
        return {.body = R"({"gitVersion":"v1.36.2","platform":"linux/amd64"})"};
    if (path == QStringLiteral("/api"))
        return {.body = R"({"kind":"APIVersions","versions":["v1"]})"};
    if (path == QStringLiteral("/apis"))
        return {.body = R"({"kind":"APIGroupList","groups":[]})"};
    if (path == QStringLiteral("/api/v1")) {
        return {.body = R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
            {"name":"pods","kind":"Pod","namespaced":true,"verbs":["list","watch"]},{"name":"nodes","kind":"Node","namespaced":false,"verbs":["list","watch"]}]})"};
    }
    if (!request.header("Upgrade").isEmpty())
        return {.status = 403, .body = "upgrades are refused here", .contentType = "text/plain"};
    const bool isPods = path == QStringLiteral("/api/v1/pods");
    if (query.hasQueryItem(QStringLiteral("watch")))
        return {.then = isPods || m_streamNodes ? HttpResponse::Then::Stream : HttpResponse::Then::Hang};
    if (!isPods)
        return {.body = R"({"kind":"NodeList","metadata":{"resourceVersion":"1"},"items":[]})"};
    if (query.queryItemValue(QStringLiteral("limit")) != QStringLiteral("1"))
        ++m_lists;
    if (!m_list.body.isEmpty())
        return m_list;
    return {.body = R"({"kind":"PodList","metadata":{"resourceVersion":"99"},"items":[)" + m_items + "]}"};
}

void TestRepair::init()
{
    m_items = pod(1);
    m_list = {};
    m_lists = 0;
    m_discovery = true;
    m_streamNodes = false;
    m_server = std::make_unique<test::TestHttpServer>([this](const HttpRequest &request) { return answer(request); });
    QVERIFY(m_server->listen());
}

void TestRepair::cleanup()
{
    m_store.reset();
    m_server.reset();
}

void TestRepair::start()
{
    kube::ClientConfig config;
    config.contextName = QStringLiteral("scripted");
    config.cluster.server = m_server->url();
    m_store = std::make_unique<ClusterStore>(
        config, kube::WatchStream::Deadlines{.connect = 5s, .pingEvery = 1s, .pongWithin = 1s, .httpSilence = 60s});
    m_store->start();
}

void TestRepair::eventsInPiecesOfAnySize()
{
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->streams(), 1, 20000);
    QByteArray events;
    for (int i = 2; i <= 20; ++i)
        events += added(i);
    for (qsizetype at = 0, size = 1; at < events.size(); at += size, size = size % 97 + 1)
        m_server->sendChunk(events.sliced(at, std::min(size, events.size() - at)));
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 20u, 30000);
    QCOMPARE(state(Kind::Pod).transport, Transport::Http);
}

void TestRepair::brokenEventMeansANewList_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("not JSON") << QByteArray("<html>Bad Gateway</html>\n");
    QTest::newRow("half an event") << QByteArray(R"({"type":"ADDED","object":{"metadata":{"name":"x)"
                                                 "\n");
    QTest::newRow("no object") << QByteArray("{\"type\":\"ADDED\"}\n");
}

void TestRepair::brokenEventMeansANewList()
{
    QFETCH(QByteArray, line);
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->streams(), 1, 30000);
    // The watch is asked for before what was listed is shown.
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 1u, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
    const int before = m_lists;
    m_items = pod(1) + "," + pod(2) + "," + pod(3);
    m_list = {.body = "x", .then = HttpResponse::Then::Drop}; // no new list until this was looked at
    m_server->sendChunk(line);
    QTRY_VERIFY_WITH_TIMEOUT(state(Kind::Pod).phase == KindPhase::Stale, 30000);
    QVERIFY(!state(Kind::Pod).error->what.isEmpty());
    QCOMPARE(pods(), 1u); // what was known stays on the screen
    m_list = {};
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 3u, 40000);
    QVERIFY(m_lists > before);
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
    QVERIFY(!state(Kind::Pod).error);
}

void TestRepair::goneMeansANewListAndKeepsWhatIsShown()
{
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->streams(), 1, 20000);
    m_items = pod(2);
    m_server->sendChunk(
        R"x({"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old resource version: 99 (2000)","reason":"Expired","code":410}})x"
        "\n");
    QTRY_COMPARE_WITH_TIMEOUT(m_store->snapshot()->table<Kind::Pod>().at(1) ? 1 : 0, 1, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 1u, 30000); // p1 went, p2 came
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
}

void TestRepair::tenMegabytesInOneObject()
{
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->streams(), 1, 20000);
    m_server->sendChunk(added(2, R"(,"env":[{"name":"BLOB","value":")" + QByteArray(10 * 1024 * 1024, 'x') + R"("}])"));
    m_server->sendChunk(added(3));
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 3u, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
}

void TestRepair::brokenListIsSaidAndTriedAgain()
{
    m_list = {.body = R"({"kind":"PodList","metadata":{"resourceVersion":"9"},"items":[{"metadata":)"};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Failed, 20000);
    QVERIFY(!state(Kind::Pod).error->what.isEmpty());
    m_list = {};
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
    QCOMPARE(pods(), 1u);
}

void TestRepair::oneBrokenKindHoldsUpNoOther()
{
    m_streamNodes = true;
    m_list = {.status = 500, .body = R"({"kind":"Status","message":"etcdserver: request timed out","code":500})"};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Node).phase, KindPhase::Live, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Failed, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Deployment).phase, KindPhase::NotServed, 30000);
    QVERIFY(m_store->isSynced()); // as far as it can be: the window must not wait for pods
}

void TestRepair::discoveryThatFailsIsTriedAgain()
{
    m_discovery = false;
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_store->connection(), ClusterStore::Connection::Failed, 20000);
    QVERIFY(m_store->error());
    m_discovery = true;
    QTRY_COMPARE_WITH_TIMEOUT(m_store->connection(), ClusterStore::Connection::Connected, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 1u, 20000);
}

void TestRepair::serverErrorOnTheListIsSaidAndTriedAgain()
{
    m_list = {.status = 500, .body = R"({"kind":"Status","message":"etcdserver: no leader","code":500})"};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Failed, 20000);
    QVERIFY(state(Kind::Pod).error->what.contains(QStringLiteral("no leader")));
    m_list = {};
    QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 30000);
}

void TestRepair::wakingDoesNotWaitForTheBackoff()
{
    // The next attempt by itself is four seconds away or more. A busy machine may lose that much: then once more.
    std::chrono::milliseconds took(2500);
    for (int attempt = 0; attempt < 5 && took >= std::chrono::milliseconds(2500); ++attempt) {
        m_store.reset();
        m_lists = 0;
        m_list = {.status = 500, .body = R"({"kind":"Status","message":"etcdserver: request timed out","code":500})"};
        start();
        QTRY_COMPARE_GE_WITH_TIMEOUT(m_lists, 6, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Failed, 30000);
        m_list = {};
        const auto begin = std::chrono::steady_clock::now();
        m_store->wake();
        QTRY_COMPARE_WITH_TIMEOUT(state(Kind::Pod).phase, KindPhase::Live, 60000);
        took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    }
    QCOMPARE_LT(took, std::chrono::milliseconds(2500));
    QCOMPARE(pods(), 1u);
}

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
