// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/parameters.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace kdra;
using namespace kdra::environments;

namespace {

using enum ParameterType;

Parameter parameter(ParameterType type, const QString &minimum = {}, const QString &maximum = {})
{
    return {.name = QStringLiteral("x"),
        .title = QStringLiteral("X"),
        .type = type,
        .minimum = minimum,
        .maximum = maximum};
}

Parameter withPattern(ParameterType type, const QString &pattern)
{
    Parameter result = parameter(type);
    result.pattern = pattern;
    return result;
}

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestParameters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<Parameter>("parameter");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("problem"); // part of it; empty: accepted

        const auto row = [](const char *name, const Parameter &parameter, const QJsonValue &value,
                             const char *problem) { QTest::newRow(name) << parameter << value << s(problem); };
        Parameter optional = parameter(String);
        optional.defaultValue = QString();
        Parameter choice = parameter(Enum);
        choice.choices = {s("small"), s("large")};

        row("nothing", optional, QJsonValue(QJsonValue::Undefined), "needs a value");
        row("null", optional, QJsonValue(), "needs a value");
        row("text", parameter(String), s("a: {b}\n---\n\"${x}\""), "");
        row("empty text without a default", parameter(String), QString(), "needs a value");
        row("empty text with a default", optional, QString(), "");
        row("number for text", parameter(String), 1, "text");
        row("object for text", parameter(String), QJsonObject{{s("a"), 1}}, "text");
        row("list for text", parameter(String), QJsonArray{s("a")}, "text");
        row("half a character", parameter(String), QString(QChar(0xd800)), "not valid text");
        row("huge text", parameter(String), QString(300'000, QLatin1Char('x')), "too long");
        row("pattern", withPattern(String, s("[a-z]+")), s("abc"), "");
        row("pattern is anchored", withPattern(String, s("[a-z]+|x")), s("abc1"), "[a-z]+");
        row("pattern is anchored in front", withPattern(String, s("[a-z]+|x")), s("1abc"), "[a-z]+");
        row("pattern and a newline at the end", withPattern(String, s("[a-z]+")), s("abc\n"), "pattern");
        row("hostile pattern gives up", withPattern(String, s("(a+)+b")), QString(5000, QLatin1Char('a')), "pattern");
        row("integer", parameter(Integer, s("1"), s("5")), 5, "");
        row("integer as a double", parameter(Integer), 3.0, "");
        row("half an integer", parameter(Integer), 3.5, "whole");
        row("text for an integer", parameter(Integer), s("3"), "whole");
        row("bool for an integer", parameter(Integer), true, "whole");
        row("too large for a double", parameter(Integer), 1e17, "whole");
        row("below", parameter(Integer, s("1"), s("5")), 0, "between 1 and 5");
        row("above", parameter(Integer, {}, s("5")), 6, "at most 5");
        row("number", parameter(Number, s("0.5")), 0.5, "");
        row("number below", parameter(Number, s("0.5")), 0.25, "at least 0.5");
        row("boolean", parameter(Boolean), false, "");
        row("text for a boolean", parameter(Boolean), s("true"), "true or false");
        row("choice", choice, s("large"), "");
        row("no choice", choice, s("Large"), "small, large");
        row("quantity", parameter(Quantity, s("100Mi"), s("100Gi")), s("1Gi"), "");
        row("quantity below", parameter(Quantity, s("100Mi"), s("100Gi")), s("1M"), "between 100Mi and 100Gi");
        row("small quantity above", parameter(Quantity, {}, s("250m")), s("251m"), "at most 250m");
        row("large quantity above", parameter(Quantity, {}, s("1Ei")), s("2Ei"), "at most 1Ei");
        row("no quantity", parameter(Quantity), s("1 GB"), "amount");
        row("image", parameter(Image), s("docker.io/library/nginx:1.29-alpine"), "");
        row("image with port and digest", parameter(Image),
            s("localhost:5000/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), "");
        row("short image", parameter(Image), s("nginx"), "");
        row("image with a space", parameter(Image), s("nginx 1"), "image");
        row("image of another line", parameter(Image), s("nginx\nevil"), "image");
        row("image as a URL", parameter(Image), s("https://docker.io/nginx"), "image");
        row("secret", parameter(Secret), s("hunter2"), "");
        row("empty secret", parameter(Secret), QString(), "needs a value");
        row("list", parameter(List), QJsonArray{s("a"), s("b")}, "");
        row("empty list", parameter(List), QJsonArray(), "");
        row("list of numbers", parameter(List), QJsonArray{1}, "text");
        row("empty element", parameter(List), QJsonArray{QString()}, "text");
        row("pattern of elements", withPattern(List, s("[a-z]+")), QJsonArray{s("a"), s("1")}, "pattern");
        row("text for a list", parameter(List), s("a"), "list");
    }
    void judges()
    {
        QFETCH(Parameter, parameter);
        QFETCH(QJsonValue, value);
        QFETCH(QString, problem);
        const QString found = problemOf(parameter, value);
        if (problem.isEmpty())
            QCOMPARE(found, QString());
        else
            QVERIFY2(found.contains(problem), qPrintable(found));
    }

    void readsFields_data()
    {
        QTest::addColumn<Parameter>("parameter");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("back");

        const QJsonValue none(QJsonValue::Undefined);
        QTest::newRow("integer") << parameter(Integer) << s(" 3 ") << QJsonValue(3) << s("3");
        QTest::newRow("no integer") << parameter(Integer) << s("3.5") << none << QString();
        QTest::newRow("empty integer") << parameter(Integer) << QString() << none << QString();
        QTest::newRow("number") << parameter(Number) << s("0.25") << QJsonValue(0.25) << s("0.25");
        QTest::newRow("no finite number") << parameter(Number) << s("inf") << none << QString();
        QTest::newRow("boolean") << parameter(Boolean) << s("true") << QJsonValue(true) << s("true");
        QTest::newRow("no boolean") << parameter(Boolean) << s("yes") << none << QString();
        QTest::newRow("text stays as it is") << parameter(String) << s(" a ") << QJsonValue(s(" a ")) << s(" a ");
        QTest::newRow("quantity") << parameter(Quantity) << s(" 1Gi") << QJsonValue(s("1Gi")) << s("1Gi");
        QTest::newRow("list") << parameter(List) << s("a, b\nc,,") << QJsonValue(QJsonArray{s("a"), s("b"), s("c")})
                              << s("a, b, c");
        QTest::newRow("secret") << parameter(Secret) << s(" x ") << QJsonValue(s(" x ")) << s(" x ");
    }
    void readsFields()
    {
        QFETCH(Parameter, parameter);
        QFETCH(QString, text);
        QFETCH(QJsonValue, value);
        QFETCH(QString, back);
        QCOMPARE(valueOf(parameter, text), value);
        QCOMPARE(textOf(parameter, value), back);
    }

    void completes()
    {
        Template from{.title = s("Web")};
        Parameter replicas = parameter(Integer, s("1"), s("9"));
        replicas.name = s("replicas");
        replicas.defaultValue = 2;
        Parameter host = parameter(String);
        host.name = s("host");
        host.title = s("Host");
        Parameter password = parameter(Secret);
        password.name = s("password");
        password.length = 32;
        from.parameters = {replicas, host, password};

        const auto missing = completeValues(from, {});
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, Error::Kind::Invalid);
        QVERIFY(missing.error().what.contains(s("Host")));

        const auto one = completeValues(from, {{s("host"), s("a")}});
        const auto two = completeValues(from, {{s("host"), s("a")}});
        QVERIFY(one && two);
        QCOMPARE(one->value(s("replicas")), QJsonValue(2));
        const QString secret = one->value(s("password")).toString();
        QVERIFY(QRegularExpression(s("\\A[A-Za-z0-9]{32}\\z")).match(secret).hasMatch());
        QVERIFY(secret != two->value(s("password")).toString());
        const auto kept = completeValues(from, *one);
        QVERIFY(kept);
        QCOMPARE(*kept, *one);

        const auto unknown = completeValues(from, {{s("host"), s("a")}, {s("hots"), s("a")}});
        QVERIFY(!unknown);
        QVERIFY(unknown.error().what.contains(s("hots")));
        const auto wrong = completeValues(from, {{s("host"), s("a")}, {s("replicas"), 10}});
        QVERIFY(!wrong);
        QVERIFY(wrong.error().what.contains(s("between 1 and 9")));
    }
};

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
