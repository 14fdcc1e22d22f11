// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itemviews.h"
#include "ui/common/theme.h"

#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;

class TestDenseTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Whether few, most, or half of the rows are selected.
    void selectionFollowsTheOrder_data()
    {
        QTest::addColumn<int>("every");
        QTest::addColumn<bool>("selects");
        QTest::newRow("most") << 700 << false;
        QTest::newRow("few") << 700 << true;
        QTest::newRow("half") << 2 << true;
        QTest::newRow("none") << 100'000 << true;
        QTest::newRow("all") << 100'000 << false;
    }
    void selectionFollowsTheOrder()
    {
        QFETCH(int, every);
        QFETCH(bool, selects);
        constexpr int count = 3000;
        QStandardItemModel model(count, 3);
        for (int row = 0; row < count; ++row)
            model.setItem(row, 0, new QStandardItem(QStringLiteral("%1").arg(row * 7 % count, 5)));
        Theme theme;
        models::Selection shared;
        DenseTable table(theme, shared);
        table.setModel(&model);
        table.sortByColumn(0, Qt::AscendingOrder);
        QItemSelection rows;
        for (int row = 0; row < count; ++row) {
            if ((row % every == every - 1) == selects)
                rows.select(model.index(row, 0), model.index(row, 2));
        }
        table.selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        const auto texts = [&] {
            QStringList selected;
            for (const int row : selectedRows(*table.selectionModel()))
                selected.append(model.index(row, 0).data().toString());
            selected.sort();
            return selected;
        };
        const QStringList before = texts();
        QCOMPARE(before.size(), rows.size());
        const QSignalSpy changed(table.selectionModel(), &QItemSelectionModel::selectionChanged);
        table.sortByColumn(0, Qt::DescendingOrder);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral(" 2999"));
        QCOMPARE(texts(), before);
        // Whole rows, as they were.
        QVERIFY(
            before.isEmpty() || table.selectionModel()->isRowSelected(selectedRows(*table.selectionModel()).front()));
        QCOMPARE(changed.size(), 0);
    }
};

QTEST_MAIN(TestDenseTable)
#include "tst_densetable.moc"
