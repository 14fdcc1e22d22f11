// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "support/monitoringstack.h"
#include "ui/alertdesk.h"
#include "ui/common/alertline.h"
#include "ui/common/widgets.h"
#include "ui/mainwindow.h"
#include "ui/metrics/alertdetails.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/explorepage.h"
#include "ui/metrics/noticedialog.h"
#include "ui/metrics/silencedialog.h"
#include "ui/metrics/silencelist.h"
#include "ui/metrics/sourcedialog.h"
#include "ui/metricsdesk.h"
#include "ui/objects/inspector.h"
#include "ui/pages.h"
#include "ui/session.h"
#include "ui/topbar.h"
#include "ui/topology/canvas.h"
#include "ui/topology/describe.h"
#include "ui/topology/tilepainter.h"
#include "ui/topology/topologypage.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using kdra::metrics::Alert;

// Alerts in the window: of the demo cluster through its API server, then of a real Prometheus and Alertmanager.
class TestAlertDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void alertsAppear();
    void silencedInTheWindow();
    void whatIsRefusedIsSaid();
    void newAlertsAreTold();
    void toThePlace();
    void itsAlertmanagerDies();
    void readOnlyClustersAreLeftAlone();
    void theRealOnes();
    void withoutACluster();

private:
    AlertDesk &desk() const { return m_window->alertDesk(); }
    AlertsPage &page() const { return m_window->pages().alerts(); }
    const Alert *named(const QString &name) const;
    // Asks now, and again with each look: the state of the alert, or nothing.
    std::optional<Alert::State> state(const QString &name) const;
    void scaleAlertmanager(int replicas);
    void silence(const QString &name);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QSignalSpy> m_answers;
};

namespace {

// By the demo's own silence; it fires for ever.
QString silenced()
{
    return u"PiHadUnderVoltage"_s;
}

} // namespace

void TestAlertDesk::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings().remove(u"alerts"_s);
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1440, 900);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(desk().feed()->isAnswered(), 30000);
    // Found through the API server's proxy, by its labels.
    QTRY_VERIFY_WITH_TIMEOUT(desk().feed()->manager(), 30000);
    QVERIFY(desk().feed()->manager()->endpoint().isProxied());
    m_answers = std::make_unique<QSignalSpy>(desk().feed(), &AlertFeed::changed);
}

void TestAlertDesk::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    QSettings().remove(u"alerts"_s);
}

const Alert *TestAlertDesk::named(const QString &name) const
{
    const auto found = std::ranges::find(page().alerts(), name, &Alert::name);
    return found == page().alerts().end() ? nullptr : &*found;
}

std::optional<Alert::State> TestAlertDesk::state(const QString &name) const
{
    // The desk itself asks every 15 s; here, as soon as it has been answered.
    static qsizetype answers = -1;
    if (m_answers && m_answers->count() != answers) {
        answers = m_answers->count();
        desk().feed()->refresh();
    }
    const Alert *alert = named(name);
    return alert ? std::optional(alert->state) : std::nullopt;
}

