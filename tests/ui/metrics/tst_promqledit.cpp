// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/threadedapi.h"
#include "support/testhttpserver.h"
#include "ui/common/theme.h"
#include "ui/metrics/promqledit.h"
#include "ui/realinput.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QUrlQuery>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace kdra::ui;
using namespace Qt::StringLiterals;

namespace {

QByteArray names(std::initializer_list<const char *> all)
{
    QByteArrayList quoted;
    for (const char *one : all)
        quoted.append('"' + QByteArray(one) + '"');
    return R"({"status":"success","data":[)" + quoted.join(',') + "]}";
}

HttpResponse answer(const HttpRequest &request)
{
    const QString path = request.url.path();
    const QString match = QUrlQuery(request.url).queryItemValue(u"match[]"_s, QUrl::FullyDecoded);
    if (path == "/api/v1/label/__name__/values"_L1)
        return {
            .body = names({"node_cpu_seconds_total", "node_load1", "http_requests_total", "up", "rapl_joules_total"})};
    if (path == "/api/v1/metadata"_L1)
        return {
            .body =
                R"({"status":"success","data":{"node_load1":[{"type":"gauge","help":"1m load average.","unit":""}]}})"};
    if (path == "/api/v1/labels"_L1)
        return {.body = match.startsWith("node_load1"_L1) ? names({"__name__", "instance", "job"})
                                                          : names({"__name__", "anything"})};
    if (path == "/api/v1/label/job/values"_L1)
        return {.body = match == "node_load1{instance=\"a\"}"_L1 ? names({"kubelet", "node"}) : names({"other"})};
    return {.status = 404};
}

} // namespace

class TestPromqlEdit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void functionsAreOffered();
    void metricsOfTheServer();
    void labelsAndTheirValues();
    void groupsOfWhatIsAggregated();
    void durations();
    void keysOfThePopup();
    void newestWinsAndAnswersAreKept();
    void withoutAServer();
    void returnRuns();
    void pairsOfBrackets();
    void errorsAreUnderlined();
    void growsWithItsLines();
    void colours();

private:
    void type(const QString &text) { QTest::keyClicks(m_edit.get(), text); }
    // The query with the cursor in it.
    QString shown() const { return m_edit->query().insert(m_edit->textCursor().position(), u'‸'); }

    // The parts of the query that look like that.
    QStringList formatted(const std::function<bool(const QTextCharFormat &)> &like) const
    {
        QStringList texts;
        for (QTextBlock block = m_edit->document()->begin(); block.isValid(); block = block.next()) {
            for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
                if (like(range.format))
                    texts.append(block.text().sliced(range.start, range.length));
            }
        }
        return texts;
    }

    Theme m_theme;
    std::unique_ptr<ThreadedApi> m_api;
    std::unique_ptr<TestHttpServer> m_server;
    std::unique_ptr<PromqlEdit> m_edit;
};

void TestPromqlEdit::initTestCase()
{
    // The offscreen platform takes the focus away with every popup.
    if (const QString obstacle = tests::XServer::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    m_theme.apply(*qApp);
}

void TestPromqlEdit::init()
{
    m_server = std::make_unique<TestHttpServer>(answer);
    QVERIFY(m_server->listen());
    m_api = std::make_unique<ThreadedApi>();
    m_edit = std::make_unique<PromqlEdit>(m_theme);
    new QAbstractItemModelTester(m_edit->popup().model(), m_edit.get());
    m_edit->completion().setClient(std::make_shared<PromClient>(Endpoint{.url = m_server->url()}, Secrets(), **m_api));
    m_edit->resize(600, 40);
    m_edit->show();
    m_edit->activateWindow();
    m_edit->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_edit.get(), 30000));
    QTRY_VERIFY_WITH_TIMEOUT(m_edit->hasFocus(), 30000);
}

void TestPromqlEdit::cleanup()
{
    m_edit.reset();
    m_api.reset();
    m_server.reset();
}

