// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promfunctions.h"
#include "metrics/promqlscan.h"

#include <QTest>

using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

// "M:up O:{": a letter for each kind, and the text.
QString written(const QString &query)
{
    static constexpr QLatin1StringView letters{"MLFAKONDSCV().?"};
    QStringList out;
    for (const PromPiece &piece : scanPromql(query))
        out += QChar(letters[static_cast<int>(piece.kind)]) + u':' + query.sliced(piece.at, piece.length)
            + (piece.open ? u"…"_s : QString());
    return out.join(u' ');
}

// The cursor is where the caret ‸ is.
PromPlace placeIn(QString query)
{
    const qsizetype cursor = query.indexOf(u'‸');
    query.remove(cursor, 1);
    return promPlace(query, cursor);
}

// What is left of the query without what would be replaced, which is put into «».
QString replaced(QString query)
{
    const PromPlace place = placeIn(query);
    query.remove(u'‸');
    query.insert(place.at + place.length, u'»');
    return query.insert(place.at, u'«');
}

} // namespace

class TestPromqlScan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pieces_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("pieces");
        const auto row = [](const char *name, const QString &query, const QString &pieces) {
            QTest::newRow(name) << query << pieces;
        };
        row("selector", u"up{job=\"node\",a!~'x'}"_s, u"M:up (:{ L:job O:= S:\"node\" .:, L:a O:!~ S:'x' ):}"_s);
        row("recorded", u"job:up:sum"_s, u"M:job:up:sum"_s);
        row("range", u"rate(x[5m])"_s, u"F:rate (:( M:x (:[ D:5m ):] ):)"_s);
        row("subquery", u"max_over_time(x[1h30m:15s])"_s, u"F:max_over_time (:( M:x (:[ D:1h30m O:: D:15s ):] ):)"_s);
        row("by after", u"sum (x) by (by, job)"_s, u"A:sum (:( M:x ):) K:by (:( L:by .:, L:job ):)"_s);
        row("by before", u"SUM BY(job)(x)"_s, u"A:SUM K:BY (:( L:job ):) (:( M:x ):)"_s);
        row("matching", u"a / on(b) group_left(c) d"_s, u"M:a O:/ K:on (:( L:b ):) K:group_left (:( L:c ):) M:d"_s);
        row("bool", u"a > bool 1"_s, u"M:a O:> K:bool N:1"_s);
        row("offset", u"a offset -5m"_s, u"M:a K:offset O:- D:5m"_s);
        row("at", u"a @ start()"_s, u"M:a O:@ K:start (:( ):)"_s);
        row("sets", u"a and b unless c"_s, u"M:a O:and M:b O:unless M:c"_s);
        row("named like a word", u"offset + sum"_s, u"M:offset O:+ M:sum"_s);
        row("numbers", u"1.5e-3 + 0x1F + .5 + Inf"_s, u"N:1.5e-3 O:+ N:0x1F O:+ N:.5 O:+ N:Inf"_s);
        row("strings", u"'it\\'s' + \"a\\\\\" + `raw\\`"_s, u"S:'it\\'s' O:+ S:\"a\\\\\" O:+ S:`raw\\`"_s);
        row("open string", u"{a=\"b\n}"_s, u"(:{ L:a O:= S:\"b… ):}"_s);
        row("comment", u"up # {\n+ 1"_s, u"M:up C:# { O:+ N:1"_s);
        row("variables", u"rate($m{x=\"$y\"}[$__rate_interval]) + [[z]]_a"_s,
            u"F:rate (:( V:$m (:{ L:x O:= S:\"$y\" ):} (:[ V:$__rate_interval ):] ):) O:+ V:[[z]] M:_a"_s);
        row("unknown function", u"limitk(1, a)"_s, u"F:limitk (:( N:1 .:, M:a ):)"_s);
        row("no query", u"a ; ü"_s, u"M:a ?:; ?:ü"_s);
    }
    void pieces()
    {
        QFETCH(QString, query);
        QFETCH(QString, pieces);
        QCOMPARE(written(query), pieces);
    }

    void places_data()
    {
        using Kind = PromPlace::Kind;
        QTest::addColumn<QString>("query");
        QTest::addColumn<PromPlace::Kind>("kind");
        QTest::addColumn<QString>("span");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("selectors");
        const auto row = [](const QString &query, Kind kind, const QString &span, const QString &prefix,
                             const QString &selectors = {}) {
            QTest::newRow(qPrintable(query)) << query << kind << span << prefix << selectors;
        };
        row(u"‸"_s, Kind::Expression, u"«»"_s, {});
        row(u"ra‸"_s, Kind::Expression, u"«ra»"_s, u"ra"_s);
        row(u"no‸de_load1"_s, Kind::Expression, u"«node_load1»"_s, u"no"_s);
        row(u"rate(no‸)"_s, Kind::Expression, u"rate(«no»)"_s, u"no"_s);
        row(u"a + ‸"_s, Kind::Expression, u"a + «»"_s, {});
        row(u"sum by (a) (x‸"_s, Kind::Expression, u"sum by (a) («x»"_s, u"x"_s);
        row(u"a / on (b) ‸"_s, Kind::Expression, u"a / on (b) «»"_s, {});
        row(u"up ‸"_s, Kind::Continuation, u"up «»"_s, {});
        row(u"up of‸"_s, Kind::Continuation, u"up «of»"_s, u"of"_s);
        row(u"up unl‸"_s, Kind::Continuation, u"up «unl»"_s, u"unl"_s);
        row(u"sum(up) b‸"_s, Kind::Continuation, u"sum(up) «b»"_s, u"b"_s);
        row(u"sum(up) by (a) ‸"_s, Kind::Continuation, u"sum(up) by (a) «»"_s, {});
        row(u"up{‸"_s, Kind::LabelName, u"up{«»"_s, {}, u"up"_s);
        row(u"up{job=\"a\", in‸}"_s, Kind::LabelName, u"up{job=\"a\", «in»}"_s, u"in"_s, u"up{job=\"a\"}"_s);
        row(u"up{in‸, job=~\"$job\"}"_s, Kind::LabelName, u"up{«in», job=~\"$job\"}"_s, u"in"_s, u"up"_s);
        row(u"{‸}"_s, Kind::LabelName, u"{«»}"_s, {});
        row(u"{job=\"a\",‸}"_s, Kind::LabelName, u"{job=\"a\",«»}"_s, {}, u"{job=\"a\"}"_s);
        row(u"up{job=‸}"_s, Kind::LabelValue, u"up{job=«»}"_s, {}, u"up"_s);
        row(u"up{job=\"no‸de\"}"_s, Kind::LabelValue, u"up{job=\"«node»\"}"_s, u"no"_s, u"up"_s);
        row(u"up{job=\"no‸} + b"_s, Kind::LabelValue, u"up{job=\"«no»} + b"_s, u"no"_s, u"up"_s);
        row(u"up{job=\"‸"_s, Kind::LabelValue, u"up{job=\"«»"_s, {}, u"up"_s);
        row(u"up{a=\"b\",job=~\"x|no‸|z\"}"_s, Kind::LabelValue, u"up{a=\"b\",job=~\"x|«no»|z\"}"_s, u"no"_s,
            u"up{a=\"b\"}"_s);
        row(u"sum by (‸) (rate(up{a=\"b\"}[5m]))"_s, Kind::Grouping, u"sum by («») (rate(up{a=\"b\"}[5m]))"_s, {},
            u"up{a=\"b\"}"_s);
        row(u"sum(x + y) by (a, i‸)"_s, Kind::Grouping, u"sum(x + y) by (a, «i»)"_s, u"i"_s, u"x y"_s);
        row(u"a{b=\"c\"} / on (i‸"_s, Kind::Grouping, u"a{b=\"c\"} / on («i»"_s, u"i"_s, u"a{b=\"c\"}"_s);
        row(u"sum by (‸"_s, Kind::Grouping, u"sum by («»"_s, {});
        row(u"rate(x[‸"_s, Kind::Duration, u"rate(x[«»"_s, {});
        row(u"rate(x[5‸])"_s, Kind::Duration, u"rate(x[«5»])"_s, u"5"_s);
        row(u"rate(x[5m‸])"_s, Kind::Duration, u"rate(x[«5m»])"_s, u"5m"_s);
        row(u"x offset ‸"_s, Kind::Duration, u"x offset «»"_s, {});
        row(u"x # up‸"_s, Kind::None, u"x # up«»"_s, {});
        row(u"12‸"_s, Kind::None, u"12«»"_s, {});
        row(u"label_replace(x, \"a‸\""_s, Kind::None, u"label_replace(x, \"a«»\""_s, {});
    }
    void places()
    {
        QFETCH(QString, query);
        QFETCH(PromPlace::Kind, kind);
        QFETCH(QString, span);
        QFETCH(QString, prefix);
        QFETCH(QString, selectors);
        const PromPlace place = placeIn(query);
        QCOMPARE(place.kind, kind);
        QCOMPARE(replaced(query), span);
        QCOMPARE(place.prefix, prefix);
        QCOMPARE(place.selectors.join(u' '), selectors);
    }

    void aValueIsWhatItMeans()
    {
        const PromPlace place = placeIn(u"up{a=\"x\\\"y‸"_s);
        QCOMPARE(place.prefix, u"x\"y"_s);
        QCOMPARE(place.label, u"a"_s);
        QCOMPARE(place.quote, u'"');
        QVERIFY(!place.closed);
        QVERIFY(placeIn(u"up{a=`‸`}"_s).closed);
        QCOMPARE(quotedText(u"a\"b\\c\nd"_s, u'"'), u"a\\\"b\\\\c\\nd"_s);
        QCOMPARE(quotedText(u"a\"b\\c"_s, u'`'), u"a\"b\\c"_s);
    }

    void brackets()
    {
        const QString query = u"sum(rate(x{a=\")\"}[5m]))"_s;
        const auto at = [&](qsizetype cursor) { return bracketAt(query, scanPromql(query), cursor); };
        QCOMPARE(at(4), (BracketPair{3, query.size() - 1})); // after sum(
        QCOMPARE(at(3), (BracketPair{3, query.size() - 1})); // before it
        QCOMPARE(at(query.size()), (BracketPair{query.size() - 1, 3}));
        QCOMPARE(at(11), (BracketPair{10, 16})); // the one in quotes is none
        QVERIFY(!at(1));
        QCOMPARE(bracketAt(u"(a]", scanPromql(u"(a]"), 1), (BracketPair{0, -1}));
        QCOMPARE(bracketAt(u"a)", scanPromql(u"a)"), 2), (BracketPair{1, -1}));
    }

    void calls()
    {
        const auto around = [](QString query) {
            const qsizetype cursor = query.indexOf(u'‸');
            return callAround(query.remove(cursor, 1), cursor);
        };
        QCOMPARE(around(u"sum(rate(x[‸5m]))"_s), u"rate"_s);
        QCOMPARE(around(u"sum(rate(x[5m])‸)"_s), u"sum"_s);
        QCOMPARE(around(u"sum by (a) (‸"_s), u"sum"_s);
        QCOMPARE(around(u"sum(x) + ‸"_s), QString());
    }

    void placesOfErrors()
    {
        QCOMPARE(placeOf(u"sum(\nup)"_s, 2, 3), 7);
        QCOMPARE(placeOf(u"{a=\"ü\"} }"_s, 1, 10), 8); // ü is two bytes
        QCOMPARE(placeOf(u"up"_s, 1, 99), 2);
        QCOMPARE(placeOf(u"up"_s, 7, 1), 2);
        QCOMPARE(placeOf(u"sum(up)) + 1"_s, 1, 9), 8);
        QCOMPARE(placeOf(u"sum(up)) + 1"_s, 1, 9, u"unexpected right parenthesis ')'"), 7);
        // With variables put in.
        const QString written = u"rate(x[$__rate_interval]) + $y )"_s;
        const QString asked = u"rate(x[1m]) + vector(1) )"_s;
        QCOMPARE(placeInWritten(written, asked, 3), 3);
        QCOMPARE(placeInWritten(written, asked, 8), 7); // in the interval
        QCOMPARE(placeInWritten(written, asked, asked.indexOf(u'+')), written.indexOf(u'+'));
        QCOMPARE(placeInWritten(written, asked, asked.size() - 1), written.size() - 1);
        QCOMPARE(placeInWritten(u"$x"_s, u"up +"_s, 3), 0);
        QCOMPARE(placeInWritten(u"up +"_s, u"up +"_s, 4), 4);
    }

    void functions()
    {
        QVERIFY(std::ranges::is_sorted(promFunctions(), {}, &PromFunction::name));
        for (const PromFunction &one : promFunctions())
            QVERIFY2(one.explanation().endsWith(u'.'), one.name.data());
        QCOMPARE(promFunction(u"rate")->signature(), u"rate(v range)"_s);
        QCOMPARE(promFunction(u"SUM")->kind, PromFunction::Kind::Aggregation);
        QVERIFY(!promFunction(u"RATE"));
    }

    // Every beginning of it, with the cursor everywhere: pieces in order, places inside.
    void hostileInput_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("closers") << u")]}})(up"_s;
        QTest::newRow("quotes") << u"{a=\"\\"_s;
        QTest::newRow("raw") << u"`\n\\`'\\\n'\""_s;
        QTest::newRow("deep") << QString(u"(["_s.repeated(40) + u"{"_s.repeated(40));
        QTest::newRow("surrogates") << u"up{a=\"\U0001F600\U0001F600\"} \U0001F600"_s;
        QTest::newRow("half a surrogate") << QString(QChar(0xd83d)) + u"{a="_s + QChar(0xde00);
        QTest::newRow("null") << QString(u"up\0{a=\"\0\"}"_s) + QChar(0) + u"by ("_s;
        QTest::newRow("variables") << u"[[[[a]]]] ${ $ ${a:b} [[a:b $__x}"_s;
        QTest::newRow("signs") << u"=~!=!~==>=<=@:::.:5..5e+0x"_s;
    }
    void hostileInput()
    {
        QFETCH(QString, query);
        for (qsizetype size = 0; size <= query.size(); ++size) {
            const QString text = query.first(size);
            const QList<PromPiece> pieces = scanPromql(text);
            qsizetype end = 0;
            for (const PromPiece &piece : pieces) {
                QVERIFY(piece.at >= end && piece.length > 0 && piece.end() <= size);
                end = piece.end();
            }
            for (qsizetype cursor = 0; cursor <= size; ++cursor) {
                const PromPlace place = promPlace(text, cursor);
                QVERIFY(place.at >= 0 && place.length >= 0 && place.at <= cursor && place.at + place.length >= cursor);
                QVERIFY(place.at + place.length <= size);
                callAround(text, cursor);
                bracketAt(text, pieces, cursor);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPromqlScan)

#include "tst_promqlscan.moc"
