// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fieldchanges.h"

#include <QJsonDocument>
#include <QTest>

using namespace kdra::models;

// What the user is told of the difference between what is there and what would be.
class TestFieldChanges : public QObject {
    Q_OBJECT

    static QJsonObject json(const char *text) { return QJsonDocument::fromJson(text).object(); }
    static QString diff(const char *before, const char *after)
    {
        return asDiff(changesBetween(json(before), json(after)));
    }

private Q_SLOTS:
    void fieldsAreNamedByTheirPath()
    {
        QCOMPARE(diff(R"({"spec":{"replicas":1,"paused":true}})", R"({"spec":{"replicas":3,"minReadySeconds":5}})"),
            QStringLiteral("+ spec.minReadySeconds: 5\n- spec.paused: true\n- spec.replicas: 1\n+ spec.replicas: 3\n"));
    }

    void elementsAreFoundByTheirNames()
    {
        QCOMPARE(diff(R"({"c":[{"name":"web","image":"a"},{"name":"log","image":"l"}]})",
                     R"({"c":[{"name":"log","image":"l"},{"name":"web","image":"b"}]})"),
            QStringLiteral("- c[web].image: a\n+ c[web].image: b\n"));
        QCOMPARE(diff(R"({"args":["a","b"]})", R"({"args":["a","c","d"]})"),
            QStringLiteral("- args[1]: b\n+ args[1]: c\n+ args[2]: d\n"));
    }

    void whatTheServerKeepsForItselfIsNoChange()
    {
        QVERIFY(changesBetween(json(R"({"metadata":{"name":"a","generation":1,"managedFields":[1]},"status":{"x":1}})"),
            json(R"({"metadata":{"name":"a","generation":2,"managedFields":[2]},"status":{"x":2}})"))
                .isEmpty());
    }

    void secretsStaySecret()
    {
        const QString text = diff(
            R"({"kind":"Secret","data":{"password":"YWJj"}})", R"({"kind":"Secret","data":{"password":"YWJjZA=="}})");
        QVERIFY(text.contains(QLatin1StringView("data.password")));
        QVERIFY(!text.contains(QLatin1StringView("YWJj")));
        QVERIFY(!text.contains(QLatin1StringView("abc")));
    }
};

QTEST_GUILESS_MAIN(TestFieldChanges)
#include "tst_fieldchanges.moc"
