// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/silencing.h"
#include "ui/common/widgets.h"
#include "ui/metrics/alertdetails.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/noticedialog.h"
#include "ui/metrics/silencedialog.h"
#include "ui/metrics/silencelist.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDesktopServices>
#include <QHelpEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::Alert;
using metrics::Silence;
using State = Alert::State;

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

Alert alert(const QString &name, const QString &node, State state = State::Firing,
    Alert::Severity severity = Alert::Severity::Warning)
{
    const metrics::Labels labels{{u"alertname"_s, name}, {u"node"_s, node}};
    return {.id = metrics::textOf(labels),
        .name = name,
        .state = state,
        .severity = severity,
        .labels = labels,
        .annotations = {{u"summary"_s, name + u" on "_s + node}},
        .since = now() - 600'000,
        .summary = name + u" on "_s + node,
        .query = u"up{node=\""_s + node + u"\"} == 0"_s,
        .place = metrics::placeOf(labels),
        .inPrometheus = true,
        .inAlertmanager = true};
}

Silence silence(const QString &id, const QList<metrics::LabelMatcher> &matchers)
{
    return {.id = id,
        .matchers = matchers,
        .startsAt = now() - 1000,
        .endsAt = now() + 7'200'000,
        .createdBy = u"mara"_s,
        .comment = u"known"_s,
        .state = u"active"_s};
}

} // namespace

// The page of alerts and its dialogs, fed by hand.
class TestAlertsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void groupsAndStates();
    void refreshKeepsThePlace();
    void filters();
    void detailsSayEverything();
    void hostileTextsAreInert();
    void onlyWebPagesAreOpened();
    void buttonsAsk();
    void withoutSourceOrManager();
    void nothingFiring();
    void troubleIsSaid();
    void ageIsSaid();
    void silencesAreListedAndEnded();
    void aLongWay();

    void dialogCountsWhatMatches();
    void dialogWantsAComment();
    void dialogLengths_data();
    void dialogLengths();
    void dialogKeepsInputsOnRefusal();
    void noticesAreAsked();

private:
    QStringList rows() const;
    void choose(const QString &name);

    Theme m_theme;
    std::unique_ptr<AlertsPage> m_page;
    QList<QUrl> m_urls;

public Q_SLOTS:
    void openUrl(const QUrl &url) { m_urls += url; }
};

void TestAlertsPage::initTestCase()
{
    m_theme.apply(*qApp);
}

void TestAlertsPage::init()
{
    m_page = std::make_unique<AlertsPage>(m_theme);
    new QAbstractItemModelTester(
        &m_page->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_page.get());
    new QAbstractItemModelTester(
        &m_page->silenceList().model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_page.get());
    m_page->setManager(u"monitoring/alertmanager:9093"_s, {}, {});
    m_page->resize(1200, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), 30000));
}

void TestAlertsPage::cleanup()
{
    m_page.reset();
}

// "group: alert, alert"
QStringList TestAlertsPage::rows() const
{
    QStringList all;
    const AlertModel &model = m_page->model();
    for (int group = 0; group < model.rowCount(); ++group) {
        const QModelIndex parent = model.index(group, 0);
        QStringList names;
        for (int row = 0; row < model.rowCount(parent); ++row)
            names += model.alert(model.index(row, 0, parent))->name;
        all += parent.data().toString().section(u"  "_s, 0, 0) + u": "_s + names.join(u' ');
    }
    return all;
}

void TestAlertsPage::choose(const QString &name)
{
    const auto found = std::ranges::find(m_page->alerts(), name, &Alert::name);
    QVERIFY(found != m_page->alerts().end());
    m_page->select(found->id);
}

