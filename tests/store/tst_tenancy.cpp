// SPDX-License-Identifier: GPL-3.0-or-later
#include "informerfixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kdra;
using namespace kdra::store;
using kdra::test::InformerFixture;
using kdra::test::uid;

using Quota = QuotaRecord;

// Quotas, limits, and the ConfigMaps that stand for environments and templates.
class TestTenancy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotaSaysWhatIsLimitedAndUsed();
    void quotaBeforeItsControllerHasSeenIt();
    void ofTwoNamesOfOneResourceTheStricterCounts();
    void quotaOfSomePodsOnly();
    void limitRangeOfContainers();
    void applySetKeepsAnnotationsAndDataAsTheyAre();
    void hugeDataIsLeftOutAndSaidSo();
    void sharedTemplateIsItsMeta();
};

static QByteArray object(const QByteArray &rest, const QByteArray &metadata = {})
{
    return R"({"apiVersion":"v1","metadata":{"name":"one","namespace":"team","uid":")" + uid(1)
        + R"(","resourceVersion":"7")" + metadata + "}," + rest + "}";
}

void TestTenancy::quotaSaysWhatIsLimitedAndUsed()
{
    InformerFixture<Kind::ResourceQuota> quotas;
    quotas.event("ADDED",
        object(
            R"("spec":{"hard":{"pods":"99"}},"status":{"hard":{"requests.cpu":"1500m","memory":"4Gi","limits.cpu":2,"limits.memory":"8Gi","pods":"20","persistentvolumeclaims":"3","requests.storage":"10Gi","count/secrets":"5"},
            "used":{"requests.cpu":"1","memory":"1Gi","limits.cpu":"500m","limits.memory":"2Gi","pods":"4","persistentvolumeclaims":"1","requests.storage":"2Gi"}})"));
    quotas.publish();
    const Ref<Quota> quota = quotas.table().at(0);
    QVERIFY(quota);
    QCOMPARE(quota->present, quint8(0x7f));
    constexpr qint64 gi = 1 << 30;
    QCOMPARE(quota->hard, (std::array<qint64, 7>{1500, 4 * gi, 2000, 8 * gi, 20, 3, 10 * gi}));
    QCOMPARE(quota->used, (std::array<qint64, 7>{1000, gi, 500, 2 * gi, 4, 1, 2 * gi}));
    QVERIFY(!quota->scoped);
    QCOMPARE(quotas.string(quota->meta.ns), QStringLiteral("team"));
}

void TestTenancy::quotaBeforeItsControllerHasSeenIt()
{
    InformerFixture<Kind::ResourceQuota> quotas;
    quotas.event("ADDED", object(R"("spec":{"hard":{"pods":"2"}},"status":{})"));
    quotas.publish();
    const Ref<Quota> quota = quotas.table().at(0);
    QVERIFY(quota->has(Quota::Pods) && !quota->has(Quota::RequestsCpu));
    QCOMPARE(quota->hard[Quota::Pods], 2);
    QCOMPARE(quota->used[Quota::Pods], 0);
}

void TestTenancy::ofTwoNamesOfOneResourceTheStricterCounts()
{
    for (const char *hard : {R"({"cpu":"2","requests.cpu":"3"})", R"({"requests.cpu":"3","cpu":"2"})"}) {
        InformerFixture<Kind::ResourceQuota> quotas;
        quotas.event("ADDED", object(R"("status":{"hard":)" + QByteArray(hard) + "}"));
        quotas.publish();
        QCOMPARE(quotas.table().at(0)->hard[Quota::RequestsCpu], 2000);
    }
}

void TestTenancy::quotaOfSomePodsOnly()
{
    for (const char *spec : {R"({"scopes":["BestEffort"],"hard":{"pods":"1"}})",
             R"({"scopeSelector":{"matchExpressions":[]},"hard":{"pods":"1"}})"}) {
        InformerFixture<Kind::ResourceQuota> quotas;
        quotas.event("ADDED", object(R"("spec":)" + QByteArray(spec)));
        quotas.publish();
        QVERIFY(quotas.table().at(0)->scoped);
    }
}

