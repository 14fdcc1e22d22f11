// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/clusterfixture.h"

#include "ui/common/itemviews.h"
#include "ui/common/widgets.h"
#include "ui/dialogs/commandpalette.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/welcomepage.h"
#include "ui/mainwindow.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/fleettree.h"
#include "ui/objects/inspector.h"
#include "ui/objects/tablepage.h"
#include "ui/session.h"

#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryFile>
#include <QTest>

using namespace kdra;

// The real widgets, driven as a user does.
class TestWindow : public QObject {
    Q_OBJECT

    static models::Item node(int id) { return {store::Kind::Node, test::ClusterFixture::uid(store::Kind::Node, id)}; }
    static models::Item pod(int id) { return {store::Kind::Pod, test::ClusterFixture::uid(store::Kind::Pod, id)}; }

    static void click(QAbstractItemView &view, const QModelIndex &index)
    {
        view.scrollTo(index);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(index).center());
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void welcomeHasThreeDoors()
    {
        ui::Session session;
        ui::MainWindow window(session);
        window.show();
        ui::WelcomePage &welcome = window.welcome();
        QVERIFY(welcome.isVisible());
        QSignalSpy demo(&welcome, &ui::WelcomePage::demoRequested);
        disconnect(&welcome, &ui::WelcomePage::demoRequested, &session, nullptr);
        welcome.demoButton().setFocus();
        QTest::keyClick(&welcome.demoButton(), Qt::Key_Space);
        QCOMPARE(demo.count(), 1);

        QTest::mouseClick(&welcome.serverButton(), Qt::LeftButton);
        auto *dialog = window.findChild<ui::ServerDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const QList<QLineEdit *> edits = dialog->findChildren<QLineEdit *>();
        QPushButton *connectButton = nullptr;
        for (const auto buttons = dialog->findChildren<QPushButton *>(); auto *button : buttons) {
            if (button->property("primary").toBool())
                connectButton = button;
        }
        QVERIFY(connectButton && !connectButton->isEnabled());
        QTest::keyClicks(edits[0], QStringLiteral("192.168.1.10:6443"));
        QVERIFY(!connectButton->isEnabled());
        QTest::keyClicks(edits[1], QStringLiteral("a-token"));
        QVERIFY(connectButton->isEnabled());
        QSignalSpy chosen(dialog, &ui::ServerDialog::chosen);
        disconnect(dialog, &ui::ServerDialog::chosen, &session, nullptr);
        QTest::mouseClick(connectButton, Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toUrl(), QUrl(QStringLiteral("https://192.168.1.10:6443")));
    }

