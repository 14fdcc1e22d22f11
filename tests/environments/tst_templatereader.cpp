// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/parameters.h"
#include "environments/templatefiles.h"
#include "sample.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

constexpr char object[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray times(int count, const QByteArray &what)
{
    return what.repeated(count);
}

} // namespace

class TestTemplateReader : public QObject {
    Q_OBJECT

    static bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    // A good template below `dir`.
    static bool make(const QTemporaryDir &dir)
    {
        const auto files = filesOf(object);
        return QDir(dir.path()).mkdir(s("manifests")) && write(dir.filePath(s("template.yaml")), files[0].content)
            && write(dir.filePath(s("manifests/app.yaml")), files[1].content);
    }

private Q_SLOTS:
    void readsEverything()
    {
        const QByteArray header = R"(# SPDX-License-Identifier: GPL-3.0-or-later
apiVersion: kdra.dev/v1
kind: EnvironmentTemplate
name: web-postgresql
title: Web + PostgreSQL
description: Both.
icon: web
category: Applications
tags: [web, database]
version: 1.0
edge: true
needs:
  architectures: [amd64, arm64]
  capabilities: [storage, ingress]
  clusterScoped: [ClusterRole.rbac.authorization.k8s.io]
parameters:
- {name: replicas, title: Replicas, type: integer, default: 1, minimum: 1, maximum: 10, help: How many.}
- {name: password, title: Password, type: secret, length: 32}
- {name: storage, title: Storage, type: quantity, default: 1Gi, minimum: 100Mi, maximum: 100Gi}
- {name: size, title: Size, type: enum, choices: [small, large], default: small}
- {name: domain, title: Domain, type: string, pattern: "[a-z.]+"}
translations:
  de: {title: Web und PostgreSQL, description: Beides., parameters: {replicas: {title: Kopien, help: Wie viele.}}}
)";
        const QLocale before;
        const auto restore = qScopeGuard([before] { QLocale::setDefault(before); });
        QLocale::setDefault(QLocale(QLocale::English));
        const QList<TemplateFile> files = {
            {s("manifests/b.yaml"), ""}, {s("template.yaml"), header}, {s("manifests/a.yml"), object}};
        const auto read = readTemplate(files, Source::BuiltIn, s(":/kdra/templates/web-postgresql"));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
        QCOMPARE(read->id, s("builtin:web-postgresql"));
        QCOMPARE(read->name, s("web-postgresql"));
        QCOMPARE(read->title, s("Web + PostgreSQL"));
        QCOMPARE(read->category, s("Applications"));
        QCOMPARE(read->tags, QStringList({s("web"), s("database")}));
        QCOMPARE(read->version, s("1.0"));
        QVERIFY(read->edge);
        QCOMPARE(read->architectures, QStringList({s("amd64"), s("arm64")}));
        QCOMPARE(read->capabilities, QStringList({s("storage"), s("ingress")}));
        QCOMPARE(read->clusterScoped, QStringList({s("ClusterRole.rbac.authorization.k8s.io")}));
        QCOMPARE(read->origin, s(":/kdra/templates/web-postgresql"));
        QCOMPARE(read->files.size(), 3);
        QCOMPARE(read->parameters.size(), 5);
        const Parameter *replicas = read->parameter(s("replicas"));
        QVERIFY(replicas);
        QCOMPARE(replicas->title, s("Replicas"));
        QCOMPARE(replicas->defaultValue, QJsonValue(1));
        QCOMPARE(replicas->maximum, s("10"));
        QCOMPARE(read->parameter(s("password"))->length, 32);
        QVERIFY(read->parameter(s("domain"))->defaultValue.isUndefined());
        QCOMPARE(read->defaults().keys(), QStringList({s("replicas"), s("size"), s("storage")}));

