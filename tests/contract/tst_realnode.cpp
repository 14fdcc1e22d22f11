// SPDX-License-Identifier: GPL-3.0-or-later
// The main job end to end on a real node: kubelet, containerd, real containers.

#include "actions/runner.h"
#include "environments/lifecycle.h"
#include "store/clusterstore.h"
#include "store/labels.h"
#include "support/realnode.h"

#include <QImage>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <signal.h>

using namespace kdra;
using namespace kdra::store;
using namespace std::chrono_literals;

class TestRealNode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void deploymentRunsAndIsSeen();
    void pictureShowsIt();
    void environmentRunsHereAndLeavesNothing();
    void silentNodeIsLateThenNotReadyThenBack();

private:
    Ref<NodeRecord> node() const;
    int runningPods() const;
    // Since when the node's heartbeat has not changed, by our clock.
    std::chrono::milliseconds silence() const;

    test::RealNode m_real;
    std::unique_ptr<ClusterStore> m_store;
    QProcess m_kubelet; // the second one; the first belongs to the script
};

void TestRealNode::initTestCase()
{
    if (const QString obstacle = test::RealNode::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    const QString problem = m_real.up(QStringLiteral("100s"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_store = std::make_unique<ClusterStore>(m_real.plane().admin());
    QSignalSpy synced(m_store.get(), &ClusterStore::synced);
    m_store->start();
    QVERIFY(synced.wait(30000));
}

void TestRealNode::cleanupTestCase()
{
    m_store.reset();
    if (m_kubelet.state() != QProcess::NotRunning) {
        m_kubelet.terminate();
        m_kubelet.waitForFinished(10000);
    }
    m_real.down();
}

Ref<NodeRecord> TestRealNode::node() const
{
    Ref<NodeRecord> found;
    m_store->snapshot()->table<Kind::Node>().forEach([&](Ref<NodeRecord> one) {
        if (one.name() == "pi-real")
            found = one;
    });
    return found;
}

int TestRealNode::runningPods() const
{
    const SnapshotPtr snapshot = m_store->snapshot();
    int running = 0;
    snapshot->table<Kind::Pod>().forEach([&](Ref<PodRecord> pod) {
        running +=
            pod->ready && snapshot->view(pod->node) == "pi-real" && snapshot->view(pod->status) == "Running" ? 1 : 0;
    });
    return running;
}

std::chrono::milliseconds TestRealNode::silence() const
{
    qint64 seen = 0;
    m_store->snapshot()->table<Kind::Lease>().forEach([&](Ref<LeaseRecord> lease) {
        if (lease.name() == "pi-real")
            seen = lease->seenMs;
    });
    return std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch() - seen);
}

void TestRealNode::deploymentRunsAndIsSeen()
{
    const QByteArray manifest =
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"clock","namespace":"default"},
        "spec":{"replicas":2,"selector":{"matchLabels":{"app":"clock"}},"template":{"metadata":{"labels":{"app":"clock"}},
        "spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"c","image":"localhost/busybox:1","imagePullPolicy":"Never"}]}}}})";
    const QStringList kubectl{QStringLiteral("--kubeconfig"), m_real.plane().adminKubeconfig()};
    QTRY_VERIFY_WITH_TIMEOUT(node() && node()->ready == NodeRecord::Ready::True, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(m_real.run(QStringLiteral("kubectl"),
                                  kubectl
                                      + QStringList{QStringLiteral("apply"), QStringLiteral("--validate=false"),
                                          QStringLiteral("-f"), QStringLiteral("-")},
                                  manifest),
        0, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(runningPods(), 2, 120000);
}

void TestRealNode::pictureShowsIt()
{
    const QString folder = m_real.plane().folder() + QStringLiteral("/pictures");
    QCOMPARE(m_real.run(qEnvironmentVariable("KDRA_BIN") + QStringLiteral("/kdra"),
                 {QStringLiteral("--kubeconfig"), m_real.plane().adminKubeconfig(), QStringLiteral("--screenshot"),
                     folder, QStringLiteral("--size"), QStringLiteral("1280x800"), QStringLiteral("--theme"),
                     QStringLiteral("dark")}),
        0);
    const QImage picture(folder + QStringLiteral("/1-topology.png"));
    QCOMPARE(picture.size(), QSize(1280, 800));
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colours.insert(picture.pixel(x, y));
    }
    QVERIFY(colours.size() > 60);
}

// "Web + PostgreSQL" on one Pi: real containers under the template's own images' names, then gone without a trace.
void TestRealNode::environmentRunsHereAndLeavesNothing()
{
    using namespace environments;
    using namespace Qt::StringLiterals;
    QVERIFY(m_real.prepareWebAndDatabase());
    const QString folder = qEnvironmentVariable("KDRA_SOURCE") + u"/resources/templates/web-postgresql"_s;
    const Result<Template> read = readTemplateFolder(folder).and_then(
        [&](const QList<TemplateFile> &files) { return readTemplate(files, Source::Folder, folder); });
    QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
    const auto hostname =
        labelValue(m_store->snapshot()->view(node()->meta.labels), "kubernetes.io/hostname").value_or("pi-real");
    const Spec spec{.name = u"shop"_s,
        .ns = u"shop"_s,
        .owner = u"ada"_s,
        .from = std::make_shared<const Template>(*read),
        .placement = {.kind = Placement::Kind::Node,
            .name = u"pi-real"_s,
            .label = u"kubernetes.io/hostname"_s,
            .value = toQString(hostname)},
        .timeToLive = std::chrono::hours(1)};
    const Result<Plan> plan = makePlan(spec, m_store->api());
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
    actions::Runner runner(*m_store);
    actions::Task *task = runner.start(createJob(*plan));
    QTRY_VERIFY2_WITH_TIMEOUT(!task->isRunning(), qPrintable(task->step()), 180000);
    QVERIFY2(task->state() == actions::Task::State::Succeeded, qPrintable(task->step()));
    QCOMPARE(m_real.podsOf(u"shop"_s, u"shop"_s), (QStringList{u"pi-real/Running"_s, u"pi-real/Running"_s}));

    // The namespace that is its own comes by a watch of its own.
    const auto found = [this] { return environmentsOf(*m_store->snapshot(), QDateTime::currentDateTime()); };
    QTRY_VERIFY_WITH_TIMEOUT(found().size() == 1 && found().first().ownNamespace, 60000);
    const QList<Environment> all = found();
    task = runner.start(deleteJob(all.first(), std::chrono::seconds(0)));
    QTRY_VERIFY2_WITH_TIMEOUT(!task->isRunning(), qPrintable(task->step()), 180000);
    QVERIFY2(task->state() == actions::Task::State::Succeeded, qPrintable(task->step()));
    QCOMPARE(m_real.leftOf(u"shop"_s), QString());
}

void TestRealNode::silentNodeIsLateThenNotReadyThenBack()
{
    // As it was started, so that it can be started again the same way.
    QFile pidFile(m_real.plane().folder() + QStringLiteral("/node/kubelet.pid"));
    QVERIFY(pidFile.open(QFile::ReadOnly));
    const qint64 pid = pidFile.readAll().trimmed().toLongLong();
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
    QVERIFY(commandLine.open(QFile::ReadOnly));
    QStringList words = QString::fromUtf8(commandLine.readAll()).split(QChar(0), Qt::SkipEmptyParts);
    QVERIFY(words.value(0).contains(QStringLiteral("kubelet")));
    QVERIFY(silence() < 40s);
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGTERM), 0);
    // Late before anybody says so: the API server still calls it ready.
    QTRY_VERIFY_WITH_TIMEOUT(silence() > 40s, 70000);
    QCOMPARE(node()->ready, NodeRecord::Ready::True);
    QTRY_COMPARE_WITH_TIMEOUT(node()->ready, NodeRecord::Ready::Unknown, 240000);
    QCOMPARE(node()->meta.severity, Severity::Unknown);
    m_kubelet.setStandardErrorFile(m_real.plane().folder() + QStringLiteral("/kubelet2.log"));
    m_kubelet.start(words.takeFirst(), words);
    QTRY_COMPARE_WITH_TIMEOUT(node()->ready, NodeRecord::Ready::True, 240000);
    QTRY_VERIFY_WITH_TIMEOUT(silence() < 15s, 120000);
    QTRY_COMPARE_WITH_TIMEOUT(runningPods(), 2, 180000);
}

QTEST_GUILESS_MAIN(TestRealNode)
#include "tst_realnode.moc"
