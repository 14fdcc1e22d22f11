// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alertnotices.h"
#include "metrics/silencing.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;
using Alert = kdra::metrics::Alert;
using State = Alert::State;
using Severity = Alert::Severity;
using Threshold = NoticeRules::Threshold;

namespace {

Alert alert(const QString &id, State state = State::Firing, Severity severity = Severity::Critical)
{
    return {.id = id, .name = id, .state = state, .severity = severity, .summary = u"it is broken"_s};
}

QStringList ids(const QList<Alert> &alerts)
{
    QStringList all;
    for (const Alert &one : alerts)
        all += one.id;
    return all;
}

constexpr qint64 now = 1'790'000'000'000;

} // namespace

// Who is told of which alerts, and what a silence would silence.
class TestAlertNotices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsNew()
    {
        AlertNotices notices;
        QVERIFY(notices.take({alert(u"a"_s), alert(u"b"_s, State::Pending)}).isEmpty()); // there at the start
        QVERIFY(notices.take({alert(u"a"_s), alert(u"b"_s, State::Pending)}).isEmpty());
        QCOMPARE(ids(notices.take({alert(u"a"_s), alert(u"b"_s)})), QStringList{u"b"_s});
        QVERIFY(notices.take({alert(u"a"_s), alert(u"b"_s)}).isEmpty());
        // Silenced, and then no longer.
        QVERIFY(notices.take({alert(u"a"_s, State::Silenced), alert(u"b"_s, State::Inhibited)}).isEmpty());
        QCOMPARE(ids(notices.take({alert(u"a"_s), alert(u"b"_s)})), (QStringList{u"a"_s, u"b"_s}));
        // Gone, and back.
        QVERIFY(notices.take({}).isEmpty());
        QCOMPARE(ids(notices.take({alert(u"a"_s)})), QStringList{u"a"_s});
        notices.forget();
        QVERIFY(notices.take({alert(u"c"_s)}).isEmpty());
    }

    void whatBeganInQuietHoursIsToldAfterwards()
    {
        const NoticeRules rules{.threshold = Threshold::Warning, .isQuiet = true};
        const QTime night(3, 0);
        const QTime morning(7, 0);
        const Alert warning = alert(u"warning"_s, State::Firing, Severity::Warning);
        const Alert passing = alert(u"passing"_s, State::Firing, Severity::Warning);
        HeldNotices held;
        // Critical ones are told at once, infos never.
        held.hold(
            {warning, passing, alert(u"critical"_s), alert(u"info"_s, State::Firing, Severity::Info)}, rules, night);
        const QList<Alert> firing{warning, alert(u"critical"_s), alert(u"info"_s, State::Firing, Severity::Info)};
        QVERIFY(held.release(firing, rules, night).isEmpty());
        const QList<Alert> released = held.release(firing, rules, morning);
        QCOMPARE(ids(released), QStringList{u"warning"_s});
        const auto notice = noticeAfterQuiet(released, u"lab"_s);
        QVERIFY(notice && notice->title.contains(u"lab"_s) && notice->text.contains(u"it is broken"_s));
        QVERIFY(held.release(firing, rules, morning).isEmpty()); // once
        QVERIFY(!noticeAfterQuiet({}, u"lab"_s));
        // What is silenced by then is not told, nor what began by day.
        held.hold({warning}, rules, night);
        held.hold({passing}, rules, morning);
        QVERIFY(
            held.release({alert(u"warning"_s, State::Silenced, Severity::Warning), passing}, rules, morning).isEmpty());
    }

    void aWatchdogIsNoNews()
    {
        AlertNotices notices;
        notices.take({});
        QVERIFY(notices.take({alert(u"Watchdog"_s)}).isEmpty());
    }

    void thresholds_data()
    {
        QTest::addColumn<Threshold>("threshold");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<bool>("told");
        QTest::newRow("nothing") << Threshold::Nothing << Severity::Critical << false;
        QTest::newRow("critical") << Threshold::Critical << Severity::Critical << true;
        QTest::newRow("warning below critical") << Threshold::Critical << Severity::Warning << false;
        QTest::newRow("warning") << Threshold::Warning << Severity::Warning << true;
        QTest::newRow("critical above warning") << Threshold::Warning << Severity::Critical << true;
        QTest::newRow("info") << Threshold::Warning << Severity::Info << false;
        QTest::newRow("none") << Threshold::Warning << Severity::None << false;
    }

    void thresholds()
    {
        QFETCH(Threshold, threshold);
        QFETCH(Severity, severity);
        QFETCH(bool, told);
        QCOMPARE((NoticeRules{.threshold = threshold}.tells(severity, QTime(12, 0))), told);
    }

    void quietHours_data()
    {
        QTest::addColumn<QTime>("from");
        QTest::addColumn<QTime>("to");
        QTest::addColumn<QTime>("time");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("over midnight, before") << QTime(22, 0) << QTime(7, 0) << QTime(21, 59, 59) << false;
        QTest::newRow("over midnight, begins") << QTime(22, 0) << QTime(7, 0) << QTime(22, 0) << true;
        QTest::newRow("over midnight, after it") << QTime(22, 0) << QTime(7, 0) << QTime(6, 59, 59) << true;
        QTest::newRow("over midnight, ends") << QTime(22, 0) << QTime(7, 0) << QTime(7, 0) << false;
        QTest::newRow("of a day, before") << QTime(12, 0) << QTime(13, 0) << QTime(11, 59) << false;
        QTest::newRow("of a day") << QTime(12, 0) << QTime(13, 0) << QTime(12, 30) << true;
        QTest::newRow("of a day, ends") << QTime(12, 0) << QTime(13, 0) << QTime(13, 0) << false;
        QTest::newRow("all day") << QTime(7, 0) << QTime(7, 0) << QTime(3, 0) << true;
    }

    void quietHours()
    {
        QFETCH(QTime, from);
        QFETCH(QTime, to);
        QFETCH(QTime, time);
        QFETCH(bool, quiet);
        NoticeRules rules{.threshold = Threshold::Warning, .isQuiet = true, .quietFrom = from, .quietTo = to};
        QCOMPARE(rules.isQuietAt(time), quiet);
        QCOMPARE(rules.tells(Severity::Warning, time), !quiet);
        QVERIFY(rules.tells(Severity::Critical, time));
        rules.criticalBreaksThrough = false;
        QCOMPARE(rules.tells(Severity::Critical, time), !quiet);
        rules.isQuiet = false;
        QVERIFY(rules.tells(Severity::Warning, time));
    }

    void oneNotificationForMany()
    {
        QList<Alert> news;
        for (int i = 0; i < 6; ++i)
            news += alert(QString::number(i));
        news += alert(u"warning"_s, State::Firing, Severity::Warning);
        news[1].summary = QString(5000, u'x');
        news[2].summary = u"two\nlines <b>bold</b>"_s;
        const auto notice = noticeOf(news, {}, QTime(12, 0), u"lab"_s);
        QVERIFY(notice);
        QVERIFY2(notice->title.contains(u"6"_s) && notice->title.contains(u"lab"_s), qPrintable(notice->title));
        const QStringList lines = notice->text.split(u'\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[1].size() < 200);
        QCOMPARE(lines[2], u"2: two lines <b>bold</b>"_s);
        QVERIFY(lines[4].contains(u"2"_s));
        QVERIFY(!noticeOf({alert(u"w"_s, State::Firing, Severity::Warning)}, {}, QTime(12, 0), {}));
        QVERIFY(!noticeOf({}, {}, QTime(12, 0), {}));
    }

    void matchersPickAsAlertmanagersDo_data()
    {
        QTest::addColumn<LabelMatcher>("matcher");
        QTest::addColumn<bool>("picks");
        QTest::newRow("equal") << LabelMatcher{.name = u"node"_s, .value = u"pi-003"_s} << true;
        QTest::newRow("another") << LabelMatcher{.name = u"node"_s, .value = u"pi-00"_s} << false;
        QTest::newRow("not equal") << LabelMatcher{.name = u"node"_s, .value = u"pi-004"_s, .isEqual = false} << true;
        QTest::newRow("regex") << LabelMatcher{.name = u"node"_s, .value = u"pi-.*"_s, .isRegex = true} << true;
        QTest::newRow("regex is of the whole")
            << LabelMatcher{.name = u"node"_s, .value = u"pi"_s, .isRegex = true} << false;
        QTest::newRow("alternatives are of the whole")
            << LabelMatcher{.name = u"node"_s, .value = u"pi|x"_s, .isRegex = true} << false;
        QTest::newRow("not by regex") << LabelMatcher{.name = u"node"_s,
            .value = u"pi-.*"_s,
            .isRegex = true,
            .isEqual = false} << false;
        QTest::newRow("a label that is not there")
            << LabelMatcher{.name = u"zone"_s, .value = u"a"_s, .isEqual = false} << true;
    }

    void matchersPickAsAlertmanagersDo()
    {
        QFETCH(LabelMatcher, matcher);
        QFETCH(bool, picks);
        QCOMPARE(SilenceMatch({matcher}).picks({{u"node"_s, u"pi-003"_s}}), picks);
    }

    void whatIsWrongWithMatchers()
    {
        QVERIFY(SilenceMatch({}).problem());
        QVERIFY(SilenceMatch({{.name = u"node"_s}}).problem());
        QVERIFY(SilenceMatch({{.name = u"node"_s, .value = u".*"_s, .isRegex = true}}).problem());
        QVERIFY(SilenceMatch({{.name = u"node"_s, .value = u"a"_s, .isEqual = false}}).problem());
        QVERIFY(SilenceMatch({{.value = u"a"_s}}).problem());
        QVERIFY(SilenceMatch({{.name = u"node"_s, .value = u"("_s, .isRegex = true}}).problem());
        QVERIFY(
            !SilenceMatch({{.name = u"node"_s, .value = u"a"_s}, {.name = u"x"_s, .value = u"y"_s, .isEqual = false}})
                .problem());
        // Not empty is something.
        QVERIFY(!SilenceMatch({{.name = u"node"_s, .value = {}, .isEqual = false}}).problem());
    }

    void matchersInWords()
    {
        Alert one;
        one.labels = {{u"a"_s, u"x\"y"_s}, {u"alertname"_s, u"Hot"_s}};
        QCOMPARE(textOf(matchersFor(one)), u"alertname=\"Hot\", a=\"x\\\"y\""_s);
        QCOMPARE(
            textOf(LabelMatcher{.name = u"n"_s, .value = u"v"_s, .isRegex = true, .isEqual = false}), u"n!~\"v\""_s);
    }

    void onlySilencesInForce()
    {
        const QList<Silence> silences = {{.id = u"late"_s, .endsAt = now + 20, .state = u"active"_s},
            {.id = u"gone"_s, .endsAt = now - 1, .state = u"active"_s},
            {.id = u"expired"_s, .endsAt = now + 10, .state = u"expired"_s},
            {.id = u"soon"_s, .endsAt = now + 10, .state = u"pending"_s}};
        const QList<Silence> active = activeSilences(silences, now);
        QCOMPARE(active.size(), 2);
        QCOMPARE(active[0].id, u"soon"_s);
        QCOMPARE(active[1].id, u"late"_s);
    }
};

QTEST_GUILESS_MAIN(TestAlertNotices)
#include "tst_alertnotices.moc"