void TestAlertsPage::groupsAndStates()
{
    m_page->setAlerts({alert(u"Volt"_s, u"pi-003"_s, State::Firing, Alert::Severity::Critical),
                          alert(u"Hot"_s, u"pi-003"_s), alert(u"Slow"_s, u"pi-004"_s, State::Pending),
                          alert(u"Old"_s, u"pi-005"_s, State::Silenced), alert(u"Watchdog"_s, {})},
        {}, now());
    QCOMPARE(rows(), (QStringList{u"Critical: Volt"_s, u"Warning: Hot Slow"_s}));
    QCOMPARE(m_page->count(State::Firing), 2); // without the one that always fires
    QVERIFY(m_page->stateButton(State::Silenced).text().contains(u'1'));
    m_page->stateButton(State::Silenced).click();
    QCOMPARE(rows().last(), u"Warning: Hot Slow Old"_s);
    m_page->groupBox().setCurrentIndex(int(AlertModel::Grouping::Place));
    QCOMPARE(rows(), (QStringList{u"pi-003: Volt Hot"_s, u"pi-004: Slow"_s, u"pi-005: Old"_s}));
    m_page->groupBox().setCurrentIndex(int(AlertModel::Grouping::Name));
    QCOMPARE(rows().size(), 4);
    // Words beside the glyph.
    const QModelIndex first = m_page->model().index(0, 0, m_page->model().index(0, 0));
    QCOMPARE(first.siblingAtColumn(AlertModel::State).data().toString(), u"Firing"_s);
    QCOMPARE(first.siblingAtColumn(AlertModel::Severity).data().toString(), u"Critical"_s);
    QCOMPARE(first.siblingAtColumn(AlertModel::Since).data().toString(), u"10 m"_s);
    QVERIFY(!first.siblingAtColumn(AlertModel::Since).data(Qt::ToolTipRole).toString().isEmpty());
    QVERIFY(m_page->view().isExpanded(m_page->model().index(0, 0)));
}

void TestAlertsPage::refreshKeepsThePlace()
{
    QList<Alert> many;
    for (int i = 0; i < 200; ++i)
        many += alert(u"Alert%1"_s.arg(i, 3, 10, QChar(u'0')), u"pi"_s);
    m_page->setAlerts(many, {}, now());
    choose(u"Alert120"_s);
    const int scrolled = m_page->view().verticalScrollBar()->value();
    QVERIFY(scrolled > 0);
    QSignalSpy resets(&m_page->model(), &QAbstractItemModel::modelReset);
    QSignalSpy layouts(&m_page->model(), &QAbstractItemModel::layoutChanged);
    // One gone, one more, one moved to another group, one changed.
    many.removeAt(190);
    many.append(alert(u"New"_s, u"pi"_s));
    many[5].severity = Alert::Severity::Critical;
    many.move(5, 0);
    many[60].state = State::Pending;
    m_page->setAlerts(many, {}, now());
    QCOMPARE(resets.count() + layouts.count(), 0);
    QCOMPARE(m_page->details().alert()->name, u"Alert120"_s);
    QCOMPARE(m_page->view().selectionModel()->selectedRows().size(), 1);
    QVERIFY(m_page->view().verticalScrollBar()->value() > 0);
    QCOMPARE(rows().first(), u"Critical: Alert005"_s);
    // What was selected goes: nothing else takes its place.
    many.removeIf([](const Alert &one) { return one.name == u"Alert120"_s; });
    m_page->setAlerts(many, {}, now());
    QVERIFY(!m_page->details().alert());
}

void TestAlertsPage::filters()
{
    m_page->setAlerts({alert(u"Hot"_s, u"pi-003"_s), alert(u"Slow"_s, u"pi-004"_s)}, {}, now());
    m_page->filterEdit().setText(u"PI-004"_s);
    QCOMPARE(rows(), QStringList{u"Warning: Slow"_s});
    m_page->filterEdit().setText(u"alertname=Hot"_s);
    QCOMPARE(rows(), QStringList{u"Warning: Hot"_s});
    m_page->filterEdit().setText(u"nothing like it"_s);
    QVERIFY(rows().isEmpty());
    QVERIFY(m_page->calm().isVisible());
    m_page->select(m_page->alerts().first().id); // a link from elsewhere
    QCOMPARE(m_page->details().alert()->name, u"Hot"_s);
    QVERIFY(!m_page->calm().isVisible());
}

void TestAlertsPage::detailsSayEverything()
{
    Alert one = alert(u"Hot"_s, u"pi-003"_s, State::Silenced);
    one.silencedBy = {u"s1"_s};
    one.inhibitedBy = {u"f9"_s};
    one.receivers = {u"pager"_s};
    one.value = u"83"_s;
    Alert other = alert(u"Dead"_s, u"pi-003"_s);
    other.fingerprint = u"f9"_s;
    m_page->stateButton(State::Silenced).setChecked(true);
    m_page->setAlerts({one, other}, {silence(u"s1"_s, metrics::matchersFor(one))}, now());
    choose(u"Hot"_s);
    const QString said = m_page->details().texts().join(u'\n');
    for (const QString &text : {u"Silenced"_s, u"Warning"_s, u"10 m"_s, u"pager"_s, u"by mara until"_s, u"known"_s,
             u"Dead · pi-003"_s, u"pi-003"_s, u"83"_s})
        QVERIFY2(said.contains(text), qPrintable(text + u" in "_s + said));
    QVERIFY(m_page->details().expireButton().isVisible() && !m_page->details().silenceButton().isVisible());
}

