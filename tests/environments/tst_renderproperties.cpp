// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever somebody types: the rendered objects keep their structure, and the value comes out as it went in.
#include "environments/parameters.h"
#include "environments/placeholders.h"
#include "environments/render.h"
#include "sample.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

constexpr char parameters[] = R"(
- {name: text, title: Text, type: string, default: plain}
- {name: hosts, title: Hosts, type: list, default: [one, two, three]}
- {name: password, title: Password, type: secret}
- {name: replicas, title: Replicas, type: integer, default: 2}
)";

// Every place a value can be in: plain, quoted, block, flow, part of a text, list, condition, repetition.
constexpr char manifest[] = R"(apiVersion: v1
kind: ConfigMap
metadata: {name: "${environment.name}-c", labels: {app: web}}
data:
  plain: ${text}
  double: "${text}"
  single: '${text}'
  literal: |
    a: ${text}
    b: 2
  folded: >-
    ${text}
  part: a ${text} b
  twice: ${text}${text}
  escaped: $${text}
  number: 5
  list: [1, "${text}", x, true]
  flow: {a: "${text}", b: 2}
  typed: ${hosts}
  integer: ${replicas}
  each:
  - {$forEach: {hosts: host}, name: "${host}", fixed: 1}
  - last
---
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData:
  password: ${password}
  url: "db://${password}@host"
)";

using Leaves = QMap<QString, QJsonValue>;

// Every scalar, and every container by its size, under its path.
void collect(const QJsonValue &value, const QString &path, Leaves &into)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        into.insert(path + QStringLiteral("{}"), object.size());
        for (auto one = object.begin(); one != object.end(); ++one)
            collect(*one, path + QLatin1Char('/') + one.key(), into);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        into.insert(path + QStringLiteral("[]"), array.size());
        for (qsizetype i = 0; i < array.size(); ++i)
            collect(array.at(i), path + QLatin1Char('/') + QString::number(i), into);
    } else {
        into.insert(path, value);
    }
}

Leaves leavesOf(const QList<Manifest> &manifests)
{
    Leaves leaves;
    for (const Manifest &one : manifests)
        collect(one.object, one.display(), leaves);
    return leaves;
}

QString randomText(QRandomGenerator &random)
{
    static const QStringList pieces = {QStringLiteral("\n"), QStringLiteral("\r\n"), QStringLiteral("\""),
        QStringLiteral("'"), QStringLiteral("${text}"), QStringLiteral("$${"), QStringLiteral("${"),
        QStringLiteral("}"), QStringLiteral("${password}"), QStringLiteral("${environment.name}"),
        QStringLiteral("---\n"), QStringLiteral("...\n"), QStringLiteral(": "), QStringLiteral("- "),
        QStringLiteral("\n  evil: true"), QStringLiteral("{a: b}"), QStringLiteral("[1, 2]"), QStringLiteral("&a "),
        QStringLiteral("*a"), QStringLiteral("!!python/object "), QStringLiteral("#"), QStringLiteral("|"),
        QStringLiteral(">"), QStringLiteral("%YAML 1.1"), QStringLiteral("\t"), QStringLiteral("\\"),
        QStringLiteral("\\u0000"), QString(QChar::Null), QString(QChar(0x2028)), QString(QChar(0xfeff)),
        QString(QChar(0x202e)), QString::fromUcs4(U"\U0001F353"), QStringLiteral("é"), QStringLiteral("true"),
        QStringLiteral("null"), QStringLiteral("1e3"), QStringLiteral("1"), QStringLiteral("y"), QStringLiteral("~"),
        QStringLiteral("$when"), QStringLiteral("$forEach"), QStringLiteral("<<"), QStringLiteral("%1"),
        QStringLiteral(" "), QStringLiteral("x")};
    if (random.bounded(200) == 0)
        return QString(50'000, QLatin1Char('"'));
    QString text;
    for (int count = random.bounded(1, 8); count > 0; --count) {
        if (random.bounded(4) == 0)
            text += QChar(static_cast<char16_t>(random.bounded(1, 0xd800)));
        else
            text += pieces[random.bounded(pieces.size())];
    }
    return text;
}

} // namespace

class TestRenderProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noValueChangesTheStructure()
    {
        const auto from = readTemplate(filesOf(manifest, parameters), Source::Folder, {});
        QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
        const auto benign = completeValues(*from, {});
        QVERIFY(benign);
        const auto before = render(*from, *benign, identity());
        QVERIFY(before);
        const Leaves expected = leavesOf(*before);
        QCOMPARE(before->size(), 2);

        QRandomGenerator random(20'261'124); // the same values each time: a failure can be looked at again
        for (int round = 0; round < 5000; ++round) {
            const QString text = randomText(random);
            const QString host = randomText(random);
            const QString secret = randomText(random);
            Values values = *benign;
            values.insert(QStringLiteral("text"), text);
            values.insert(QStringLiteral("password"), secret);
            values.insert(QStringLiteral("hosts"), QJsonArray{host, QStringLiteral("b"), text});
            const auto after = render(*from, values, identity());
            QVERIFY2(after, qPrintable(after ? QString() : after.error().text()));
            const Leaves leaves = leavesOf(*after);
            QCOMPARE(leaves.keys(), expected.keys());
            const QString map = QStringLiteral("ConfigMap demo-c/data/");
            const QMap<QString, QString> changed = {{map + QStringLiteral("plain"), text},
                {map + QStringLiteral("double"), text}, {map + QStringLiteral("single"), text},
                {map + QStringLiteral("literal"), QStringLiteral("a: ") + text + QStringLiteral("\nb: 2\n")},
                {map + QStringLiteral("folded"), text},
                {map + QStringLiteral("part"), QStringLiteral("a ") + text + QStringLiteral(" b")},
                {map + QStringLiteral("twice"), text + text}, {map + QStringLiteral("list/1"), text},
                {map + QStringLiteral("flow/a"), text}, {map + QStringLiteral("typed/0"), host},
                {map + QStringLiteral("typed/1"), QStringLiteral("b")}, {map + QStringLiteral("typed/2"), text},
                {map + QStringLiteral("each/0/name"), host}, {map + QStringLiteral("each/1/name"), QStringLiteral("b")},
                {map + QStringLiteral("each/2/name"), text}, {QStringLiteral("Secret s/stringData/password"), secret},
                {QStringLiteral("Secret s/stringData/url"),
                    QStringLiteral("db://") + secret + QStringLiteral("@host")}};
            for (auto leaf = leaves.begin(); leaf != leaves.end(); ++leaf) {
                const auto own = changed.find(leaf.key());
                if (own == changed.end())
                    QCOMPARE(*leaf, expected.value(leaf.key()));
                else
                    QCOMPARE(*leaf, QJsonValue(*own));
            }
        }
    }

    // What "Save as template" writes comes out again.
    void whatIsEscapedComesBack()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 5000; ++round) {
            const QString text = randomText(random) + QLatin1Char('x');
            const auto pieces = piecesOf(escaped(text));
            QVERIFY2(pieces, qPrintable(text));
            QCOMPARE(*pieces, QList<Piece>({Piece{.text = text}}));
        }
    }
};

QTEST_GUILESS_MAIN(TestRenderProperties)
#include "tst_renderproperties.moc"
