// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/relations/worldfixture.h"

#include "models/clustermodels.h"
#include "models/selection.h"
#include "ui/common/itemviews.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/objects/inspector.h"
#include "ui/objects/inspectorlinks.h"
#include "ui/objects/summaryview.h"

#include <QApplication>
#include <QTest>

using namespace kdra;
using store::Item;
using store::Kind;
using store::Severity;
using World = test::WorldFixture;

// What is wrong with the selected object, and the way to what causes it.
class TestInspector : public QObject {
    Q_OBJECT

    // A deployment that lacks the pod web-x, which cannot pull its image, on the node pi-1.
    static store::SnapshotPtr failingWeb(bool healed = false)
    {
        World world;
        world.put<Kind::Node>(
            "pi-1", [](store::NodeRecord &node, auto) { node.ready = store::NodeRecord::Ready::True; });
        const auto workload = [&](store::WorkloadRecord &record) {
            record.desired = 3;
            record.current = 3;
            record.ready = healed ? 3 : 2;
            record.meta.severity = healed ? Severity::Healthy : Severity::Warning;
        };
        const Item deployment =
            world.put<Kind::Deployment>("web", [&](store::WorkloadRecord &record, auto) { workload(record); });
        const Item set = world.put<Kind::ReplicaSet>("web-1", [&](store::WorkloadRecord &record, auto) {
            workload(record);
            world.own(record.meta, deployment);
        });
        world.put<Kind::Pod>("web-x", [&](store::PodRecord &pod, auto keep) {
            world.own(pod.meta, set);
            pod.meta.labels = world.intern("app=web\n");
            pod.meta.severity = healed ? Severity::Healthy : Severity::Failing;
            pod.ready = healed;
            pod.phase = store::PodRecord::Phase::Running;
            pod.status = world.intern(healed ? "Running" : "ImagePullBackOff");
            pod.image = world.intern("nginx:1.29.99");
            pod.node = world.intern("pi-1");
            pod.message = keep("no such tag 1.29.99");
        });
        world.service("web", "app=web\n");
        world.put<Kind::Event>("node-event", [&](store::EventRecord &event, auto keep) {
            event.regardingUid = store::Uid::parse("pi-1"); // the kubelet's way
            event.regardingKind = world.intern("Node");
            event.regardingName = keep("pi-1");
            event.reason = world.intern("Rebooted");
        });
        return std::make_shared<const store::Snapshot>(world.snapshot());
    }

    static QList<ui::LinkLine *> lines(const QWidget &inspector, QLatin1StringView list)
    {
        QList<ui::LinkLine *> shown;
        for (auto *line : inspector.findChildren<ui::LinkLine *>()) {
            if (line->isVisible() && line->parentWidget()->objectName() == list)
                shown.append(line);
        }
        return shown;
    }
    static QStringList texts(const QWidget &inspector, QLatin1StringView list)
    {
        QStringList texts;
        for (const ui::LinkLine *line : lines(inspector, list))
            texts.append(line->text());
        return texts;
    }

