// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/alertmanager.h"
#include "demo/democluster.h"
#include "demo/promapi.h"
#include "demo/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kdra::demo;
using namespace Qt::StringLiterals;

// What the demo cluster's rules say about it, and its Alertmanager.
class TestDemoAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rulesFollowTheWorld();
    void alertsAreSeries();
    void itIsKnownSinceWhen();
    void oneIsSilencedAndOneInhibited();
    void silenceAndExpire();
    void refusals_data();
    void refusals();

private:
    QJsonArray alerts(const QString &name);
    QJsonObject status(const QString &name);
    QByteArray silenceOf(const QString &name, int seconds, const QString &comment = u"why not"_s) const;

    ObjectStore m_store;
    std::unique_ptr<PromApi> m_api;
    std::unique_ptr<Alertmanager> m_manager;
};

namespace {

QJsonDocument json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text);
}

} // namespace

void TestDemoAlerts::init()
{
    if (m_store.list(kind::Node).empty())
        populate(m_store, DemoOptions());
    // A hundred seconds into a round of the story: pi-003 has too low a voltage, pi-012 is silent.
    m_api =
        std::make_unique<PromApi>(m_store, 1, static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000 - 100);
    m_manager = std::make_unique<Alertmanager>(m_api->rules(), m_store);
}

QJsonArray TestDemoAlerts::alerts(const QString &name)
{
    QJsonArray found;
    for (const auto all = json(m_manager->handle("GET", u"/api/v2/alerts"_s, {}).json).array();
        const QJsonValue &alert : all) {
        if (alert.toObject().value("labels"_L1).toObject().value("alertname"_L1) == name)
            found.append(alert);
    }
    return found;
}

QJsonObject TestDemoAlerts::status(const QString &name)
{
    return alerts(name).first().toObject().value("status"_L1).toObject();
}

QByteArray TestDemoAlerts::silenceOf(const QString &name, int seconds, const QString &comment) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return QJsonDocument(QJsonObject{{u"matchers"_s,
                                         QJsonArray{QJsonObject{{u"name"_s, u"alertname"_s}, {u"value"_s, name},
                                             {u"isRegex"_s, false}, {u"isEqual"_s, true}}}},
                             {u"startsAt"_s, now.toString(Qt::ISODateWithMs)},
                             {u"endsAt"_s, now.addSecs(seconds).toString(Qt::ISODateWithMs)},
                             {u"createdBy"_s, u"test"_s}, {u"comment"_s, comment}})
        .toJson();
}

void TestDemoAlerts::alertsAreSeries()
{
    const auto count = [this](const QString &query, qint64 before) {
        QUrlQuery parameters{
            {u"query"_s, query}, {u"time"_s, QString::number(QDateTime::currentSecsSinceEpoch() - before)}};
        return json(m_api->handle(u"/api/v1/query"_s, parameters).json)
            .object()
            .value("data"_L1)
            .toObject()
            .value("result"_L1)
            .toArray()
            .size();
    };
    QCOMPARE(count(u"ALERTS{alertname=\"PiUnderVoltage\",alertstate=\"firing\"} == 1"_s, 0), 1);
    // Not before it fired.
    QCOMPARE(count(u"ALERTS{alertname=\"PiUnderVoltage\"}"_s, 600), 0);
    QCOMPARE(count(u"ALERTS{alertstate=\"firing\",alertname=\"Watchdog\"}"_s, 0), 1);
}