void TestAlertsPage::hostileTextsAreInert()
{
    Alert one = alert(u"<img src='file:///etc/passwd'><h1>x"_s, u"<b>n</b>"_s);
    one.summary = u"<a href='http://evil'>click</a>\n\u202e"_s + QString(20000, u'x');
    one.labels.insert(u"<script>"_s, QString(50000, u'y'));
    m_page->setAlerts({one}, {silence(u"s"_s, {{.name = u"<b>"_s, .value = u"<i>"_s}})}, now());
    m_page->select(one.id);
    for (const auto labels = m_page->findChildren<QLabel *>(); const QLabel *label : labels)
        QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText, qPrintable(label->text().left(99)));
    const QModelIndex index = m_page->model().indexOf(one.id);
    const QString tip = index.siblingAtColumn(AlertModel::Summary).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.size() < 20000);
    // Shown as it is written.
    QTreeView &view = m_page->view();
    view.scrollTo(index.siblingAtColumn(AlertModel::Summary));
    const QPoint place = view.visualRect(index.siblingAtColumn(AlertModel::Summary)).topLeft() + QPoint(3, 3);
    QHelpEvent help(QEvent::ToolTip, place, view.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view.viewport(), &help);
    QTRY_VERIFY_WITH_TIMEOUT(QToolTip::text().contains(u"&lt;a"_s), 30000);
    QVERIFY(m_page->details().widget()->width() <= m_page->details().viewport()->width());
}

void TestAlertsPage::onlyWebPagesAreOpened()
{
    Alert one = alert(u"Hot"_s, u"pi-003"_s);
    m_page->setAlerts({one}, {}, now());
    m_page->select(one.id);
    QVERIFY(!m_page->details().runbookButton().isVisible());
    // What merging lets through.
    metrics::RuleGroup group{.rules = {{.alerting = true,
                                 .alerts = {{.labels = one.labels,
                                     .annotations = {{u"runbook_url"_s, u"file:///etc/passwd"_s}},
                                     .state = u"firing"_s}}}}};
    m_page->setAlerts(metrics::mergedAlerts({group}, {}, now()), {}, now());
    m_page->select(m_page->alerts().first().id);
    QVERIFY(!m_page->details().runbookButton().isVisible());
    group.rules[0].alerts[0].annotations.insert(u"runbook_url"_s, u"https://runbooks.example.com/hot"_s);
    m_page->setAlerts(metrics::mergedAlerts({group}, {}, now()), {}, now());
    m_page->select(m_page->alerts().first().id);
    QVERIFY(m_page->details().runbookButton().isVisible());
    m_urls.clear();
    QDesktopServices::setUrlHandler(u"https"_s, this, "openUrl");
    m_page->details().runbookButton().click();
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QCOMPARE(m_urls, QList<QUrl>{QUrl(u"https://runbooks.example.com/hot"_s)});
}

void TestAlertsPage::buttonsAsk()
{
    const Alert one = alert(u"Hot"_s, u"pi-003"_s);
    m_page->setAlerts({one}, {}, now());
    m_page->select(one.id);
    QSignalSpy silences(m_page.get(), &AlertsPage::silenceRequested);
    QSignalSpy places(m_page.get(), &AlertsPage::placeRequested);
    QSignalSpy queries(m_page.get(), &AlertsPage::exploreRequested);
    m_page->details().silenceButton().click();
    m_page->details().placeButton().click();
    m_page->details().queryButton().click();
    QCOMPARE(silences.at(0).at(0).value<QList<metrics::LabelMatcher>>(), metrics::matchersFor(one));
    QCOMPARE(places.at(0).at(0).value<metrics::AlertPlace>().node, u"pi-003"_s);
    QCOMPARE(queries.at(0).at(0).toString(), one.query);
}

void TestAlertsPage::withoutSourceOrManager()
{
    m_page->setAbsence(u"No Prometheus"_s, u"because"_s);
    QVERIFY(m_page->absence().isVisible());
    m_page->setAlerts({alert(u"Hot"_s, u"pi-003"_s)}, {}, now());
    QVERIFY(!m_page->absence().isVisible());
    m_page->setManager({}, u"There is none."_s, u"No."_s);
    QVERIFY(m_page->managerNote().isVisible());
    QVERIFY(!m_page->silenceList().isVisible());
    choose(u"Hot"_s);
    QVERIFY(!m_page->details().silenceButton().isEnabled());
    m_page->setManager(u"m"_s, {}, {});
    QVERIFY(!m_page->managerNote().isVisible());
    QVERIFY(m_page->details().silenceButton().isEnabled());
}