void TestTenancy::limitRangeOfContainers()
{
    InformerFixture<Kind::LimitRange> ranges;
    ranges.event("ADDED",
        object(
            R"("spec":{"limits":[{"type":"Pod","max":{"cpu":"9"}},{"defaultRequest":{"cpu":"100m","memory":"64Mi"},"default":{"cpu":"200m","memory":"128Mi"},"max":{"cpu":"1","memory":"1Gi"},"min":{"cpu":"10m","memory":"4Mi"},"type":"Container"}]})"));
    ranges.publish();
    const LimitRangeRecord &range = *ranges.table().at(0);
    constexpr qint64 mi = 1 << 20;
    QCOMPARE(range.defaultRequest.cpuMilli, 100);
    QCOMPARE(range.defaultRequest.memory, 64 * mi);
    QCOMPARE(range.defaultLimit.cpuMilli, 200);
    QCOMPARE(range.defaultLimit.memory, 128 * mi);
    QCOMPARE(range.max.cpuMilli, 1000);
    QCOMPARE(range.max.memory, 1024 * mi);
    QCOMPARE(range.min.cpuMilli, 10);
    QCOMPARE(range.min.memory, 4 * mi);
}

void TestTenancy::applySetKeepsAnnotationsAndDataAsTheyAre()
{
    // The data may come before the metadata: the API server sorts fields by its own order.
    const QByteArray annotations =
        R"(,"labels":{"applyset.kubernetes.io/id":"applyset-x"},"annotations":{"applyset.kubernetes.io/tooling":"kdra/1", "kubectl.kubernetes.io/last-applied-configuration":"{\"a\":1}","note":"two\nlines \"quoted\""})";
    InformerFixture<Kind::ApplySet> sets;
    sets.event("ADDED", object(R"("data":{"values":"{\"replicas\":2}","text":"ä\u0000"})", annotations));
    sets.publish();
    const auto parsed = [&](Text text) {
        const std::string_view json = sets.table().at(0).text(text);
        return QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size()))).object();
    };
    QCOMPARE(parsed(sets.table().at(0)->annotations),
        (QJsonObject{{QStringLiteral("applyset.kubernetes.io/tooling"), QStringLiteral("kdra/1")},
            {QStringLiteral("note"), QStringLiteral("two\nlines \"quoted\"")}}));
    QCOMPARE(parsed(sets.table().at(0)->data),
        (QJsonObject{{QStringLiteral("values"), QStringLiteral(R"({"replicas":2})")},
            {QStringLiteral("text"), QString(QStringLiteral("ä") + QChar(0))}}));
    QCOMPARE(sets.string(sets.table().at(0)->meta.labels), QStringLiteral("applyset.kubernetes.io/id=applyset-x\n"));
    QVERIFY(!sets.table().at(0)->dataLeftOut);
    // Without either.
    sets.event("MODIFIED", object(R"("data":null)"));
    sets.publish();
    QVERIFY(sets.table().at(0).text(sets.table().at(0)->annotations).empty());
    QVERIFY(sets.table().at(0).text(sets.table().at(0)->data).empty());
    // A label that is taken away arrives as a deletion.
    sets.event("DELETED", object(R"("data":{})"));
    sets.publish();
    QCOMPARE(sets.table().size(), 0u);
}

void TestTenancy::hugeDataIsLeftOutAndSaidSo()
{
    const auto data = [](size_t size) {
        return QByteArray(R"("data":{"a":")") + QByteArray(qsizetype(size - 8), 'x') + R"("})";
    };
    InformerFixture<Kind::ApplySet> sets;
    sets.event("ADDED", object(data(ApplySetRecord::mostData)));
    sets.publish();
    QCOMPARE(size_t(sets.table().at(0)->data.size), ApplySetRecord::mostData);
    sets.event("MODIFIED", object(data(ApplySetRecord::mostData + 1)));
    sets.publish();
    QVERIFY(sets.table().at(0)->dataLeftOut);
    QCOMPARE(sets.table().at(0)->data.size, 0u);
}

void TestTenancy::sharedTemplateIsItsMeta()
{
    InformerFixture<Kind::SharedTemplate> templates;
    templates.event(
        "ADDED", object(R"("data":{"template.yaml":"name: x"})", R"(,"labels":{"kdra.dev/template":"true"})"));
    templates.publish();
    QCOMPARE(toQString(templates.table().at(0).name()), QStringLiteral("one"));
    QCOMPARE(templates.table().at(0)->meta.resourceVersion, 7u);
}

QTEST_GUILESS_MAIN(TestTenancy)
#include "tst_tenancy.moc"