void TestAlertDesk::alertsAppear()
{
    QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
    QVERIFY(page().isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(state(silenced()), Alert::State::Silenced, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(page().silenceList().model().rowCount(), 1, 30000);
    QVERIFY(!page().managerNote().isVisible());
    // The node is marked as soon as something fires there, the bar and the tab count it.
    QTRY_COMPARE_WITH_TIMEOUT(state(u"PiUnderVoltage"_s), Alert::State::Firing, 90000);
    QVERIFY(desk().firing() >= 1);
    QCOMPARE(desk().worst(), store::Severity::Failing);
    QVERIFY(m_window->topBar().alertsButton().isVisible());
    QTabWidget &tabs = m_window->pages().metricsTabs();
    QVERIFY2(tabs.tabText(tabs.indexOf(&page())).contains(QString::number(desk().firing())),
        qPrintable(tabs.tabText(tabs.indexOf(&page()))));
    const auto marks = desk().marks();
    QVERIFY(std::ranges::any_of(marks, [](const EventMark &mark) {
        return mark.text.startsWith(u"PiUnderVoltage"_s) && mark.severity == store::Severity::Failing;
    }));
    // Only where it is about what is shown.
    const auto has = [&](const models::HappeningScope &scope) {
        return std::ranges::any_of(
            desk().marks(scope), [](const EventMark &mark) { return mark.text.startsWith(u"PiUnderVoltage"_s); });
    };
    QVERIFY(has({.nodes = {u"pi-003"_s}}));
    QVERIFY(!has({.nodes = {u"pi-004"_s}}));
    QVERIFY(!has({.namespaces = {u"shop"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(desk().feed()->trouble().isEmpty(), 30000);
    // Its query is one click away: when Prometheus has told it, and as long as it fires, which it does again and again.
    const auto isExplored = [&] {
        void(state({}));
        const Alert *alert = named(u"PiUnderVoltage"_s);
        if (!alert || alert->query.isEmpty())
            return false;
        page().select(alert->id);
        page().details().queryButton().click();
        return m_window->pages().explore().isVisible();
    };
    QVERIFY(QTest::qWaitFor(isExplored, 320000));
}

void TestAlertDesk::silence(const QString &name)
{
    page().select(named(name)->id);
    page().details().silenceButton().click();
    const QPointer<SilenceDialog> dialog = m_window->findChild<SilenceDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->countLabel().text().contains(u'1'));
    dialog->commentEdit().setText(u"seen in a test"_s);
    dialog->silenceButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 60000);
}

void TestAlertDesk::silencedInTheWindow()
{
    m_window->pages().showAlerts();
    QTRY_COMPARE_WITH_TIMEOUT(state(silenced()), Alert::State::Silenced, 30000);
    page().select(named(silenced())->id);
    QVERIFY(page().details().texts().join(u'\n').contains(u"by mara"_s));
    page().details().expireButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(state(silenced()), Alert::State::Firing, 30000);
    silence(silenced());
    QTRY_COMPARE_WITH_TIMEOUT(state(silenced()), Alert::State::Silenced, 30000);
    QTRY_VERIFY2_WITH_TIMEOUT(page().details().texts().join(u'\n').contains(u"seen in a test"_s),
        qPrintable(page().details().texts().join(u'\n')), 30000);
    // From the list of silences.
    QTRY_COMPARE_WITH_TIMEOUT(page().silenceList().model().rowCount(), 1, 30000);
    page().silenceList().view().setCurrentIndex(page().silenceList().model().index(0, 0));
    page().silenceList().expireButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(state(silenced()), Alert::State::Firing, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(page().silenceList().model().rowCount(), 0, 30000);
}

void TestAlertDesk::whatIsRefusedIsSaid()
{
    SilenceDialog *dialog = desk().askForSilence({{.name = u"a"_s, .value = u"b"_s}});
    QVERIFY(dialog);
    Q_EMIT dialog->silenceRequested({.matchers = {{.name = u"a"_s, .value = u"(("_s, .isRegex = true}},
        .startsAt = QDateTime::currentMSecsSinceEpoch(),
        .endsAt = QDateTime::currentMSecsSinceEpoch() + 60000,
        .createdBy = u"x"_s,
        .comment = u"y"_s});
    QTRY_VERIFY_WITH_TIMEOUT(dialog->problemLabel().isVisible(), 60000);
    QVERIFY2(
        dialog->problemLabel().text().contains(u"error parsing regexp"_s), qPrintable(dialog->problemLabel().text()));
    dialog->reject();
}

void TestAlertDesk::newAlertsAreTold()
{
    using kdra::metrics::NoticeRules;
    // Set as a user does, and kept.
    desk().chooseNotices();
    const QPointer<NoticeDialog> dialog = m_window->findChild<NoticeDialog *>();
    dialog->thresholdBox().setCurrentIndex(dialog->thresholdBox().findData(int(NoticeRules::Threshold::Warning)));
    Q_EMIT dialog->chosen(dialog->rules());
    dialog->reject();
    QCOMPARE(QSettings().value(u"alerts/threshold"_s).toInt(), int(NoticeRules::Threshold::Warning));
    QSignalSpy told(&desk(), &AlertDesk::notified);
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), told.count() > 0), 320000);
    QVERIFY2(told.at(0).at(0).toString().contains(u"Demo cluster"_s), qPrintable(told.at(0).at(0).toString()));
    QVERIFY(!told.at(0).at(1).toString().contains(silenced())); // it was there before, and is an info
}

void TestAlertDesk::toThePlace()
{
    m_window->pages().showAlerts();
    page().groupBox().setCurrentIndex(0);
    QTRY_VERIFY_WITH_TIMEOUT(state(silenced()).has_value(), 30000);
    page().select(named(silenced())->id);
    page().details().placeButton().click();
    QCOMPARE(m_window->pages().currentIndex(), int(Pages::Topology));
    const auto items = m_session->selection().items();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items.first().kind, store::Kind::Node);
    const Canvas &canvas = m_window->pages().topology().canvas();
    const int tile = canvas.scene().tileOf(items.first().uid);
    QCOMPARE(canvas.scene().tile(tile).name, u"pi-003"_s);
    // It fires: on the tile, and in words.
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), nodeToolTip(canvas.scene(), tile).contains(silenced())), 60000);
    QVERIFY(canvas.scene().tile(tile).alerts > 0);
    QVERIFY(std::ranges::any_of(
        badgesOf(canvas.scene().tile(tile)), [](const Badge &badge) { return badge.text.contains(u"alert"_s); }));
    // And close up, from where it is one click back to the alert.
    AlertLine &line = m_window->inspector().alertLine();
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), !line.isHidden() && line.toolTip().contains(silenced())), 60000);
    line.click();
    QVERIFY(page().isVisible());
    QVERIFY(page().view().selectionModel()->hasSelection());
    // Nothing of that name.
    QSignalSpy failed(&desk(), &AlertDesk::failed);
    Q_EMIT page().placeRequested({.node = u"nowhere"_s});
    QCOMPARE(failed.count(), 1);
    for (const auto boxes = m_window->findChildren<QMessageBox *>(); QMessageBox * box : boxes)
        box->close();
}