void TestAlertsPage::nothingFiring()
{
    m_page->setAlerts({alert(u"Watchdog"_s, {})}, {}, now());
    QVERIFY(m_page->calm().isVisible());
    QCOMPARE(m_page->count(State::Firing), 0);
    QVERIFY(m_page->freshness().toolTip().contains(u"always fires"_s));
}

void TestAlertsPage::troubleIsSaid()
{
    QVERIFY(!m_page->banner().isVisible());
    m_page->setTrouble(u"Gone."_s);
    QVERIFY(m_page->banner().isVisible());
    m_page->setTrouble({});
    QVERIFY(!m_page->banner().isVisible());
}

void TestAlertsPage::ageIsSaid()
{
    m_page->setAlerts({}, {}, now());
    QCOMPARE(m_page->freshness().text(), u"live"_s);
    m_page->setAlerts({}, {}, now() - 300'000);
    QVERIFY2(m_page->freshness().text().contains(u"5 m"_s), qPrintable(m_page->freshness().text()));
}

void TestAlertsPage::silencesAreListedAndEnded()
{
    Alert one = alert(u"Hot"_s, u"pi-003"_s, State::Silenced);
    one.silencedBy = {u"s1"_s};
    Silence expired = silence(u"s2"_s, {{.name = u"a"_s, .value = u"b"_s}});
    expired.state = u"expired"_s;
    m_page->setAlerts({one}, {silence(u"s1"_s, metrics::matchersFor(one)), expired}, now());
    const SilenceModel &model = m_page->silenceList().model();
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0, SilenceModel::Matchers).data().toString().contains(u"alertname=\"Hot\""_s));
    QCOMPARE(model.index(0, SilenceModel::Alerts).data().toString(), u"1"_s);
    QSignalSpy ended(m_page.get(), &AlertsPage::expireRequested);
    QVERIFY(!m_page->silenceList().expireButton().isEnabled());
    m_page->silenceList().view().setCurrentIndex(model.index(0, 0));
    m_page->silenceList().expireButton().click();
    QCOMPARE(ended.at(0).at(0).toStringList(), QStringList{u"s1"_s});
}

// Any order to any other, by insertions, removals and moves alone.
void TestAlertsPage::aLongWay()
{
    QList<Alert> all;
    for (int i = 0; i < 12; ++i)
        all += alert(u"A%1"_s.arg(i), u"pi-%1"_s.arg(i % 3));
    QSignalSpy resets(&m_page->model(), &QAbstractItemModel::modelReset);
    quint32 seed = 7;
    for (int round = 0; round < 60; ++round) {
        QList<Alert> some;
        for (const Alert &one : all) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 30)
                some.insert(qsizetype(seed >> 8) % (some.size() + 1), one);
        }
        m_page->groupBox().setCurrentIndex(round % 3);
        m_page->setAlerts(some, {}, now());
        int shown = 0;
        for (int group = 0; group < m_page->model().rowCount(); ++group)
            shown += m_page->model().rowCount(m_page->model().index(group, 0));
        QCOMPARE(shown, some.size());
        const QModelIndex first = m_page->model().index(0, 0, m_page->model().index(0, 0));
        if (!some.isEmpty())
            QCOMPARE(m_page->model().alert(first)->id, some.first().id);
    }
    QCOMPARE(resets.count(), 0);
}

void TestAlertsPage::dialogCountsWhatMatches()
{
    const QList<Alert> alerts = {alert(u"Hot"_s, u"pi-003"_s), alert(u"Hot"_s, u"pi-004"_s)};
    auto *dialog = new SilenceDialog(m_theme, metrics::matchersFor(alerts.first()), alerts, m_page.get());
    dialog->show();
    QCOMPARE(dialog->rows().size(), 2);
    QVERIFY2(dialog->countLabel().text().contains(u'1'), qPrintable(dialog->countLabel().text()));
    dialog->rows()[1].remove->click();
    QVERIFY2(dialog->countLabel().text().contains(u'2'), qPrintable(dialog->countLabel().text()));
    dialog->addRow({.name = u"node"_s, .value = u"pi-00[4-9]"_s, .isRegex = true});
    QVERIFY(dialog->countLabel().text().contains(u'1'));
    dialog->rows()[1].sign->setCurrentText(u"!~"_s);
    QVERIFY(dialog->countLabel().text().contains(u'1'));
    QCOMPARE(dialog->silence().matchers[1],
        (metrics::LabelMatcher{.name = u"node"_s, .value = u"pi-00[4-9]"_s, .isRegex = true, .isEqual = false}));
    dialog->rows()[1].value->setText(u"("_s);
    QVERIFY(dialog->problemLabel().isVisible());
    QVERIFY(dialog->countLabel().text().isEmpty());
    dialog->reject();
}

