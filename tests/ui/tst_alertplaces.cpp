// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/shop.h"
#include "ui/alertplaces.h"
#include "ui/topology/describe.h"
#include "ui/topology/scene.h"
#include "ui/topology/tilepainter.h"

#include <QTest>

#include <algorithm>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using kdra::metrics::Alert;

namespace {

Alert alert(const QString &name, const kdra::metrics::AlertPlace &place, Alert::State state = Alert::State::Firing)
{
    return {.id = name,
        .name = name,
        .state = state,
        .severity = Alert::Severity::Critical,
        .summary = u"it is broken"_s,
        .place = place};
}

} // namespace

// Where the badges of alerts are.
class TestAlertPlaces : public QObject {
    Q_OBJECT

    tests::Shop m_shop;
    store::Uid m_pi;
    store::Uid m_server;
    store::Uid m_pod; // of the shop, on the Pi

    models::AlertMarks marks(const QList<Alert> &alerts) const { return alertMarks(alerts, *m_shop.snapshot); }

private Q_SLOTS:
    void initTestCase()
    {
        m_pi = m_shop.addNode("pi-001", "lab", {.pi = true});
        m_server = m_shop.addNode("server-1", "lab");
        m_pod = m_shop.addPod("web-1-abc", "pi-001");
        m_shop.addPod("stray", "server-1");
        m_shop.open(1, 1);
        store::PodRecord pod = *m_shop.pods.table().at(0);
        pod.meta.labels = m_shop.strings->intern("app=web\nkdra.dev/environment=shop\n");
        m_shop.put(pod);
        m_shop.publish();
    }

    void aPodIsItsWorkloadItsNodeAndItsEnvironment()
    {
        // The node of whoever watches the pod is not its own.
        const models::AlertMarks found =
            marks({alert(u"Crash"_s, {.node = u"server-1"_s, .ns = u"team-a"_s, .pod = u"web-1-abc"_s})});
        QCOMPARE(found.objects.size(), 4);
        for (const store::Uid &uid : {m_pod, m_pi, m_shop.deployment.uid, m_shop.replicaSet.uid})
            QCOMPARE(found.objects.value(uid).count, 1);
        QVERIFY(!found.objects.contains(m_server));
        const models::AlertMark environment = found.environments.value({u"team-a"_s, u"shop"_s});
        QCOMPARE(environment.count, 1);
        QCOMPARE(environment.worst, store::Severity::Failing);
        QCOMPARE(environment.first, u"Crash"_s);
        QCOMPARE(environment.lines, QStringList{u"Crash: it is broken"_s});
    }

    void aWorkloadAndANodeAreThemselves()
    {
        const models::AlertMarks found = marks({alert(u"Slow"_s, {.ns = u"team-a"_s, .workload = u"web"_s}),
            alert(u"Full"_s, {.node = u"server-1"_s}), alert(u"Hot"_s, {.node = u"server-1"_s})});
        QCOMPARE(found.objects.size(), 2);
        QCOMPARE(found.objects.value(m_shop.deployment.uid).count, 1);
        QCOMPARE(found.objects.value(m_server).count, 2);
        QVERIFY(found.environments.isEmpty());
    }

    void theLabelsMaySayTheEnvironment()
    {
        const models::AlertMarks found = marks({alert(u"Slow"_s, {.ns = u"team-a"_s, .environment = u"shop"_s})});
        QVERIFY(found.objects.isEmpty());
        QCOMPARE(found.environments.value({u"team-a"_s, u"shop"_s}).count, 1);
    }

    void onlyWhatFires()
    {
        using State = Alert::State;
        const kdra::metrics::AlertPlace place{.node = u"pi-001"_s};
        QCOMPARE(marks({alert(u"a"_s, place, State::Pending), alert(u"b"_s, place, State::Silenced),
                     alert(u"c"_s, place, State::Inhibited), alert(u"Watchdog"_s, place)}),
            models::AlertMarks());
        QCOMPARE(marks({alert(u"d"_s, {.node = u"gone"_s})}), models::AlertMarks());
    }

    void tilesOfNodesAndOfWorkloads()
    {
        Scene scene;
        scene.reset(m_shop.snapshot);
        const models::AlertMarks found = marks({alert(u"Crash"_s, {.ns = u"team-a"_s, .pod = u"web-1-abc"_s})});
        QVERIFY(std::ranges::contains(scene.setAlerts(found).tiles, scene.tileOf(m_pi)));
        const auto badge = [&](const store::Uid &uid) {
            for (const Badge &one : badgesOf(scene.tile(scene.tileOf(uid)))) {
                if (one.isAlert)
                    return one.text;
            }
            return QString();
        };
        QVERIFY(!badge(m_pi).isEmpty());
        QVERIFY(badge(m_server).isEmpty());
        QVERIFY(nodeToolTip(scene, scene.tileOf(m_pi)).contains(u"Crash: it is broken"_s));
        QVERIFY(podToolTip(scene, scene.placeOf(m_pod)).contains(u"Crash: it is broken"_s));
        // Said once.
        QCOMPARE(nodeSentence(scene, scene.tileOf(m_pi)).count(u"alert"_s), 1);

        scene.setGrouping(Grouping::Workload);
        QVERIFY(!badge(m_shop.deployment.uid).isEmpty());
        QVERIFY(nodeToolTip(scene, scene.tileOf(m_shop.deployment.uid)).contains(u"Crash: it is broken"_s));
        scene.setAlerts({});
        QVERIFY(badge(m_shop.deployment.uid).isEmpty());
    }
};

QTEST_MAIN(TestAlertPlaces)
#include "tst_alertplaces.moc"