        QLocale::setDefault(QLocale(QLocale::German, QLocale::Austria));
        const auto german = readTemplate(files, Source::BuiltIn, {});
        QVERIFY(german);
        QCOMPARE(german->title, s("Web und PostgreSQL"));
        QCOMPARE(german->description, s("Beides."));
        QCOMPARE(german->parameter(s("replicas"))->title, s("Kopien"));
        QCOMPARE(german->parameter(s("replicas"))->help, s("Wie viele."));
    }

    void refusesManifests_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("why");

        const auto row = [](const char *name, const QByteArray &yaml, int line, const char *why) {
            QTest::newRow(name) << yaml << line << s(why);
        };
        const QByteArray good = object;
        const auto data = [&good](const QByteArray &more) { return good + "data:\n  " + more + "\n"; };
        row("bad YAML", good + "data: [\n", 5, "not valid YAML");
        row("a tab", good + "data:\n\ta: 1\n", 5, "not valid YAML");
        row("unknown parameter", data("a: ${nobody}"), 5, "nobody");
        row("unknown parameter in what is left out", data("a: {$when: metrics, b: \"${nobody}\"}"), 5, "nobody");
        row("unknown parameter in an empty list", data("a:\n  - {$forEach: {none: x}, b: \"${nobody}\"}"), 6, "nobody");
        row("unknown of the environment", data("a: ${environment.uid}"), 5, "environment.uid");
        row("not a name", data("a: ${Not}"), 5, "${Not}");
        row("shell", data("a: ${HOME:-/root}"), 5, "$${");
        row("not closed", data("a: ${replicas"), 5, "placeholder");
        row("empty placeholder", data("a: ${}"), 5, "placeholder");
        row("element outside of its list", data("a:\n  - {$forEach: {hosts: h}, b: 1}\n  - b: \"${h}\""), 7, "“h”");
        row("placeholder in a key", data("\"${replicas}\": 1"), 5, "key");
        row("placeholder in part of a key", data("\"a${replicas}b\": 1"), 5, "key");
        row("unknown directive", data("$if: metrics"), 5, "$if");
        row("condition on nothing", data("a: {$when: nobody}"), 5, "nobody");
        row("condition with a placeholder", data("a: {$when: \"${metrics}\"}"), 5, "$when");
        row("condition that is a list", data("a: {$when: [metrics]}"), 5, "$when");
        row("condition on a secret", data("a: {$when: password == x}"), 5, "secret");
        row("repetition over no list", data("a:\n  - {$forEach: {replicas: x}}"), 6, "not a list");
        row("repetition that hides a parameter", data("a:\n  - {$forEach: {hosts: size}}"), 6, "size");
        row("repetition that is text", data("a:\n  - {$forEach: hosts}"), 6, "$forEach");
        row("repetition of a value", data("a: {$forEach: {hosts: x}}"), 5, "$forEach");
        row("a tag", data("a: !ruby/object x"), 5, "!ruby/object");
        row("a tag of a mapping", data("a: !!python/object {x: 1}"), 5, "tag");
        row("key twice", data("a: 1\n  a: 2"), 6, "twice");
        row("key twice once unescaped", data("$$a: 1\n  \"$${\": 2\n  $$$a: 1\n  $${: 3"), 8, "twice");
        row("null key", data("~: 1"), 5, "key");
        row("key that is a list", data("[a]: 1"), 5, "key");
        row("key that is another number", data("0x10: 1"), 5, "0x10");
        row("two objects with one name", good + "---\n" + good, 7, "two objects");
        row("two versions of one object",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\n"
            "apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}\n",
            7, "manifests/app.yaml:1");
        row("repeated name", "$forEach: {hosts: x}\n" + good, 4, "two objects");
        row("no kind", "apiVersion: v1\nmetadata: {name: a}\n", 1, "kind");
        row("no apiVersion", "kind: A\nmetadata: {name: a}\n", 1, "apiVersion");
        row("no name", "apiVersion: v1\nkind: A\nmetadata: {labels: {}}\n", 3, "name");
        row("generated name", "apiVersion: v1\nkind: A\nmetadata: {generateName: a}\n", 3, "name");
        row("not an object", "- 1\n", 1, "not a Kubernetes object");
        row("kind by parameter", "apiVersion: v1\nkind: ${size}\nmetadata: {name: a}\n", 2, "kind");
        row("another namespace", "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  namespace: kube-system\n", 5,
            "kube-system");
        row("a Namespace", "apiVersion: v1\nkind: Namespace\nmetadata: {name: \"${environment.namespace}\"}\n", 2,
            "Namespace");
        row("a List", "apiVersion: v1\nkind: List\nmetadata: {name: a}\nitems: []\n", 2, "List");
        row("cluster-scoped, not declared",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\n", 2,
            "does not declare");
        row("cluster-scoped, not declared, left out",
            "$when: metrics\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\n",
            3, "does not declare");
        row("cluster-scoped with a namespace",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a, namespace: x}\n", 3,
            "outside of namespaces");
        row("deep", good + "data: " + times(99, "[") + times(99, "]"), 0, "");
        row("too deep", good + "data: " + times(100, "[") + times(100, "]"), 4, "nested");
        row("much too deep", good + "data: " + times(100'000, "[") + times(100'000, "]"), 4, "nested");
        row("opened and never closed", good + "data: " + times(100'000, "["), 4, "");
        row("too deep in blocks", times(20'000, "- ") + "a", 1, "nested");
        row("alias bomb",
            good
                + "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                  "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: "
                  "[*e,*e,*e,*e,*e,*e,*e,*e]\n",
            8, "too much");
        row("alias bomb of text", good + "a: &a " + times(100'000, "x") + "\nb: [" + times(50, "*a,") + "]\n", 5,
            "too much");
        row("alias bomb of merges", good + "a: &a {<<: [" + times(10, "{a: 1},") + "]}\n", 0, "");
        row("alias in itself", good + "a: &a [*a]\n", 4, "alias");
        row("unknown alias", good + "a: *b\n", 4, "not valid YAML");
        row("not UTF-8", good + "data:\n  a: \"\xff\xfe\"\n", 5, "UTF-8");
        row("UTF-16", QByteArray("a\0:\0 \0b\0", 8), 1, "control");
        row("NUL", good + QByteArray("#\0", 2), 4, "control");
        row(
            "500 objects",
            [] {
                QByteArray all;
                for (int i = 0; i < 500; ++i)
                    all += "---\napiVersion: v1\nkind: A\nmetadata: {name: a" + QByteArray::number(i) + "}\n";
                return all;
            }(),
            0, "");
        row(
            "501 objects",
            [] {
                QByteArray all;
                for (int i = 0; i < 501; ++i)
                    all += "---\napiVersion: v1\nkind: A\nmetadata: {name: a" + QByteArray::number(i) + "}\n";
                return all;
            }(),
            2002, "more than 500");
    }
    void refusesManifests()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(int, line);
        QFETCH(QString, why);
        const auto read = readTemplate(filesOf(yaml, R"(
- {name: replicas, title: R, type: integer, default: 2}
- {name: password, title: P, type: secret}
- {name: size, title: S, type: string, default: small}
- {name: metrics, title: M, type: boolean, default: false}
- {name: hosts, title: H, type: list, default: [a, b]}
- {name: none, title: N, type: list, default: []}
)",
                                           "needs: {clusterScoped: [ClusterRole.rbac.authorization.k8s.io]}\n"),
            Source::Folder, s("/t"));
        if (line == 0) {
            QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
            return;
        }
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Configuration);
        QVERIFY2(read.error().what.contains(why), qPrintable(read.error().text()));
        QCOMPARE(read.error().where, QStringLiteral("manifests/app.yaml:%1").arg(line));
        QVERIFY(!read.error().remedy.isEmpty());
    }

    void refusesHeaders_data()
    {
        QTest::addColumn<QByteArray>("more"); // after the first four lines
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("why");

        const auto row = [](const char *name, const QByteArray &more, int line, const char *why) {
            QTest::newRow(name) << more << line << s(why);
        };
        const auto parameter = [&row](const char *name, const QByteArray &fields, const char *why) {
            row(name, "parameters:\n- {name: a, title: A, " + fields + "}\n", why[0] ? 6 : 0, why);
        };
        row("unknown field", "colour: red\n", 5, "colour");
        row("field twice", "title: Again\n", 5, "twice");
        row("unknown field of needs", "needs:\n  memory: 1Gi\n", 6, "memory");
        row("unknown architecture", "needs:\n  architectures: [amd64, x86]\n", 6, "x86");
        row("unknown capability", "needs: {capabilities: [gpu]}\n", 5, "gpu");
        row("no kind", "needs: {clusterScoped: [cluster roles]}\n", 5, "cluster roles");
        row("tags that are no list", "tags: web\n", 5, "tags");
        row("edge that is text", "edge: \"true\"\n", 5, "edge");
        row("long description", "description: " + times(1001, "x") + "\n", 5, "description");
        row("parameters that are no list", "parameters: {a: b}\n", 5, "list");
        row("two parameters with one name",
            "parameters:\n- {name: a, title: A, type: string}\n- {name: a, title: A, type: string}\n", 7,
            "two parameters");
        row("parameter without a title", "parameters:\n- {name: a, type: string}\n", 6, "title");
        row("bad name", "parameters:\n- {name: my-name, title: A, type: string}\n", 6, "letters");
        row("name of the environment", "parameters:\n- {name: environment.name, title: A, type: string}\n", 6,
            "letters");
        parameter("no type", "help: x", "type");
        parameter("unknown type", "type: password", "password");
        parameter("unknown field of a parameter", "type: string, defualt: x", "defualt");
        parameter("default of another type", "type: integer, default: x", "whole");
        parameter("quoted default", "type: integer, default: \"1\"", "whole");
        parameter("default out of range", "type: integer, default: 0, minimum: 1", "at least 1");
        parameter("default that is no choice", "type: enum, choices: [a], default: b", "one of");
        parameter("default of a secret", "type: secret, default: hunter2", "default");
        parameter("short secret", "type: secret, length: 3", "8 to 256");
        parameter("no choices", "type: enum", "choices");
        parameter("choices of a string", "type: string, choices: [a]", "choices");
        parameter("minimum of a string", "type: string, minimum: 1", "minimum");
        parameter("minimum that is none", "type: integer, minimum: x", "minimum");
        parameter("minimum above maximum", "type: integer, minimum: 3, maximum: 2", "minimum");
        parameter("quantities the wrong way round", "type: quantity, minimum: 1Gi, maximum: 1Mi", "minimum");
        parameter("bad pattern", "type: string, pattern: \"[\"", "regular expression");
        parameter("long default", "type: string, default: " + times(70'000, "x"), "characters");
        row("translation of no parameter", "translations:\n  de:\n    parameters:\n      x: {title: X}\n", 8, "“x”");
        row("unknown field of a translation", "translations: {de: {name: x}}\n", 5, "name");
        row("second document", "---\na: 1\n", 6, "one YAML document");
    }
    void refusesHeaders()
    {
        QFETCH(QByteArray, more);
        QFETCH(int, line);
        QFETCH(QString, why);
        const auto read = readTemplate(filesOf(object, {}, more), Source::Cluster, s("ConfigMap team/web"));
        QVERIFY(!read);
        QVERIFY2(read.error().what.contains(why), qPrintable(read.error().text()));
        QCOMPARE(read.error().where, QStringLiteral("template.yaml:%1").arg(line));
    }

    void refusesOtherHeaders()
    {
        const auto refusal = [](const char *what, const char *by) {
            auto files = filesOf(object);
            files[0].content.replace(what, by);
            const auto read = readTemplate(files, Source::Folder, s("/t"));
            return read ? QString() : read.error().where + QLatin1Char(' ') + read.error().what;
        };
        QVERIFY(refusal("kdra.dev/v1", "kdra.dev/v9").startsWith(s("template.yaml:1 ")));
        QVERIFY(refusal("EnvironmentTemplate", "Template").startsWith(s("template.yaml:2 ")));
        QVERIFY(refusal("name: sample", "name: Not_A_Label").startsWith(s("template.yaml:3 ")));
        QVERIFY(refusal("title: Sample", "title: \"\"").startsWith(s("template.yaml:4 ")));
    }

    void refusesFiles_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("parent") << s("../x.yaml");
        QTest::newRow("parent inside") << s("manifests/../../x.yaml");
        QTest::newRow("absolute") << s("/etc/x.yaml");
        QTest::newRow("backslash") << s("manifests\\x.yaml");
        QTest::newRow("another folder") << s("charts/x.yaml");
        QTest::newRow("folder in a folder") << s("manifests/a/x.yaml");
        QTest::newRow("hidden") << s("manifests/.x.yaml");
        QTest::newRow("not YAML") << s("manifests/x.sh");
        QTest::newRow("newline") << s("manifests/x.yaml\n");
        QTest::newRow("empty") << QString();
        QTest::newRow("twice") << s("manifests/app.yaml");
    }
    void refusesFiles()
    {
        QFETCH(QString, path);
        auto files = filesOf(object);
        files.append({path, object});
        const auto read = readTemplate(files, Source::Cluster, s("ConfigMap team/web"));
        QVERIFY(!read);
        QCOMPARE(read.error().where, s("ConfigMap team/web"));
        QVERIFY2(read.error().what.contains(path), qPrintable(read.error().text()));
    }

    void refusesMissingAndTooMuch()
    {
        const auto files = filesOf(object);
        const auto headless = readTemplate({files[1]}, Source::Folder, s("/t"));
        QVERIFY(!headless);
        QVERIFY(headless.error().what.contains(s("no template.yaml")));
        QCOMPARE(headless.error().where, s("/t"));
        const auto empty = readTemplate({files[0]}, Source::Folder, s("/t"));
        QVERIFY(!empty);
        QVERIFY(empty.error().what.contains(s("no manifests")));
        auto large = files;
        for (int i = 0; i < 10; ++i)
            large.append({QStringLiteral("manifests/%1.yaml").arg(i), QByteArray(1 << 20, '#')});
        const auto refused = readTemplate(large, Source::Folder, s("/t"));
        QVERIFY(!refused);
        QVERIFY(refused.error().what.contains(s("larger than")));
        auto many = files;
        for (int i = 0; i < 200; ++i)
            many.append({QStringLiteral("manifests/%1.yaml").arg(i), QByteArray()});
        QVERIFY(readTemplate(many, Source::Folder, s("/t")).error().what.contains(s("200 files")));
    }

    void readsFolders()
    {
        const QTemporaryDir dir;
        QVERIFY(make(dir));
        QVERIFY(write(dir.filePath(s("README.md")), "not of the template"));
        QVERIFY(write(dir.filePath(s("manifests/.app.yaml.swp")), "of an editor"));
        const auto files = readTemplateFolder(dir.path());
        QVERIFY2(files, qPrintable(files ? QString() : files.error().text()));
        QCOMPARE(*files, filesOf(object));
        // A link inside of the folder is the folder's own business, as is one to it.
        QVERIFY(QFile::link(dir.filePath(s("manifests/app.yaml")), dir.filePath(s("manifests/link.yaml"))));
        const QTemporaryDir other;
        QVERIFY(QFile::link(dir.path(), other.filePath(s("template"))));
        QCOMPARE(readTemplateFolder(other.filePath(s("template")))->size(), 3);
    }

    void refusesFolders()
    {
        const QTemporaryDir outside;
        QVERIFY(write(outside.filePath(s("secret.yaml")), object));
        const auto refusal = [&](const std::function<bool(const QString &)> &spoil) {
            const QTemporaryDir dir;
            if (!make(dir) || !spoil(dir.path()))
                return s("could not be set up");
            const auto files = readTemplateFolder(dir.path());
            return files ? QString() : files.error().what + QLatin1Char(' ') + files.error().where;
        };
        const auto has = [](const QString &text, const char *a, const char *b) {
            if (text.contains(s(a)) && text.contains(s(b)))
                return true;
            qWarning() << text;
            return false;
        };
        QVERIFY(has(refusal([&](const QString &dir) {
            return QFile::link(outside.filePath(s("secret.yaml")), dir + s("/manifests/evil.yaml"));
        }),
            "link out of", "/manifests/evil.yaml"));
        QVERIFY(
            has(refusal([&](const QString &dir) { return QFile::link(s("/dev/zero"), dir + s("/manifests/z.yaml")); }),
                "link out of", "/manifests/z.yaml"));
        QVERIFY(
            has(refusal([&](const QString &dir) { return QFile::link(s("/nowhere"), dir + s("/manifests/z.yaml")); }),
                "link to nowhere", "/manifests/z.yaml"));
        QVERIFY(has(refusal([&](const QString &dir) {
            return QDir(dir + s("/manifests")).removeRecursively()
                && QFile::link(outside.path(), dir + s("/manifests"));
        }),
            "link out of", "/manifests/secret.yaml"));
        QVERIFY(has(refusal([&](const QString &dir) {
            return QFile::remove(dir + s("/template.yaml"))
                && QFile::link(outside.filePath(s("secret.yaml")), dir + s("/template.yaml"));
        }),
            "link out of", "/template.yaml"));
        QVERIFY(has(refusal([&](const QString &dir) {
            return ::mkfifo(QFile::encodeName(dir + s("/manifests/pipe.yaml")).constData(), 0600) == 0;
        }),
            "not a file", "/manifests/pipe.yaml"));
        QVERIFY(has(refusal([&](const QString &dir) { return QDir(dir).mkdir(s("manifests/more")); }), "not a file",
            "/manifests/more"));
        QVERIFY(
            has(refusal([&](const QString &dir) { return write(dir + s("/manifests/run.sh"), "#!"); }), "run.sh", ""));
        QVERIFY(has(refusal([&](const QString &dir) {
            return write(dir + s("/manifests/large.yaml"), QByteArray(10 << 20, '#'));
        }),
            "larger than", "/manifests/large.yaml"));
        QVERIFY(has(refusal([&](const QString &dir) { return QFile::remove(dir + s("/template.yaml")); }),
            "no template.yaml", ""));
        QVERIFY(has(refusal([&](const QString &dir) { return QDir(dir).removeRecursively(); }), "not there", ""));
    }

    void keepsFilesInAClusters()
    {
        auto files = filesOf(object);
        std::ranges::sort(files, {}, &TemplateFile::path);
        files.first().content += "# \"Grüße\" \xF0\x9F\x8D\x93\n";
        const auto unpacked = unpackTemplateFiles(packTemplateFiles(files));
        QVERIFY(unpacked);
        QCOMPARE(*unpacked, files);

        const QJsonObject data = configMapData(files);
        QCOMPARE(data.keys(), QStringList({s("manifests__app.yaml"), s("template.yaml")}));
        const QJsonObject map{
            {s("metadata"), QJsonObject{{s("namespace"), s("team")}, {s("name"), s("web")}}}, {s("data"), data}};
        const auto back = filesOfConfigMap(map);
        QVERIFY(back);
        QCOMPARE(*back, files);
    }

    void refusesHostileFilesOfClusters()
    {
        for (const QByteArray &packed : {QByteArray(), QByteArray("x"), QByteArray("[]"), QByteArray(R"({"a":1})"),
                 QByteArray(R"({"../a.yaml":"x"})"), QByteArray(R"({"template.yaml":{}})"), QByteArray(3 << 20, '{')})
            QVERIFY2(!unpackTemplateFiles(packed), packed.left(40).constData());
        const auto map = [](const QJsonObject &data) {
            return QJsonObject{
                {s("metadata"), QJsonObject{{s("namespace"), s("team")}, {s("name"), s("web")}}}, {s("data"), data}};
        };
        for (const char *key :
            {"..__x.yaml", "x", "manifests__..__x", "manifests__../x.yaml", "manifests/../../x.yaml"}) {
            const auto files = filesOfConfigMap(map({{s(key), s("a")}}));
            QVERIFY2(!files, key);
            QCOMPARE(files.error().where, s("ConfigMap team/web"));
        }
        QVERIFY(!filesOfConfigMap(map({{s("template.yaml"), QString(1 << 20, QLatin1Char('#'))}})));
    }
};

QTEST_GUILESS_MAIN(TestTemplateReader)
#include "tst_templatereader.moc"