void TestDemoAlerts::rulesFollowTheWorld()
{
    QCOMPARE(alerts(u"Watchdog"_s).size(), 1);
    QCOMPARE(alerts(u"PiUnderVoltage"_s).size(), 1);
    QCOMPARE(alerts(u"PiUnderVoltage"_s)[0].toObject().value("labels"_L1).toObject().value("node"_L1), u"pi-003"_s);
    QCOMPARE(alerts(u"PiUnderVoltage"_s)[0].toObject().value("annotations"_L1).toObject().value("summary"_L1),
        u"The supply voltage of pi-003 is too low."_s);
    QCOMPARE(alerts(u"TargetDown"_s).size(), 1);
    QVERIFY(alerts(u"KubeNodeNotReady"_s).isEmpty());
    // Before the story began, nothing of it was wrong.
    const PromApi calm(m_store, 1, static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000 + 3600);
    const QByteArray rules = calm.handle(u"/api/v1/alerts"_s, {}).json;
    QVERIFY(!rules.contains("PiUnderVoltage") && rules.contains("Watchdog"));
    // A node that is not ready: pending at first, then firing.
    const auto node = m_store.modify(kind::Node, {}, "pi-005", [](QJsonObject &object) {
        object = json(QJsonDocument(object)
                          .toJson(QJsonDocument::Compact)
                          .replace(R"("status":"True","type":"Ready")", R"("status":"Unknown","type":"Ready")"))
                     .object();
    });
    QVERIFY(node);
    const PromApi after(m_store, 1, 0);
    QVERIFY(after.handle(u"/api/v1/alerts"_s, {}).json.contains("\"state\":\"pending\""));
    QTRY_VERIFY_WITH_TIMEOUT(
        json(after.handle(u"/api/v1/rules"_s, {}).json).toJson().contains(R"("summary": "pi-005 is not ready.")")
            && !after.handle(u"/api/v1/alerts"_s, {}).json.contains("\"state\":\"pending\""),
        20000);
}

void TestDemoAlerts::itIsKnownSinceWhen()
{
    const QJsonObject alert = alerts(u"PiUnderVoltage"_s)[0].toObject();
    const qint64 age = QDateTime::fromString(alert.value("startsAt"_L1).toString(), Qt::ISODateWithMs)
                           .secsTo(QDateTime::currentDateTimeUtc());
    // It began 65 s ago, and is looked for every 15 s; a slow machine takes seconds more.
    QVERIFY2(age >= 50 && age <= 120, qPrintable(QString::number(age)));
}

void TestDemoAlerts::oneIsSilencedAndOneInhibited()
{
    QCOMPARE(status(u"PiHadUnderVoltage"_s).value("silencedBy"_L1).toArray().size(), 1);
    const QString source = alerts(u"PiUnderVoltage"_s)[0].toObject().value("fingerprint"_L1).toString();
    QCOMPARE(status(u"PiThrottled"_s).value("inhibitedBy"_L1).toArray(), QJsonArray{source});
    QCOMPARE(status(u"PiThrottled"_s).value("state"_L1), u"suppressed"_s);
    QCOMPARE(status(u"TargetDown"_s).value("state"_L1), u"active"_s); // of another node
}

void TestDemoAlerts::silenceAndExpire()
{
    const auto made = m_manager->handle("POST", u"/api/v2/silences"_s, silenceOf(u"TargetDown"_s, 60));
    QCOMPARE(made.status, 200);
    const QString id = json(made.json).object().value("silenceID"_L1).toString();
    QVERIFY(!id.isEmpty());
    QCOMPARE(status(u"TargetDown"_s).value("silencedBy"_L1).toArray(), QJsonArray{id});
    QCOMPARE(m_manager->handle("DELETE", u"/api/v2/silence/"_s + id, {}).status, 200);
    QCOMPARE(status(u"TargetDown"_s).value("state"_L1), u"active"_s);
    const auto silence = json(m_manager->handle("GET", u"/api/v2/silence/"_s + id, {}).json).object();
    QCOMPARE(silence.value("status"_L1).toObject().value("state"_L1), u"expired"_s);
}

void TestDemoAlerts::refusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("no matcher") << QByteArray("POST") << u"/api/v2/silences"_s << QByteArray("{}") << 400;
    QTest::newRow("matches everything") << QByteArray("POST") << u"/api/v2/silences"_s << silenceOf({}, 60) << 400;
    QTest::newRow("over before it begins")
        << QByteArray("POST") << u"/api/v2/silences"_s << silenceOf(u"A"_s, -60) << 400;
    QTest::newRow("no comment") << QByteArray("POST") << u"/api/v2/silences"_s << silenceOf(u"A"_s, 60, {}) << 400;
    QTest::newRow("unknown") << QByteArray("DELETE") << u"/api/v2/silence/x"_s << QByteArray() << 404;
    QTest::newRow("no such path") << QByteArray("GET") << u"/api/v2/elsewhere"_s << QByteArray() << 404;
}

void TestDemoAlerts::refusals()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QCOMPARE(m_manager->handle(method, path, body).status, status);
}

QTEST_GUILESS_MAIN(TestDemoAlerts)
#include "tst_demoalerts.moc"
