// SPDX-License-Identifier: GPL-3.0-or-later
#include "environmentworld.h"

#include "environments/applyset.h"
#include "environments/labels.h"

#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace kdra;
using namespace kdra::environments;
using actions::Task;
using test::EnvironmentWorld;
using namespace Qt::StringLiterals;

// kubectl and KDRA see the same environments: by labels, and as ApplySets (KEP-3659), both ways round.
class TestEnvironmentKubectl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.stop(); }

    void getByLabel();
    void applySetAgrees();
    void kubectlsAppearByThemselves();

private:
    // Its output; nothing when it failed, and m_errors says why.
    QString kubectl(const QStringList &arguments, const QByteArray &input = {});

    EnvironmentWorld m_world;
    QTemporaryDir m_home;
    QString m_errors;
};

void TestEnvironmentKubectl::initTestCase()
{
    if (QStandardPaths::findExecutable(u"kubectl"_s).isEmpty())
        QSKIP("kubectl is not installed.");
    const QString problem = m_world.start();
    if (problem == "skip"_L1)
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QFile config(m_home.filePath(u"config"_s));
    QVERIFY(config.open(QFile::WriteOnly) && config.write(m_world.server().kubeconfig()) > 0);
}

QString TestEnvironmentKubectl::kubectl(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"KUBECONFIG"_s, m_home.filePath(u"config"_s));
    environment.insert(u"KUBECTL_APPLYSET"_s, u"true"_s);
    process.setProcessEnvironment(environment);
    process.start(u"kubectl"_s, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    m_errors = QString::fromUtf8(process.readAllStandardError());
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0
        ? QString::fromUtf8(process.readAllStandardOutput())
        : QString();
}

void TestEnvironmentKubectl::getByLabel()
{
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(u"shop"_s));
    QVERIFY(plan);
    Task *task = m_world.runner().start(createJob(*plan));
    KDRA_ENDS(task, Succeeded);
    QStringList kinds;
    for (const PlannedObject &one : plan->objects) {
        if (!kinds.contains(one.resource.plural))
            kinds.append(one.resource.plural);
    }
    const auto names = [&](const QString &selector) {
        QStringList found = kubectl({u"get"_s, kinds.join(u','), u"-n"_s, u"shop"_s, u"-l"_s, selector, u"-o"_s,
                                        u"custom-columns=:kind,:metadata.name"_s, u"--no-headers"_s})
                                .split(u'\n', Qt::SkipEmptyParts);
        for (QString &one : found)
            one = one.simplified();
        found.removeIf([](const QString &one) { return one.startsWith("ConfigMap kdra."_L1); });
        found.sort();
        return found;
    };
    QStringList wanted;
    for (const PlannedObject &one : plan->objects)
        wanted.append(one.display());
    wanted.sort();
    QCOMPARE(names(u"kdra.dev/environment=shop"_s), wanted);
    QCOMPARE(names(u"applyset.kubernetes.io/part-of="_s + plan->id), wanted);
}

// kubectl refuses to touch what KDRA keeps. Told that it is its own, it finds the same members as KDRA: nothing to
// prune with all manifests, and exactly the missing one without it.
void TestEnvironmentKubectl::applySetAgrees()
{
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(u"shop"_s));
    QVERIFY(plan);
    const auto manifests = [&](const QString &without) {
        QJsonArray items;
        for (const QList<ExportedFile> files = exportFiles(*plan, false); const ExportedFile &file : files) {
            const QString kind = file.object.value("kind"_L1).toString();
            const QString name = file.object.value("metadata"_L1).toObject().value("name"_L1).toString();
            if (kind != "Namespace"_L1 && name != without)
                items.append(file.object);
        }
        return QJsonDocument(QJsonObject{{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "List"_L1}, {"items"_L1, items}})
            .toJson();
    };
    const QStringList apply{u"apply"_s, u"-n"_s, u"shop"_s, u"--prune"_s,
        u"--applyset=configmaps/"_s + parentName(u"shop"_s), u"--server-side"_s, u"--force-conflicts"_s,
        u"--validate=false"_s, u"-f"_s, u"-"_s};
    QCOMPARE(kubectl(apply, manifests({})), QString());
    QVERIFY2(m_errors.contains("kdra"_L1), qPrintable(m_errors));

    QVERIFY(!kubectl({u"annotate"_s, u"configmap"_s, parentName(u"shop"_s), u"-n"_s, u"shop"_s, u"--overwrite"_s,
                         u"applyset.kubernetes.io/tooling=kubectl/v1.32"_s})
            .isEmpty());
    const QString all = kubectl(apply, manifests({}));
    QVERIFY2(all.contains("shop-web"_L1), qPrintable(m_errors));
    QVERIFY2(!all.contains("pruned"_L1), qPrintable(all));
    const QString fewer = kubectl(apply, manifests(u"shop-extra"_s));
    QCOMPARE(fewer.count("pruned"_L1), 1);
    QVERIFY2(fewer.contains("configmap/shop-extra pruned"_L1), qPrintable(fewer));
    // kubectl has written its own full version meanwhile; whichever it is, KDRA shows what the server holds.
    const QString kept = kubectl({u"get"_s, u"configmap"_s, parentName(u"shop"_s), u"-n"_s, u"shop"_s, u"-o"_s,
        uR"(jsonpath={.metadata.annotations.applyset\.kubernetes\.io/tooling})"_s});
    QVERIFY2(kept.startsWith("kubectl/"_L1), qPrintable(kept + m_errors));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"shop"_s)->tooling, kept, 30000);
    QVERIFY(!m_world.environment(u"shop"_s)->isOurs());
}

void TestEnvironmentKubectl::kubectlsAppearByThemselves()
{
    QVERIFY(m_world.send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"byhand"}})").code == 201);
    const QString output = kubectl({u"apply"_s, u"-n"_s, u"byhand"_s, u"--prune"_s, u"--applyset=configmaps/my-set"_s,
                                       u"--validate=false"_s, u"-f"_s, u"-"_s},
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"byhand"},"spec":{"replicas":1,
        "selector":{"matchLabels":{"app":"w"}},"template":{"metadata":{"labels":{"app":"w"}},
        "spec":{"containers":[{"name":"c","image":"nginx:1.29"}]}}}})");
    QVERIFY2(output.contains("web"_L1), qPrintable(m_errors));
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"my-set"_s), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"my-set"_s)->workloads, 1U, 30000);
    const Environment found = *m_world.environment(u"my-set"_s);
    QVERIFY(found.tooling.startsWith("kubectl/"_L1) && !found.isOurs());
    // The same name for it as kubectl's.
    QCOMPARE(found.id, applySetId(u"my-set"_s, u"byhand"_s, u"ConfigMap"_s, {}));
}

QTEST_GUILESS_MAIN(TestEnvironmentKubectl)
#include "tst_environmentkubectl.moc"
