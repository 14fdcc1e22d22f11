// SPDX-License-Identifier: GPL-3.0-or-later
#include "environmentfixture.h"

#include "ui/common/alertline.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/environments/deletedialog.h"
#include "ui/environments/environmentdetails.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/reapernotice.h"
#include "ui/environments/secretsdialog.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace kdra;
using environments::Environment;
using State = Environment::State;
using Id = ui::EnvironmentActions::Id;
using ui::EnvironmentsPage;

// Takes the addresses that a browser would get.
class Browser : public QObject {
    Q_OBJECT
public:
    QList<QUrl> opened;
public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }
};

// The page of environments, by keys and clicks.
class TestEnvironmentsPage : public QObject {
    Q_OBJECT

    ui::Theme m_theme;
    std::unique_ptr<QMainWindow> m_window;
    EnvironmentsPage *m_page = nullptr;

    void show(const QList<Environment> &environments) { m_page->setEnvironments(environments); }
    static Environment inState(const char *name, State state)
    {
        Environment one = test::environmentNamed(QString::fromLatin1(name));
        one.state = state;
        return one;
    }
    void clickRow(int row)
    {
        QTableView &table = m_page->table();
        QTest::mouseClick(
            table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(row, 0)).center());
    }
    QAction &action(Id id) const { return *m_page->actions().action(id); }
    template <class Dialog> Dialog *dialog() const
    {
        const auto all = m_window->findChildren<Dialog *>();
        return all.isEmpty() ? nullptr : all.last();
    }
    static QString nameOf(const QSignalSpy &spy) { return spy.first().first().value<Environment>().name; }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_theme.apply(*qApp);
    }
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_page = new EnvironmentsPage(m_theme);
        m_window->setCentralWidget(m_page);
        m_window->resize(1200, 700);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
    }
    void cleanup() { m_window.reset(); }

    void anEmptyPageSaysWhatToDo()
    {
        QVERIFY(m_page->empty().isVisible());
        QVERIFY(!m_page->table().isVisible());
        QSignalSpy wanted(m_page, &EnvironmentsPage::createRequested);
        QTest::mouseClick(m_page->empty().findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 2, 30000);
        show({test::environmentNamed(QStringLiteral("shop"))});
        QVERIFY(!m_page->empty().isVisible());
        QVERIFY(m_page->table().isVisible());
    }

    void aRowIsToldInFull()
    {
        Environment failing = inState("shop", State::Failing);
        failing.reason = QStringLiteral("shop-web-6f9c: ImagePullBackOff: no such image");
        failing.address = QStringLiteral("http://shop.example.com/");
        show({failing, test::environmentNamed(QStringLiteral("zoo"))});
        QVERIFY(!action(Id::Pause).isEnabled());
        clickRow(0);
        QCOMPARE(m_page->current()->name, QStringLiteral("shop"));
        const QStringList facts = m_page->details().facts();
        for (const char *expected : {"Template: Web + PostgreSQL 1.0.0", "Owner: ada", "Runs on: pi-007",
                 "Pods ready: 3 of 3", "Address: http://shop.example.com/"})
            QVERIFY2(facts.contains(QString::fromLatin1(expected)), qPrintable(facts.join(u'\n')));
        // What changes while it is looked at is told.
        failing.readyPods = 1;
        show({failing, test::environmentNamed(QStringLiteral("zoo"))});
        QVERIFY(m_page->details().facts().contains(QStringLiteral("Pods ready: 1 of 3")));
        QCOMPARE(m_page->current()->name, QStringLiteral("shop"));
        show({test::environmentNamed(QStringLiteral("zoo"))});
        QVERIFY(!action(Id::Delete).isEnabled() || m_page->current()->name == QLatin1StringView("zoo"));
    }

    void keysAct()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        clickRow(0);
        QSignalSpy pause(m_page, &EnvironmentsPage::pauseRequested);
        QSignalSpy unpause(m_page, &EnvironmentsPage::unpauseRequested);
        QSignalSpy change(m_page, &EnvironmentsPage::changeRequested);
        QSignalSpy move(m_page, &EnvironmentsPage::moveRequested);
        QSignalSpy clone(m_page, &EnvironmentsPage::cloneRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_P);
        QCOMPARE(pause.count(), 1);
        QCOMPARE(nameOf(pause), QStringLiteral("shop"));
        QTest::keyClick(&m_page->table(), Qt::Key_C);
        QTest::keyClick(&m_page->table(), Qt::Key_M);
        QTest::keyClick(&m_page->table(), Qt::Key_L);
        QCOMPARE(change.count(), 1);
        QCOMPARE(move.count(), 1);
        QCOMPARE(clone.count(), 1);
        show({inState("shop", State::Paused)});
        QTest::keyClick(&m_page->table(), Qt::Key_P);
        QCOMPARE(pause.count(), 1);
        QCOMPARE(unpause.count(), 1);
        // In the search the same keys are letters.
        QTest::keyClick(&m_page->table(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_page->filterEdit().hasFocus());
        QTest::keyClicks(&m_page->filterEdit(), QStringLiteral("pm"));
        QCOMPARE(m_page->filterEdit().text(), QStringLiteral("pm"));
        QCOMPARE(unpause.count(), 1);
    }

    void searchByWords()
    {
        Environment mine = test::environmentNamed(QStringLiteral("shop"));
        Environment other = test::environmentNamed(QStringLiteral("board"));
        other.owner = QStringLiteral("grace");
        show({mine, other});
        m_page->filterEdit().setFocus();
        QTest::keyClicks(&m_page->filterEdit(), QStringLiteral("grace postg"));
        QCOMPARE(m_page->table().model()->rowCount(), 1);
        QCOMPARE(m_page->table().model()->index(0, 0).data().toString(), QStringLiteral("board"));
        QTest::keyClicks(&m_page->filterEdit(), QStringLiteral("x"));
        QCOMPARE(m_page->table().model()->rowCount(), 0);
        QVERIFY(!m_page->table().isVisible());
        QVERIFY(!m_page->empty().isVisible());
    }

    void whatFiresIsSeenAndLeadsThere()
    {
        show({inState("board", State::Ready), inState("shop", State::Ready)});
        models::AlertMarks marks;
        marks.environments.insert({QStringLiteral("shop"), QStringLiteral("shop")},
            {.count = 2,
                .worst = store::Severity::Failing,
                .first = QStringLiteral("id-7"),
                .lines = {QStringLiteral("Crash: it is broken"), QStringLiteral("Slow: it is slow")}});
        m_page->setAlerts(marks);
        clickRow(0);
        ui::AlertLine &line = m_page->details().alertLine();
        QVERIFY(line.isHidden());
        clickRow(1);
        QVERIFY(line.isVisible());
        QVERIFY2(line.text().contains(QLatin1StringView("Crash: it is broken")), qPrintable(line.text()));
        QSignalSpy requested(m_page, &EnvironmentsPage::alertRequested);
        QTest::mouseClick(&line, Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.first().first().toString(), QStringLiteral("id-7"));
        m_page->setAlerts({});
        QVERIFY(line.isHidden());
    }

    void extending()
    {
        const Environment shop = test::environmentNamed(QStringLiteral("shop"));
        show({shop});
        clickRow(0);
        QSignalSpy extend(m_page, &EnvironmentsPage::extendRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_E);
        auto *menu = m_page->findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(menu->actions().size(), 8);
        menu->actions().at(2)->trigger(); // a day more
        QCOMPARE(extend.count(), 1);
        // It lives since yesterday, has two days left, and gets one more.
        QCOMPARE(extend.first().at(1).value<std::chrono::seconds>(), std::chrono::seconds(std::chrono::hours(4 * 24)));
        menu->actions().last()->trigger();
        QCOMPARE(extend.at(1).at(1).value<std::chrono::seconds>(), std::chrono::seconds(0));
        menu->close();
    }

    void exporting()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        clickRow(0);
        QSignalSpy exported(m_page, &EnvironmentsPage::exportRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_X);
        auto *menu = m_page->findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        menu->actions().at(1)->trigger();
        menu->close();
        const auto *folder = dialog<QFileDialog>();
        QVERIFY(folder);
        QTemporaryDir directory;
        Q_EMIT const_cast<QFileDialog *>(folder)->fileSelected(directory.path());
        QCOMPARE(exported.count(), 1);
        QCOMPARE(exported.first().at(1).toString(), directory.path());
        QCOMPARE(exported.first().at(2).toBool(), true);
    }

    void deletingShowsWhatGoes()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        QPromise<Result<environments::Contents>> promise;
        promise.start();
        m_page->setContentsReader([&](const Environment &) { return promise.future(); });
        clickRow(0);
        QSignalSpy deleted(m_page, &EnvironmentsPage::deleteRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        auto *asking = dialog<ui::DeleteDialog>();
        QVERIFY(asking && asking->isVisible());
        QVERIFY(asking->findChild<QLabel *>(QStringLiteral("undo"))->isVisible());
        // Nobody agrees to what has not been shown.
        QVERIFY(!asking->deleteButton().isEnabled());
        promise.addResult(environments::Contents{.members = {QStringLiteral("Deployment shop-web")}});
        promise.finish();
        QTRY_VERIFY_WITH_TIMEOUT(asking->deleteButton().isEnabled(), 30000);
        QVERIFY(!asking->confirmation().isVisible());
        QTest::mouseClick(&asking->deleteButton(), Qt::LeftButton);
        QCOMPARE(deleted.count(), 1);
    }

    void deletingDataAsksForTheName()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        m_page->setContentsReader([](const Environment &) {
            return QtFuture::makeReadyValueFuture(Result<environments::Contents>(
                environments::Contents{.members = {QStringLiteral("StatefulSet shop-database")},
                    .claims = {QStringLiteral("PersistentVolumeClaim data-shop-database-0")},
                    .strangers = {QStringLiteral("Deployment somebody-elses")}}));
        });
        clickRow(0);
        QSignalSpy deleted(m_page, &EnvironmentsPage::deleteRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        auto *asking = dialog<ui::DeleteDialog>();
        QTRY_COMPARE_WITH_TIMEOUT(asking->contents().topLevelItemCount(), 3, 30000);
        QVERIFY(
            asking->contents().topLevelItem(0)->child(0)->text(0).contains(QLatin1StringView("data-shop-database-0")));
        QVERIFY(asking->confirmation().isVisible());
        QVERIFY(!asking->deleteButton().isEnabled());
        QTest::keyClicks(&asking->confirmation(), QStringLiteral("sho"));
        QVERIFY(!asking->deleteButton().isEnabled());
        QTest::keyClicks(&asking->confirmation(), QStringLiteral("p"));
        QVERIFY(asking->deleteButton().isEnabled());
        QTest::mouseClick(&asking->deleteButton(), Qt::LeftButton);
        QCOMPARE(deleted.count(), 1);
    }

    void productionAsksForTheNameToo()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        m_page->setMarks({.production = true});
        m_page->setContentsReader([](const Environment &) {
            return QtFuture::makeReadyValueFuture(Result<environments::Contents>(environments::Contents{}));
        });
        clickRow(0);
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        auto *asking = dialog<ui::DeleteDialog>();
        QVERIFY(asking && asking->confirmation().isVisible());
        QVERIFY(!asking->deleteButton().isEnabled());
    }

    void incompleteOnesAreMendedFirst()
    {
        show({inState("shop", State::Incomplete)});
        clickRow(0);
        QVERIFY(!action(Id::Change).isEnabled());
        QVERIFY(!action(Id::Change).toolTip().isEmpty());
        QSignalSpy resume(m_page, &EnvironmentsPage::resumeRequested);
        QSignalSpy rollBack(m_page, &EnvironmentsPage::rollBackRequested);
        QPushButton *button = nullptr;
        for (QPushButton *one : m_page->details().findChildren<QPushButton *>()) {
            if (one->text() == action(Id::Resume).text())
                button = one;
        }
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(resume.count(), 1);
        m_page->table().setFocus();
        m_page->setContentsReader([](const Environment &) {
            return QtFuture::makeReadyValueFuture(Result<environments::Contents>(environments::Contents{}));
        });
        QTest::keyClick(&m_page->table(), Qt::Key_B);
        auto *asking = dialog<ui::DeleteDialog>();
        QVERIFY(asking);
        QTRY_VERIFY_WITH_TIMEOUT(asking->deleteButton().isEnabled(), 30000);
        // It happens at once: nothing else is promised.
        QVERIFY(asking->isVisible() && !asking->findChild<QLabel *>(QStringLiteral("undo"))->isVisible());
        QTest::mouseClick(&asking->deleteButton(), Qt::LeftButton);
        QCOMPARE(rollBack.count(), 1);
    }

    void halfDeletedOnesCanOnlyBeDeleted()
    {
        Environment half = inState("shop", State::Incomplete);
        half.phase = QStringLiteral("deleting");
        show({half});
        clickRow(0);
        for (const Id id : {Id::Resume, Id::RollBack})
            QVERIFY(!action(id).isVisible());
        for (const Id id : {Id::Pause, Id::Extend, Id::Change, Id::Add, Id::Remove, Id::Move, Id::Clone, Id::Export}) {
            QVERIFY(!action(id).isEnabled());
            QVERIFY(action(id).toolTip().contains(QLatin1StringView("only be deleted")));
        }
        QVERIFY(action(Id::Delete).isEnabled());
        QVERIFY(m_page->details().remark().contains(QLatin1StringView("Delete it")));
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        QVERIFY(dialog<ui::DeleteDialog>());
    }

    void halfAChangeIsTakenBack()
    {
        Environment half = inState("shop", State::Incomplete);
        half.canGoBack = true;
        show({half});
        clickRow(0);
        QSignalSpy rollBack(m_page, &EnvironmentsPage::rollBackRequested);
        QSignalSpy takeBack(m_page, &EnvironmentsPage::takeBackRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_B);
        // Not what deletes all of it.
        QVERIFY(!dialog<ui::DeleteDialog>());
        QCOMPARE(rollBack.count(), 0);
        QCOMPARE(takeBack.count(), 1);
    }

    void partsAreChosenFromAMenu()
    {
        const auto choose = [this](Qt::Key key, int index) {
            QTest::keyClick(&m_page->table(), key);
            auto *menu = m_page->findChild<QMenu *>();
            QVERIFY(menu && menu->isVisible());
            menu->actions().at(index)->trigger();
            menu->close();
            delete menu;
        };
        Environment shop = test::environmentNamed(QStringLiteral("shop"));
        shop.parts = {{QStringLiteral("shop-redis"), QStringLiteral("Redis")},
            {QStringLiteral("shop-cache"), QStringLiteral("Redis")}};
        show({shop});
        clickRow(0);
        const QString facts = m_page->details().facts().join(u'\n');
        QVERIFY2(facts.contains(QLatin1StringView("Template: Web + PostgreSQL 1.0.0\n")), qPrintable(facts));
        QVERIFY2(facts.contains(QLatin1StringView("Added: Redis (shop-redis)\nRedis (shop-cache)")), qPrintable(facts));
        const int column = models::EnvironmentModel::TemplateColumn;
        QCOMPARE(m_page->table().model()->index(0, column).data().toString(),
            QStringLiteral("Web + PostgreSQL 1.0.0, Redis, Redis"));
        QSignalSpy change(m_page, &EnvironmentsPage::changeRequested);
        QSignalSpy remove(m_page, &EnvironmentsPage::removeRequested);
        choose(Qt::Key_C, 0);
        choose(Qt::Key_C, 2);
        QCOMPARE(change.count(), 2);
        QCOMPARE(change.at(0).at(1).toString(), QString());
        QCOMPARE(change.at(1).at(1).toString(), QStringLiteral("shop-cache"));
        choose(Qt::Key_D, 0);
        QCOMPARE(remove.count(), 1);
        QCOMPARE(remove.first().at(1).toString(), QStringLiteral("shop-redis"));
        // Nothing was added: there is nothing to choose from.
        show({test::environmentNamed(QStringLiteral("shop"))});
        QVERIFY(!action(Id::Remove).isEnabled());
        QTest::keyClick(&m_page->table(), Qt::Key_C);
        QCOMPARE(change.count(), 3);
    }

    void templatesAreAdded()
    {
        const auto named = [](const char *id, const char *category) {
            environments::Template one;
            one.id = QString::fromLatin1(id);
            one.title = one.id + QStringLiteral(" & more");
            one.category = QString::fromLatin1(category);
            return std::make_shared<const environments::Template>(std::move(one));
        };
        m_page->setTemplates({named("redis", "Data"), named("rabbitmq", "Data"), named("k6", "Tests")});
        show({test::environmentNamed(QStringLiteral("shop"))});
        clickRow(0);
        QSignalSpy add(m_page, &EnvironmentsPage::addRequested);
        QTest::keyClick(&m_page->table(), Qt::Key_A);
        auto *menu = m_page->findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        // Two headings, and a line before the second.
        QCOMPARE(menu->actions().size(), 6);
        menu->actions().at(2)->trigger();
        menu->close();
        QCOMPARE(add.count(), 1);
        QCOMPARE(add.first().at(1).toString(), QStringLiteral("rabbitmq"));
        Environment paused = inState("shop", State::Paused);
        paused.parts = {{QStringLiteral("shop-redis"), QStringLiteral("Redis")}};
        show({paused});
        for (const Id id : {Id::Add, Id::Change, Id::Remove, Id::Move}) {
            QVERIFY(!action(id).isEnabled());
            QVERIFY(action(id).toolTip().contains(QLatin1StringView("resume")));
        }
        QVERIFY(action(Id::Delete).isEnabled());
    }

    void othersEnvironmentsAreOnlyWatched()
    {
        Environment foreign = test::environmentNamed(QStringLiteral("shop"));
        foreign.tooling = QStringLiteral("kubectl/v1.32");
        show({foreign});
        clickRow(0);
        for (const Id id : {Id::Pause, Id::Extend, Id::Change, Id::Move, Id::Clone, Id::Export, Id::Delete}) {
            QVERIFY(!action(id).isEnabled());
            QVERIFY(action(id).toolTip().contains(QLatin1StringView("kubectl/v1.32")));
        }
        QVERIFY(m_page->details().remark().contains(QLatin1StringView("only watches")));
        QTest::keyClick(&m_page->table(), Qt::Key_Delete);
        QVERIFY(!dialog<ui::DeleteDialog>());
    }

    void readOnlyClustersAreOnlyRead()
    {
        show({test::environmentNamed(QStringLiteral("shop"))});
        clickRow(0);
        m_page->setMarks({.readOnly = true});
        QVERIFY(!action(Id::Delete).isEnabled());
        QVERIFY(action(Id::Delete).toolTip().contains(QLatin1StringView("read-only")));
        QVERIFY(action(Id::Export).isEnabled());
    }

    void onlyAddressesOfTheWebAreOpened()
    {
        Browser browser;
        for (const char *scheme : {"http", "https", "file"})
            QDesktopServices::setUrlHandler(QString::fromLatin1(scheme), &browser, "open");
        Environment shop = test::environmentNamed(QStringLiteral("shop"));
        show({shop});
        clickRow(0);
        QVERIFY(!action(Id::Open).isEnabled());
        shop.address = QStringLiteral("https://shop.example.com/");
        show({shop});
        QTest::keyClick(&m_page->table(), Qt::Key_O);
        QCOMPARE(browser.opened, QList<QUrl>{QUrl(shop.address)});
        shop.address = QStringLiteral("file:///etc/passwd");
        show({shop});
        QTest::keyClick(&m_page->table(), Qt::Key_O);
        QCOMPARE(browser.opened.size(), 1);
        for (const char *scheme : {"http", "https", "file"})
            QDesktopServices::unsetUrlHandler(QString::fromLatin1(scheme));
    }

    void expiredOnesAskForTheReaper()
    {
        Environment old = test::environmentNamed(QStringLiteral("shop"));
        old.expires = QDateTime::currentDateTime().addSecs(-60);
        show({old});
        QVERIFY(!m_page->reaperNotice().isVisible());
        m_page->setReaping(environments::Reaping{.everywhere = true});
        QVERIFY(!m_page->reaperNotice().isVisible());
        m_page->setReaping(environments::Reaping{.namespaces = {old.ns}});
        QVERIFY(!m_page->reaperNotice().isVisible());
        // It keeps to its own namespace.
        m_page->setReaping(environments::Reaping{.namespaces = {QStringLiteral("elsewhere")}});
        QVERIFY(m_page->reaperNotice().isVisible());
        m_page->setReaping(environments::Reaping());
        QVERIFY(m_page->reaperNotice().isVisible());
        QSignalSpy wanted(m_page, &EnvironmentsPage::reaperRequested);
        QTest::mouseClick(&m_page->reaperNotice().button(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        show({test::environmentNamed(QStringLiteral("shop"))});
        QVERIFY(!m_page->reaperNotice().isVisible());
    }

    void whatIsMadeIsSelectedWhenItComes()
    {
        show({test::environmentNamed(QStringLiteral("board"))});
        m_page->select(QStringLiteral("shop"), QStringLiteral("shop"));
        QVERIFY(!m_page->current());
        show({test::environmentNamed(QStringLiteral("board")), test::environmentNamed(QStringLiteral("shop"))});
        QCOMPARE(m_page->current()->name, QStringLiteral("shop"));
    }

    void whatTakesTheFocusHasAName()
    {
        show({inState("shop", State::Incomplete)});
        clickRow(0);
        for (const auto widgets = m_page->findChildren<QWidget *>(); QWidget * widget : widgets) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(accessible && !accessible->text(QAccessible::Name).trimmed().isEmpty(),
                qPrintable(QString::fromLatin1(widget->metaObject()->className())));
        }
    }

    void longTextsStayInside()
    {
        Environment one = inState("eine-umgebung-mit-einem-sehr-langen-namen", State::Failing);
        one.reason =
            QStringLiteral("eine-umgebung-mit-einem-sehr-langen-namen-web-6f9c8d7b5-x2x4z: ImagePullBackOff: das "
                           "Abbild registry.example.com/mannschaft/anwendung:2026.11.24 wurde nicht gefunden");
        one.templateTitle =
            QStringLiteral("Vorschau der gesamten Anwendung mit Datenbank und Nachrichtenwarteschlange");
        m_window->resize(1280, 800);
        show({one});
        clickRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->width(), 1280, 30000);
        for (const auto labels = m_page->details().findChildren<QLabel *>(); const QLabel *label : labels) {
            if (!label->isVisible())
                continue;
            const QPoint right = label->mapTo(&m_page->details(), QPoint(label->width(), 0));
            QVERIFY2(right.x() <= m_page->details().width(), qPrintable(label->text()));
            if (label->wordWrap())
                QTRY_VERIFY2_WITH_TIMEOUT(
                    label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()), 30000);
        }
    }

    void secretsAreHiddenUntilShown()
    {
        auto *dialog = new ui::SecretsDialog(m_theme, QStringLiteral("shop"),
            {{QStringLiteral("Password of the database"), QStringLiteral("vErYsEcReT")}}, m_window.get());
        dialog->open();
        const auto *value = dialog->findChild<QLineEdit *>();
        QCOMPARE(value->echoMode(), QLineEdit::Password);
        QPushButton *show = nullptr;
        QPushButton *copy = nullptr;
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->text() == QLatin1StringView("Show"))
                show = button;
            if (button->text() == QLatin1StringView("Copy"))
                copy = button;
        }
        QVERIFY(show && copy);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("vErYsEcReT"));
        QVERIFY(!dialog->grab().isNull());
        QCOMPARE(value->echoMode(), QLineEdit::Password);
        QTest::mouseClick(show, Qt::LeftButton);
        QCOMPARE(value->echoMode(), QLineEdit::Normal);
        dialog->close();
    }
};

QTEST_MAIN(TestEnvironmentsPage)
#include "tst_environmentspage.moc"
