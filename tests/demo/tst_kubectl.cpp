// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::demo;

// The packaged kubectl against the demo cluster, with a home of its own.
class TestKubectl : public QObject {
    Q_OBJECT
    std::unique_ptr<DemoCluster> m_cluster;
    QTemporaryDir m_home;
    QString m_errors;

    QString file(const QString &name, const QByteArray &content)
    {
        QFile out(m_home.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            return {};
        return out.fileName();
    }

    void setUp(QProcess &process)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("KUBECONFIG"), m_home.filePath(QStringLiteral("config")));
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral("kubectl"));
    }

    // What kubectl printed; empty when it failed (its complaint is in m_errors then).
    QString kubectl(const QString &arguments)
    {
        QProcess process;
        setUp(process);
        process.setArguments(QProcess::splitCommand(arguments));
        process.start();
        process.waitForFinished(60000);
        m_errors = QString::fromUtf8(process.readAllStandardError());
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0
            ? QString::fromUtf8(process.readAllStandardOutput())
            : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("kubectl")).isEmpty())
            QSKIP("kubectl is not installed");
        DemoOptions options;
        options.story = false;
        m_cluster = std::make_unique<DemoCluster>(options);
        QVERIFY(m_cluster->start());
        QVERIFY(!file(QStringLiteral("config"), m_cluster->kubeconfig()).isEmpty());
    }

    void gets()
    {
        QVERIFY2(kubectl(QStringLiteral("get nodes -o wide")).contains(QLatin1StringView("INTERNAL-IP")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("get pods -A")).contains(QLatin1StringView("RESTARTS")), qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("get pods -A -o yaml --chunk-size=50")).contains(QLatin1StringView("kind: Pod")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("get pods -A --field-selector status.phase=Running -l !kdra.dev/none"))
                     .contains(QLatin1StringView("Running")),
            qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("get deploy,svc,ds,sts,ing,pvc -A")).contains(QLatin1StringView("deployment.apps/")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("get events -A")).contains(QLatin1StringView("LAST SEEN"))
                || m_errors.contains(QLatin1StringView("No resources")),
            qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("api-resources")).contains(QLatin1StringView("deployments")), qPrintable(m_errors));
    }

    void describes()
    {
        const QString node = kubectl(QStringLiteral("get nodes -o name")).section(QLatin1Char('\n'), 0, 0);
        const QString text = kubectl(QStringLiteral("describe ") + node);
        QVERIFY2(text.contains(QLatin1StringView("Allocated resources")), qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("describe pods -n kube-system")).contains(QLatin1StringView("Containers:")),
            qPrintable(m_errors));
    }

    void aDeploymentsLife()
    {
        QVERIFY2(!kubectl(QStringLiteral("create namespace play")).isEmpty(), qPrintable(m_errors));
        const QByteArray yaml =
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: play}\nspec:\n  replicas: 2\n"
            "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n"
            "    spec: {containers: [{name: web, image: \"nginx:1.27\"}]}\n";
        const QString path = file(QStringLiteral("web.yaml"), yaml);
        QVERIFY2(
            kubectl(QStringLiteral("apply -f ") + path).contains(QLatin1StringView("created")), qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("apply -f ") + path).contains(QLatin1StringView("unchanged")), qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("diff -f ") + path).isEmpty() && m_errors.isEmpty(), qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("apply --server-side -f ") + path).contains(QLatin1StringView("serverside-applied")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("rollout status deployment/web -n play --timeout=60s"))
                     .contains(QLatin1StringView("successfully rolled out")),
            qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("scale deployment/web -n play --replicas=3")).contains(QLatin1StringView("scaled")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("label deployment/web -n play a=b")).contains(QLatin1StringView("labeled")),
            qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("annotate deployment/web -n play a=b")).contains(QLatin1StringView("annotated")),
            qPrintable(m_errors));
        QVERIFY2(
            kubectl(QStringLiteral("rollout restart deployment/web -n play")).contains(QLatin1StringView("restarted")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("rollout status deployment/web -n play --timeout=60s"))
                     .contains(QLatin1StringView("successfully rolled out")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("logs deployment/web -n play --tail=5")).contains(QLatin1StringView("info")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("delete -f %1 --timeout=60s").arg(path)).contains(QLatin1StringView("deleted")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("delete namespace play --timeout=60s")).contains(QLatin1StringView("deleted")),
            qPrintable(m_errors));
    }

    // These bodies come as protobuf.
    void createsByCommand()
    {
        const auto image = [this](const char *object, const char *path) {
            return kubectl(QStringLiteral("get %1 -o jsonpath={.spec%2.template.spec.containers[0].image}")
                    .arg(QLatin1StringView(object), QLatin1StringView(path)));
        };
        QVERIFY2(kubectl(QStringLiteral("create deployment roll --image=nginx:1.27 --replicas=2"))
                     .contains(QLatin1StringView("created")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("rollout status deployment/roll --timeout=60s"))
                     .contains(QLatin1StringView("successfully rolled out")),
            qPrintable(m_errors));
        kubectl(QStringLiteral("set image deployment/roll nginx=nginx:1.29"));
        QCOMPARE(image("deployment/roll", ""), QStringLiteral("nginx:1.29"));
        QVERIFY2(kubectl(QStringLiteral("rollout undo deployment/roll")).contains(QLatin1StringView("rolled back")),
            qPrintable(m_errors));
        QCOMPARE(image("deployment/roll", ""), QStringLiteral("nginx:1.27"));
        QCOMPARE(kubectl(QStringLiteral("get deployment/roll -o jsonpath={.spec.selector.matchLabels}")),
            QStringLiteral("{\"app\":\"roll\"}"));
        QVERIFY2(kubectl(QStringLiteral("create job once --image=busybox:1.37")).contains(QLatin1StringView("created")),
            qPrintable(m_errors));
        QCOMPARE(image("job/once", ""), QStringLiteral("busybox:1.37"));
        QVERIFY2(kubectl(QStringLiteral("create cronjob tick --image=busybox:1.37 --schedule=@hourly"))
                     .contains(QLatin1StringView("created")),
            qPrintable(m_errors));
        QCOMPARE(image("cronjob/tick", ".jobTemplate.spec"), QStringLiteral("busybox:1.37"));
    }

    void cordonAndDrain()
    {
        const QString node = kubectl(QStringLiteral("get nodes -o name -l !node-role.kubernetes.io/control-plane"))
                                 .section(QLatin1Char('\n'), 0, 0)
                                 .section(QLatin1Char('/'), 1);
        QVERIFY2(
            kubectl(QStringLiteral("cordon ") + node).contains(QLatin1StringView("cordoned")), qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("get node ") + node).contains(QLatin1StringView("SchedulingDisabled")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("drain %1 --ignore-daemonsets --delete-emptydir-data --force --dry-run=server")
                             .arg(node))
                     .contains(QLatin1StringView("drained")),
            qPrintable(m_errors));
        QVERIFY2(kubectl(QStringLiteral("uncordon ") + node).contains(QLatin1StringView("uncordoned")),
            qPrintable(m_errors));
    }

    void watches()
    {
        QProcess watch;
        setUp(watch);
        watch.setArguments({QStringLiteral("get"), QStringLiteral("configmaps"), QStringLiteral("-w")});
        watch.start();
        QVERIFY(watch.waitForStarted());
        QVERIFY2(
            !kubectl(QStringLiteral("create configmap watched --from-literal=a=b")).isEmpty(), qPrintable(m_errors));
        QByteArray seen;
        QTRY_VERIFY_WITH_TIMEOUT((seen += watch.readAllStandardOutput()).contains("watched"), 20000);
        watch.terminate();
        watch.waitForFinished();
    }

    // Tokens are left to tst_rest: kubectl sends none over plain HTTP.
    void authorization()
    {
        QCOMPARE(kubectl(QStringLiteral("auth can-i create pods")).trimmed(), QStringLiteral("yes"));
        QVERIFY2(kubectl(QStringLiteral("auth can-i --list")).contains(QLatin1StringView("*.*")), qPrintable(m_errors));
    }
};

QTEST_GUILESS_MAIN(TestKubectl)
#include "tst_kubectl.moc"
