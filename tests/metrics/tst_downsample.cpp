// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/csv.h"
#include "metrics/downsample.h"
#include "metrics/panelseries.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestDownsample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesNoPeak();
    void gapsStayGaps();
    void goesOnBeyondTheEnds();
    void oddAnswers();
    void stacks();
    void statistics();
    void namesAndOverrides();
    void csv();
};

namespace {

constexpr double noValue = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

Series seriesOf(std::vector<double> values, qint64 step = 10)
{
    Series series;
    for (size_t i = 0; i < values.size(); ++i)
        series.times.push_back(qint64(i) * step);
    series.values = std::move(values);
    return series;
}

}

// For many random series: each column has exactly the first, least, most and last of the points that lie in it.
void TestDownsample::losesNoPeak()
{
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        const int points = 1 + int(random() % 3000);
        std::vector<qint64> times;
        std::vector<double> values;
        qint64 time = 1'700'000'000'000;
        for (int i = 0; i < points; ++i) {
            time += 1 + qint64(random() % 5) * (random() % 40 == 0 ? 100 : 1);
            times.push_back(time);
            const auto kind = random() % 20;
            values.push_back(kind == 0 ? noValue : kind == 1 ? inf : double(random()) / 1e6 - 2000);
        }
        const ColumnGrid grid{.from = times.front() - 20 + qint64(random() % 100),
            .to = times.back() + 50 - qint64(random() % 100),
            .columns = 1 + int(random() % 500)};
        if (grid.to <= grid.from)
            continue;
        const std::vector<Column> columns = reduce(times, values, grid);
        std::vector<std::vector<double>> expected(size_t(grid.columns));
        for (int i = 0; i < points; ++i) {
            if (times[size_t(i)] < grid.from || times[size_t(i)] > grid.to || !std::isfinite(values[size_t(i)]))
                continue;
            const qint64 place = (times[size_t(i)] - grid.from) * grid.columns / (grid.to - grid.from);
            expected[size_t(std::min<qint64>(place, grid.columns - 1))].push_back(values[size_t(i)]);
        }
        size_t seen = 0;
        for (const Column &column : columns) {
            QVERIFY(column.column >= -1 && column.column <= grid.columns);
            if (column.column < 0 || column.column == grid.columns)
                continue;
            const std::vector<double> &in = expected[size_t(column.column)];
            QCOMPARE(size_t(column.points), in.size());
            QCOMPARE(column.first, in.front());
            QCOMPARE(column.last, in.back());
            QCOMPARE(column.min, *std::ranges::min_element(in));
            QCOMPARE(column.max, *std::ranges::max_element(in));
            QVERIFY(column.firstAt <= column.lastAt);
            seen += in.size();
        }
        size_t all = 0;
        for (const std::vector<double> &in : expected)
            all += in.size();
        QCOMPARE(seen, all);
        QVERIFY(std::ranges::is_sorted(columns, {}, &Column::column));
    }
}

void TestDownsample::gapsStayGaps()
{
    const Series series = seriesOf({1, 2, noValue, 4, 5, 6});
    std::vector<Column> columns = reduce(series.times, series.values, {.from = 0, .to = 50, .columns = 50});
    QCOMPARE(columns.size(), size_t(5));
    QVERIFY(columns[1].joined);
    QVERIFY(!columns[2].joined);
    QVERIFY(columns[3].joined);
    // A sample that is missing is a gap as well.
    const std::vector<qint64> times{0, 10, 40, 50};
    const std::vector<double> values{1, 2, 3, 4};
    columns = reduce(times, values, {.from = 0, .to = 50, .columns = 50, .gap = 15});
    QVERIFY(columns[1].joined);
    QVERIFY(!columns[2].joined);
    QVERIFY(columns[3].joined);
    QCOMPARE(usualGap(std::vector<Series>{series}), qint64(15));
    QCOMPARE(usualGap(std::vector<Series>{}), qint64(0));
}

