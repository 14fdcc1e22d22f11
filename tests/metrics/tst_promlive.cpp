// SPDX-License-Identifier: GPL-3.0-or-later
// Against a real Prometheus, node-exporter and Alertmanager.
#include "metrics/alerts.h"
#include "metrics/answerparser.h"
#include "metrics/discovery.h"
#include "metrics/liverange.h"
#include "metrics/promfunctions.h"
#include "metrics/promqlscan.h"
#include "metrics/steps.h"
#include "support/await.h"
#include "support/monitoringstack.h"
#include "threadedapi.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <bit>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// Asks again and again until the answer is as wanted; the last answer.
template <class Ask, class Wanted> auto until(Ask ask, Wanted wanted, int seconds = 120)
{
    auto result = ask();
    for (QDeadlineTimer deadline(seconds * 1000); !deadline.hasExpired();) {
        if (result && wanted(*result))
            break;
        QTest::qWait(200);
        result = ask();
    }
    return result;
}

template <class T> Result<T> wait(QFuture<Result<T>> future)
{
    if (!finishes(future) || future.resultCount() == 0)
        return std::unexpected(Error{.kind = Error::Kind::Timeout, .what = u"no answer"_s});
    return future.result();
}

const metrics::Alert *named(const QList<metrics::Alert> &alerts, const QString &name)
{
    const auto found = std::ranges::find(alerts, name, &metrics::Alert::name);
    return found == alerts.end() ? nullptr : &*found;
}

QString why(const auto &result)
{
    return result ? QString() : result.error().text();
}

} // namespace

class TestPromLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (const QStringList missing = MonitoringStack::missing(); !missing.isEmpty())
            QSKIP(qPrintable(
                u"Not installed: %1 (Debian: prometheus prometheus-node-exporter prometheus-alertmanager)."_s.arg(
                    missing.join(u", "_s))));
        const Result<void> started = m_stack.start();
        QVERIFY2(started, qPrintable(why(started)));
        m_api = std::make_unique<ThreadedApi>();
        m_prom = std::make_unique<PromClient>(Endpoint{.url = m_stack.prometheus()}, Secrets(), **m_api);
        m_alerts = std::make_unique<AlertmanagerClient>(Endpoint{.url = m_stack.alertmanager()}, Secrets(), **m_api);
        // Data: both targets up, and the recording rule evaluated.
        const auto data = until([&] { return wait(m_prom->instant(u"job:node_cpu_seconds:sum"_s)); },
            [](const Answer &answer) { return !answer.series->empty(); });
        QVERIFY2(data && !data->series->empty(), qPrintable(why(data) + m_stack.logTails()));
    }

    void cleanupTestCase()
    {
        m_prom.reset();
        m_alerts.reset();
        m_api.reset();
    }

    void theRealServersAnswers()
    {
        const auto build = wait(m_prom->buildInfo());
        QVERIFY2(build, qPrintable(why(build)));
        QCOMPARE(build->flavor, Flavor::Prometheus);
        const auto names = wait(m_prom->labelValues(u"__name__"_s));
        QVERIFY2(names && names->items.contains(u"node_cpu_seconds_total"_s), qPrintable(why(names)));
        const auto labels = wait(m_prom->labels({u"node_cpu_seconds_total"_s}));
        QVERIFY(labels && labels->items.contains(u"mode"_s));
        const auto series = wait(m_prom->series({u"node_cpu_seconds_total{mode=\"idle\"}"_s}, 0, 0));
        QVERIFY2(series && !series->items.isEmpty(), qPrintable(why(series)));
        QCOMPARE(series->items.constFirst().value(u"mode"_s), u"idle"_s);
        const auto metadata = until([&] { return wait(m_prom->metadata()); },
            [](const MetadataByName &known) { return known.contains(u"node_cpu_seconds_total"_s); });
        QVERIFY(metadata);
        QCOMPARE(metadata->value(u"node_cpu_seconds_total"_s).type, u"counter"_s);
        const auto targets = until([&] { return wait(m_prom->targets()); },
            [](const QList<Target> &all) {
                return all.size() == 2
                    && std::ranges::all_of(all, [](const Target &one) { return one.health == "up"_L1; });
            });
        QVERIFY(targets && targets->size() == 2);
        QCOMPARE(targets->constFirst().scrapeInterval, 1000);
        QVERIFY(targets->constFirst().lastScrape > 0);
        const auto scalar = wait(m_prom->instant(u"scalar(vector(1/3))"_s));
        QCOMPARE(scalar->type, Answer::Type::Scalar);
        QCOMPARE(scalar->series->at(0).values.at(0), 1.0 / 3);
        const auto string = wait(m_prom->instant(u"\"words\""_s));
        QCOMPARE(string->string, u"words"_s);
        const auto odd = wait(m_prom->instant(u"vector(1) / 0"_s));
        QVERIFY(std::isinf(odd->series->at(0).values.at(0)));
    }

    // With arguments as the editor says that they take.
    void everyFunctionIsKnown()
    {
        for (const PromFunction &function : promFunctions()) {
            QStringList arguments;
            for (const QString &one : QString(function.arguments).split(u", "_s, Qt::SkipEmptyParts)) {
                if (one.contains("instant"_L1))
                    arguments.append(u"up"_s);
                else if (one.contains("range"_L1))
                    arguments.append(u"up[1m]"_s);
                else if (one.contains("scalar"_L1))
                    arguments.append(u"1"_s);
                else if (one.contains("string"_L1))
                    arguments.append(u"\"a\""_s);
            }
            const QString query = function.name + u'(' + arguments.join(u", "_s) + u')';
            const auto answer = wait(m_prom->instant(query));
            QVERIFY2(answer, qPrintable(query + u": "_s + why(answer)));
        }
        const auto unknown = wait(m_prom->instant(u"no_such_function(up)"_s));
        QVERIFY(!unknown);
    }

    // Where the real server sees an error is where the editor underlines.
    void placesOfErrors()
    {
        for (const QString &query : {u"sum(up))"_s, u"sum(\n  up{job=\"ü\"} }"_s, u"up{job=~\"a\",}} + 1"_s}) {
            const auto refused = wait(m_prom->instant(query));
            QVERIFY(!refused);
            const auto position = queryPosition(refused.error());
            QVERIFY2(position, qPrintable(refused.error().text()));
            const qsizetype at = placeOf(query, position->line, position->column, refused.error().what);
            const qsizetype wanted = query.startsWith("sum(up"_L1) ? 7 : query.lastIndexOf(u'}');
            QVERIFY2(at == wanted, qPrintable(query + u" "_s + QString::number(at) + refused.error().text()));
        }
    }

    void errorsOfTheRealServer()
    {
        const auto wrong = wait(m_prom->instant(u"sum(node_load1"_s));
        QCOMPARE(wrong.error().kind, Error::Kind::Invalid);
        QVERIFY2(queryPosition(wrong.error()), qPrintable(wrong.error().text()));
        QCOMPARE(queryPosition(wrong.error())->line, 1);
        const auto duplicate = wait(m_prom->instant(u"node_cpu_seconds_total + on() node_cpu_seconds_total"_s));
        QVERIFY2(duplicate.error().what.contains(u"duplicate series"_s), qPrintable(duplicate.error().text()));
        // Servers before 2.54 call it a warning.
        const auto info = until([&] { return wait(m_prom->instant(u"rate(node_load1[1m])"_s)); },
            [](const Answer &answer) { return !(answer.infos + answer.warnings).isEmpty(); });
        QVERIFY2(info && !(info->infos + info->warnings).isEmpty(), "no word about a rate of a gauge");
    }

    void valuesAreThoseOfPromtoolToTheBit()
    {
        const QString expr = u"rate(node_cpu_seconds_total[10s]) / 3"_s;
        // Enough of them that a shift by one would show.
        const auto enough = until([&] { return wait(m_prom->instant(u"count_over_time(up{job=\"node\"}[1m])"_s)); },
            [](const Answer &answer) { return !answer.series->empty() && answer.series->at(0).values.at(0) >= 50; });
        QVERIFY(enough && !enough->series->empty());
        const qint64 now = m_prom->serverNow();
        // A range that nothing is added to any more, however slow the machine.
        const Range range = snapped(now - 45'000, now - 25'000, 100, 1000);
        const auto mine = wait(m_prom->range(expr, range));
        QVERIFY2(mine && !mine->series->empty(), qPrintable(why(mine)));
        const auto seconds = [](qint64 ms) { return QString::number(double(ms) / 1000, 'f', 3); };
        const Result<QByteArray> printed = m_stack.promtool({u"query"_s, u"range"_s, u"-o"_s, u"json"_s,
            u"--start="_s + seconds(range.start), u"--end="_s + seconds(range.end),
            u"--step="_s + QString::number(range.step) + u"ms"_s, m_stack.prometheus().toString(), expr});
        QVERIFY2(printed, qPrintable(why(printed)));
        const QJsonArray theirs = QJsonDocument::fromJson(*printed).array();
        QCOMPARE(size_t(theirs.size()), mine->series->size());
        qsizetype points = 0;
        for (const QJsonValue &value : theirs) {
            Labels labels;
            for (const auto metric = value[u"metric"].toObject(); const QString &name : metric.keys())
                labels.insert(name, metric.value(name).toString());
            const auto same = std::ranges::find(*mine->series, labels, &Series::labels);
            QVERIFY2(same != mine->series->end(), qPrintable(textOf(labels)));
            const QJsonArray values = value[u"values"].toArray();
            QCOMPARE(size_t(values.size()), same->values.size());
            for (qsizetype i = 0; i < values.size(); ++i, ++points) {
                QCOMPARE(same->times[size_t(i)], qRound64(values[i][0].toDouble() * 1000));
                bool ok = false;
                const double theirValue = values[i][1].toString().toDouble(&ok);
                QVERIFY(ok);
                QCOMPARE(std::bit_cast<quint64>(same->values[size_t(i)]), std::bit_cast<quint64>(theirValue));
            }
        }
        QVERIFY2(points > 20, qPrintable(QString::number(points)));
    }

    void aLivePlotIsWhatAWholeQueryGives()
    {
        const QString expr = u"node_cpu_seconds_total{mode=~\"idle|user\"}"_s;
        LiveRange live(10'000);
        Range last;
        int tails = 0;
        for (QDeadlineTimer deadline(60'000); tails < 5 && !deadline.hasExpired(); QTest::qWait(100)) {
            const qint64 now = m_prom->serverNow();
            const Range window = snapped(now - 45'000, now - 25'000, 100, 1000);
            const auto missing = live.missing(window);
            if (!missing)
                continue;
            tails += pointsOf(*missing) < pointsOf(window) ? 1 : 0;
            const auto answer = wait(m_prom->range(expr, *missing));
            QVERIFY2(answer, qPrintable(why(answer)));
            live.take(*missing, window, *answer);
            last = window;
        }
        QCOMPARE(tails, 5);
        const auto whole = wait(m_prom->range(expr, last));
        QVERIFY(whole);
        QCOMPARE(live.answer().series->size(), whole->series->size());
        for (const Series &series : *whole->series) {
            const auto same = std::ranges::find(*live.answer().series, series.labels, &Series::labels);
            QVERIFY(same != live.answer().series->end());
            QCOMPARE(same->times, series.times);
            QCOMPARE(same->values, series.values);
        }
    }

    void aProbeTellsWhatItIs()
    {
        const Candidate candidate{.endpoint = {.url = m_stack.prometheus()}, .chosen = true};
        auto future = probe(candidate, {}, **m_api);
        QVERIFY(finishes(future));
        const Probe said = future.result();
        QCOMPARE(said.state, Probe::State::Answers);
        QCOMPARE(said.flavor, Flavor::Prometheus);
        QCOMPARE(said.targets, 2);
        QVERIFY2(said.text.startsWith(u"Prometheus "_s), qPrintable(said.text));
    }

    void anAlertFiresIsSilencedAndComesBack()
    {
        const auto merged = [&]() -> Result<QList<metrics::Alert>> {
            const auto rules = wait(m_prom->rules());
            const auto managed = wait(m_alerts->alerts());
            if (!rules || !managed)
                return std::unexpected(rules ? managed.error() : rules.error());
            return mergedAlerts(*rules, *managed, m_prom->serverNow());
        };
        const auto untilState = [&](const QString &name, metrics::Alert::State state) {
            return until(merged, [&](const QList<metrics::Alert> &alerts) {
                const metrics::Alert *alert = named(alerts, name);
                return alert && alert->state == state && alert->inAlertmanager;
            });
        };
        auto alerts = until(merged, [&](const QList<metrics::Alert> &all) {
            const metrics::Alert *fires = named(all, u"NodeSeen"_s);
            const metrics::Alert *waits = named(all, u"Patient"_s);
            return fires && fires->state == metrics::Alert::State::Firing && fires->inAlertmanager && waits
                && waits->state == metrics::Alert::State::Pending;
        });
        QVERIFY2(alerts, qPrintable(why(alerts)));
        const metrics::Alert *seen = named(*alerts, u"NodeSeen"_s);
        QVERIFY2(seen && seen->inAlertmanager, qPrintable(m_stack.logTails()));
        // Both sources, one alert: though Prometheus adds its external labels on the way.
        QCOMPARE(std::ranges::count(*alerts, u"NodeSeen"_s, &metrics::Alert::name), 1);
        QVERIFY(seen->inPrometheus);
        QCOMPARE(seen->labels.value(u"cluster"_s), u"loopback"_s);
        QCOMPARE(seen->severity, metrics::Alert::Severity::Warning);
        QCOMPARE(seen->place.ns, u"shop"_s);
        QCOMPARE(seen->place.pod, u"web-0"_s);
        QCOMPARE(seen->place.node, u"pi-1"_s);
        QCOMPARE(seen->runbook, QUrl(u"https://runbooks.example.com/NodeSeen"_s));
        QVERIFY(!seen->query.isEmpty() && !seen->fingerprint.isEmpty() && seen->since > 0);
        const metrics::Alert *patient = named(*alerts, u"Patient"_s);
        QVERIFY(patient && patient->state == metrics::Alert::State::Pending);
        alerts = untilState(u"Muted"_s, metrics::Alert::State::Inhibited);
        QVERIFY(alerts && named(*alerts, u"Muted"_s)->state == metrics::Alert::State::Inhibited);

        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const Silence wanted{.matchers = {{.name = u"alertname"_s, .value = u"NodeSeen"_s},
                                 {.name = u"pod"_s, .value = u"web-.*"_s, .isRegex = true}},
            .startsAt = now - 1000,
            .endsAt = now + 3'600'000,
            .createdBy = u"tester"_s,
            .comment = u"maintenance, “5 minutes”"_s};
        const auto id = wait(m_alerts->silence(wanted));
        QVERIFY2(id, qPrintable(why(id)));
        alerts = untilState(u"NodeSeen"_s, metrics::Alert::State::Silenced);
        QVERIFY(alerts);
        QCOMPARE(named(*alerts, u"NodeSeen"_s)->state, metrics::Alert::State::Silenced);
        QCOMPARE(named(*alerts, u"NodeSeen"_s)->silencedBy, (QStringList{*id}));
        const auto silences = wait(m_alerts->silences());
        QVERIFY(silences);
        const auto mine = std::ranges::find(*silences, *id, &Silence::id);
        QVERIFY(mine != silences->end());
        QCOMPARE(mine->matchers, wanted.matchers);
        QCOMPARE(mine->comment, wanted.comment);
        QCOMPARE(mine->endsAt, wanted.endsAt);
        QCOMPARE(mine->state, u"active"_s);

        const auto expired = wait(m_alerts->expire(*id));
        QVERIFY2(expired, qPrintable(why(expired)));
        alerts = untilState(u"NodeSeen"_s, metrics::Alert::State::Firing);
        QVERIFY(alerts);
        QCOMPARE(named(*alerts, u"NodeSeen"_s)->state, metrics::Alert::State::Firing);
        const auto gone = wait(m_alerts->expire(u"00000000-0000-0000-0000-000000000000"_s));
        QVERIFY(!gone);
        const auto refused = wait(m_alerts->silence({.matchers = {{.name = u"a"_s, .value = u"("_s, .isRegex = true}},
            .startsAt = now,
            .endsAt = now + 1000,
            .createdBy = u"t"_s,
            .comment = u"c"_s}));
        QVERIFY2(!refused && refused.error().what.contains(u"Alertmanager"_s), qPrintable(why(refused)));
    }

    // Last: it ends the server.
    void theSourceOfAlertsIsGone()
    {
        DeadMan deadMan;
        const auto rules = wait(m_prom->rules());
        QVERIFY(rules);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        QVERIFY(!deadMan.answered(mergedAlerts(*rules, {}, now), now));
        m_stack.killPrometheus();
        const auto gone = wait(m_prom->rules());
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, Error::Kind::Network);
        QVERIFY(deadMan.failed(gone.error(), now + 1000));
        QCOMPARE(deadMan.state().unreachableSince, now + 1000);
    }

private:
    MonitoringStack m_stack;
    std::unique_ptr<ThreadedApi> m_api;
    std::unique_ptr<PromClient> m_prom;
    std::unique_ptr<AlertmanagerClient> m_alerts;
};

QTEST_GUILESS_MAIN(TestPromLive)
#include "tst_promlive.moc"
