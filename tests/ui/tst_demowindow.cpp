// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itemviews.h"
#include "ui/dialogs/welcomepage.h"
#include "ui/mainwindow.h"
#include "ui/objects/inspector.h"
#include "ui/objects/tablepage.h"
#include "ui/session.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>

using namespace kdra;

// The whole program against the demo cluster: from the first click to the object's YAML.
class TestDemoWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void fromTheFirstDoorToYaml()
    {
        ui::Session session;
        ui::MainWindow window(session);
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window, 30000));
        QSignalSpy synced(&session, &ui::Session::synced);
        QTest::mouseClick(&window.welcome().demoButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
        QVERIFY(!window.welcome().isVisible());

        for (int page = 0; page < ui::Pages::PageCount; ++page) {
            QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_1 + page), Qt::ControlModifier);
            QCOMPARE(window.pages().currentIndex(), page);
        }

        window.showPage(ui::Pages::Nodes);
        ui::DenseTable &table = window.pages().nodes().table();
        QTRY_VERIFY_WITH_TIMEOUT(table.model()->rowCount() >= 24, 30000);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(0, 0)).center());
        QCOMPARE(window.inspector().title(), table.model()->index(0, 0).data().toString());
        window.inspector().tabs().setCurrentIndex(3);
        const auto *yaml = window.inspector().findChild<QPlainTextEdit *>();
        QTRY_VERIFY_WITH_TIMEOUT(yaml->toPlainText().contains(QLatin1StringView("kind: Node")), 30000);
    }

    void severalClustersAtOnce()
    {
        ui::Session session;
        ui::MainWindow window(session);
        window.resize(1280, 800);
        window.show();
        for (int i = 1; i <= 2; ++i) {
            QSignalSpy synced(&session, &ui::Session::synced);
            session.openDemo();
            QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
            QCOMPARE(session.clusterNames().size(), i);
            QCOMPARE(session.currentIndex(), i - 1);
        }
        const store::ClusterStore *second = session.current();
        // Both stay connected and up to date: what is shown after switching is there at once.
        session.setCurrent(0);
        QVERIFY(session.current() != second);
        QCOMPARE(session.models().snapshot(), session.current()->snapshot());
        QCOMPARE_GE(session.models().nodes.rowCount(), 24);
        session.setCurrent(1);
        QCOMPARE(session.current(), second);
        QCOMPARE(session.models().snapshot(), second->snapshot());
        session.closeCurrent();
        QCOMPARE(session.clusterNames().size(), 1);
        QVERIFY(session.current() != second);
        QCOMPARE_GE(session.models().nodes.rowCount(), 24);
        session.closeCurrent();
        QVERIFY(!session.current());
        QVERIFY(window.welcome().isVisible());
    }
};

QTEST_MAIN(TestDemoWindow)
#include "tst_demowindow.moc"