void TestAlertsPage::dialogWantsAComment()
{
    auto *dialog = new SilenceDialog(m_theme, {{.name = u"a"_s, .value = u"b"_s}}, {}, m_page.get());
    dialog->show();
    QVERIFY(!dialog->silenceButton().isEnabled());
    QVERIFY(!dialog->problemLabel().isVisible()); // nothing is wrong, something is missing
    dialog->commentEdit().setText(u"  "_s);
    QVERIFY(!dialog->silenceButton().isEnabled());
    dialog->commentEdit().setText(u"why"_s);
    QVERIFY(dialog->silenceButton().isEnabled());
    dialog->creatorEdit().clear();
    QVERIFY(!dialog->silenceButton().isEnabled());
    dialog->reject();
}

void TestAlertsPage::dialogLengths_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds"); // 0: refused
    QTest::newRow("1 h") << 0 << QString() << qint64(3600);
    QTest::newRow("1 week") << 4 << QString() << qint64(604800);
    QTest::newRow("3h30m") << 5 << u"3h30m"_s << qint64(12600);
    QTest::newRow("nonsense") << 5 << u"soon"_s << qint64(0);
    QTest::newRow("nothing") << 5 << u"0"_s << qint64(0);
    QTest::newRow("until") << 6 << QString() << qint64(86400);
}

void TestAlertsPage::dialogLengths()
{
    QFETCH(int, choice);
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    auto *dialog = new SilenceDialog(m_theme, {{.name = u"a"_s, .value = u"b"_s}}, {}, m_page.get());
    dialog->show();
    dialog->commentEdit().setText(u"why"_s);
    dialog->lengthBox().setCurrentIndex(choice);
    dialog->customLength().setText(text);
    QSignalSpy asked(dialog, &SilenceDialog::silenceRequested);
    QCOMPARE(dialog->silenceButton().isEnabled(), seconds > 0);
    QCOMPARE(dialog->problemLabel().isVisible(), seconds == 0);
    dialog->silenceButton().click();
    QCOMPARE(asked.count(), seconds > 0 ? 1 : 0);
    if (seconds > 0) {
        const auto wanted = asked.at(0).at(0).value<Silence>();
        QVERIFY(std::abs((wanted.endsAt - wanted.startsAt) / 1000 - seconds) < 90);
    }
    dialog->reject();
}

void TestAlertsPage::dialogKeepsInputsOnRefusal()
{
    auto *dialog = new SilenceDialog(m_theme, {{.name = u"a"_s, .value = u"b"_s}}, {}, m_page.get());
    dialog->show();
    dialog->commentEdit().setText(u"why"_s);
    dialog->silenceButton().click();
    QVERIFY(!dialog->silenceButton().isEnabled()); // once is enough
    dialog->fail({.kind = Error::Kind::Invalid, .what = u"Alertmanager refuses: bad matcher."_s});
    QVERIFY(dialog->isVisible());
    QVERIFY(dialog->problemLabel().text().contains(u"bad matcher"_s));
    QCOMPARE(dialog->commentEdit().text(), u"why"_s);
    QVERIFY(dialog->silenceButton().isEnabled());
    dialog->rows()[0].value->setText(u"c"_s);
    QVERIFY(!dialog->problemLabel().isVisible());
    dialog->succeed();
    QVERIFY(!dialog->isVisible());
}

void TestAlertsPage::noticesAreAsked()
{
    using metrics::NoticeRules;
    const NoticeRules before{.threshold = NoticeRules::Threshold::Warning, .isQuiet = true, .quietFrom = QTime(21, 30)};
    auto *dialog = new NoticeDialog(m_theme, before, m_page.get());
    dialog->show();
    QCOMPARE(dialog->rules(), before);
    QSignalSpy chosen(dialog, &NoticeDialog::chosen);
    dialog->quietBox().setChecked(false);
    for (const auto buttons = dialog->findChildren<QPushButton *>(); QPushButton * button : buttons) {
        if (button->property("primary").toBool())
            button->click();
    }
    QCOMPARE(chosen.count(), 1);
    QVERIFY(!chosen.at(0).at(0).value<NoticeRules>().isQuiet);
}

QTEST_MAIN(TestAlertsPage)
#include "tst_alertspage.moc"
