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
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