void TestPromqlEdit::functionsAreOffered()
{
    type(u"ra"_s);
    // At once, before the server has said a word.
    QVERIFY(m_edit->offered().contains(u"rate"_s));
    const QModelIndex first = m_edit->popup().currentIndex();
    QVERIFY(first.isValid());
    QCOMPARE(m_edit->offered().first(2), (QStringList{u"rate"_s, u"rad"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(m_edit->offered().contains(u"rapl_joules_total"_s), 30000);
    type(u"t"_s);
    QCOMPARE(m_edit->offered().first(), u"rate"_s);
    const QModelIndex rate = m_edit->popup().model()->index(0, 0);
    QVERIFY(rate.data(OfferModel::Help).toString().startsWith("rate(v range): "_L1));
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QCOMPARE(shown(), u"rate(‸)"_s);
    QVERIFY(!m_edit->isOffering());
}

void TestPromqlEdit::metricsOfTheServer()
{
    type(u"node"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_edit->offered().contains(u"node_load1"_s), 30000);
    const auto load = [this] {
        QAbstractItemModel *model = m_edit->popup().model();
        const QModelIndexList found = model->match(model->index(0, 0), Qt::DisplayRole, u"node_load1"_s);
        return found.isEmpty() ? QModelIndex() : found.first();
    };
    QTRY_COMPARE_WITH_TIMEOUT(load().data(OfferModel::Type).toString(), u"gauge"_s, 30000);
    QCOMPARE(load().data(OfferModel::Help).toString(), u"1m load average."_s);
    QTest::keyClick(&m_edit->popup(), Qt::Key_Down);
    QTest::keyClick(m_edit.get(), Qt::Key_Tab);
    QCOMPARE(shown(), u"node_load1‸"_s);
    // In the middle of it, too.
    m_edit->setQuery(u"requ + 1"_s);
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(4);
    m_edit->setTextCursor(cursor);
    QTest::keyClick(m_edit.get(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), QStringList{u"http_requests_total"_s}, 30000);
    QTest::keyClick(m_edit.get(), Qt::Key_Tab);
    QCOMPARE(shown(), u"http_requests_total‸ + 1"_s);
}

void TestPromqlEdit::labelsAndTheirValues()
{
    type(u"node_load1{"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), (QStringList{u"instance"_s, u"job"_s}), 30000);
    type(u"instance=\"a\",jo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), QStringList{u"job"_s}, 30000);
    QTest::keyClick(m_edit.get(), Qt::Key_Tab);
    QCOMPARE(shown(), u"node_load1{instance=\"a\",job=\"‸\"}"_s);
    // Values come by themselves: those that go with the other labels.
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), (QStringList{u"kubelet"_s, u"node"_s}), 30000);
    type(u"no"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), QStringList{u"node"_s}, 30000);
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QCOMPARE(shown(), u"node_load1{instance=\"a\",job=\"node\"‸}"_s);
}

void TestPromqlEdit::groupsOfWhatIsAggregated()
{
    m_edit->setQuery(u"sum(node_load1) by ()"_s);
    QTextCursor cursor = m_edit->textCursor();
    cursor.movePosition(QTextCursor::PreviousCharacter);
    m_edit->setTextCursor(cursor);
    type(u"in"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), QStringList{u"instance"_s}, 30000);
    QTest::keyClick(m_edit.get(), Qt::Key_Tab);
    QCOMPARE(shown(), u"sum(node_load1) by (instance‸)"_s);
}

void TestPromqlEdit::durations()
{
    type(u"x["_s);
    QVERIFY(m_edit->offered().contains(u"5m"_s));
    type(u"$"_s);
    QVERIFY(m_edit->offered().contains(u"$__rate_interval"_s));
    QTest::keyClick(m_edit.get(), Qt::Key_Tab);
    QCOMPARE(shown(), u"x[$__rate_interval‸]"_s);
}

void TestPromqlEdit::keysOfThePopup()
{
    const QSignalSpy ran(m_edit.get(), &PromqlEdit::runRequested);
    type(u"rat"_s);
    QVERIFY(m_edit->isOffering());
    QTest::keyClick(m_edit.get(), Qt::Key_Escape);
    QVERIFY(!m_edit->isOffering());
    QCOMPARE(m_edit->query(), u"rat"_s);
    QTest::keyClick(m_edit.get(), Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(m_edit->isOffering());
    // What is there already is run, not written again.
    type(u"e"_s);
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QCOMPARE(ran.size(), 1);
    QCOMPARE(m_edit->query(), u"rate"_s);
    QVERIFY(!m_edit->isOffering());
}

void TestPromqlEdit::newestWinsAndAnswersAreKept()
{
    const auto asked = [this](QLatin1StringView path) {
        return std::ranges::count_if(
            m_server->requests(), [&](const HttpRequest &one) { return one.url.path() == path; });
    };
    type(u"node"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_edit->offered().contains(u"node_load1"_s), 30000);
    type(u"_lo"_s);
    QCOMPARE(m_edit->offered(), QStringList{u"node_load1"_s});
    QCOMPARE(asked("/api/v1/label/__name__/values"_L1), 1);
    // The answer for the first place is of no use at the second.
    m_server->setHandler([](const HttpRequest &request) {
        return request.url.path() == "/api/v1/labels"_L1 ? HttpResponse{.then = HttpResponse::Then::Hang}
                                                         : answer(request);
    });
    m_edit->setQuery(u"{"_s);
    m_edit->openCompletion();
    QTRY_COMPARE_WITH_TIMEOUT(asked("/api/v1/labels"_L1), 1, 30000);
    m_edit->setQuery(u"http"_s);
    m_edit->openCompletion();
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->offered(), QStringList{u"http_requests_total"_s}, 30000);
    QVERIFY(!m_edit->completion().isAsking());
}

