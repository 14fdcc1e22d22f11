// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/metricspage.h"

#include "ui/common/icons.h"
#include "ui/common/severityglyph.h"
#include "ui/common/widgets.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/seriescolours.h"
#include "ui/metrics/timerangepicker.h"
#include "ui/metrics/usenowview.h"
#include "ui/metrics/variablebar.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {
namespace {

constexpr std::chrono::milliseconds usualInterval = 15s;

QToolButton *makeButton(const QString &name, const QString &text = {})
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

MetricsPage::MetricsPage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_annotations(m_feed)
    , m_dashboardButton(makeButton(tr("Dashboard"), tr("Dashboard")))
    , m_dashboards(new QMenu(this))
    , m_source(makeButton(tr("Where the numbers come from"), tr("No source")))
    , m_picker(new TimeRangePicker(theme))
    , m_refresh(makeButton(tr("Refresh now")))
    , m_intervals(new QComboBox)
    , m_more(makeButton(tr("More"), u"⋯"_s))
    , m_variables(new VariableBar(theme, m_feed.variables()))
    , m_banner(new Banner(theme))
    , m_about(new ElidedLabel)
    , m_grid(new DashboardGrid(theme, [this](const metrics::Panel &panel) { return makePanel(panel); }))
    , m_absence(new EmptyState(theme, u"metrics"_s, {}, {}))
    , m_useNow(new UseNowView(theme))
    , m_stack(new QStackedWidget)
{
    m_about->setFont(theme.font(Theme::FontRole::Small));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setObjectName(u"dim"_s);
    m_dashboardButton->setFont(theme.font(Theme::FontRole::Title));
    m_dashboardButton->setPopupMode(QToolButton::InstantPopup);
    m_dashboardButton->setMenu(m_dashboards);
    m_refresh->setIcon(icon(theme, u"view-refresh"_s));
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *more = new QMenu(m_more);
    more->addAction(tr("&Import dashboards from Grafana…"), this, &MetricsPage::importRequested);
    more->addAction(tr("Import a &folder of dashboards…"), this, &MetricsPage::importFolderRequested);
    more->addAction(tr("&Dashboards of a Grafana server…"), this, &MetricsPage::grafanaRequested);
    more->addAction(tr("&Export for Grafana…"), this, &MetricsPage::exportRequested);
    more->addAction(tr("Open in &Grafana"), this, &MetricsPage::openInGrafanaRequested);
    more->addSeparator();
    m_share = more->addAction(tr("&Share in the cluster…"), this, &MetricsPage::shareRequested);
    m_remove = more->addAction(tr("&Remove from my dashboards…"), this, &MetricsPage::removeRequested);
    more->addSeparator();
    m_events = more->addAction(tr("Show e&vents"));
    m_events->setCheckable(true);
    m_events->setChecked(true);
    connect(m_events, &QAction::toggled, &m_state, &ViewState::setMarksShown);
    connect(m_events, &QAction::toggled, this, &MetricsPage::followAnnotations);
    connect(&m_annotations, &metrics::AnnotationFeed::changed, this, &MetricsPage::markAnnotations);
    connect(&theme, &Theme::changed, this, &MetricsPage::markAnnotations);
    m_more->setMenu(more);
    m_intervals->setAccessibleName(tr("How often it is refreshed"));
    m_intervals->setToolTip(m_intervals->accessibleName());
    m_intervals->view()->setAccessibleName(m_intervals->accessibleName());
    for (const auto &[text, length] :
        {std::pair(tr("Off"), 0ms), std::pair(tr("5 s"), 5000ms), std::pair(tr("15 s"), 15000ms),
            std::pair(tr("30 s"), 30000ms), std::pair(tr("1 min"), 60000ms), std::pair(tr("5 min"), 300000ms)})
        m_intervals->addItem(text, qint64(length.count()));
    m_intervals->setCurrentIndex(m_intervals->findData(qint64(usualInterval.count())));

    auto *header = new QHBoxLayout;
    header->setSpacing(Metrics::space2);
    header->addWidget(m_dashboardButton);
    header->addWidget(m_about, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_source, m_picker, m_refresh, m_intervals, m_more})
        header->addWidget(widget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space3, Metrics::space3, 0, 0);
    column->setSpacing(Metrics::space2);
    header->setContentsMargins(0, 0, Metrics::space3, 0);
    column->addLayout(header);
    column->addWidget(m_variables);
    column->addWidget(m_banner);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_absence);
    m_stack->addWidget(m_useNow);
    connect(m_useNow, &UseNowView::installRequested, this, &MetricsPage::installRequested);
    connect(m_useNow, &UseNowView::sourceRequested, this, &MetricsPage::sourceRequested);
    column->addWidget(m_stack, 1);
    m_banner->clear();
    m_install = m_absence->addButton(tr("Install Prometheus…"), true);
    connect(m_install, &QPushButton::clicked, this, &MetricsPage::installRequested);
    connect(m_absence->addButton(tr("Choose a source…")), &QPushButton::clicked, this, &MetricsPage::sourceRequested);

    connect(m_dashboards, &QMenu::aboutToShow, this, &MetricsPage::choosing);
    connect(m_source, &QToolButton::clicked, this, &MetricsPage::sourceRequested);
    connect(m_refresh, &QToolButton::clicked, &m_feed, &metrics::DashboardFeed::refresh);
    connect(m_intervals, &QComboBox::activated, this, &MetricsPage::applyInterval);
    connect(m_picker, &TimeRangePicker::chosen, this, [this](const metrics::TimeRange &range) {
        m_state.forget();
        chooseRange(range);
    });
    connect(m_picker, &TimeRangePicker::zoneChosen, this, [this] {
        m_state.setZone(m_picker->zone());
        m_feed.setRange(m_picker->range(), m_picker->zone());
    });
    connect(&m_state, &ViewState::spanChosen, this,
        [this](const TimeSpan &span) { chooseRange(metrics::absoluteRange({span.from, span.to})); });
    connect(&m_state, &ViewState::resetRequested, this, [this] {
        const QString from = m_feed.dashboard().from;
        chooseRange(from.isEmpty() ? metrics::TimeRange() : metrics::TimeRange{from, m_feed.dashboard().to});
    });
    connect(&m_feed, &metrics::DashboardFeed::momentsChanged, this,
        [this] { m_state.setSpan({m_feed.moments().from, m_feed.moments().to}); });
    connect(&m_feed, &metrics::DashboardFeed::expandedChanged, this, [this] {
        const metrics::Dashboard &dashboard = m_feed.expanded();
        m_grid->setRows(dashboard.rows);
        m_about->setToolTip(
            Qt::convertFromPlainText((QStringList(dashboard.description) + dashboard.notes).join(u'\n')));
        updateAll();
        Q_EMIT viewChanged();
    });
    connect(&m_feed, &metrics::DashboardFeed::panelChanged, this, &MetricsPage::updatePanel);
    connect(&m_feed, &metrics::DashboardFeed::freshnessChanged, this, &MetricsPage::updateFreshness);
    connect(m_grid, &DashboardGrid::seenChanged, this, [this] {
        if (isVisible())
            m_feed.setSeen(m_grid->seen());
    });
    m_ageTimer.setInterval(5s);
    connect(&m_ageTimer, &QTimer::timeout, this, &MetricsPage::updateFreshness);
    m_stack->setCurrentWidget(m_absence);
}

