// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/repeats.h"
#include "randomdashboard.h"

#include <QSet>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

Scope with(const QStringList &values)
{
    Scope out;
    out.variables.insert(u"v1"_s, {.values = values, .texts = values, .asRegex = true});
    return out;
}

// "id@x,y w×h value".
QStringList textOf(const Row &row)
{
    QStringList out;
    for (const Panel &panel : row.panels)
        out.append(u"%1@%2,%3 %4x%5 %6"_s.arg(panel.id)
                .arg(panel.grid.x)
                .arg(panel.grid.y)
                .arg(panel.grid.width)
                .arg(panel.grid.height)
                .arg(panel.scoped.value(u"v1"_s).join(u','))
                .trimmed());
    return out;
}

Panel panel(int id, GridPos grid, const QString &repeat = {}, bool down = false)
{
    return {.id = id, .grid = grid, .repeat = repeat, .repeatDown = down};
}

}

class TestRepeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void besideEachOther()
    {
        Dashboard dashboard;
        dashboard.rows = {
            {.panels = {panel(1, {0, 0, 24, 4}), panel(2, {0, 4, 12, 6}, u"v1"_s), panel(3, {0, 10, 24, 5})}}};
        QCOMPARE(textOf(expanded(dashboard, with({u"a"_s, u"b"_s, u"c"_s})).rows[0]),
            QStringList({u"1@0,0 24x4"_s, u"2@0,4 8x6 a"_s, u"4@8,4 8x6 b"_s, u"5@16,4 8x6 c"_s, u"3@0,10 24x5"_s}));
        // More than four: further lines, and what is below makes room.
        QCOMPARE(textOf(expanded(dashboard, with({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s})).rows[0]),
            QStringList({u"1@0,0 24x4"_s, u"2@0,4 6x6 a"_s, u"4@6,4 6x6 b"_s, u"5@12,4 6x6 c"_s, u"6@18,4 6x6 d"_s,
                u"7@0,10 6x6 e"_s, u"3@0,16 24x5"_s}));
        // Nothing chosen, or no such variable: once, as it is.
        QCOMPARE(
            textOf(expanded(dashboard, {}).rows[0]), QStringList({u"1@0,0 24x4"_s, u"2@0,4 12x6"_s, u"3@0,10 24x5"_s}));
    }

    void belowEachOther()
    {
        Dashboard dashboard;
        dashboard.rows = {
            {.panels = {panel(1, {0, 0, 12, 4}, u"v1"_s, true), panel(2, {12, 0, 12, 4}), panel(3, {0, 4, 24, 5})}}};
        QCOMPARE(textOf(expanded(dashboard, with({u"a"_s, u"b"_s})).rows[0]),
            QStringList({u"1@0,0 12x4 a"_s, u"2@12,0 12x4"_s, u"4@0,4 12x4 b"_s, u"3@0,8 24x5"_s}));
    }

    void rows()
    {
        Dashboard dashboard;
        dashboard.rows = {{.title = u"Node $v1"_s,
            .repeat = u"v1"_s,
            .panels = {panel(1, {0, 0, 12, 4}), panel(2, {12, 0, 12, 4}, u"v1"_s)}}};
        const Dashboard out = expanded(dashboard, with({u"a"_s, u"b"_s}));
        QCOMPARE(out.rows.size(), 2);
        QCOMPARE(titleOf(out.rows[0], with({u"a"_s, u"b"_s})), u"Node a"_s);
        QCOMPARE(titleOf(out.rows[1], with({u"a"_s, u"b"_s})), u"Node b"_s);
        // A panel that repeats by the row's own variable has the row's value only.
        QCOMPARE(textOf(out.rows[0]), QStringList({u"1@0,0 12x4 a"_s, u"2@0,4 24x4 a"_s}));
        QCOMPARE(textOf(out.rows[1]), QStringList({u"3@0,0 12x4 b"_s, u"4@0,4 24x4 b"_s}));
    }

    void tooMany()
    {
        QStringList values;
        for (int i = 0; i < 5000; ++i)
            values.append(QString::number(i));
        Dashboard dashboard;
        dashboard.rows = {{.panels = {panel(1, {0, 0, 24, 4}, u"v1"_s)}}};
        const Dashboard out = expanded(dashboard, with(values));
        QCOMPARE(out.rows[0].panels.size(), mostRepeats);
        QCOMPARE(out.notes.size(), 1);
    }

    // Whatever the dashboard: inside the grid, nothing on top of anything, each id once.
    void alwaysAPage()
    {
        for (quint32 seed = 1; seed < 300; ++seed) {
            const Dashboard out = expanded(test::RandomDashboard(seed).make(), with({u"a"_s, u"b"_s, u"c$v1"_s}));
            QSet<int> ids;
            for (const Row &row : out.rows) {
                QSet<std::pair<int, int>> taken;
                for (const Panel &each : row.panels) {
                    QVERIFY(!ids.contains(each.id));
                    ids.insert(each.id);
                    QVERIFY(each.repeat.isEmpty());
                    QVERIFY(each.grid.x >= 0 && each.grid.x + each.grid.width <= 24);
                    for (int x = each.grid.x; x < each.grid.x + each.grid.width; ++x)
                        for (int y = each.grid.y; y < each.grid.y + each.grid.height; ++y) {
                            QVERIFY(!taken.contains({x, y}));
                            taken.insert({x, y});
                        }
                }
            }
        }
    }

    void squeezed()
    {
        QList<Panel> panels = {panel(1, {-5, 3, 100, 2}), panel(2, {20, 900, 12, 2}), panel(3, {0, 900, 4, 0})};
        compact(panels);
        QCOMPARE(textOf(Row{.panels = panels}), QStringList({u"1@0,0 24x2"_s, u"3@0,2 4x1"_s, u"2@12,2 12x2"_s}));
    }
};

QTEST_GUILESS_MAIN(TestRepeats)
#include "tst_repeats.moc"