    struct Shown {
        ui::Theme theme;
        models::ClusterModels models;
        models::Selection selection;
        std::unique_ptr<ui::Inspector> inspector;
        Shown()
        {
            theme.apply(*qApp);
            models.setSnapshot(failingWeb());
            inspector = std::make_unique<ui::Inspector>(theme, selection, models);
            inspector->resize(324, 800);
            inspector->show();
        }
    };

private Q_SLOTS:
    void theChainIsShownAndFollowed()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(shown.inspector.get(), 30000));
        shown.selection.set(World::item(Kind::Deployment, "web"));
        const QLatin1StringView causes("causes");
        QTRY_COMPARE_WITH_TIMEOUT(texts(*shown.inspector, causes),
            (QStringList{QStringLiteral("The image nginx:1.29.99 cannot be pulled: no such tag 1.29.99."),
                QStringLiteral("Pod web-x: ImagePullBackOff."), QStringLiteral("Deployment web: 2 of 3 ready.")}),
            30000);
        QTest::mouseClick(lines(*shown.inspector, causes)[1], Qt::LeftButton);
        QCOMPARE(shown.selection.current(), World::item(Kind::Pod, "web-x"));
        QTRY_COMPARE_WITH_TIMEOUT(texts(*shown.inspector, causes).size(), 2, 30000);
    }

    void relatedObjectsAreReachedByKey()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(shown.inspector.get(), 30000));
        shown.selection.set(World::item(Kind::Pod, "web-x"));
        const QLatin1StringView related("related");
        QTRY_COMPARE_WITH_TIMEOUT(texts(*shown.inspector, related),
            (QStringList{
                QStringLiteral("web"), QStringLiteral("web"), QStringLiteral("web-1"), QStringLiteral("pi-1")}),
            30000);
        ui::LinkLine *service = lines(*shown.inspector, related)[0];
        QCOMPARE(service->accessibleName(), QStringLiteral("Service: web"));
        service->setFocus();
        QTest::keyClick(service, Qt::Key_Return);
        QCOMPARE(shown.selection.current(), World::item(Kind::Service, "web"));
    }

    void aNodesOwnEventsAreShown()
    {
        Shown shown;
        const auto tables = shown.inspector->findChildren<ui::DenseTable *>();
        const auto table =
            std::ranges::find(tables, QStringLiteral("Events of the selected object"), &QWidget::accessibleName);
        QVERIFY(table != tables.end());
        const QAbstractItemModel &events = *(*table)->model();
        shown.selection.set(World::item(Kind::Node, "pi-1"));
        QCOMPARE(events.rowCount(), 1);
        QCOMPARE(events.index(0, 0).data().toString(), QStringLiteral("Rebooted"));
        shown.selection.set(World::item(Kind::Pod, "web-x"));
        QCOMPARE(events.rowCount(), 0);
    }

    void conditionsSayWhetherTheyAreGood_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *type, const char *status, const char *word) {
            QTest::addRow("%s %s", type, status)
                << QString::fromLatin1(type) << QString::fromLatin1(status) << QString::fromLatin1(word);
        };
        row("Ready", "True", "healthy");
        row("Ready", "False", "warning");
        row("Ready", "Unknown", "unknown");
        row("MemoryPressure", "False", "healthy");
        row("MemoryPressure", "True", "warning");
        // node-problem-detector's
        row("UnderVoltage", "False", "healthy");
        row("UnderVoltage", "True", "warning");
        row("KernelDeadlock", "True", "warning");
        row("EtcdIsVoter", "True", "healthy");
    }

    void conditionsSayWhetherTheyAreGood()
    {
        QFETCH(QString, type);
        QFETCH(QString, status);
        QFETCH(QString, word);
        ui::Theme theme;
        ui::SummaryView view(theme);
        view.setConditions({{type, status, {}, {}, 1}});
        view.show();
        QStringList glyphs;
        for (const auto all = view.findChildren<ui::GlyphLabel *>(); const ui::GlyphLabel *glyph : all) {
            if (glyph->isVisible())
                glyphs += glyph->accessibleName();
        }
        QCOMPARE(glyphs, QStringList{word});
        // The status itself stands there, too.
        const auto labels = view.findChildren<QLabel *>();
        QVERIFY(
            std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().startsWith(status + u' '); }));
    }

    void nothingIsWrongAnyMore()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowExposed(shown.inspector.get(), 30000));
        shown.selection.set(World::item(Kind::Deployment, "web"));
        const QLatin1StringView causes("causes");
        QTRY_COMPARE_WITH_TIMEOUT(texts(*shown.inspector, causes).size(), 3, 30000);
        shown.models.setSnapshot(failingWeb(true));
        shown.inspector->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(texts(*shown.inspector, causes).isEmpty(), 30000);
        QVERIFY(!texts(*shown.inspector, QLatin1StringView("related")).isEmpty());
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