MetricsPage::~MetricsPage() = default;

void MetricsPage::setDashboards(const QList<Entry> &entries, int unreadable)
{
    m_entries = entries;
    m_unreadable = unreadable;
    fillMenu();
    const auto shown = std::ranges::find(entries, currentUid(), [](const Entry &one) { return one.dashboard.uid; });
    if (shown == entries.end()) {
        if (!entries.isEmpty())
            open(entries.first().dashboard.uid);
    } else if (shown->dashboard != m_feed.dashboard()) {
        open(shown->dashboard.uid, m_feed.variables().choices());
    }
}

void MetricsPage::fillMenu()
{
    m_dashboards->clear();
    QMenu *menu = m_dashboards;
    QString group;
    for (const Entry &entry : m_entries) {
        if (entry.group != group) {
            group = entry.group;
            addMenuSection(*menu, group);
        }
        QAction *action = menu->addAction(unmnemonic(entry.dashboard.title));
        action->setToolTip(Qt::convertFromPlainText(entry.dashboard.description));
        connect(action, &QAction::triggered, this, [this, uid = entry.dashboard.uid] { open(uid); });
    }
    if (m_unreadable > 0) {
        menu->addSeparator();
        menu->addAction(icon(m_theme, u"warning"_s), tr("%n cannot be read…", "dashboards", m_unreadable), this,
            &MetricsPage::unreadableRequested);
    }
    judgeActions();
}

