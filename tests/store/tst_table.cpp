// SPDX-License-Identifier: GPL-3.0-or-later
#include "informerfixture.h"
#include "store/tablewriter.h"

#include <QTest>

#include <map>
#include <random>

using namespace kdra;
using namespace kdra::store;

class TestTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedTablesNeverChange();
    void deltasTellTheDifference();
    void whatAListLeavesOutIsGone();
    void addedAndRemovedBetweenBatchesIsNothing();
    void slotsAreNotReusedInTheSameBatch();
    void textIsKeptThroughManyUpdates();
    void randomHistoryEqualsAPlainMap();
};

static Uid uidOf(quint64 number)
{
    return {1, number};
}

static Slot put(TableWriter<PodRecord> &writer, quint64 number, const std::string &name, quint32 restarts = 0)
{
    PodRecord pod;
    pod.meta.uid = uidOf(number);
    pod.meta.name = {0, static_cast<quint32>(name.size())};
    pod.restarts = restarts;
    return writer.put(pod, name);
}

void TestTable::publishedTablesNeverChange()
{
    TableWriter<PodRecord> writer;
    const Slot slot = put(writer, 1, "first", 1);
    KindDelta delta;
    const Table<PodRecord> before = writer.publish(delta);
    put(writer, 1, "first, renamed by nobody", 2);
    put(writer, 2, "second");
    writer.remove(uidOf(1));
    KindDelta second;
    const Table<PodRecord> after = writer.publish(second);
    QCOMPARE(before.size(), 1u);
    QCOMPARE(before.at(slot)->restarts, 1u);
    QCOMPARE(before.at(slot).name(), std::string_view("first"));
    QVERIFY(!after.at(slot));
    QCOMPARE(after.size(), 1u);
}

void TestTable::deltasTellTheDifference()
{
    TableWriter<PodRecord> writer;
    const Slot one = put(writer, 1, "one");
    const Slot two = put(writer, 2, "two");
    KindDelta first;
    writer.publish(first);
    QCOMPARE(first.added, (std::vector<Slot>{one, two}));
    put(writer, 1, "one", 5);
    put(writer, 1, "one", 6);
    const Slot three = put(writer, 3, "three");
    put(writer, 3, "three", 1);
    writer.remove(uidOf(2));
    KindDelta second;
    writer.publish(second);
    QCOMPARE(second.changed, std::vector<Slot>{one});
    QCOMPARE(second.added, std::vector<Slot>{three});
    QCOMPARE(second.removed, std::vector<Slot>{two});
    QVERIFY(!writer.isDirty());
}

void TestTable::whatAListLeavesOutIsGone()
{
    TableWriter<PodRecord> writer;
    for (quint64 i = 0; i < 600; ++i)
        put(writer, i, "pod-" + std::to_string(i));
    writer.beginList();
    for (quint64 i = 0; i < 600; i += 3)
        put(writer, i, "pod-" + std::to_string(i));
    QCOMPARE(writer.table().size(), 600u); // nothing vanishes before the list is complete
    writer.endList();
    QCOMPARE(writer.table().size(), 200u);
    QCOMPARE(writer.find(uidOf(1)), noSlot);
    QVERIFY(writer.find(uidOf(3)) != noSlot);
}

void TestTable::addedAndRemovedBetweenBatchesIsNothing()
{
    TableWriter<PodRecord> writer;
    put(writer, 1, "short-lived");
    writer.remove(uidOf(1));
    KindDelta delta;
    writer.publish(delta);
    QVERIFY(delta.isEmpty());
}

void TestTable::slotsAreNotReusedInTheSameBatch()
{
    TableWriter<PodRecord> writer;
    const Slot old = put(writer, 1, "old");
    KindDelta first;
    writer.publish(first);
    writer.remove(uidOf(1));
    QVERIFY(put(writer, 2, "new") != old);
    KindDelta second;
    writer.publish(second);
    QCOMPARE(put(writer, 3, "newer"), old);
}

void TestTable::textIsKeptThroughManyUpdates()
{
    TableWriter<PodRecord> writer;
    for (quint64 i = 0; i < 256; ++i)
        put(writer, i, "pod-" + std::to_string(i));
    for (quint32 round = 0; round < 500; ++round)
        put(writer, round % 256, "pod-" + std::to_string(round % 256), round);
    KindDelta delta;
    const Table<PodRecord> table = writer.publish(delta);
    table.forEach([](Ref<PodRecord> pod) { QCOMPARE(pod.name(), "pod-" + std::to_string(pod->meta.uid.low)); });
    // 756 names of some 7 bytes were written; what is left over from updates is bounded.
    QVERIFY(table.at(0).text({0, 0}).data() != nullptr);
}

void TestTable::randomHistoryEqualsAPlainMap()
{
    std::mt19937 random(7);
    TableWriter<PodRecord> writer;
    std::map<quint64, quint32> truth; // uid -> restarts
    std::map<Slot, quint64> mirror; // what a model that follows the deltas holds: slot -> uid
    for (int batch = 0; batch < 300; ++batch) {
        for (int step = 0; step < 40; ++step) {
            const quint64 number = random() % 700;
            if (random() % 3 == 0) {
                writer.remove(uidOf(number));
                truth.erase(number);
            } else {
                const auto restarts = static_cast<quint32>(random() % 100);
                put(writer, number, "p" + std::to_string(number), restarts);
                truth[number] = restarts;
            }
        }
        KindDelta delta;
        const Table<PodRecord> table = writer.publish(delta);
        for (const Slot slot : delta.removed)
            QCOMPARE(mirror.erase(slot), 1u);
        for (const Slot slot : delta.added)
            QVERIFY(mirror.emplace(slot, table.at(slot)->meta.uid.low).second);
        for (const Slot slot : delta.changed)
            QCOMPARE(mirror.at(slot), table.at(slot)->meta.uid.low);
        QCOMPARE(table.size(), truth.size());
        std::map<quint64, quint32> seen;
        table.forEach([&](Ref<PodRecord> pod) {
            seen[pod->meta.uid.low] = pod->restarts;
            QCOMPARE(pod.name(), "p" + std::to_string(pod->meta.uid.low));
            QCOMPARE(mirror.at(pod.slot()), pod->meta.uid.low);
        });
        QVERIFY(seen == truth);
        QCOMPARE(mirror.size(), truth.size());
    }
}

QTEST_GUILESS_MAIN(TestTable)
#include "tst_table.moc"