void TestPromqlEdit::withoutAServer()
{
    m_edit->completion().setClient(nullptr);
    type(u"hist"_s);
    QVERIFY(m_edit->offered().contains(u"histogram_quantile"_s));
    m_server->close();
    m_edit->completion().setClient(std::make_shared<PromClient>(Endpoint{.url = m_server->url()}, Secrets(), **m_api));
    m_edit->setQuery(u"node"_s);
    m_edit->openCompletion();
    QTRY_VERIFY_WITH_TIMEOUT(m_edit->completion().error(), 30000);
    QVERIFY(m_edit->offered().isEmpty());
}

void TestPromqlEdit::returnRuns()
{
    const QSignalSpy ran(m_edit.get(), &PromqlEdit::runRequested);
    m_edit->setQuery(u"up"_s);
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QTest::keyClick(m_edit.get(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(ran.size(), 2);
    QTest::keyClick(m_edit.get(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(ran.size(), 2);
    QCOMPARE(m_edit->query(), u"up\n"_s);
}

void TestPromqlEdit::pairsOfBrackets()
{
    type(u"sum("_s);
    QCOMPARE(shown(), u"sum(‸)"_s);
    type(u"x{a=\""_s);
    QCOMPARE(shown(), u"sum(x{a=\"‸\"})"_s);
    type(u"(\"}"_s);
    QCOMPARE(shown(), u"sum(x{a=\"(\"}‸)"_s);
    type(u")"_s);
    QCOMPARE(shown(), u"sum(x{a=\"(\"})‸"_s);
    m_edit->setQuery({});
    type(u"("_s);
    QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
    QCOMPARE(m_edit->query(), QString());
    // One that is missing is written.
    m_edit->setQuery(u"((a)"_s);
    type(u")"_s);
    QCOMPARE(m_edit->query(), u"((a))"_s);
    // Beside a bracket, it and its partner stand out.
    const auto stand = [](const QTextCharFormat &format) { return format.hasProperty(QTextFormat::BackgroundBrush); };
    QCOMPARE(formatted(stand), (QStringList{u"("_s, u")"_s}));
}

void TestPromqlEdit::errorsAreUnderlined()
{
    const auto underlined = [this] {
        return formatted(
            [](const QTextCharFormat &format) { return format.underlineStyle() == QTextCharFormat::WaveUnderline; });
    };
    m_edit->setQuery(u"sum(up) bananas"_s);
    m_edit->setErrorAt(8);
    QCOMPARE(underlined(), QStringList{u"bananas"_s});
    m_edit->setErrorAt(15); // at the end something is missing
    QCOMPARE(underlined(), QStringList{u"bananas"_s});
    m_edit->setQuery(u"sum(up)"_s);
    QVERIFY(!m_edit->errorPlace());
    QVERIFY(underlined().isEmpty());
}

void TestPromqlEdit::growsWithItsLines()
{
    m_edit->setQuery(u"a"_s);
    const int one = m_edit->height();
    m_edit->setQuery(u"a\n+\nb\n+\nc"_s);
    QTRY_COMPARE_GE_WITH_TIMEOUT(m_edit->height(), one + 3 * m_edit->fontMetrics().lineSpacing(), 30000);
    m_edit->setQuery(QString(u"a\n+\n"_s.repeated(40)));
    QTRY_COMPARE_LT_WITH_TIMEOUT(m_edit->height(), 14 * m_edit->fontMetrics().lineSpacing(), 30000);
    m_edit->setQuery(u"a"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_edit->height(), one, 30000);
}

void TestPromqlEdit::colours()
{
    m_edit->setQuery(u"sum by (job)\n(rate(x{a=\"b\"}[5m])) # c"_s);
    QStringList all =
        formatted([](const QTextCharFormat &format) { return format.foreground().style() != Qt::NoBrush; });
    QCOMPARE(all.size(), 20);
    const auto of = [this](const QString &part) {
        QColor colour;
        for (QTextBlock block = m_edit->document()->begin(); block.isValid(); block = block.next()) {
            for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
                if (block.text().sliced(range.start, range.length) == part)
                    colour = range.format.foreground().color();
            }
        }
        return colour;
    };
    QCOMPARE(of(u"sum"_s), of(u"rate"_s));
    QCOMPARE(of(u"job"_s), of(u"a"_s));
    QVERIFY(of(u"\"b\""_s) != of(u"a"_s) && of(u"\"b\""_s) != of(u"x"_s));
    // Nothing of that is a change of the text.
    m_edit->document()->clearUndoRedoStacks();
    m_edit->setErrorAt(0);
    QVERIFY(!m_edit->document()->isUndoAvailable());
}

int main(int argc, char **argv)
{
    const tests::XServer server;
    QApplication application(argc, argv);
    TestPromqlEdit test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_promqledit.moc"
