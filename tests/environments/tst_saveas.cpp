// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterobjects.h"
#include "environments/parameters.h"
#include "environments/render.h"
#include "environments/saveas.h"
#include "environments/yamlwriter.h"
#include "sample.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject parsed(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonValue value(const QJsonValue &root, const char *path)
{
    QJsonValue at = root;
    for (const auto parts = s(path).split(QLatin1Char('/')); const QString &part : parts)
        at = at.isArray() ? at.toArray().at(part.toInt()) : at.toObject().value(part);
    return at;
}

} // namespace

class TestSaveAs : public QObject {
    Q_OBJECT

    // Saved, read and rendered again.
    struct Again {
        SavedTemplate saved;
        Template read;
        QMap<QString, QJsonObject> objects; // by display()
    };

    static std::optional<Again> again(const QList<QJsonObject> &objects)
    {
        auto saved = templateFrom(objects, {.name = s("shop"), .title = s("Shop: a \"copy\"")});
        if (!saved) {
            qWarning().noquote() << saved.error().text();
            return {};
        }
        auto read = readTemplate(saved->files, Source::Folder, s("/t"));
        if (!read) {
            qWarning().noquote() << read.error().text();
            return {};
        }
        const auto values = completeValues(*read, {});
        const auto rendered = values ? render(*read, *values, identity()) : std::unexpected(values.error());
        if (!rendered) {
            qWarning().noquote() << rendered.error().text();
            return {};
        }
        Again result{*saved, *read, {}};
        for (const Manifest &one : *rendered)
            result.objects.insert(one.display(), one.object);
        return result;
    }

    static QByteArray textOfFiles(const SavedTemplate &saved)
    {
        QByteArray all;
        for (const TemplateFile &file : saved.files)
            all += file.path.toUtf8() + '\n' + file.content;
        return all;
    }

private Q_SLOTS:
    void savesANamespace()
    {
        const auto result = again({parsed(deployment), parsed(replicaSet), parsed(service), parsed(headless),
            parsed(statefulSet), parsed(secret), parsed(claim), parsed(ingress), parsed(binding), parsed(job)});
        QVERIFY(result);
        QCOMPARE(result->objects.keys(),
            QStringList({s("Deployment web"), s("Ingress web"), s("Job migrate"), s("PersistentVolumeClaim uploads"),
                s("RoleBinding web"), s("Secret db-auth"), s("Service db"), s("Service web"), s("StatefulSet db")}));
        QCOMPARE(result->read.title, s("Shop: a \"copy\""));
        QCOMPARE(result->read.capabilities, QStringList({s("storage"), s("ingress")}));
        QVERIFY(result->read.clusterScoped.isEmpty());
        QStringList names;
        for (const Parameter &parameter : result->read.parameters)
            names.append(parameter.name);
        names.sort();
        QCOMPARE(names,
            QStringList(
                {s("dbAuthPassword"), s("dbDataSize"), s("dbImage"), s("dbReplicas"), s("host"), s("migrateImage"),
                    s("uploadsSize"), s("webImage"), s("webReplicas"), s("webSidecarImage"), s("webWaitImage")}));
        QCOMPARE(result->read.parameter(s("webReplicas"))->defaultValue, QJsonValue(3));
        QCOMPARE(result->read.parameter(s("uploadsSize"))->defaultValue, QJsonValue(s("5Gi")));
        QCOMPARE(result->read.parameter(s("dbAuthPassword"))->type, ParameterType::Secret);
    }