    void brokenKubeconfigIsExplained()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("clusters: [");
        file.close();
        ui::Session session;
        ui::MainWindow window(session);
        window.show();
        QSignalSpy failed(&session, &ui::Session::openFailed);
        Q_EMIT window.welcome().kubeconfigRequested(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 30000);
        const auto *banner = window.welcome().findChild<ui::Banner *>();
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->accessibleName().contains(file.fileName()), qPrintable(banner->accessibleName()));
        QVERIFY(window.welcome().demoButton().isEnabled());
    }

    void selectionIsSharedByTreeTableAndInspector()
    {
        test::ClusterFixture cluster;
        cluster.putNode(1, "pi-1", "Site A");
        cluster.putNode(2, "pi-2", "Site B", store::Severity::Failing);
        cluster.putPod(1, "web-1", "team", "pi-1");
        cluster.putPod(2, "web-2", "team", "pi-2");
        ui::Session session;
        ui::Pages pages(session);
        ui::Inspector inspector(session.theme(), session.selection(), session.models());
        pages.resize(1200, 800);
        pages.show();
        inspector.resize(320, 800);
        inspector.show();
        const store::Batch batch = cluster.publish();
        session.models().apply(batch);
        inspector.apply(batch);

        pages.setCurrentIndex(ui::Pages::Nodes);
        ui::DenseTable &table = pages.nodes().table();
        click(table, table.model()->index(1, 0));
        QCOMPARE(session.selection().current(), node(2));
        QCOMPARE(inspector.title(), QStringLiteral("pi-2"));
        QCOMPARE(pages.fleet().tree().currentIndex().data().toString(), QStringLiteral("pi-2"));

        pages.setCurrentIndex(ui::Pages::Topology);
        ui::SelectionTree &tree = pages.fleet().tree();
        click(tree, session.models().fleet.indexOf(node(1)));
        QCOMPARE(inspector.title(), QStringLiteral("pi-1"));
        QCOMPARE(table.currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("pi-1"));

        session.selection().set(pod(2));
        QCOMPARE(inspector.title(), QStringLiteral("web-2"));
        // A table that nobody saw until now.
        pages.showPods({});
        QTRY_COMPARE_WITH_TIMEOUT(
            pages.pods().table().currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("web-2"), 30000);
        QVERIFY(!inspector.tabs().isTabVisible(1));

        // Filtered away in the table is still selected, and gone is said.
        pages.pods().filterEdit().setText(QStringLiteral("web-1"));
        QCOMPARE(session.selection().current(), pod(2));
        cluster.removePod(2);
        const store::Batch gone = cluster.publish();
        session.models().apply(gone);
        inspector.apply(gone);
        QCOMPARE(inspector.title(), QString());
    }

    void inspectorFetchesTheObject()
    {
        test::ClusterFixture cluster;
        cluster.putPod(1, "web-1", "team", "pi-1");
        ui::Session session;
        ui::Inspector inspector(session.theme(), session.selection(), session.models());
        inspector.resize(320, 800);
        inspector.show();
        QStringList asked;
        inspector.setFetch([&](store::Kind kind, const QString &ns, const QString &name) {
            asked.append(store::kindName(kind) + u' ' + ns + u'/' + name);
            kube::Response response;
            response.body = R"({"kind":"Pod","metadata":{"name":"web-1"}})";
            return QtFuture::makeReadyValueFuture(Result<kube::Response>(response));
        });
        session.models().apply(cluster.publish());
        session.selection().set(pod(1));
        inspector.tabs().setCurrentIndex(3);
        QTRY_VERIFY_WITH_TIMEOUT(
            inspector.findChild<QPlainTextEdit *>()->toPlainText().contains(QLatin1StringView("name: web-1")), 30000);
        QCOMPARE(asked, QStringList{QStringLiteral("Pod team/web-1")});
    }

    void forbiddenAndStaleAreSaid()
    {
        ui::Session session;
        ui::Pages pages(session);
        pages.show();
        pages.showPods({});
        auto snapshot = std::make_shared<store::Snapshot>();
        snapshot->kinds[static_cast<size_t>(store::Kind::Pod)].phase = store::KindPhase::Forbidden;
        session.models().setSnapshot(snapshot);
        pages.pods().refresh();
        const auto *banner = pages.pods().findChild<ui::Banner *>();
        QVERIFY(banner->isVisible());
        QVERIFY(banner->accessibleName().contains(QLatin1StringView("403")));

        auto stale = std::make_shared<store::Snapshot>();
        stale->kinds[static_cast<size_t>(store::Kind::Pod)].phase = store::KindPhase::Stale;
        stale->kinds[static_cast<size_t>(store::Kind::Pod)].lastHeard =
            std::chrono::steady_clock::now() - std::chrono::seconds(12);
        session.models().setSnapshot(stale);
        pages.pods().refresh();
        // A slow machine takes seconds more.
        static const QRegularExpression age(QStringLiteral("\\b[1-5]\\d\\b"));
        QVERIFY2(banner->accessibleName().contains(age), qPrintable(banner->accessibleName()));
    }

    void paletteRunsActionsAndFindsNodes()
    {
        test::ClusterFixture cluster;
        cluster.putNode(1, "pi-1", "Site A");
        cluster.putNode(2, "pi-22", "Site B");
        cluster.putPod(1, "myweb", "team", "pi-1");
        cluster.putPod(2, "web", "team", "pi-1");
        ui::Session session;
        session.models().apply(cluster.publish());
        QWidget window;
        window.show();
        ui::CommandPalette palette(session.theme(), session.models(), &window);
        QAction action(QStringLiteral("&Reconnect"));
        QSignalSpy triggered(&action, &QAction::triggered);
        palette.setActions({&action});
        QSignalSpy chosen(&palette, &ui::CommandPalette::objectChosen);
        palette.open({}, 400);
        QTest::keyClicks(&palette.edit(), QStringLiteral("22"));
        QTRY_COMPARE_WITH_TIMEOUT(palette.list().model()->rowCount(), 2, 30000);
        // The object comes first, and Return takes it.
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<models::Item>(), node(2));

        // Objects of every kind are found, the best first.
        palette.open({}, 400);
        QTest::keyClicks(&palette.edit(), QStringLiteral("web"));
        QTRY_COMPARE_WITH_TIMEOUT(palette.list().model()->rowCount(), 3, 30000);
        QVERIFY(palette.list().model()->index(0, 0).data().toString().startsWith(QLatin1StringView("web ")));
        QVERIFY(palette.list().model()->index(1, 0).data().toString().startsWith(QLatin1StringView("myweb ")));

        palette.open({}, 400);
        QTest::keyClicks(&palette.edit(), QStringLiteral("recon"));
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
        QCOMPARE(triggered.count(), 1);
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
