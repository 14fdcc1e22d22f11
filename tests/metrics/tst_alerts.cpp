// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alerts.h"
#include "support/await.h"
#include "support/testhttpserver.h"
#include "threadedapi.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace Qt::StringLiterals;
using Alert = kdra::metrics::Alert;

namespace {

constexpr qint64 now = 1'790'000'000'000;

RuleGroup groupWith(const QList<RuleAlert> &alerts)
{
    return {.name = u"g"_s, .rules = {{.name = u"r"_s, .query = u"up == 0"_s, .alerting = true, .alerts = alerts}}};
}

RuleAlert raised(const Labels &labels, const QString &state = u"firing"_s)
{
    return {
        .labels = labels, .annotations = {{u"summary"_s, u"it is broken"_s}}, .state = state, .since = now - 60'000};
}

} // namespace

class TestAlerts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachAlertOnce()
    {
        const Labels labels{{u"alertname"_s, u"Down"_s}, {u"instance"_s, u"a:1"_s}};
        Labels sent = labels;
        sent.insert(u"cluster"_s, u"lab"_s); // external label
        Labels other = sent;
        other.insert(u"instance"_s, u"b:1"_s);
        const QList<ManagedAlert> managed = {
            {.labels = other, .fingerprint = u"2"_s, .state = u"active"_s, .startsAt = now - 1000},
            {.labels = sent,
                .fingerprint = u"1"_s,
                .state = u"suppressed"_s,
                .silencedBy = {u"s1"_s},
                .endsAt = now + 1},
            {.labels = {{u"alertname"_s, u"Old"_s}}, .fingerprint = u"3"_s, .endsAt = now - 1}};
        // Two replicas of the rules.
        const QList<Alert> alerts =
            mergedAlerts({groupWith({raised(labels)}), groupWith({raised(labels)})}, managed, now);
        QCOMPARE(alerts.size(), 2);
        const auto first = std::ranges::find(alerts, u"1"_s, &Alert::fingerprint);
        QVERIFY(first != alerts.end());
        QCOMPARE(first->state, Alert::State::Silenced);
        QVERIFY(first->inPrometheus && first->inAlertmanager);
        QCOMPARE(first->labels, sent);
        QCOMPARE(first->summary, u"it is broken"_s);
        QCOMPARE(first->since, now - 60'000);
        QCOMPARE(first->query, u"up == 0"_s);
        const auto second = std::ranges::find(alerts, u"2"_s, &Alert::fingerprint);
        QVERIFY(second != alerts.end() && !second->inPrometheus);
        QCOMPARE(second->state, Alert::State::Firing);
        QCOMPARE(second->summary, u"Down"_s);
    }

    void theClosestLabelsWin()
    {
        // Fewer labels are contained in more: each alert of the rules finds its own.
        const Labels plain{{u"alertname"_s, u"A"_s}};
        const Labels more{{u"alertname"_s, u"A"_s}, {u"pod"_s, u"p"_s}};
        const QList<ManagedAlert> managed = {
            {.labels = more, .fingerprint = u"more"_s}, {.labels = plain, .fingerprint = u"plain"_s}};
        const QList<Alert> alerts = mergedAlerts({groupWith({raised(plain), raised(more)})}, managed, now);
        QCOMPARE(alerts.size(), 2);
        for (const Alert &alert : alerts)
            QCOMPARE(alert.fingerprint, alert.labels == plain ? u"plain"_s : u"more"_s);
    }

    void statesAndOrder()
    {
        const auto named = [](const char *name, const char *severity) {
            return Labels{{u"alertname"_s, QString::fromLatin1(name)}, {u"severity"_s, QString::fromLatin1(severity)}};
        };
        const QList<ManagedAlert> managed = {
            {.labels = named("inhibited", "warning"), .state = u"suppressed"_s, .inhibitedBy = {u"x"_s}},
            {.labels = named("muted", "warning"), .state = u"suppressed"_s, .mutedBy = {u"weekend"_s}},
            {.labels = named("page", "Page"), .state = u"active"_s},
            {.labels = named("waiting", "warning"), .state = u"active"_s}};
        const QList<Alert> alerts =
            mergedAlerts({groupWith({raised(named("waiting", "warning"), u"pending"_s), raised(named("info", "info")),
                             raised(named("idle", "info"), u"inactive"_s)})},
                managed, now);
        QStringList seen;
        for (const Alert &alert : alerts)
            seen += alert.name + u':' + QString::number(int(alert.state));
        using State = Alert::State;
        const auto entry = [](const QString &name, State state) {
            return QString(name + u':' + QString::number(int(state)));
        };
        QCOMPARE(seen,
            (QStringList{entry(u"page"_s, State::Firing), entry(u"waiting"_s, State::Pending),
                entry(u"muted"_s, State::Silenced), entry(u"inhibited"_s, State::Inhibited),
                entry(u"info"_s, State::Firing)}));
    }