    void stripsWhatTheServerSets()
    {
        const auto result = again({parsed(deployment), parsed(service), parsed(headless), parsed(statefulSet),
            parsed(claim), parsed(job), parsed(binding)});
        QVERIFY(result);
        const QByteArray text = textOfFiles(result->saved);
        for (const char *gone : {"namespace: team", "uid", "resourceVersion", "managedFields", "creationTimestamp",
                 "generation", "last-applied", "revision", "status", "clusterIPs", "10.0.0.7", "30080", "volumeName",
                 "finalizers", "bind-completed", "pi-007", "restartedAt", "pod-template-hash", "kdra.dev/environment",
                 "applyset", "serviceAccount:", "job-name", "ipFamil"})
            QVERIFY2(!text.contains(gone), gone);
        const QJsonObject web = result->objects.value(s("Deployment web"));
        QCOMPARE(value(web, "metadata/labels"), QJsonValue(QJsonObject{{s("app"), s("web")}}));
        // What selectors ask for stays.
        QCOMPARE(value(web, "spec/template/metadata/labels"), value(web, "spec/selector/matchLabels"));
        QCOMPARE(value(web, "metadata/annotations/note"), QJsonValue(s("costs ${price} in $")));
        QCOMPARE(value(web, "spec/replicas"), QJsonValue(3));
        QCOMPARE(value(web, "spec/template/spec/containers/0/image"), QJsonValue(s("ghcr.io/example/web:2.1")));
        QCOMPARE(value(web, "spec/template/spec/containers/0/env/0/value"), QJsonValue(s("on")));
        QCOMPARE(value(web, "spec/template/spec/containers/0/env/1/value"), QJsonValue(s("8080")));
        QCOMPARE(value(web, "spec/template/spec/initContainers/0/command/2"),
            QJsonValue(s("until nc -z db.team.svc.cluster.local 5432; do echo ${WAIT:-1}; done\n")));
        QCOMPARE(value(result->objects.value(s("Service db")), "spec/clusterIP"), QJsonValue(s("None")));
        QVERIFY(value(result->objects.value(s("Job migrate")), "spec/selector").isUndefined());
        QCOMPARE(value(result->objects.value(s("Job migrate")), "spec/template/metadata/labels"),
            QJsonValue(QJsonObject{{s("app"), s("migrate")}}));
        QVERIFY(text.contains("db.${environment.namespace}.svc.cluster.local"));
        QVERIFY(text.contains("$${price}"));
        const QJsonObject role = result->objects.value(s("RoleBinding web"));
        QCOMPARE(
            value(role, "subjects/0/namespace"), QJsonValue(s("team"))); // the environment's has the same name here
        QCOMPARE(value(role, "subjects/1/namespace"), QJsonValue(s("other")));
        QVERIFY(text.contains("namespace: ${environment.namespace}"));
    }

    void neverKeepsASecret()
    {
        const auto result = again({parsed(secret)});
        QVERIFY(result);
        const QByteArray text = textOfFiles(result->saved) + result->saved.notes.join(QLatin1Char(' ')).toUtf8();
        for (const char *value : {"hunter2", "aHVudGVyMg", "cG9zdGdyZXM6", "LS0tLS1CRUdJTi"})
            QVERIFY2(!text.contains(value), value);
        const QJsonObject made = result->objects.value(s("Secret db-auth"));
        QCOMPARE(value(made, "stringData").toObject().keys(), QStringList(s("password")));
        QCOMPARE(value(made, "stringData/password").toString().size(), 24);
        QVERIFY(value(made, "data").isUndefined());
        QCOMPARE(result->saved.notes.size(), 2); // the URL and the certificate
        QVERIFY(result->saved.notes.join(QLatin1Char(' ')).contains(s("ca.crt")));
    }

