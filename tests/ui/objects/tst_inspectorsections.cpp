// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"
#include "ui/objects/inspector.h"
#include "ui/objects/inspectorlinks.h"
#include "ui/objects/sectionview.h"
#include "ui/objects/summaryview.h"
#include "ui/session.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace kdra;

// The inspector on the demo cluster: what each kind has to say.
class TestInspectorSections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyKindHasItsSections_data();
    void everyKindHasItsSections();
    void endpointsAndRevisionsLeadOn();

private:
    models::Item find(store::Kind kind, const QString &ns, const QString &name) const;
    void select(const models::Item &item);
    ui::SummaryView &summary() { return m_window->inspector().summary(); }
    // The links that are shown and lead somewhere.
    QList<ui::LinkLine *> links(const QWidget &within) const;
    QStringList texts() const;

    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestInspectorSections::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_session = std::make_unique<ui::Session>();
    m_window = std::make_unique<ui::MainWindow>(*m_session);
    m_window->resize(1280, 900);
    m_window->show();
    QSignalSpy synced(m_session.get(), &ui::Session::synced);
    m_session->openDemo();
    QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
}

void TestInspectorSections::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

models::Item TestInspectorSections::find(store::Kind kind, const QString &ns, const QString &name) const
{
    const store::Snapshot &snapshot = *m_session->current()->snapshot();
    models::Item found;
    store::withTable(snapshot, kind, [&](const auto &table) {
        table.forEach([&](const auto &record) {
            if (snapshot.string(record->meta.ns) == ns && store::toQString(record.name()).startsWith(name)
                && found.isNull())
                found = {kind, record->meta.uid};
        });
    });
    return found;
}

void TestInspectorSections::select(const models::Item &item)
{
    QVERIFY(!item.isNull());
    m_session->selection().set(item);
}

QList<ui::LinkLine *> TestInspectorSections::links(const QWidget &within) const
{
    QList<ui::LinkLine *> found;
    for (const auto all = within.findChildren<ui::LinkLine *>(); ui::LinkLine * link : all) {
        if (link->isVisibleTo(&within) && !link->item().isNull())
            found += link;
    }
    return found;
}

QStringList TestInspectorSections::texts() const
{
    QStringList all;
    for (const auto labels = m_window->inspector().summary().findChildren<QLabel *>(); const QLabel *label : labels) {
        // Where a long word may be broken, and where a number and its unit may not.
        if (label->isVisible())
            all += label->text().remove(QChar(0x200b)).replace(QChar::Nbsp, u' ');
    }
    for (const auto found = m_window->inspector().summary().findChildren<ui::LinkLine *>();
        const ui::LinkLine *link : found) {
        if (link->isVisible())
            all << link->text() << link->accessibleName();
    }
    return all;
}

void TestInspectorSections::everyKindHasItsSections_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("ns");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("shown");
    const auto row = [](store::Kind kind, const char *ns, const char *name, const QStringList &shown) {
        QTest::newRow(store::kindInfo(kind).name)
            << int(kind) << QString::fromLatin1(ns) << QString::fromLatin1(name) << shown;
    };
    using enum store::Kind;
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    row(Node, "", "pi-0",
        {s("REQUESTED"), s("IMAGES"), s("CONDITIONS"), s("Kernel"), s("Capacity"),
            s("Raspberry Pi 4 Model B with 4.0 GiB")});
    row(Pod, "shop", "postgres-0",
        {s("CONTAINERS"), s("VOLUMES"), s("claim data-postgres-0"), s("RELATED"), s("data-postgres-0"),
            s("StatefulSet: postgres")});
    row(Deployment, "shop", "web",
        {s("ROLLOUT"), s("REVISIONS"), s("Revision 1"), s("RELATED"), s("Ingress: web"),
            s("HorizontalPodAutoscaler: web")});
    row(StatefulSet, "shop", "postgres", {s("ROLLOUT"), s("SETTINGS"), s("Service: postgres")});
    row(DaemonSet, "edge", "pi-vitals", {s("ROLLOUT"), s("SETTINGS")});
    row(CronJob, "backup", "pg-dump-shop", {s("JOBS"), s("Schedule"), s("Concurrency")});
    row(Job, "backup", "pg-dump-shop", {s("SETTINGS"), s("RELATED"), s("pg-dump-shop")});
    row(Service, "shop", "web", {s("ENDPOINTS"), s("4 of 4"), s("PORTS"), s("80/TCP to port main")});
    row(Ingress, "shop", "web", {s("RULES"), s("shop.example.com/"), s("to web:80")});
    row(PersistentVolumeClaim, "shop", "data-postgres-0", {s("Storage class"), s("SETTINGS"), s("postgres-0")});
    row(HorizontalPodAutoscaler, "shop", "web", {s("METRICS"), s("41 % of 70 %"), s("Deployment web")});
}

void TestInspectorSections::everyKindHasItsSections()
{
    QFETCH(const int, kind);
    QFETCH(const QString, ns);
    QFETCH(const QString, name);
    QFETCH(const QStringList, shown);
    select(find(static_cast<store::Kind>(kind), ns, name));
    for (const QString &text : shown) {
        const auto missing = [&] { return texts().contains(text) ? QString() : text + u'|' + texts().join(u'|'); };
        QTRY_COMPARE_WITH_TIMEOUT(missing(), QString(), 30000);
    }
    // Nothing is wider than the panel.
    QTRY_VERIFY_WITH_TIMEOUT(!summary().horizontalScrollBar()->maximum(), 30000);
}

void TestInspectorSections::endpointsAndRevisionsLeadOn()
{
    select(find(store::Kind::Service, QStringLiteral("mqtt"), QStringLiteral("mosquitto")));
    const auto endpoints = [&] {
        QList<ui::LinkLine *> pods = links(summary());
        pods.removeIf([](const ui::LinkLine *link) { return link->item().kind != store::Kind::Pod; });
        return pods;
    };
    QTRY_COMPARE_WITH_TIMEOUT(endpoints().size(), 3, 30000);
    const models::Item pod = endpoints().first()->item();
    QTest::mouseClick(endpoints().first(), Qt::LeftButton);
    QCOMPARE(m_session->selection().current(), pod);

    select(find(store::Kind::Deployment, QStringLiteral("shop"), QStringLiteral("web")));
    const auto revision = [&]() -> ui::LinkLine * {
        for (ui::LinkLine *link : links(summary())) {
            if (link->item().kind == store::Kind::ReplicaSet)
                return link;
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(revision(), 30000);
    const models::Item set = revision()->item();
    revision()->setFocus();
    QTest::keyClick(revision(), Qt::Key_Return);
    QCOMPARE(m_session->selection().current(), set);
}

QTEST_MAIN(TestInspectorSections)
#include "tst_inspectorsections.moc"
