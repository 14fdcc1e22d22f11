// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objectstore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace kdra::demo;

namespace {

QJsonObject pod(const char *name, const char *node = "")
{
    return {{QStringLiteral("metadata"),
                QJsonObject{{QStringLiteral("name"), QString::fromLatin1(name)},
                    {QStringLiteral("namespace"), QStringLiteral("default")},
                    {QStringLiteral("labels"), QJsonObject{{QStringLiteral("app"), QStringLiteral("web")}}}}},
        {QStringLiteral("spec"), QJsonObject{{QStringLiteral("nodeName"), QString::fromLatin1(node)}}},
        {QStringLiteral("status"), QJsonObject{{QStringLiteral("phase"), QStringLiteral("Running")}}}};
}

} // namespace

class TestObjectStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytesHoldWhatIsServed()
    {
        ObjectStore store;
        const auto created = store.create(kind::Pod, pod("one", "pi-001"));
        QVERIFY(created);
        const ObjectPtr object = *created;
        const QByteArray head = store.resources().at(kind::Pod).head() + QByteArray::number(object->revision) + '"';
        QVERIFY(object->json.startsWith(head));
        QCOMPARE(object->label("app"), QByteArray("web"));
        QCOMPARE(object->field(store.resources(), "spec.nodeName"), QByteArray("pi-001"));
        QCOMPARE(object->field(store.resources(), "status.phase"), QByteArray("Running"));
        QVERIFY(!object->uid.isEmpty());
        QCOMPARE(store.byUid(object->uid), object);
        QCOMPARE(store.create(kind::Pod, pod("one")).error().code, 409);
    }

    void onlyRealChangesCount()
    {
        ObjectStore store;
        const ObjectPtr created = *store.create(kind::Pod, pod("one"));
        const quint64 before = store.revision();
        QVERIFY(store.modify(kind::Pod, "default", "one", [](QJsonObject &) { }));
        QCOMPARE(store.revision(), before);
        const ObjectPtr changed = *store.modify(kind::Pod, "default", "one", [](QJsonObject &object) {
            object.insert(QStringLiteral("status"), QJsonObject{{QStringLiteral("phase"), QStringLiteral("Failed")}});
        });
        QCOMPARE(changed->revision, before + 1);
        QCOMPARE(changed->object()
                     .value(QLatin1StringView("metadata"))
                     .toObject()
                     .value(QLatin1StringView("generation"))
                     .toInt(),
            1);
        QCOMPARE(changed->uid, created->uid);
    }

    void staleUpdatesConflict()
    {
        ObjectStore store;
        const QJsonObject stale = (*store.create(kind::Pod, pod("one")))->object();
        QVERIFY(store.modify(kind::Pod, "default", "one",
            [](QJsonObject &object) { object.insert(QStringLiteral("status"), QJsonObject()); }));
        QCOMPARE(store.update(kind::Pod, stale).error().code, 409);
    }

    void listsAreInKeyOrderAndByNamespace()
    {
        ObjectStore store;
        for (const char *name : {"c", "a", "b"})
            QVERIFY(store.create(kind::Pod, pod(name)));
        QCOMPARE(store.list(kind::Pod, "default").front()->name, QByteArray("a"));
        QCOMPARE(store.list(kind::Pod).size(), std::size_t(3));
        QVERIFY(store.list(kind::Pod, "other").empty());
    }

    // What a second page shows after changes: the state of the first one.
    void thePastCanBeListed()
    {
        ObjectStore store;
        QVERIFY(store.create(kind::Pod, pod("a")));
        QVERIFY(store.create(kind::Pod, pod("b")));
        const quint64 then = store.revision();
        QVERIFY(store.remove(kind::Pod, "default", "b"));
        QVERIFY(store.create(kind::Pod, pod("c")));
        QVERIFY(store.modify(kind::Pod, "default", "a",
            [](QJsonObject &object) { object.insert(QStringLiteral("status"), QJsonObject()); }));
        const std::vector<ObjectPtr> past = store.listAt(kind::Pod, "default", then, {});
        QCOMPARE(past.size(), std::size_t(2));
        QCOMPARE(past.at(0)->field(store.resources(), "status.phase"), QByteArray("Running"));
        QCOMPARE(past.at(1)->name, QByteArray("b"));
        QCOMPARE(store.listAt(kind::Pod, "default", then, "default/a").size(), std::size_t(1));
    }

    void loadedBytesAreServedAsTheyAre()
    {
        ObjectStore store;
        QSignalSpy changed(&store, &ObjectStore::changed);
        QByteArray json = store.begin(kind::Node);
        json +=
            R"("name":"pi-001","uid":"u1","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"site":"roof"}},"spec":{}})";
        store.load(kind::Node, json);
        const ObjectPtr node = store.get(kind::Node, {}, "pi-001");
        QVERIFY(node);
        QCOMPARE(node->json, json);
        QCOMPARE(node->label("site"), QByteArray("roof"));
        QVERIFY(changed.isEmpty());
        QVERIFY(QJsonDocument::fromJson(store.withRevision(*node, 123456)->json)
                    .object()
                    .value(QLatin1StringView("metadata"))
                    .toObject()
                    .value(QLatin1StringView("resourceVersion"))
                    .toString()
            == QLatin1StringView("123456"));
    }

    void compactionForgets()
    {
        ObjectStore store;
        QVERIFY(store.create(kind::Pod, pod("a")));
        QCOMPARE(store.endPosition() - store.firstPosition(), quint64(1));
        store.compact();
        QCOMPARE(store.endPosition(), store.firstPosition());
        QCOMPARE(store.compactedRevision(), store.revision());
        QVERIFY(store.get(kind::Pod, "default", "a"));
    }
};

QTEST_GUILESS_MAIN(TestObjectStore)
#include "tst_objectstore.moc"
