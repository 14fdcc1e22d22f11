// SPDX-License-Identifier: GPL-3.0-or-later
// Kustomize and Helm: with stand-ins for the programs on PATH, and with the real kubectl where it is installed.
#include "environments/externalprogram.h"
#include "environments/helm.h"
#include "environments/kustomize.h"
#include "environments/parameters.h"
#include "environments/render.h"
#include "sample.h"
#include "support/await.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

constexpr char built[] = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: kdra-release-name-web, namespace: kdra-release-namespace}
  data: {script: "echo ${HOME}", url: http://kdra-release-name-db}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kdra-release-name-web, labels: {app.kubernetes.io/managed-by: Helm}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "docker.io/library/nginx:1.29"}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: test, annotations: {helm.sh/hook: test}}
spec: {}
)";

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestImports : public QObject {
    Q_OBJECT

    QByteArray m_path;
    std::unique_ptr<QTemporaryDir> m_dir;

    QString file(const char *name) const { return m_dir->filePath(s(name)); }

    static bool write(const QString &path, const QByteArray &text)
    {
        QFile out(path);
        return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
    }

    // A program `name` that runs these lines of shell, the only one on PATH.
    bool standIn(const char *name, const QByteArray &lines)
    {
        const QString path = file("bin/") + s(name);
        qputenv("PATH", file("bin").toLocal8Bit());
        return write(path, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + lines + "\n")
            && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    static QStringList displays(const Template &content)
    {
        const auto values = completeValues(content, {});
        const auto rendered = values ? render(content, *values, identity()) : std::unexpected(values.error());
        QStringList result;
        if (!rendered)
            return {rendered.error().text()};
        for (const Manifest &one : *rendered)
            result.append(one.display());
        return result;
    }

private Q_SLOTS:
    void initTestCase() { m_path = qgetenv("PATH"); }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_dir->path()).mkdir(s("bin")) && QDir(m_dir->path()).mkdir(s("My Shop")));
    }
    void cleanup() { qputenv("PATH", m_path); }

    void kustomizes()
    {
        QVERIFY(write(file("output"), built));
        QVERIFY(standIn(
            "kustomize", "echo \"$@\" > '" + file("arguments").toUtf8() + "'; cat '" + file("output").toUtf8() + "'"));
        KDRA_AWAIT(imported, importKustomize(file("My Shop")));
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().text()));
        QFile arguments(file("arguments"));
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        QCOMPARE(arguments.readAll(), "build " + file("My Shop").toUtf8() + '\n');
        QCOMPARE(imported->content.id, s("kustomize:my-shop"));
        QCOMPARE(imported->content.title, s("My Shop"));
        QCOMPARE(imported->content.origin, file("My Shop"));
        QCOMPARE(displays(imported->content),
            QStringList({s("ConfigMap kdra-release-name-web"), s("Deployment kdra-release-name-web")}));
        QCOMPARE(imported->notes.size(), 2); // the Namespace and the hook
        KDRA_AWAIT(again, importKustomize(file("My Shop")));
        QVERIFY(again);
        QCOMPARE(again->content.files, imported->content.files);
    }

    void takesKubectlInstead()
    {
        QVERIFY(write(file("output"), built));
        QVERIFY(standIn("kubectl", "test \"$1\" = kustomize && cat '" + file("output").toUtf8() + "'"));
        KDRA_AWAIT(imported, importKustomize(file("My Shop")));
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().text()));
    }

    void kustomizesForReal_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("kustomize") << s("kustomize");
        QTest::newRow("kubectl") << s("kubectl");
    }
    void kustomizesForReal()
    {
        QFETCH(QString, program);
        const QString path = QStandardPaths::findExecutable(program);
        if (path.isEmpty())
            QSKIP(qPrintable(program + s(" is not installed.")));
        // It alone is to be found.
        QVERIFY(QFile::link(path, file("bin/") + program));
        qputenv("PATH", file("bin").toLocal8Bit());
        QVERIFY(write(file("My Shop/kustomization.yaml"),
            "namePrefix: dev-\nnamespace: shop\nresources: [app.yaml]\nsecretGenerator:\n"
            "- {name: auth, literals: [password=hunter2]}\n"));
        QVERIFY(write(
            file("My Shop/app.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: \"1\"}\n"));
        KDRA_AWAIT(imported, importKustomize(file("My Shop")));
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().text()));
        const QStringList objects = displays(imported->content);
        QCOMPARE(objects.size(), 2);
        QVERIFY(objects.contains(s("ConfigMap dev-web")));
        for (const TemplateFile &one : imported->content.files)
            QVERIFY(!one.content.contains("hunter2") && !one.content.contains("aHVudGVyMg"));
        QVERIFY(write(file("My Shop/kustomization.yaml"), "resources: [missing.yaml]\n"));
        KDRA_AWAIT(broken, importKustomize(file("My Shop")));
        QVERIFY(!broken);
        QVERIFY2(broken.error().what.contains(s("missing.yaml")), qPrintable(broken.error().text()));
    }

    void tellsWhatIsMissing()
    {
        qputenv("PATH", file("bin").toLocal8Bit());
        KDRA_AWAIT(kustomize, importKustomize(file("My Shop")));
        QVERIFY(!kustomize);
        QVERIFY(kustomize.error().remedy.contains(s("Install kustomize or kubectl")));
        KDRA_AWAIT(helm, importHelm({.path = file("My Shop")}, {}));
        QVERIFY(!helm);
        QVERIFY(helm.error().what.contains(s("helm is not installed")));
        KDRA_AWAIT(nowhere, importKustomize(file("nowhere")));
        QVERIFY(!nowhere);
        QVERIFY(nowhere.error().what.contains(s("not there")));
    }

    void carriesWhatProgramsSay()
    {
        QVERIFY(standIn("kustomize", "echo partial; echo 'Error: no such overlay' >&2; exit 3"));
        KDRA_AWAIT(failed, importKustomize(file("My Shop")));
        QVERIFY(!failed);
        QVERIFY2(failed.error().what.contains(s("no such overlay")), qPrintable(failed.error().text()));
        QVERIFY(failed.error().where.contains(s("kustomize build")));
        QVERIFY(standIn("kustomize", "echo 'a: ['"));
        KDRA_AWAIT(broken, importKustomize(file("My Shop")));
        QVERIFY(!broken);
        QCOMPARE(broken.error().where, s("kustomize build:2"));
        QVERIFY(standIn("kustomize", "true"));
        KDRA_AWAIT(empty, importKustomize(file("My Shop")));
        QVERIFY(!empty);
    }

    void endsWhatDoesNotEnd()
    {
        // The child would live on where only the program itself is ended.
        QVERIFY(standIn("slow", "sleep 600 & echo $! > '" + file("pid").toUtf8() + "'; echo still at it >&2; wait"));
        const ExternalProgram slow{.path = file("bin/slow"), .deadline = std::chrono::seconds(15)};
        const auto late = runProgram(slow, {});
        QVERIFY(!late);
        QCOMPARE(late.error().kind, Error::Kind::Timeout);
        QVERIFY2(late.error().what.contains(s("still at it")), qPrintable(late.error().text()));
        QFile pid(file("pid"));
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const auto child = static_cast<pid_t>(pid.readAll().trimmed().toInt());
        QVERIFY(child > 1);
        // Ended, though perhaps not reaped by whoever inherits it.
        QTRY_VERIFY_WITH_TIMEOUT(
            ::kill(child, 0) != 0 ||
                [child] {
                    QFile stat(QStringLiteral("/proc/%1/stat").arg(child));
                    return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
                }(),
            30000);

        QVERIFY(standIn("loud", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"));
        const auto loud = runProgram({.path = file("bin/loud"), .longest = 100'000}, {});
        QVERIFY(!loud);
        QVERIFY(loud.error().what.contains(s("more than")));

        QVERIFY(standIn("kustomize", "sleep 600"));
        auto future = importKustomize(file("My Shop"));
        future.cancel();
        QVERIFY(finishes(future));
        const auto cancelled = runProgram({.path = file("bin/slow")}, [] { return true; });
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
    }

    void readsCharts()
    {
        QVERIFY(
            write(file("My Shop/Chart.yaml"), "apiVersion: v2\nname: shop\ndescription: A shop.\nversion: 1.2.3\n"));
        QVERIFY(write(file("My Shop/values.yaml"), "replicas: 2\nservice: {port: 8080}\nhosts: [a]\n"));
        QVERIFY(write(file("My Shop/values.schema.json"), R"({"type":"object","properties":{
"replicas":{"type":"integer","minimum":1,"maximum":9,"title":"Replicas","description":"How many."},
"size":{"type":"string","enum":["small","large"],"default":"small"},
"password":{"type":"string","format":"password","default":"hunter2"},
"metrics":{"type":"boolean"},
"hosts":{"type":"array","items":{"type":"string"}},
"limits":{"type":["object","null"]},
"a.b":{"type":"string"},
"service":{"type":"object","properties":{"port":{"type":"integer"},"name":{"type":"string","pattern":"[a-z]+"}}}}})"));
        KDRA_AWAIT(chart, readHelmChart(file("My Shop")));
        QVERIFY2(chart, qPrintable(chart ? QString() : chart.error().text()));
        QCOMPARE(chart->name, s("shop"));
        QCOMPARE(chart->version, s("1.2.3"));
        QMap<QString, Parameter> parameters;
        for (const Parameter &one : chart->parameters)
            parameters.insert(one.name, one);
        QCOMPARE(parameters.keys(),
            QStringList({s("hosts"), s("metrics"), s("password"), s("replicas"), s("service.name"), s("service.port"),
                s("size")}));
        QCOMPARE(parameters[s("replicas")].defaultValue, QJsonValue(2));
        QCOMPARE(parameters[s("replicas")].maximum, s("9"));
        QCOMPARE(parameters[s("service.port")].defaultValue, QJsonValue(8080));
        QCOMPARE(parameters[s("service.name")].title, s("service.name"));
        QCOMPARE(parameters[s("size")].choices, QStringList({s("small"), s("large")}));
        QCOMPARE(parameters[s("password")].type, ParameterType::Secret);
        QVERIFY(parameters[s("password")].defaultValue.isUndefined());
        QVERIFY(parameters[s("metrics")].defaultValue.isUndefined());

        QVERIFY(write(file("My Shop/values.schema.json"), "{\n  oops\n}"));
        KDRA_AWAIT(broken, readHelmChart(file("My Shop")));
        QVERIFY(!broken);
        QCOMPARE(broken.error().where, file("My Shop/values.schema.json:2"));
        QVERIFY(QFile::remove(file("My Shop/Chart.yaml")));
        KDRA_AWAIT(none, readHelmChart(file("My Shop")));
        QVERIFY(!none);
        QVERIFY(none.error().what.contains(s("no Helm chart")));
    }

    void rendersCharts()
    {
        QVERIFY(write(file("output"), built));
        QVERIFY(standIn("helm",
            "echo \"$@\" > '" + file("arguments").toUtf8()
                + "'\nwhile [ \"$1\" != --values ]; do shift; done\n"
                  "cat \"$2\" > '"
                + file("values").toUtf8() + "'; ls -l \"$2\" > '" + file("rights").toUtf8() + "'\ncat '"
                + file("output").toUtf8() + "'"));
        Parameter port{.name = s("service.port"), .title = s("Port"), .type = ParameterType::Integer};
        Parameter name{.name = s("service.name"), .title = s("Name"), .type = ParameterType::String};
        const HelmChart chart{
            .path = file("My Shop"), .name = s("shop"), .description = s("A shop."), .parameters = {port, name}};
        KDRA_AWAIT(imported,
            importHelm(chart, {{s("service.port"), 80}, {s("service.name"), s("$(rm -rf /)\n--evil: {{x}}")}}));
        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().text()));
        QCOMPARE(imported->content.id, s("helm:shop"));
        QCOMPARE(displays(imported->content), QStringList({s("ConfigMap demo-web"), s("Deployment demo-web")}));
        QVERIFY(imported->content.parameter(s("webImage")));
        const auto text = [this](const char *path) {
            QFile in(file(path));
            return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
        };
        QCOMPARE(text("values"), QByteArray(R"({"service":{"name":"$(rm -rf /)\n--evil: {{x}}","port":80}})"));
        QVERIFY(!text("arguments").contains("evil"));
        QVERIFY(text("arguments").startsWith("template kdra-release-name " + file("My Shop").toUtf8()));
        QVERIFY2(text("rights").startsWith("-rw-------"), text("rights").constData());
        QVERIFY(imported->notes.join(QLatin1Char(' ')).contains(s("hook")));

        KDRA_AWAIT(unknown, importHelm(chart, {{s("evil"), 1}}));
        QVERIFY(!unknown);
        QVERIFY(unknown.error().what.startsWith(s("evil")));
        KDRA_AWAIT(wrong, importHelm(chart, {{s("service.port"), s("80")}}));
        QVERIFY(!wrong);
        QVERIFY(wrong.error().what.contains(s("whole number")));
    }
};

QTEST_GUILESS_MAIN(TestImports)
#include "tst_imports.moc"
