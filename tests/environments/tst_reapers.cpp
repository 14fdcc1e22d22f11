// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/reapers.h"
#include "relations/worldfixture.h"
#include "support/builtintemplates.h"

#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;
using store::Kind;

// What deletes environments whose time is over, as the template's own CronJob tells it.
class TestReapers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyThoseThatDelete_data();
    void onlyThoseThatDelete();
    void ofOlderVersions();
    void knowsWhatItIsPartOf();

private:
    static Reaping reapingOf(const QJsonObject &labels, bool paused = false);
};

Reaping TestReapers::reapingOf(const QJsonObject &labels, bool paused)
{
    QStringList texts;
    for (auto one = labels.begin(); one != labels.end(); ++one)
        texts.append(one.key() + u'=' + one.value().toString());
    test::WorldFixture world;
    world.put<Kind::CronJob>("ops-reaper", [&](store::WorkloadRecord &job, auto) {
        job.meta.labels = world.intern(texts.join(u'\n').toStdString());
        job.paused = paused;
    });
    return environments::reapingOf(world.snapshot());
}

void TestReapers::onlyThoseThatDelete_data()
{
    QTest::addColumn<Values>("given");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<bool>("here"); // in its own namespace
    QTest::addColumn<bool>("elsewhere");
    const QString scope = u"scope"_s;
    const QString dryRun = u"dryRun"_s;
    QTest::newRow("of the cluster") << Values{{scope, u"cluster"_s}} << false << true << true;
    QTest::newRow("of its namespace") << Values{{scope, u"namespace"_s}} << false << true << false;
    QTest::newRow("only tells") << Values{{scope, u"cluster"_s}, {dryRun, true}} << false << false << false;
    QTest::newRow("only tells, of its namespace")
        << Values{{scope, u"namespace"_s}, {dryRun, true}} << false << false << false;
    QTest::newRow("paused") << Values{{scope, u"cluster"_s}} << true << false << false;
}

void TestReapers::onlyThoseThatDelete()
{
    QFETCH(Values, given);
    QFETCH(bool, paused);
    const auto from = test::builtInTemplate(u"environment-reaper"_s);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    const auto values = completeValues(*from, given);
    QVERIFY(values);
    const auto manifests = render(*from, *values, {.name = u"ops"_s, .ns = u"default"_s});
    QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
    const auto job = std::ranges::find_if(
        *manifests, [](const Manifest &one) { return one.object.value("kind"_L1).toString() == "CronJob"_L1; });
    QVERIFY(job != manifests->end());
    const Reaping reaping =
        reapingOf(job->object.value("metadata"_L1).toObject().value("labels"_L1).toObject(), paused);
    QTEST(reaping.covers(u"default"_s), "here");
    QTEST(reaping.covers(u"team"_s), "elsewhere");
}

// Which told neither.
void TestReapers::ofOlderVersions()
{
    QVERIFY(reapingOf({{"app.kubernetes.io/name"_L1, "environment-reaper"_L1}}).covers(u"team"_s));
    QVERIFY(!reapingOf({{"app.kubernetes.io/name"_L1, "backup"_L1}}).covers(u"default"_s));
}

// Added to an environment, it must not take that one for somebody else's.
void TestReapers::knowsWhatItIsPartOf()
{
    const auto from = test::builtInTemplate(u"environment-reaper"_s);
    QVERIFY(from);
    const auto values = completeValues(*from, {});
    QVERIFY(values);
    const auto manifests = render(*from, *values, {.name = u"ops-reaper"_s, .ns = u"default"_s, .whole = u"ops"_s});
    QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
    QString own;
    for (const Manifest &manifest : *manifests) {
        const QJsonValue pod = manifest.object["spec"_L1]["jobTemplate"_L1]["spec"_L1]["template"_L1]["spec"_L1];
        for (const QJsonArray all = pod["containers"_L1][0]["env"_L1].toArray(); const QJsonValue &one : all) {
            if (one["name"_L1].toString() == "OWN_NAME"_L1)
                own = one["value"_L1].toString();
        }
    }
    QCOMPARE(own, u"ops"_s);
}

QTEST_GUILESS_MAIN(TestReapers)
#include "tst_reapers.moc"
