// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/stringpool.h"

#include <QTest>

#include <atomic>
#include <string>
#include <thread>

using namespace kdra;

class TestStringPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalStringsHaveOneId()
    {
        StringPool pool;
        QCOMPARE(pool.intern(""), StringId::Empty);
        const StringId web = pool.intern("web");
        QCOMPARE(pool.intern(std::string("web")), web);
        QVERIFY(pool.intern("Web") != web);
        QVERIFY(pool.intern(std::string_view("we\0b", 4)) != web);
        QCOMPARE(pool.view(web), std::string_view("web"));
        QCOMPARE(pool.find("web"), web);
        QCOMPARE(pool.find("db"), StringId::Empty);
    }

    // Views stay where they are however much comes after them, strings larger than a block of memory too.
    void viewsStay()
    {
        StringPool pool;
        const std::string_view first = pool.view(pool.intern("first"));
        const std::string large(300'000, 'x');
        const StringId largeId = pool.intern(large);
        for (int i = 0; i < 200'000; ++i)
            pool.intern("string " + std::to_string(i));
        QCOMPARE(pool.view(pool.intern("first")).data(), first.data());
        QCOMPARE(pool.view(largeId), std::string_view(large));
        QCOMPARE(pool.size(), 200'003U);
        for (int i = 0; i < 200'000; i += 997) {
            const std::string text = "string " + std::to_string(i);
            QCOMPARE(pool.view(pool.intern(text)), std::string_view(text));
        }
    }

    // One thread interns while another reads the ids that were published to it (run it under TSan).
    void readsWhileInterning()
    {
        StringPool pool;
        std::atomic<quint32> published = 0;
        constexpr quint32 all = 50'000;
        std::atomic<quint32> wrong = 0;
        std::thread reader([&] {
            for (quint32 seen = 0; seen < all;) {
                seen = published.load(std::memory_order_acquire);
                if (seen && pool.view(StringId(seen)) != "s" + std::to_string(seen))
                    ++wrong;
            }
        });
        for (quint32 i = 1; i <= all; ++i) {
            pool.intern("s" + std::to_string(i));
            published.store(i, std::memory_order_release);
        }
        reader.join();
        QCOMPARE(wrong.load(), 0U);
    }
};

QTEST_GUILESS_MAIN(TestStringPool)
#include "tst_stringpool.moc"
