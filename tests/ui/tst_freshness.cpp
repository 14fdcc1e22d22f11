// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"
#include "ui/common/itemviews.h"
#include "ui/common/widgets.h"
#include "ui/dialogs/doctorpage.h"
#include "ui/dialogs/freshnesspopover.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/topbar.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace kdra;
using models::FreshnessModel;

// What is live, since when, what is not and why, and the way from there to the doctor.
class TestFreshness : public QObject {
    Q_OBJECT

    static QStringList told(const ui::FreshnessPopover &popover)
    {
        QStringList texts;
        for (const auto banners = popover.findChildren<ui::Banner *>(); const ui::Banner *banner : banners) {
            if (banner->isVisible())
                texts.append(banner->accessibleName());
        }
        return texts;
    }
    static QString cell(const QAbstractItemModel &model, store::Kind kind, int column)
    {
        return model.index(static_cast<int>(kind), column).data().toString();
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void eachTroubleIsASentence()
    {
        ui::Theme theme;
        FreshnessModel model;
        QWidget window;
        window.resize(1000, 800);
        QPushButton button(QStringLiteral("Live"), &window);
        window.show();
        ui::FreshnessPopover popover(theme, model, &window);
        QAction doctor(QStringLiteral("Connection &doctor"));
        popover.setConnectionActions({&doctor});
        auto snapshot = std::make_shared<store::Snapshot>();
        for (store::KindState &state : snapshot->kinds) {
            state.phase = store::KindPhase::Live;
            state.sinceMs = QDateTime::currentMSecsSinceEpoch() - 300'000;
        }
        model.setSnapshot(std::make_shared<store::Snapshot>(*snapshot));
        popover.openUnder(button);
        QCOMPARE(told(popover), QStringList{QStringLiteral("Everything that is shown is watched live.")});
        QCOMPARE(cell(model, store::Kind::Pod, FreshnessModel::StateColumn), QStringLiteral("Live"));
        QCOMPARE(cell(model, store::Kind::Pod, FreshnessModel::SinceColumn), QStringLiteral("5 m"));
        const int calm = popover.height();

        const auto state = [&](store::Kind kind) -> store::KindState & {
            return snapshot->kinds[static_cast<size_t>(kind)];
        };
        const auto refused = [](const char *why) {
            Error error;
            error.what = QString::fromLatin1(why);
            return error;
        };
        state(store::Kind::Node).phase = store::KindPhase::Forbidden;
        state(store::Kind::Lease).phase = store::KindPhase::Forbidden;
        state(store::Kind::ApplySet).phase = store::KindPhase::Forbidden;
        state(store::Kind::HorizontalPodAutoscaler).phase = store::KindPhase::NotServed;
        state(store::Kind::Ingress).phase = store::KindPhase::Failed;
        state(store::Kind::Ingress).error = refused("The server answers with 500.");
        state(store::Kind::Job).phase = store::KindPhase::Failed;
        state(store::Kind::Job).error = refused("The proxy hung up.");
        state(store::Kind::Pod).phase = store::KindPhase::Stale;
        state(store::Kind::Pod).lastHeard = std::chrono::steady_clock::now() - std::chrono::seconds(42);
        state(store::Kind::Service).scope = QStringLiteral("team-a");
        model.setSnapshot(snapshot);
        const QStringList sentences = told(popover);
        QCOMPARE(sentences.size(), 5);
        // A slow machine takes seconds more.
        static const QRegularExpression age(QStringLiteral("\\b(4[2-9]|[5-9]\\d) s ago"));
        QVERIFY2(sentences[0].contains(age), qPrintable(sentences[0]));
        QVERIFY2(sentences[1].contains(QLatin1StringView("The proxy hung up.")), qPrintable(sentences[1]));
        QVERIFY2(sentences[2].contains(QLatin1StringView("The server answers with 500.")), qPrintable(sentences[2]));
        // All kinds that are forbidden, in one sentence that says what to do.
        QVERIFY2(sentences[3].contains(models::kindPlural(store::Kind::Node))
                && sentences[3].contains(models::kindPlural(store::Kind::Lease))
                && sentences[3].contains(QLatin1StringView("Environments (ConfigMaps)"))
                && sentences[3].contains(QLatin1StringView("not allowed")),
            qPrintable(sentences[3]));
        QVERIFY2(sentences[4].contains(QLatin1StringView("does not offer")), qPrintable(sentences[4]));
        QCOMPARE(popover.accessibleDescription(), sentences.join(u'\n'));
        QCOMPARE(cell(model, store::Kind::Node, FreshnessModel::StateColumn), QStringLiteral("Not allowed"));
        QCOMPARE(cell(model, store::Kind::Service, FreshnessModel::StateColumn), QStringLiteral("Live in team-a"));
        QVERIFY(popover.height() > calm);
        // Nothing is in anything's way, and the kinds come first.
        const ui::DenseTable &table = popover.table();
        QVERIFY(table.geometry().bottom() < popover.buttons().constFirst()->geometry().top());
        QCOMPARE(table.columns().shown().constFirst(), int(FreshnessModel::KindColumn));
        for (const auto banners = popover.findChildren<ui::Banner *>(); const ui::Banner *banner : banners)
            QVERIFY(banner->geometry().bottom() < table.geometry().top());
        // Healed: nothing is left of it.
        for (store::KindState &one : snapshot->kinds)
            one.phase = store::KindPhase::Live;
        model.setSnapshot(snapshot);
        QCOMPARE(told(popover).size(), 1);
    }

    void byKeyToTheDoctor()
    {
        ui::Session session;
        ui::MainWindow window(session);
        window.resize(1000, 600);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window, 30000));
        const ui::FreshnessPopover &popover = window.topBar().freshnessPopover();
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!popover.isVisible()); // of no cluster there is nothing to say

        QSignalSpy synced(&session, &ui::Session::synced);
        session.openDemo();
        QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
        QVERIFY(!window.topBar().freshnessButton().toolTip().isEmpty());
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(popover.isVisible(), 30000);
        QVERIFY(popover.table().hasFocus());
        // Since when each is live is known of a real store, too.
        QTRY_VERIFY_WITH_TIMEOUT(
            !popover.table().model()->index(0, FreshnessModel::SinceColumn).data().toString().isEmpty(), 30000);
        // It stays within a small window.
        QVERIFY(
            popover.mapToGlobal(QPoint(0, popover.height())).y() <= window.mapToGlobal(QPoint(0, window.height())).y());

        QTest::keyClick(&popover.table(), Qt::Key_Tab);
        QPushButton *doctor = popover.buttons().constFirst();
        QTRY_VERIFY_WITH_TIMEOUT(doctor->hasFocus(), 30000);
        QTest::keyClick(doctor, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(window.doctorPage().isVisible(), 30000);
        QVERIFY(!popover.isVisible());
        QVERIFY(window.doctorPage().runButton().hasFocus());
    }
};

QTEST_MAIN(TestFreshness)
#include "tst_freshness.moc"
