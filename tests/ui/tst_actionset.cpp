// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionset.h"
#include "ui/actions/draindialog.h"
#include "ui/actions/metadatadialog.h"
#include "ui/actions/scaledialog.h"
#include "ui/actions/tasklist.h"
#include "ui/drawer.h"
#include "ui/mainwindow.h"
#include "ui/session.h"

#include <QAction>
#include <QCheckBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace kdra;
using actions::ActionId;
using actions::Task;

namespace {
constexpr int patience = 20000; // ms
}

// What a user does to objects of the demo cluster, by key and by dialog.
class TestActionSet : public QObject {
    Q_OBJECT

    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;

    template <store::Kind K> store::Item named(std::string_view name) const
    {
        store::Item item;
        m_session->models().snapshot()->table<K>().forEach([&](const auto &record) {
            if (record.name() == name)
                item = {K, record->meta.uid};
        });
        return item;
    }
    // The current state of a record that was found by named().
    template <store::Kind K> typename store::RecordOf<K>::Type record(const store::Item &item) const
    {
        const store::SnapshotPtr snapshot = m_session->models().snapshot();
        const auto row = store::find(*snapshot, item);
        return row ? *snapshot->table<K>().at(row->slot()) : typename store::RecordOf<K>::Type();
    }
    void select(const store::Item &item)
    {
        QVERIFY(!item.isNull());
        m_session->selection().set(item);
        QTRY_VERIFY_WITH_TIMEOUT(set().isSettled(), patience);
    }
    // After a dialog nobody but a window system makes the window active again.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
        QTest::keyClick(m_window.get(), key, modifiers);
    }
    ui::ActionSet &set() const { return m_window->actionSet(); }
    QAction &action(ActionId id) const { return *set().action(id); }
    Task *newestTask() const { return m_session->tasks().taskAt(0); }
    template <class Dialog> Dialog *dialog() const
    {
        const auto all = m_window->findChildren<Dialog *>();
        return all.isEmpty() ? nullptr : all.last();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_session = std::make_unique<ui::Session>();
        m_window = std::make_unique<ui::MainWindow>(*m_session);
        m_window->resize(1280, 800);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
        QSignalSpy synced(m_session.get(), &ui::Session::synced);
        m_session->openDemo();
        QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, patience);
        m_session->setMarks({});
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, patience);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_session.reset();
    }

    void cordonByKeyAndUndo()
    {
        const store::Item node = named<store::Kind::Node>("rack-2");
        select(node);
        QVERIFY(action(ActionId::Cordon).isVisible());
        QVERIFY(action(ActionId::Cordon).isEnabled());
        QVERIFY(!action(ActionId::Uncordon).isVisible());
        press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(record<store::Kind::Node>(node).unschedulable, patience);
        QTRY_COMPARE_WITH_TIMEOUT(newestTask()->state(), Task::State::Succeeded, patience);
        // What is offered follows what the cluster says.
        QTRY_VERIFY_WITH_TIMEOUT(
            action(ActionId::Uncordon).isVisible() && !action(ActionId::Cordon).isVisible(), patience);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!record<store::Kind::Node>(node).unschedulable, patience);
    }

    void scaleByDialog()
    {
        const store::Item web = named<store::Kind::Deployment>("web");
        select(web);
        const quint32 before = record<store::Kind::Deployment>(web).desired;
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        auto *asking = dialog<ui::ScaleDialog>();
        QVERIFY(asking && asking->isVisible());
        QCOMPARE(asking->replicas().value(), int(before));
        // The same number again is nothing to do.
        QVERIFY(!asking->agreeButton().isEnabled());
        asking->replicas().setValue(int(before) + 1);
        QTest::mouseClick(&asking->agreeButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(record<store::Kind::Deployment>(web).desired, before + 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(newestTask()->canUndo(), patience);
        // The last column of the list of tasks takes it back.
        QTableView &table = m_window->drawer().tasks().table();
        const QModelIndex undo = table.model()->index(0, models::TaskModel::WayBackColumn);
        QVERIFY(!undo.data().toString().isEmpty());
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(undo).center());
        QTRY_COMPARE_WITH_TIMEOUT(record<store::Kind::Deployment>(web).desired, before, patience);
    }

    void labelsAreCheckedWhileTyped()
    {
        select(named<store::Kind::Node>("pi-004"));
        action(ActionId::EditLabels).trigger();
        auto *asking = dialog<ui::MetadataDialog>();
        QVERIFY(asking);
        QTRY_VERIFY_WITH_TIMEOUT(asking->rows().rowCount() > 0, patience);
        QVERIFY(!asking->agreeButton().isEnabled());
        const int row = asking->rows().rowCount();
        asking->addRow();
        asking->rows().item(row, 0)->setText(QStringLiteral("not a key"));
        QVERIFY(!asking->agreeButton().isEnabled());
        asking->rows().item(row, 0)->setText(QStringLiteral("example.com/shelf"));
        asking->rows().item(row, 1)->setText(QStringLiteral("b"));
        QVERIFY(asking->agreeButton().isEnabled());
        QTest::mouseClick(&asking->agreeButton(), Qt::LeftButton);
        const auto labelled = [this] {
            const auto snapshot = m_session->models().snapshot();
            const auto node = record<store::Kind::Node>(m_session->selection().current());
            return snapshot->string(node.meta.labels).contains(QLatin1StringView("example.com/shelf=b"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(labelled(), patience);
    }

    void drainShowsWhatBecomesOfThePods()
    {
        const store::Item node = named<store::Kind::Node>("rack-5");
        select(node);
        action(ActionId::Drain).trigger();
        auto *asking = dialog<ui::DrainDialog>();
        QVERIFY(asking);
        QTRY_VERIFY_WITH_TIMEOUT(asking->findChild<QTableView *>()->model()->rowCount() > 0, patience);
        // What came later has room of its own.
        const QTableView &pods = *asking->findChild<QTableView *>();
        QTRY_VERIFY_WITH_TIMEOUT(asking->deleteLocalData().isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!asking->deleteLocalData().geometry().intersects(pods.geometry()), patience);
        if (asking->force().isVisible())
            asking->force().setChecked(true);
        if (asking->deleteLocalData().isVisible())
            asking->deleteLocalData().setChecked(true);
        QTRY_VERIFY_WITH_TIMEOUT(asking->agreeButton().isEnabled(), patience);
        QTest::mouseClick(&asking->agreeButton(), Qt::LeftButton);
        Task *task = newestTask();
        QCOMPARE(task->action(), ActionId::Drain);
        QTRY_VERIFY_WITH_TIMEOUT(record<store::Kind::Node>(node).unschedulable, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!task->isRunning(), 3 * patience);
        QVERIFY2(task->state() == Task::State::Succeeded, qPrintable(task->error().value_or(Error()).text()));
    }

    void productionAsksForTheName()
    {
        m_session->setMarks({.production = true});
        const store::Item any = firstPod();
        select(any);
        QVERIFY2(action(ActionId::Delete).isEnabled(), qPrintable(action(ActionId::Delete).toolTip()));
        press(Qt::Key_Delete);
        auto *asking = dialog<ui::ActionDialog>();
        QVERIFY(asking && asking->isVisible());
        QVERIFY(asking->confirmation());
        QVERIFY(!asking->agreeButton().isEnabled());
        QTest::keyClicks(asking->confirmation(), QStringLiteral("yes"));
        QVERIFY(!asking->agreeButton().isEnabled());
        asking->confirmation()->clear();
        QTest::keyClicks(asking->confirmation(), asking->confirmationText());
        QVERIFY(asking->agreeButton().isEnabled());
        QTest::mouseClick(&asking->agreeButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!store::find(*m_session->models().snapshot(), any), patience);
        m_session->setMarks({});
    }

    void readOnlyOffersNothingAndSaysWhy()
    {
        m_session->setMarks({.readOnly = true});
        select(named<store::Kind::Node>("rack-1"));
        QVERIFY(action(ActionId::Cordon).isVisible());
        QVERIFY(!action(ActionId::Cordon).isEnabled());
        QVERIFY2(action(ActionId::Cordon).toolTip().contains(QLatin1StringView("read-only")),
            qPrintable(action(ActionId::Cordon).toolTip()));
        QMenu menu;
        set().fillMenu(menu);
        QVERIFY(!menu.isEmpty());
        m_session->setMarks({});
        QTRY_VERIFY_WITH_TIMEOUT(action(ActionId::Cordon).isEnabled(), patience);
    }

private:
    store::Item firstPod() const
    {
        store::Item item;
        m_session->models().snapshot()->table<store::Kind::Pod>().forEach([&](const auto &pod) {
            if (item.isNull() && !pod->meta.owner.isNull() && !pod->meta.deleted)
                item = {store::Kind::Pod, pod->meta.uid};
        });
        return item;
    }
};

QTEST_MAIN(TestActionSet)
#include "tst_actionset.moc"