void MetricsPage::judgeActions()
{
    const auto shown = std::ranges::find(m_entries, currentUid(), [](const Entry &one) { return one.dashboard.uid; });
    m_share->setEnabled(shown != m_entries.end());
    m_remove->setEnabled(shown != m_entries.end() && shown->isOwn);
}

void MetricsPage::setClient(std::shared_ptr<metrics::PromClient> client)
{
    m_hasClient = client != nullptr;
    showWhatThereIs();
    m_feed.setClient(client);
    m_annotations.setClient(std::move(client));
    applyInterval();
    updateFreshness();
}

void MetricsPage::setSource(const QString &text, store::Severity severity, const QString &explanation)
{
    m_source->setText(text);
    m_source->setToolTip(Qt::convertFromPlainText(explanation));
    m_source->setIcon(icon(m_theme, severity >= store::Severity::Warning ? u"warning"_s : u"prometheus"_s));
}

void MetricsPage::setAbsence(const QString &title, const QString &text, Absence absence)
{
    m_absenceIsFinal = absence != Absence::Looking;
    m_absence->setText(title, text);
    m_install->setVisible(absence == Absence::CanInstall);
    m_useNow->setReason(title, text, absence == Absence::CanInstall);
}

void MetricsPage::showUseNow(bool on)
{
    m_hasUseNow = on;
    showWhatThereIs();
}

void MetricsPage::showWhatThereIs()
{
    m_stack->setCurrentWidget(m_hasClient ? static_cast<QWidget *>(m_grid)
            : m_hasUseNow                 ? static_cast<QWidget *>(m_useNow)
                                          : m_absence);
    m_variables->setVisible(m_hasClient);
}

void MetricsPage::open(const QString &uid, const QMap<QString, QStringList> &wanted)
{
    const auto entry = std::ranges::find(m_entries, uid, [](const Entry &one) { return one.dashboard.uid; });
    if (entry == m_entries.end())
        return;
    const metrics::Dashboard &dashboard = entry->dashboard;
    const bool isOther = dashboard.uid != currentUid();
    m_dashboardButton->setText(unmnemonic(dashboard.title) + u"  ▾"_s);
    m_about->setText(dashboard.description);
    if (isOther) {
        m_grid->setAlone(0);
        // Numbers of the one before must not stand under this one's titles.
        m_grid->setRows({});
        m_state.forget();
        if (!dashboard.from.isEmpty())
            setRange({dashboard.from, dashboard.to.isEmpty() ? u"now"_s : dashboard.to});
    }
    m_feed.setDashboard(dashboard, wanted);
    judgeActions();
}

void MetricsPage::setRange(const metrics::TimeRange &range)
{
    m_picker->setRange(range);
    m_feed.setRange(range, m_picker->zone());
    updateFreshness();
    Q_EMIT viewChanged();
}

void MetricsPage::chooseRange(const metrics::TimeRange &range)
{
    setRange(range);
}

void MetricsPage::applyInterval()
{
    // Nobody looks: nothing is asked.
    m_feed.setInterval(
        std::chrono::milliseconds(m_hasClient && isVisible() ? m_intervals->currentData().toLongLong() : 0));
}

bool MetricsPage::isSettled() const
{
    if (!m_hasClient)
        return m_absenceIsFinal;
    const QMap<int, int> seen = m_grid->seen();
    return !seen.isEmpty() && std::ranges::all_of(seen.keys(), [this](int id) {
        const metrics::PanelState state = m_feed.state(id);
        const PanelView *view = m_grid->view(id);
        return (state.asOf > 0 || !state.errors.isEmpty()) && !state.loading && view && !view->isFilling();
    });
}