    void places()
    {
        const AlertPlace pod =
            placeOf({{u"namespace"_s, u"shop"_s}, {u"pod"_s, u"web-0"_s}, {u"instance"_s, u"10.0.0.1:8080"_s},
                {u"label_kdra_dev_environment"_s, u"shop-a"_s}, {u"deployment"_s, u"web"_s}});
        QCOMPARE(pod,
            (AlertPlace{.instance = u"10.0.0.1:8080"_s,
                .ns = u"shop"_s,
                .pod = u"web-0"_s,
                .workload = u"web"_s,
                .environment = u"shop-a"_s}));
        QCOMPARE(placeOf({{u"instance"_s, u"pi-3:9100"_s}}).node, u"pi-3"_s);
        QCOMPARE(placeOf({{u"instance"_s, u"[fd00::1]:9100"_s}}).node, QString());
        QCOMPARE(placeOf({{u"instance"_s, u"x:1"_s}, {u"kubernetes_node"_s, u"pi-4"_s}}).node, u"pi-4"_s);
    }

    void onlyWebPagesAreRunbooks()
    {
        const auto runbookOf = [](const QString &url) {
            RuleAlert alert = raised({{u"alertname"_s, u"A"_s}});
            alert.annotations.insert(u"runbook_url"_s, url);
            return mergedAlerts({groupWith({alert})}, {}, now).constFirst().runbook;
        };
        QCOMPARE(runbookOf(u"https://r.example.com/a"_s), QUrl(u"https://r.example.com/a"_s));
        QVERIFY(runbookOf(u"file:///etc/passwd"_s).isEmpty());
        QVERIFY(runbookOf(u"javascript:alert(1)"_s).isEmpty());
    }

    void deadMan()
    {
        DeadMan man;
        QVERIFY(man.text(now).isEmpty());
        const QList<Alert> watchdog = mergedAlerts({groupWith({raised({{u"alertname"_s, u"Watchdog"_s}})})}, {}, now);
        QVERIFY(!man.answered({}, now)); // there never was one
        QVERIFY(!man.answered(watchdog, now));
        QVERIFY(man.answered({}, now + 1000));
        QVERIFY(!man.answered({}, now + 2000));
        QCOMPARE(man.state().watchdogMissingSince, now + 1000);
        QVERIFY2(man.text(now + 61'000).contains(u"1m"_s), qPrintable(man.text(now + 61'000)));
        QVERIFY(man.answered(watchdog, now + 3000));
        QVERIFY(man.state().isAlive());
        QVERIFY(man.failed({.kind = Error::Kind::Network, .what = u"refused"_s}, now + 4000));
        QVERIFY(!man.failed({.kind = Error::Kind::Network, .what = u"refused"_s}, now + 5000));
        QVERIFY(!man.failed({.kind = Error::Kind::Cancelled}, now + 5000));
        QCOMPARE(man.state().unreachableSince, now + 4000);
        QVERIFY(man.text(now + 5000).contains(u"refused"_s));
        QVERIFY(man.answered(watchdog, now + 6000));
        QVERIFY(man.state().isAlive());
    }

    void silencesAreSentOnceAndChecked()
    {
        int posts = 0;
        TestHttpServer server([&](const HttpRequest &request) {
            if (request.verb == "POST") {
                ++posts;
                return HttpResponse{.status = 503, .body = "busy"};
            }
            return HttpResponse{.body = "[]"};
        });
        QVERIFY(server.listen());
        ThreadedApi api;
        AlertmanagerClient client({.url = server.url(), .prefix = u"/am"_s}, {}, *api);
        Silence silence{.matchers = {{.name = u"a"_s, .value = u"b"_s, .isEqual = false}},
            .startsAt = now,
            .endsAt = now + 1000,
            .createdBy = u"me"_s,
            .comment = u"why"_s};
        KDRA_AWAIT(busy, client.silence(silence));
        QCOMPARE(busy.error().kind, Error::Kind::Server);
        QCOMPARE(posts, 1); // it may have been created: nobody asks twice
        const HttpRequest request = server.requests().constLast();
        QCOMPARE(request.url.path(), u"/am/api/v2/silences"_s);
        const QJsonObject json = QJsonDocument::fromJson(request.body).object();
        QCOMPARE(json.value(u"startsAt"_s).toString(), u"2026-09-21T14:13:20.000Z"_s);
        QCOMPARE(json.value(u"matchers"_s)[0][u"isEqual"_s].toBool(), false);
        for (auto spoil : {+[](Silence &s) { s.matchers.clear(); }, +[](Silence &s) { s.endsAt = s.startsAt; },
                 +[](Silence &s) { s.comment = u"  "_s; }, +[](Silence &s) { s.matchers = {{.name = u"a"_s}}; }}) {
            Silence flawed = silence;
            spoil(flawed);
            KDRA_AWAIT(refused, client.silence(flawed));
            QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        }
        QCOMPARE(posts, 1);
        KDRA_AWAIT(none, client.alerts());
        QVERIFY(none && none->isEmpty());
        server.setHandler(
            [](const HttpRequest &) { return HttpResponse{.status = 404, .body = "\"silence x not found\""}; });
        KDRA_AWAIT(gone, client.expire(u"x"_s));
        QCOMPARE(gone.error().kind, Error::Kind::NotFound);
        QVERIFY2(gone.error().what.contains(u"silence x not found"_s), qPrintable(gone.error().what));
        server.setHandler([](const HttpRequest &) { return HttpResponse{.body = "[{\"labels\":{\"a\":\"b\"}"}; });
        KDRA_AWAIT(broken, client.alerts());
        QCOMPARE(broken.error().kind, Error::Kind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
