// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/parameters.h"
#include "environments/render.h"
#include "environments/yamltree.h"
#include "sample.h"

#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

constexpr char parameters[] = R"(
- {name: replicas, title: Replicas, type: integer, default: 2}
- {name: ratio, title: Ratio, type: number, default: 0.5}
- {name: image, title: Image, type: image, default: docker.io/library/nginx:1.29}
- {name: password, title: Password, type: secret}
- {name: storage, title: Storage, type: quantity, default: 1Gi}
- {name: size, title: Size, type: enum, choices: [small, large], default: small}
- {name: metrics, title: Metrics, type: boolean, default: false}
- {name: text, title: Text, type: string, default: ""}
- {name: hosts, title: Hosts, type: list, default: [a, b]}
)";

// The data of a ConfigMap with this body below `data:`.
QByteArray configMap(const QByteArray &data)
{
    QByteArray indented = data;
    indented.replace("\n", "\n  ");
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  " + indented + "\n";
}

Result<QList<Manifest>> rendered(const QList<TemplateFile> &files, const Values &given = {})
{
    const auto read = readTemplate(files, Source::Folder, QStringLiteral("/t"));
    if (!read)
        return std::unexpected(read.error());
    const auto values = completeValues(*read, given);
    if (!values)
        return std::unexpected(values.error());
    return render(*read, *values, identity());
}

} // namespace

