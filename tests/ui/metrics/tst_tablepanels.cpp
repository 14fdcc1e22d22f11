// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/metrics/panelscene.h"
#include "ui/metrics/tablebody.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QThreadPool>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::PanelKind;
using tests::noValue;

// Tables of a dashboard: their order, their place, and those that are too large to be made at once.
class TestTablePanels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_scene.clear(); }
    void cleanup() { m_scene.clear(); }
    void tableSortsAndKeepsItsPlace();
    void muchIsMadeElsewhere();
    void aMomentComesBeforeWhatIsUnderWay();

private:
    tests::PanelScene m_scene;
};

void TestTablePanels::tableSortsAndKeepsItsPlace()
{
    metrics::Panel panel = tests::panelOf(PanelKind::Table, u"Nodes"_s, u"bytes"_s);
    panel.queries.first().instant = true;
    panel.queries.first().format = u"table"_s;
    std::vector<metrics::Series> series;
    const QList<double> values{2048, noValue, 512, 1048576};
    for (qsizetype i = 0; i < values.size(); ++i)
        series.push_back(tests::seriesOf({{u"instance"_s, u"<b>n%1</b>"_s.arg(i)}}, {values[i]}));
    PanelView &view = m_scene.show(panel, {tests::answerOf(series)});
    auto *body = dynamic_cast<TableBody *>(view.body());
    QVERIFY(body);
    auto *order = dynamic_cast<QSortFilterProxyModel *>(body->view()->model());
    const QAbstractItemModelTester source(order->sourceModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxy(order, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto column = [&](int at) {
        QStringList texts;
        for (int row = 0; row < order->rowCount(); ++row)
            texts.append(order->index(row, at).data().toString().replace(QChar(0x00a0), u' '));
        return texts;
    };
    const int value = order->columnCount() - 1;
    // Numbers by size, whatever their units; what is none comes last in both orders.
    body->view()->sortByColumn(value, Qt::AscendingOrder);
    QCOMPARE(column(value), (QStringList{u"512 B"_s, u"2 KiB"_s, u"1 MiB"_s, u"NaN"_s}));
    body->view()->sortByColumn(value, Qt::DescendingOrder);
    QCOMPARE(column(value), (QStringList{u"1 MiB"_s, u"2 KiB"_s, u"512 B"_s, u"NaN"_s}));
    QVERIFY(!order->index(0, value - 1).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
    // A refresh is no other table: the selection stays.
    body->view()->selectRow(1);
    QSignalSpy reset(order, &QAbstractItemModel::modelReset);
    series[0].values = {4096};
    series.push_back(tests::seriesOf({{u"instance"_s, u"new"_s}}, {1}));
    view.setAnswers({tests::answerOf(series)});
    QCOMPARE(column(value).value(1), u"4 KiB"_s);
    QCOMPARE(order->rowCount(), 5);
    series.resize(2);
    view.setAnswers({tests::answerOf(series)});
    QCOMPARE(order->rowCount(), 2);
    QCOMPARE(reset.count(), 0);
    QVERIFY(body->view()->selectionModel()->isRowSelected(0, {}));
    QVERIFY(view.csv().contains("4096"));
}

namespace {

metrics::Panel largeTable()
{
    metrics::Panel panel = tests::panelOf(PanelKind::Table, u"Pods"_s, u"bytes"_s);
    panel.queries.first().instant = true;
    panel.queries.first().format = u"table"_s;
    return panel;
}

// Rows of an instant answer, whose values rise from `first`.
metrics::PanelAnswer rowsFrom(int first, int rows)
{
    std::vector<metrics::Series> series;
    for (int i = 0; i < rows; ++i)
        series.push_back(tests::seriesOf(
            {{u"namespace"_s, u"ns-%1"_s.arg(i % 40)}, {u"pod"_s, u"pod-%1"_s.arg(i)}}, {double(first + i)}));
    metrics::PanelAnswer answer = tests::answerOf(std::move(series));
    answer.answer.type = metrics::Answer::Type::Vector;
    return answer;
}

const AnswerTableModel &tableOf(PanelView &view)
{
    const auto *order = dynamic_cast<QSortFilterProxyModel *>(dynamic_cast<TableBody *>(view.body())->view()->model());
    return dynamic_cast<const AnswerTableModel &>(*order->sourceModel());
}

}

// Ten thousand rows: what is seen stays until they are there, and each thing that was given is shown or followed by
// something newer.
void TestTablePanels::muchIsMadeElsewhere()
{
    PanelView &view = m_scene.show(largeTable(), {rowsFrom(0, 3)});
    QCOMPARE(tableOf(view).rowCount(), 3);
    auto *table = dynamic_cast<TableBody *>(view.body())->view();
    table->sortByColumn(table->model()->columnCount() - 1, Qt::DescendingOrder);
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY(view.isFilling());
    QCOMPARE(tableOf(view).rowCount(), 3);
    QVERIFY(table->isVisible());
    // Newer ones before it is done: the last of them is what is shown in the end.
    for (int i = 1; i <= 5; ++i)
        view.setAnswers({rowsFrom(1000 * i, 10'000 - i)});
    QCOMPARE(tableOf(view).rowCount(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(tableOf(view).rowCount(), 9995, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!view.isFilling(), 30000);
    QCOMPARE(tableOf(view).rowCount(), 9995);
    const QModelIndex top = table->model()->index(0, table->model()->columnCount() - 1);
    QCOMPARE(top.data().toString(), metrics::Unit(u"bytes"_s).text(14'994));
    // A panel that goes while something is on the way takes it along.
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY(view.isFilling());
    m_scene.clear();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
}

void TestTablePanels::aMomentComesBeforeWhatIsUnderWay()
{
    PanelView &view = m_scene.add(largeTable());
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY2(view.status().contains(u"Loading"_s), qPrintable(view.status()));
    view.setAnswers({rowsFrom(0, 2)});
    QCOMPARE(tableOf(view).rowCount(), 2);
    QVERIFY(!view.isFilling());
    // What was under way is old, and is not shown any more.
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(tableOf(view).rowCount(), 2);
    // Another kind of panel has no use for the contents of a table.
    view.setAnswers({rowsFrom(0, 10'000)});
    view.setPanel(tests::panelOf(PanelKind::Stat, u"Pods"_s, u"bytes"_s));
    QThreadPool::globalInstance()->waitForDone();
    QTRY_VERIFY_WITH_TIMEOUT(!view.isFilling(), 30000);
    QVERIFY2(view.status().isEmpty(), qPrintable(view.status()));
}

QTEST_MAIN(TestTablePanels)
#include "tst_tablepanels.moc"
