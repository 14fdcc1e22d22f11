// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/markgroups.h"

#include <QSignalSpy>
#include <QTest>

using namespace kdra::ui;
using namespace Qt::StringLiterals;
using kdra::store::Severity;

// Many events at one place are one mark.
class TestMarkGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNearIsOne()
    {
        const TimeSpan span{0, 1000};
        const QList<EventMark> marks{{100, Severity::Healthy, {}, u"a"_s}, {110, Severity::Failing, {}, u"b"_s},
            {120, Severity::Unknown, {}, u"c"_s}, {700, Severity::Progressing, {}, u"d"_s},
            {2000, Severity::Failing, {}, u"not seen"_s}};
        const QList<MarkGroup> groups = groupMarks(marks, span, 1000);
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups[0].marks.size(), 3);
        QCOMPARE(groups[0].worst().text, u"b"_s);
        QCOMPARE(groups[0].x, 110.0);
        QCOMPARE(groups[1].x, 700.0);
        // The same from nearer.
        QCOMPARE(groupMarks(marks, {0, 130}, 1000).size(), 3);
    }

    void allOfAGroupIsTold()
    {
        const TimeSpan span{0, 1000};
        const QList<EventMark> marks{{100, Severity::Healthy, {}, u"a"_s}, {118, Severity::Healthy, {}, u"b"_s},
            {.time = 400, .text = u"lasts"_s, .end = 600}};
        QCOMPARE(marksAt(marks, span, 1000, 101).size(), 2);
        QCOMPARE(marksAt(marks, span, 1000, 200).size(), 0);
        QCOMPARE(marksAt(marks, span, 1000, 500).size(), 1);
        QCOMPARE(marksAt(marks, span, 1000, 601).size(), 0);
    }

    void eachOriginHasItsOwn()
    {
        ViewState state;
        QSignalSpy changed(&state, &ViewState::marksChanged);
        state.setMarks({{200}, {100}});
        state.setMarks({{150}}, MarkOrigin::Alerts);
        state.setMarks({{150}}, MarkOrigin::Alerts);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(state.marks(), (QList<EventMark>{{100}, {150}, {200}}));
        state.setMarks({});
        QCOMPARE(state.marks(), (QList<EventMark>{{150}}));
        state.setMarksShown(false);
        QVERIFY(state.marks().isEmpty());
        state.setMarks({{300}}, MarkOrigin::Dashboard);
        state.setMarksShown(true);
        QCOMPARE(state.marks(), (QList<EventMark>{{150}, {300}}));
    }
};

QTEST_MAIN(TestMarkGroups)
#include "tst_markgroups.moc"