PanelView *MetricsPage::makePanel(const metrics::Panel &panel)
{
    auto *view = new PanelView(panel, m_state, m_theme);
    connect(view, &PanelView::retryRequested, &m_feed, &metrics::DashboardFeed::refresh);
    connect(view, &PanelView::fullScreenRequested, this,
        [this, id = panel.id] { m_grid->setAlone(m_grid->alone() == id ? 0 : id); });
    connect(view, &PanelView::exploreRequested, this, [this, view] { Q_EMIT exploreRequested(view->panel()); });
    // With what is known already, once the grid has put it in its place.
    QMetaObject::invokeMethod(this, [this, id = panel.id] { updatePanel(id); }, Qt::QueuedConnection);
    return view;
}

void MetricsPage::updatePanel(int id)
{
    PanelView *view = m_grid->view(id);
    const std::optional<metrics::Panel> panel = m_feed.panel(id);
    if (!view || !panel)
        return;
    const metrics::PanelState state = m_feed.state(id);
    view->setPanel(*panel);
    if (state.asOf > 0)
        view->setAnswers(state.answers);
    view->setStale(std::chrono::seconds(state.behind / 1000));
    view->setLoading(state.loading);
    if (!state.errors.isEmpty())
        view->setError(state.errors.first());
}

void MetricsPage::updateAll()
{
    for (const int id : m_grid->seen().keys())
        updatePanel(id);
}

void MetricsPage::updateFreshness()
{
    if (!m_hasClient) {
        m_banner->clear();
        return;
    }
    const auto &variables = m_feed.variables();
    if (const auto &error = variables.error()) {
        m_banner->tell(store::Severity::Failing, error->text());
        return;
    }
    if (const auto &error = m_feed.rangeError()) {
        m_banner->tell(store::Severity::Failing, error->text());
        return;
    }
    const auto &failure = m_feed.failure();
    if (!failure) {
        tellAside();
        return;
    }
    // What is shown stays, and says how old it is.
    const qint64 age = m_feed.freshAt() == 0 ? 0 : (QDateTime::currentMSecsSinceEpoch() - m_feed.freshAt()) / 1000;
    m_banner->tell(store::Severity::Failing,
        age == 0 ? tr("No numbers: %1").arg(failure->text())
                 : tr("No new numbers for %n seconds: %1", nullptr, static_cast<int>(age)).arg(failure->text()));
}

// Nobody looks: nothing is asked.
void MetricsPage::followAnnotations()
{
    m_annotations.setSeen(isVisible() && m_events->isChecked());
}

void MetricsPage::markAnnotations()
{
    QList<EventMark> marks;
    for (const auto all = m_annotations.found(); const metrics::AnnotationFeed::Found &found : all) {
        for (const metrics::Occurrence &one : found.occurrences) {
            const QString kind = one.title == found.name ? QString() : found.name;
            marks.append({.time = one.from,
                .kind = kind,
                .text = one.text.isEmpty() ? one.title
                                           : tr("%1: %2", "title and text of an event").arg(one.title, one.text),
                .end = one.to > one.from ? one.to : 0,
                .colour = namedColour(one.color, m_theme.palette()).value_or(m_theme.palette().accent)});
        }
    }
    m_state.setMarks(marks, MarkOrigin::Dashboard);
    updateFreshness();
}

// What is worth knowing while there are numbers.
void MetricsPage::tellAside()
{
    const QList<metrics::AnnotationFeed::Found> all = m_annotations.found();
    const auto failed = std::ranges::find_if(all, [](const auto &found) { return found.error.has_value(); });
    if (const QString clock = m_feed.clockNote(); failed == all.end() && !clock.isEmpty())
        m_banner->tell(store::Severity::Warning, clock);
    else if (failed == all.end())
        m_banner->clear();
    else
        m_banner->tell(store::Severity::Warning,
            tr("The events “%1” cannot be marked: %2").arg(failed->name, failed->error->text()));
}

void MetricsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_grid->alone() != 0)
        m_grid->setAlone(0);
    else
        QFrame::keyPressEvent(event);
}

void MetricsPage::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    applyInterval();
    m_ageTimer.start();
    m_feed.setSeen(m_grid->seen());
    m_feed.refresh();
    followAnnotations();
}

void MetricsPage::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    applyInterval();
    followAnnotations();
    m_ageTimer.stop();
}

} // namespace kdra::ui