class TestRender : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void substitutes_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("expected");

        QTest::newRow("a whole plain scalar has the type")
            << QByteArray("a: ${replicas}\nb: ${metrics}\nc: ${ratio}") << QByteArray(R"({"a":2,"b":false,"c":0.5})");
        QTest::newRow("quoted is text") << QByteArray("a: \"${replicas}\"\nb: '${metrics}'\nc: |\n  ${ratio}")
                                        << QByteArray(R"({"a":"2","b":"false","c":"0.5\n"})");
        QTest::newRow("a part is text") << QByteArray("a: ${replicas}0\nb: x${metrics}\nc: ${replicas}${replicas}")
                                        << QByteArray(R"({"a":"20","b":"xfalse","c":"22"})");
        QTest::newRow("a list") << QByteArray("a: ${hosts}\nb: \"${hosts}\"")
                                << QByteArray(R"({"a":["a","b"],"b":"a,b"})");
        QTest::newRow("the environment") << QByteArray("a: ${environment.name}-web\nb: ${environment.namespace}\n"
                                                       "c: ${environment.owner}\nd: ${environment.host}")
                                         << QByteArray(
                                                R"({"a":"demo-web","b":"team","c":"jane","d":"demo.example.com"})");
        QTest::newRow("escapes") << QByteArray("a: $${x}\nb: $$$${x}\nc: $x $(y) $$ $\n\"$${k}\": 1\n$$when: 2")
                                 << QByteArray(R"({"$when":2,"${k}":1,"a":"${x}","b":"$$${x}","c":"$x $(y) $$ $"})");
        QTest::newRow("conditions") << QByteArray(
            "a: {$when: metrics, x: 1}\nb: {$when: \"!metrics\", x: 1}\nc: {$when: size == small, x: 1}\n"
            "d: {$when: size != small, x: 1}\ne: {$when: !metrics , x: 1}\nf: {$when: text, x: 1}\n"
            "g: {$when: hosts, x: 1}\nh: {$when: environment.host, x: 1}\ni: {$when: replicas == 2}")
                                    << QByteArray(
                                           R"({"b":{"x":1},"c":{"x":1},"e":{"x":1},"g":{"x":1},"h":{"x":1},"i":{}})");
        QTest::newRow("conditions of items")
            << QByteArray("a:\n- {$when: metrics, x: 1}\n- x\n- {x: 2}") << QByteArray(R"({"a":["x",{"x":2}]})");
        QTest::newRow("repetition") << QByteArray(
            "a:\n- {$forEach: {hosts: host}, name: \"${host}\", m: \"${replicas}\"}\n- last")
                                    << QByteArray(R"({"a":[{"m":"2","name":"a"},{"m":"2","name":"b"},"last"]})");
        QTest::newRow("repetition in repetition, with a condition")
            << QByteArray(
                   "a:\n- $forEach: {hosts: x}\n  in:\n  - {$forEach: {hosts: y}, $when: y != a, v: \"${x}${y}\"}")
            << QByteArray(R"({"a":[{"in":[{"v":"ab"}]},{"in":[{"v":"bb"}]}]})");
        QTest::newRow("aliases and merge keys")
            << QByteArray("a: &a {x: 1, z: \"${size}\"}\nb: *a\nc: {<<: *a, x: 2}\nd: {<<: [{x: 3}, *a]}")
            << QByteArray(
                   R"({"a":{"x":1,"z":"small"},"b":{"x":1,"z":"small"},"c":{"x":2,"z":"small"},"d":{"x":3,"z":"small"}})");
    }
    void substitutes()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, expected);
        const auto manifests = rendered(filesOf(configMap(yaml), parameters));
        QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
        QCOMPARE(manifests->size(), 1);
        QCOMPARE(json(manifests->constFirst().object.value(QStringLiteral("data"))), expected);
    }

    void readsPlainScalarsAsKubectl_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonValue>("value");

        // What `kubectl label --local -f FILE -o json` of Kubernetes 1.32 made of them.
        const std::pair<const char *, QJsonValue> rows[] = {{"y", true}, {"yes", true}, {"on", true}, {"Off", false},
            {"n", false}, {"True", true}, {"0123", 83}, {"0o17", 15}, {"0x1F", 31}, {"0X1f", 31}, {"-0x1F", -31},
            {"0b11", 3}, {"1_000", 1000}, {"0_7", 7}, {"1e3", 1000}, {"1e+3", 1000}, {"1E5", 100000}, {"1.0", 1},
            {".5", 0.5}, {"5e-1", 0.5}, {"1.", 1}, {"1_0.5", 10.5}, {"08", 8}, {"+5", 5}, {"-0", 0}, {"~", {}},
            {"NULL", {}}, {"12345678901234567890", 12345678901234567890.0},
            {"9007199254740993", qint64(9007199254740993)}, {"2001-01-01", QStringLiteral("2001-01-01")},
            {"1:30", QStringLiteral("1:30")}, {"123e", QStringLiteral("123e")}, {"0.1.2", QStringLiteral("0.1.2")},
            {"_1", QStringLiteral("_1")}, {"yEs", QStringLiteral("yEs")}, {"-", QStringLiteral("-")},
            {"1.29-alpine", QStringLiteral("1.29-alpine")}, {"100m", QStringLiteral("100m")}};
        for (const auto &[text, value] : rows)
            QTest::newRow(text) << QString::fromLatin1(text) << value;
    }
    void readsPlainScalarsAsKubectl()
    {
        QFETCH(QString, text);
        QFETCH(QJsonValue, value);
        QCOMPARE(plainScalar(text), value);
    }

    void tellsWhereItIs()
    {
        const auto manifests =
            rendered(filesOf("# first\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n---\n"
                             "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                             "metadata: {name: \"${environment.name}-b\"}\n---\n"
                             "$forEach: {hosts: host}\napiVersion: apps/v1\nkind: Deployment\n"
                             "metadata: {name: \"${host}\", namespace: \"${environment.namespace}\"}\n",
                parameters, "needs: {clusterScoped: [ClusterRole.rbac.authorization.k8s.io]}\n"));
        QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
        QStringList told;
        for (const Manifest &manifest : *manifests)
            told.append(manifest.where() + QLatin1Char(' ') + manifest.display());
        QCOMPARE(told,
            QStringList({QStringLiteral("manifests/app.yaml:2 ConfigMap a"),
                QStringLiteral("manifests/app.yaml:7 ClusterRole.rbac.authorization.k8s.io demo-b"),
                QStringLiteral("manifests/app.yaml:11 Deployment a"),
                QStringLiteral("manifests/app.yaml:11 Deployment b")}));
    }

    void takesFilesByName()
    {
        auto files = filesOf(configMap("a: 1"));
        files.append(
            {QStringLiteral("manifests/00-first.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"});
        const auto manifests = rendered(files);
        QVERIFY(manifests);
        QCOMPARE(manifests->size(), 2);
        QCOMPARE(manifests->constFirst().display(), QStringLiteral("Secret s"));
    }

    void keepsSecretsInSecrets()
    {
        const QByteArray secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n"
                                  "  url: \"postgres://app:${password}@db\"\n";
        const auto manifests =
            rendered(filesOf(secret, parameters), {{QStringLiteral("password"), QStringLiteral("p")}});
        QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
        QCOMPARE(
            manifests->constFirst().object.value(QStringLiteral("stringData")).toObject().value(QStringLiteral("url")),
            QJsonValue(QStringLiteral("postgres://app:p@db")));
        const auto refused = rendered(filesOf(configMap("a: ${password}"), parameters));
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.contains(QStringLiteral("password")), qPrintable(refused.error().text()));
        QCOMPARE(refused.error().where, QStringLiteral("manifests/app.yaml:5"));
    }

    void refusesValues()
    {
        const auto from = readTemplate(filesOf(configMap("a: ${replicas}"), parameters), Source::Folder, {});
        QVERIFY(from);
        const auto values = completeValues(*from, {});
        QVERIFY(values);
        Values wrong = *values;
        wrong.insert(QStringLiteral("replicas"), QJsonObject{{QStringLiteral("evil"), true}});
        QVERIFY(!render(*from, wrong, identity()));
        wrong.remove(QStringLiteral("replicas"));
        QVERIFY(!render(*from, wrong, identity()));
        for (const char *name : {"", "UPPER", "a/b", "a\n", "-a", "a-very-long-name-of-more-than-forty-characters"}) {
            Identity bad = identity();
            bad.name = QString::fromLatin1(name);
            QVERIFY2(!render(*from, *values, bad), name);
            bad = identity();
            bad.whole = QString::fromLatin1(name); // none: called the same
            QVERIFY2(render(*from, *values, bad).has_value() == bad.whole.isEmpty(), name);
        }
        for (const char *host : {"a b", "a/b", "a:1", "*.a", "a..b"}) {
            Identity bad = identity();
            bad.host = QString::fromLatin1(host);
            QVERIFY2(!render(*from, *values, bad), host);
        }
    }

    void namesOfObjectsStayNames()
    {
        const QByteArray yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${text}\n";
        const auto from =
            readTemplate(filesOf(yaml, "- {name: text, title: Text, type: string}\n"), Source::Folder, {});
        QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
        for (const char *name : {"../../secrets/x", "..", "a%2fb"}) {
            const auto manifests = render(*from, {{QStringLiteral("text"), QString::fromLatin1(name)}}, identity());
            QVERIFY2(!manifests, name);
            QCOMPARE(manifests.error().where, QStringLiteral("manifests/app.yaml:4"));
        }
    }

    void leavesToOthersWhatIsTheirs_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("named");
        const QByteArray object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
        QTest::newRow("finalizers") << object + "  finalizers: [example.com/never]\n" << QStringLiteral("finalizers");
        QTest::newRow("owners") << object
                + "  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: b, uid: \"1\"}]\n"
                                << QStringLiteral("ownerReferences");
        QTest::newRow("an ApplySet's member") << object + "  labels: {applyset.kubernetes.io/part-of: applyset-x-v1}\n"
                                              << QStringLiteral("applyset.kubernetes.io/part-of");
        QTest::newRow("an ApplySet's parent") << object + "  annotations: {applyset.kubernetes.io/tooling: kdra/v1}\n"
                                              << QStringLiteral("applyset.kubernetes.io/tooling");
        const QByteArray pods = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n";
        QTest::newRow("members among pods")
            << pods + "    metadata: {labels: {applyset.kubernetes.io/part-of: applyset-x-v1}}\n"
            << QStringLiteral("applyset.kubernetes.io/part-of");
        QTest::newRow("a node") << pods + "    spec: {nodeName: cp-1}\n" << QStringLiteral("nodeName");
        QTest::newRow("a pod's node") << QByteArray(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {nodeName: cp-1}\n")
                                      << QStringLiteral("nodeName");
        // What a condition leaves out is checked all the same.
        QTest::newRow("left out") << "$when: metrics\n" + object + "  finalizers: [example.com/never]\n"
                                  << QStringLiteral("finalizers");
    }
    void leavesToOthersWhatIsTheirs()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, named);
        const auto manifests = rendered(filesOf(yaml, parameters));
        QVERIFY(!manifests);
        QVERIFY2(manifests.error().what.contains(named), qPrintable(manifests.error().text()));
        QVERIFY2(manifests.error().where.startsWith(QStringLiteral("manifests/app.yaml:")),
            qPrintable(manifests.error().where));
    }

    void staysBounded()
    {
        // 100 x 100 x 100 elements.
        const QByteArray yaml = "a:\n- $forEach: {hosts: x}\n  v:\n  - $forEach: {hosts: y}\n    v:\n"
                                "    - {$forEach: {hosts: z}, v: \"${x}${y}${z}\"}";
        QJsonArray hosts;
        for (int i = 0; i < 100; ++i)
            hosts.append(QString::number(i));
        const auto manifests = rendered(filesOf(configMap(yaml), parameters), {{QStringLiteral("hosts"), hosts}});
        QVERIFY(!manifests);
        QVERIFY2(manifests.error().what.contains(QStringLiteral("too large")), qPrintable(manifests.error().text()));
        QByteArray many;
        for (int i = 0; i < 60; ++i)
            many += "a" + QByteArray::number(i) + ": ${text}\n";
        const auto long_ = rendered(
            filesOf(configMap(many), parameters), {{QStringLiteral("text"), QString(200'000, QLatin1Char('x'))}});
        QVERIFY(!long_);
        QVERIFY2(long_.error().what.contains(QStringLiteral("too large")), qPrintable(long_.error().text()));
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
