// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"
#include "models/freshnessmodel.h"
#include "models/objectloader.h"
#include "models/selection.h"
#include "models/yaml.h"

#include <QJsonDocument>
#include <QLocale>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::models;

class TestDocuments : public QObject {
    Q_OBJECT

    static QString yamlOf(const char *json) { return toYaml(readable(QJsonDocument::fromJson(json).object())); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void yamlLooksLikeKubectls()
    {
        const QString yaml = yamlOf(R"({"kind":"Pod","metadata":{"name":"web","managedFields":[{"a":1}],
            "labels":{"app":"web","on":"yes"}},"spec":{"args":["-c","echo 'a'","8080"],"ports":[{"n":80,"p":"TCP"}],
            "empty":[],"none":null,"flag":true,"script":"a\nb\n","list":[["x"]]}})");
        QCOMPARE(yaml, QStringLiteral(R"(kind: Pod
metadata:
  labels:
    app: web
    'on': 'yes'
  name: web
spec:
  args:
  - '-c'
  - 'echo ''a'''
  - '8080'
  empty: []
  flag: true
  list:
  -
    - x
  none: null
  ports:
  - 'n': 80
    p: TCP
  script: |
    a
    b
)"));
    }

    void secretsAreMasked()
    {
        const QString yaml = yamlOf(R"({"kind":"Secret","data":{"password":"c2VjcmV0"},"stringData":{"x":"hidden"},
            "metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"c2VjcmV0","a":"b"}}})");
        QVERIFY(!yaml.contains(QLatin1StringView("c2VjcmV0")));
        QVERIFY(!yaml.contains(QLatin1StringView("x: hidden")));
        QVERIFY(yaml.contains(QLatin1StringView("6 bytes")));
        QVERIFY(yaml.contains(QLatin1StringView("a: b")));
    }

    void documentsHaveConditions()
    {
        const Result<ObjectDocument> document = parseDocument(R"({"kind":"Node","status":{"conditions":[
            {"type":"Ready","status":"True","reason":"KubeletReady","lastTransitionTime":"2023-11-14T22:13:20Z"}]}})");
        QVERIFY(document.has_value());
        QCOMPARE(document->conditions.size(), 1);
        QCOMPARE(document->conditions[0].since, 1'700'000'000U);
        QVERIFY(!parseDocument("<html>").has_value());
    }

    void loaderShowsTheNewestAndErrors()
    {
        ObjectLoader loader;
        QList<std::shared_ptr<QPromise<Result<kube::Response>>>> asked;
        loader.setFetch([&](store::Kind, const QString &, const QString &) {
            asked.append(std::make_shared<QPromise<Result<kube::Response>>>());
            asked.last()->start();
            return asked.last()->future();
        });
        const auto answer = [&](qsizetype request, const QByteArray &body) {
            kube::Response response;
            response.body = body;
            asked[request]->addResult(Result<kube::Response>(response));
            asked[request]->finish();
        };
        loader.look({store::Kind::Pod, {1, 1}}, QStringLiteral("a"), QStringLiteral("one"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 30000);
        QCOMPARE(loader.state(), ObjectLoader::State::Loading);
        loader.look({store::Kind::Pod, {1, 2}}, QStringLiteral("a"), QStringLiteral("two"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, 30000);
        answer(1, R"({"kind":"Two"})");
        QTRY_COMPARE_WITH_TIMEOUT(loader.state(), ObjectLoader::State::Ready, 30000);
        QCOMPARE(loader.document().yaml, QStringLiteral("kind: Two\n"));

        loader.retry();
        QCOMPARE(asked.size(), 3);
        Error error;
        error.what = QStringLiteral("Gone.");
        asked[2]->addResult(Result<kube::Response>(std::unexpected(error)));
        asked[2]->finish();
        QTRY_COMPARE_WITH_TIMEOUT(loader.state(), ObjectLoader::State::Failed, 30000);
        QCOMPARE(loader.error().what, QStringLiteral("Gone."));
    }

    void whatTheFirmwareSaysIsToldOfANode()
    {
        const auto section = [](const QByteArray &message) {
            const Result<ObjectDocument> document = parseDocument(
                R"({"kind":"Node","status":{"conditions":[{"type":"UnderVoltage","status":"True","message":")" + message
                + R"("},{"type":"Ready","status":"True","message":"kubelet is posting ready status"}]}})");
            return document ? document->sections : Sections();
        };
        const Sections now = section("Supply voltage below 4.63 V (get_throttled=0x50001)");
        QCOMPARE(now.size(), 1);
        QCOMPARE(now[0].lines.size(), 2);
        QCOMPARE(now[0].lines[0].label, QStringLiteral("Under-voltage"));
        QCOMPARE(now[0].lines[0].value, QStringLiteral("Now"));
        QCOMPARE(now[0].lines[0].severity, store::Severity::Warning);
        QCOMPARE(now[0].lines[1].label, QStringLiteral("Throttled"));
        QCOMPARE(now[0].lines[1].value, QStringLiteral("Not now, but since the start"));
        QVERIFY(!now[0].lines[1].severity);
        const Sections calm = section("get_throttled=0x0");
        QCOMPARE(calm.size(), 1);
        QCOMPARE(calm[0].lines.size(), 1);
        QCOMPARE(calm[0].lines[0].severity, store::Severity::Healthy);
        // Nobody knows: then nothing is claimed.
        QVERIFY(section("Undervoltage!").isEmpty());
    }

    void selectionKeepsIdentity()
    {
        Selection selection;
        QSignalSpy changes(&selection, &Selection::changed);
        const Item a{store::Kind::Pod, {1, 1}};
        const Item b{store::Kind::Node, {2, 2}};
        selection.set({a, b, a});
        QCOMPARE(selection.items(), (QList<Item>{b, a}));
        selection.set({b, a});
        QCOMPARE(changes.count(), 1);
        selection.toggle(a);
        QCOMPARE(selection.current(), b);
        selection.clear();
        QVERIFY(selection.current().isNull());
        QCOMPARE(changes.count(), 3);
    }

    void freshnessTellsTheWorst()
    {
        store::Snapshot snapshot;
        QCOMPARE(freshnessOf(snapshot).state, Freshness::State::Connecting);
        for (store::KindState &state : snapshot.kinds)
            state.phase = store::KindPhase::Live;
        QCOMPARE(freshnessOf(snapshot).state, Freshness::State::Live);
        snapshot.kinds[2].phase = store::KindPhase::Forbidden;
        QCOMPARE(freshnessOf(snapshot).state, Freshness::State::Partial);
        snapshot.kinds[1].phase = store::KindPhase::Stale;
        snapshot.kinds[1].lastHeard = std::chrono::steady_clock::now() - std::chrono::seconds(12);
        const Freshness freshness = freshnessOf(snapshot);
        QCOMPARE(freshness.state, Freshness::State::Stale);
        QVERIFY(freshness.silentSeconds >= 12);
        QCOMPARE(freshness.stale, QList<store::Kind>{store::Kind::Pod});
    }

    void spansAreShort()
    {
        QCOMPARE(shortSpan(5), QStringLiteral("5 s"));
        QCOMPARE(shortSpan(-3), QStringLiteral("0 s"));
        QCOMPARE(shortSpan(300), QStringLiteral("5 m"));
        QCOMPARE(shortSpan(3 * 3600), QStringLiteral("3 h"));
        QCOMPARE(shortSpan(72 * 3600), QStringLiteral("3 d"));
    }
};

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