void TestDownsample::goesOnBeyondTheEnds()
{
    const Series series = seriesOf({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    const std::vector<Column> columns = reduce(series.times, series.values, {.from = 35, .to = 62, .columns = 9});
    QCOMPARE(columns.front().column, -1);
    QCOMPARE(columns.front().last, 3.);
    QCOMPARE(columns.back().column, 9);
    QCOMPARE(columns.back().first, 7.);
    QVERIFY(columns.back().joined);
    QCOMPARE(columns.size(), size_t(5));
}

void TestDownsample::oddAnswers()
{
    const ColumnGrid grid{.from = 0, .to = 100, .columns = 10};
    QVERIFY(reduce({}, {}, grid).empty());
    const Series nothing = seriesOf({noValue, noValue, inf, -inf});
    QVERIFY(reduce(nothing.times, nothing.values, grid).empty());
    const Series one = seriesOf({42});
    QCOMPARE(reduce(one.times, one.values, grid).size(), size_t(1));
    QVERIFY(reduce(one.times, one.values, {.from = 5, .to = 5, .columns = 3}).empty());
    // More times than values.
    QCOMPARE(reduce(std::vector<qint64>{1, 2, 3}, std::vector<double>{1}, grid).size(), size_t(1));
    const double largest = std::numeric_limits<double>::max();
    const Series huge = seriesOf({-largest, largest, 1e308});
    const std::vector<Column> columns = reduce(huge.times, huge.values, {.from = 0, .to = 30, .columns = 1});
    QCOMPARE(columns.front().min, -largest);
    QCOMPARE(columns.front().max, largest);
}

void TestDownsample::stacks()
{
    const Series a = seriesOf({1, 2, noValue, 4});
    Series b = seriesOf({10, -20, 30});
    b.times = {0, 10, 20};
    const std::vector<const Series *> both{&a, &b};
    const Stack normal = stacked(both, Stacking::Normal);
    QCOMPARE(normal.times, (std::vector<qint64>{0, 10, 20, 30}));
    QCOMPARE(normal.lower[1][0], 1.);
    QCOMPARE(normal.upper[1][0], 11.);
    // Below the zero there is a stack of its own.
    QCOMPARE(normal.lower[1][1], 0.);
    QCOMPARE(normal.upper[1][1], -20.);
    // Where one has no value the other stands on the ground.
    QVERIFY(std::isnan(normal.upper[0][2]));
    QCOMPARE(normal.lower[1][2], 0.);
    QVERIFY(std::isnan(normal.upper[1][3]));
    const Stack percent = stacked(both, Stacking::Percent);
    QVERIFY(std::abs(percent.upper[0][0] - 1.0 / 11) < 1e-12);
    QVERIFY(std::abs(percent.upper[1][0] - 1) < 1e-12);
    QCOMPARE(stacked({}, Stacking::Normal).times.size(), size_t(0));
}

void TestDownsample::statistics()
{
    std::vector<double> values{5, 1, noValue, 9, inf, 3, 7, noValue};
    const Statistics all = statisticsOf(values);
    QCOMPARE(all.count, 5);
    QCOMPARE(all.min, 1.);
    QCOMPARE(all.max, 9.);
    QCOMPARE(all.of(Reduction::Sum), 25.);
    QCOMPARE(all.of(Reduction::Mean), 5.);
    QCOMPARE(all.of(Reduction::First), 5.);
    QCOMPARE(all.of(Reduction::LastNotNull), 7.);
    QVERIFY(std::isnan(all.of(Reduction::Last)));
    QCOMPARE(all.of(Reduction::Range), 8.);
    QCOMPARE(all.of(Reduction::Delta), 2.);
    const Statistics none = statisticsOf(std::vector<double>{noValue, noValue});
    QVERIFY(std::isnan(none.min) && std::isnan(none.of(Reduction::Mean)));
    QCOMPARE(none.of(Reduction::Count), 0.);
    QVERIFY(std::isnan(statisticsOf({}).last));
}

void TestDownsample::namesAndOverrides()
{
    Panel panel{.queries = {{.refId = u"A"_s, .expr = u"up"_s}, {.refId = u"B"_s, .expr = u"vector(1)"_s},
                    {.refId = u"C"_s, .hidden = true}},
        .field = {.unit = u"short"_s,
            .noValue = u"nothing"_s,
            .thresholds = {{.color = u"green"_s}, {.from = 10, .color = u"red"_s}},
            .mappings = {{.from = 1, .to = 1, .text = u"up"_s}, {.special = u"null+nan"_s, .text = u"gone"_s}}},
        .overrides = {{.matcher = u"byName"_s,
                          .argument = u"{instance=\"b\"}"_s,
                          .properties = {{u"unit"_s, u"bytes"_s}, {u"displayName"_s, u"B of {{instance}}"_s}}},
            {.matcher = u"byRegexp"_s, .argument = u"/.*(/"_s, .properties = {{u"unit"_s, u"s"_s}}},
            {.matcher = u"byFrameRefID"_s, .argument = u"B"_s, .properties = {{u"decimals"_s, 1}}}}};
    auto series = std::make_shared<std::vector<Series>>();
    for (const QString &name : {u"a"_s, u"b"_s}) {
        Series one = seriesOf({2048, 12});
        one.labels = {{u"job"_s, u"node"_s}, {u"instance"_s, name}};
        series->push_back(one);
    }
    auto scalar = std::make_shared<std::vector<Series>>(1, seriesOf({1}));
    QList<PanelAnswer> answers{{u"A"_s, {}}, {u"B"_s, {}}, {u"C"_s, {}}};
    answers[0].answer.series = series;
    answers[1].answer.series = scalar;
    answers[2].answer.series = series;
    const PanelData data = panelDataOf(panel, answers);
    QCOMPARE(data.series.size(), size_t(3));
    QCOMPARE(data.series[0].name, u"{instance=\"a\"}"_s);
    QCOMPARE(data.series[1].name, u"B of b"_s);
    QCOMPARE(data.series[2].name, u"vector(1)"_s);
    QCOMPARE(data.series[1].text(2048), u"2\u00a0KiB"_s);
    QCOMPARE(data.series[2].text(2), u"2.0"_s);
    QCOMPARE(data.series[0].text(1), u"up"_s);
    QCOMPARE(data.series[0].text(noValue), u"gone"_s);
    QCOMPARE(data.series[0].colorOf(5), u"green"_s);
    QCOMPARE(data.series[0].colorOf(10), u"red"_s);
    panel.overrides.append({.matcher = u"byFrameRefID"_s,
        .argument = u"B"_s,
        .properties = {{u"custom.hideFrom"_s, QJsonObject{{u"viz"_s, true}}}}});
    QCOMPARE(panelDataOf(panel, answers).series.size(), size_t(2));
}

void TestDownsample::csv()
{
    PanelData data;
    const Series a = seriesOf({0.1, noValue});
    Series b = seriesOf({1e300});
    b.times = {5};
    data.series.push_back({.name = u"=HYPERLINK(\"x\")"_s, .points = &a});
    data.series.push_back({.name = u"plain, name"_s, .points = &b});
    QCOMPARE(csvOf(data),
        QByteArray("time,\"'=HYPERLINK(\"\"x\"\")\",\"plain, name\"\r\n"
                   "1970-01-01T00:00:00.000Z,0.1,\r\n"
                   "1970-01-01T00:00:00.005Z,,1e+300\r\n"
                   "1970-01-01T00:00:00.010Z,nan,\r\n"));
    QCOMPARE(csvField(u"-12.5"_s), QByteArray("-12.5"));
    QCOMPARE(csvField(u"-x"_s), QByteArray("'-x"));
    QCOMPARE(csvOf({}), QByteArray("time\r\n"));
}

QTEST_GUILESS_MAIN(TestDownsample)
#include "tst_downsample.moc"