void TestAlertDesk::scaleAlertmanager(int replicas)
{
    kube::Request request =
        actions::mergePatchRequest(u"/apis/apps/v1/namespaces/monitoring/statefulsets/alertmanager"_s,
            QJsonObject{{u"spec"_s, QJsonObject{{u"replicas"_s, replicas}}}}, {});
    m_session->current()->client().send(request);
}

void TestAlertDesk::itsAlertmanagerDies()
{
    m_window->pages().showAlerts();
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), !page().banner().isVisible()), 60000);
    scaleAlertmanager(0);
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), page().banner().isVisible()), 90000);
    QVERIFY2(
        desk().feed()->trouble().contains(u"Alertmanager has not answered"_s), qPrintable(desk().feed()->trouble()));
    // What is known stays.
    QVERIFY(named(silenced()));
    QVERIFY(page().managerButton().text().contains(u"alertmanager"_s));
    scaleAlertmanager(2);
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), !page().banner().isVisible()), 90000);
}

void TestAlertDesk::readOnlyClustersAreLeftAlone()
{
    page().select(named(silenced())->id);
    QVERIFY(page().details().silenceButton().isEnabled());
    m_session->setMarks({.readOnly = true});
    QVERIFY(!page().details().silenceButton().isEnabled());
    QVERIFY(page().details().silenceButton().toolTip().contains(u"read-only"_s));
    QVERIFY(!desk().askForSilence({}));
    m_session->setMarks({});
    QVERIFY(page().details().silenceButton().isEnabled());
}

void TestAlertDesk::theRealOnes()
{
    if (const QStringList missing = test::MonitoringStack::missing(); !missing.isEmpty())
        QSKIP(qPrintable(u"Not installed: %1."_s.arg(missing.join(u", "_s))));
    test::MonitoringStack stack;
    const Result<void> started = stack.start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
    const auto choose = [&](auto open, const QUrl &url) {
        open();
        const QPointer<SourceDialog> dialog = m_window->findChild<SourceDialog *>();
        QVERIFY(dialog);
        dialog->kindBox().setCurrentIndex(dialog->kindBox().findData(int(kdra::metrics::Choice::Kind::Url)));
        dialog->urlEdit().setText(url.toString());
        dialog->useButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
    };
    m_window->pages().showAlerts();
    choose([&] { m_window->metricsDesk().chooseSource(); }, stack.prometheus());
    choose([&] { page().managerButton().click(); }, stack.alertmanager());
    QTRY_VERIFY_WITH_TIMEOUT(
        desk().feed()->manager() && desk().feed()->manager()->endpoint().url == stack.alertmanager(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"NodeSeen"_s), Alert::State::Firing, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"Muted"_s), Alert::State::Inhibited, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"Patient"_s), Alert::State::Pending, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(named(u"NodeSeen"_s) && named(u"NodeSeen"_s)->inAlertmanager, 60000);
    silence(u"NodeSeen"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(u"NodeSeen"_s), Alert::State::Silenced, 60000);
    page().select(named(u"NodeSeen"_s)->id);
    page().details().expireButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(state(u"NodeSeen"_s), Alert::State::Firing, 60000);
    QTRY_VERIFY_WITH_TIMEOUT((void(state({})), desk().feed()->trouble().isEmpty()), 60000);
    stack.killAlertmanager();
    QTRY_VERIFY_WITH_TIMEOUT(
        (void(state({})), desk().feed()->trouble().contains(u"Alertmanager has not answered"_s)), 60000);
    stack.killPrometheus();
    QTRY_VERIFY_WITH_TIMEOUT(
        (void(state({})), desk().feed()->trouble().contains(u"The source of alerts has not answered"_s)), 60000);
    QVERIFY(page().banner().isVisible());
    QVERIFY(named(u"NodeSeen"_s));
    // The choice is the user's, and kept: back, for the next test.
    QSettings().remove(u"metrics"_s);
}

void TestAlertDesk::withoutACluster()
{
    m_answers.reset();
    m_session->closeCurrent();
    QVERIFY(!desk().feed());
    QCOMPARE(desk().firing(), 0);
    QVERIFY(desk().marks().isEmpty());
    QVERIFY(!m_window->topBar().alertsButton().isVisible());
}

QTEST_MAIN(TestAlertDesk)
#include "tst_alertdesk.moc"