    void leavesOut_data()
    {
        QTest::addColumn<QByteArray>("object");
        const auto row = [](const char *name, const char *json) { QTest::newRow(name) << QByteArray(json); };
        row("pod of a controller", replicaSet);
        row("endpoints", R"({"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"web"}})");
        row("slices", R"({"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"web-x"}})");
        row("default account", R"({"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}})");
        row("token",
            R"({"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"t"}})");
        row("certificate", R"({"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/tls","metadata":{"name":"t"}})");
        row("root certificates", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kube-root-ca.crt"}})");
        row("Helm's release",
            R"({"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1","metadata":{"name":"t"}})");
        row("namespace", R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team"}})");
        row("node", R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"pi"}})");
        row("environment",
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"e","labels":{"applyset.kubernetes.io/id":"x"}}})");
    }
    void leavesOut()
    {
        QFETCH(QByteArray, object);
        const auto alone = templateFrom({parsed(object.constData())}, {.name = s("shop")});
        QVERIFY(!alone);
        QVERIFY(alone.error().what.contains(s("Nothing remains")));
        const auto result = again({parsed(object.constData()), parsed(service)});
        QVERIFY(result);
        QCOMPARE(result->objects.keys(), QStringList(s("Service web")));
        QCOMPARE(result->saved.notes.size(), 1);
    }

    void liftsHosts()
    {
        const auto result = again({parsed(ingress)});
        QVERIFY(result);
        const QJsonObject web = result->objects.value(s("Ingress web"));
        QCOMPARE(value(web, "spec/rules/0/host"), QJsonValue(s("demo.example.com"))); // the environment's
        QCOMPARE(value(web, "spec/rules/1/host"), QJsonValue(s("admin.example.com")));
        QCOMPARE(value(web, "spec/tls/0/hosts/0"), QJsonValue(s("demo.example.com")));
        Identity none = identity();
        none.host.clear();
        const auto values = completeValues(result->read, {});
        QVERIFY(values);
        QCOMPARE(render(result->read, *values, none)->size(), 0);
    }

    void declaresClusterScopedKinds()
    {
        const auto result = again({parsed(
            R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"r"},"rules":[]})")});
        QVERIFY(result);
        QCOMPARE(result->read.clusterScoped, QStringList(s("ClusterRole.rbac.authorization.k8s.io")));
    }

    // Whatever a ConfigMap holds comes out of the template as it was.
    void keepsEveryText()
    {
        static const QStringList pieces = {s("${x}"), s("$${"), s("$"), s("{"), s("}"), s("\n"), s(": "), s("#"),
            s(" "), s("\""), s("'"), s("|"), s("- "), s("\\"), s("\t"), s("é"), s("\xF0\x9F\x8D\x93"), s("yes"),
            s("0x1F"), s("1e3"), s("~"), s("null"), s("---\n"), s("!tag "), s("&a "), s("*a"), s("%"), s("@"), s("`"),
            s("\r\n"), QString(QChar(0x85)), QString(QChar(0x2028)), QString(QChar(0xfeff)), QString(QChar(0x7f)),
            QString(QChar(1)), s("$when"), s("<<"), s("."), s("text")};
        QRandomGenerator random(20'261'124);
        for (int round = 0; round < 300; ++round) {
            QJsonObject data;
            for (int i = 0; i < 10; ++i) {
                QString text;
                for (int count = random.bounded(0, 6); count > 0; --count)
                    text += pieces[random.bounded(pieces.size())];
                // Keys of custom resources may be anything, too.
                data.insert(random.bounded(3) == 0 ? text + s("k") : QString::number(i), text);
            }
            data.insert(s("$ref"), s("a"));
            data.insert(s("$$ref"), QJsonArray{1, 0.5, true, QJsonValue(), QJsonObject(), QJsonArray(), 1e22, -3});
            data.insert(s("$${k}"), qint64(9007199254740993));
            const QJsonObject object{{s("apiVersion"), s("example.com/v1")}, {s("kind"), s("Anything")},
                {s("metadata"), QJsonObject{{s("name"), s("a")}}}, {s("content"), data}};
            const auto result = again({object});
            QVERIFY(result);
            const QJsonObject back = value(result->objects.value(s("Anything a")), "content").toObject();
            const QStringList keys = data.keys();
            const QStringList backKeys = back.keys();
            QCOMPARE(QSet<QString>(backKeys.begin(), backKeys.end()), QSet<QString>(keys.begin(), keys.end()));
            for (auto one = data.begin(); one != data.end(); ++one)
                QCOMPARE(QJsonValue(back.value(one.key())), QJsonValue(*one));
        }
    }

    void readsWell()
    {
        const auto saved = templateFrom({parsed(statefulSet)}, {.name = s("db"), .title = s("Database")});
        QVERIFY(saved);
        QCOMPARE(saved->files.size(), 2);
        QCOMPARE(saved->files[0].content, QByteArray(R"(apiVersion: kdra.dev/v1
kind: EnvironmentTemplate
name: db
title: Database
version: 1.0.0
needs:
  capabilities:
    - storage
parameters:
  - name: dbReplicas
    title: Replicas of db
    type: integer
    default: 1
    minimum: 0
    maximum: 100
  - name: dbImage
    title: Image of db
    type: image
    default: docker.io/library/postgres:18
  - name: dbDataSize
    title: Size of db data
    type: quantity
    default: 2Gi
)"));
        QCOMPARE(saved->files[1].path, s("manifests/40-workloads.yaml"));
        QCOMPARE(saved->files[1].content, QByteArray(R"(apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  replicas: ${dbReplicas}
  selector:
    matchLabels:
      app: db
  serviceName: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - image: ${dbImage}
          name: postgres
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: data
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: ${dbDataSize}
)"));
    }

    void namesTemplates()
    {
        QCOMPARE(templateNameFrom(s("My Shop (copy)")), s("my-shop-copy"));
        QCOMPARE(templateNameFrom(s("äöü")), s("template"));
        QCOMPARE(templateNameFrom(s("--a__b--")), s("a-b"));
        QVERIFY(!templateFrom({parsed(service)}, {.name = s("Not a label")}));
    }
};

QTEST_GUILESS_MAIN(TestSaveAs)
#include "tst_saveas.moc"
