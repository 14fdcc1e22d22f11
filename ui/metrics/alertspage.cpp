// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/alertspage.h"

#include "metrics/silencing.h"
#include "models/format.h"
#include "ui/common/celldelegate.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/metrics/alertdetails.h"
#include "ui/metrics/alertwords.h"
#include "ui/metrics/silencelist.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {

using metrics::Alert;

namespace {

constexpr Alert::State states[] = {
    Alert::State::Firing, Alert::State::Pending, Alert::State::Silenced, Alert::State::Inhibited};

// Numbers older than this are not taken as those of now.
constexpr qint64 staleAfter = 60'000;

bool contains(const Alert &alert, const QString &text)
{
    const auto has = [&](const QString &in) { return in.contains(text, Qt::CaseInsensitive); };
    return has(alert.name) || has(alert.summary) || has(whereWords(alert.place))
        || std::ranges::any_of(alert.labels.asKeyValueRange(),
            [&](const auto &pair) { return has(pair.second) || has(pair.first + u'=' + pair.second); });
}

} // namespace

AlertsPage::AlertsPage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_model(new AlertModel(this))
    , m_filter(new QLineEdit)
    , m_groups(new QComboBox)
    , m_manager(new QToolButton)
    , m_notices(new QToolButton)
    , m_freshness(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_banner(new Banner(theme))
    , m_managerNote(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_view(new QTreeView)
    , m_details(new AlertDetails(theme))
    , m_silences(new SilenceList(theme))
    , m_calm(new EmptyState(theme, u"check"_s, {}, {}))
    , m_absence(new EmptyState(theme, u"metrics"_s, tr("There is no source of alerts"), {}))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_list(new QStackedWidget)
    , m_stack(new QStackedWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space3, Metrics::space3, 0, 0);
    column->setSpacing(Metrics::space2);
    column->addWidget(makeHeader());
    column->addWidget(m_banner);
    m_managerNote->setWordWrap(true);
    m_managerNote->setContentsMargins(0, 0, Metrics::space3, 0);
    m_managerNote->hide();
    column->addWidget(m_managerNote);
    makeLists();
    column->addWidget(m_stack, 1);
    m_banner->clear();

    connect(m_filter, &QLineEdit::textChanged, this, &AlertsPage::refill);
    connect(m_groups, &QComboBox::currentIndexChanged, this, &AlertsPage::refill);
    for (QToolButton *button : m_states)
        connect(button, &QToolButton::toggled, this, &AlertsPage::refill);
    connect(m_manager, &QToolButton::clicked, this, &AlertsPage::managerRequested);
    connect(m_notices, &QToolButton::clicked, this, &AlertsPage::noticesRequested);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertsPage::updateDetails);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const Alert *alert = m_model->alert(index); alert && isSomewhere(alert->place))
            Q_EMIT placeRequested(alert->place);
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &group, int first, int last) {
        for (int row = first; !group.isValid() && row <= last; ++row) {
            m_view->setFirstColumnSpanned(row, {}, true);
            m_view->expand(m_model->index(row, 0));
        }
    });
    connect(m_details, &AlertDetails::silenceRequested, this,
        [this] { Q_EMIT silenceRequested(metrics::matchersFor(*m_details->alert())); });
    connect(m_details, &AlertDetails::expireRequested, this, &AlertsPage::expireRequested);
    connect(
        m_details, &AlertDetails::placeRequested, this, [this] { Q_EMIT placeRequested(m_details->alert()->place); });
    connect(
        m_details, &AlertDetails::queryRequested, this, [this] { Q_EMIT exploreRequested(m_details->alert()->query); });
    connect(m_silences, &SilenceList::expireRequested, this, &AlertsPage::expireRequested);
    connect(m_silences, &SilenceList::newRequested, this, [this] { Q_EMIT silenceRequested({}); });
    m_ageTimer.setInterval(5s);
    connect(&m_ageTimer, &QTimer::timeout, this, &AlertsPage::updateFreshness);
    setManager({}, {}, tr("There is no Alertmanager."));
    setAbsence(tr("There is no source of alerts"), {});
}

AlertsPage::~AlertsPage() = default;

QWidget *AlertsPage::makeHeader()
{
    m_filter->setPlaceholderText(tr("Filter by name, place or label"));
    m_filter->setAccessibleName(tr("Filter of the alerts"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(320);
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, Metrics::space3, 0);
    row->setSpacing(Metrics::space2);
    row->addWidget(m_filter, 2);
    for (const Alert::State state : states) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(state == Alert::State::Firing || state == Alert::State::Pending);
        button->setFocusPolicy(Qt::TabFocus);
        m_states[static_cast<size_t>(state)] = button;
        row->addWidget(button);
    }
    m_groups->setAccessibleName(tr("What the alerts are grouped by"));
    m_groups->view()->setAccessibleName(m_groups->accessibleName());
    m_groups->setToolTip(m_groups->accessibleName());
    m_groups->addItem(tr("By severity"), int(AlertModel::Grouping::Severity));
    m_groups->addItem(tr("By name"), int(AlertModel::Grouping::Name));
    m_groups->addItem(tr("By place"), int(AlertModel::Grouping::Place));
    row->addWidget(m_groups);
    row->addStretch(1);
    row->addWidget(m_freshness);
    m_manager->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_manager->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_manager);
    m_notices->setText(tr("Notifications…"));
    m_notices->setAccessibleName(m_notices->text());
    m_notices->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_notices);
    return header;
}

void AlertsPage::makeLists()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(m_theme, m_view));
    m_view->setAccessibleName(tr("Alerts"));
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setIndentation(14);
    const int widths[] = {200, 120, 84, 170, 52};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_view->header()->resizeSection(i, widths[i]);
    m_showAll = m_calm->addButton(tr("Show all"));
    connect(m_showAll, &QPushButton::clicked, this, [this] {
        m_filter->clear();
        for (QToolButton *button : m_states)
            button->setChecked(true);
    });
    connect(m_absence->addButton(tr("Choose a source…")), &QPushButton::clicked, this, &AlertsPage::sourceRequested);
    m_list->addWidget(m_view);
    m_list->addWidget(m_calm);
    auto *rows = new QSplitter(Qt::Vertical);
    rows->addWidget(m_list);
    rows->addWidget(m_silences);
    rows->setStretchFactor(0, 1);
    rows->setCollapsible(0, false);
    rows->setSizes({600, 170});
    m_columns->addWidget(rows);
    m_columns->addWidget(m_details);
    m_columns->setStretchFactor(0, 1);
    m_columns->setCollapsible(0, false);
    m_columns->setSizes({760, 340});
    m_stack->addWidget(m_columns);
    m_stack->addWidget(m_absence);
}

void AlertsPage::setAlerts(const QList<Alert> &alerts, const QList<metrics::Silence> &silences, qint64 asOf)
{
    m_alerts.clear();
    m_counts = {};
    m_hasWatchdog = false;
    for (const Alert &alert : alerts) {
        if (metrics::isWatchdog(alert)) {
            m_hasWatchdog = true;
            continue;
        }
        m_alerts += alert;
        ++m_counts[static_cast<size_t>(alert.state)];
    }
    m_asOf = asOf;
    m_activeSilences = metrics::activeSilences(silences, QDateTime::currentMSecsSinceEpoch());
    m_stack->setCurrentWidget(m_columns);
    refill();
}

void AlertsPage::setAbsence(const QString &title, const QString &text)
{
    m_alerts.clear();
    m_activeSilences.clear();
    m_counts = {};
    m_asOf = 0;
    refill();
    m_absence->setText(title, text);
    m_stack->setCurrentWidget(m_absence);
}

void AlertsPage::setTrouble(const QString &text)
{
    m_isTrouble = !text.isEmpty();
    if (m_isTrouble)
        m_banner->tell(store::Severity::Failing, text);
    else
        m_banner->clear();
}

void AlertsPage::setManager(const QString &name, const QString &explanation, const QString &problem)
{
    m_manager->setText(name.isEmpty() ? tr("No Alertmanager") : name);
    m_manager->setIcon(icon(m_theme, name.isEmpty() ? u"warning"_s : u"prometheus"_s));
    m_manager->setToolTip(tr("Where alerts are silenced"));
    m_manager->setAccessibleName(tr("Where alerts are silenced: %1").arg(m_manager->text()));
    m_managerNote->setText(name.isEmpty() ? explanation : QString());
    m_managerNote->setVisible(name.isEmpty() && !explanation.isEmpty());
    m_silences->setVisible(!name.isEmpty());
    m_silences->setSilencingProblem(problem);
    m_details->setSilencingProblem(problem);
}

bool AlertsPage::isShown(const Alert &alert) const
{
    return m_states[static_cast<size_t>(alert.state)]->isChecked()
        && (m_filter->text().trimmed().isEmpty() || contains(alert, m_filter->text().trimmed()));
}

void AlertsPage::refill()
{
    QList<Alert> shown;
    std::ranges::copy_if(m_alerts, std::back_inserter(shown), [this](const Alert &alert) { return isShown(alert); });
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_model->setAlerts(shown, static_cast<AlertModel::Grouping>(m_groups->currentData().toInt()), now);
    m_silences->setSilences(m_activeSilences, m_alerts, now);
    for (const Alert::State state : states) {
        QToolButton *button = m_states[static_cast<size_t>(state)];
        button->setText(tr("%1  %2", "a state of alerts, how many they are")
                .arg(stateWord(state), QLocale().toString(count(state))));
        button->setAccessibleName(
            tr("Show those in the state %1: %2").arg(stateWord(state), QString::number(count(state))));
    }
    const bool filtered = !m_alerts.isEmpty();
    m_calm->setText(count(Alert::State::Firing) ? tr("None of the alerts is shown") : tr("Nothing is firing"),
        filtered
            ? tr("%n alert(s) are hidden by the filter or by their state.", nullptr, static_cast<int>(m_alerts.size()))
            : tr("No rule of this cluster's Prometheus has anything to say."));
    m_showAll->setVisible(filtered);
    m_list->setCurrentWidget(shown.isEmpty() ? static_cast<QWidget *>(m_calm) : m_view);
    updateDetails();
    updateFreshness();
}

void AlertsPage::updateDetails()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    const Alert *alert = rows.size() == 1 ? m_model->alert(rows.first()) : nullptr;
    m_details->setAlert(alert ? std::optional(*alert) : std::nullopt, m_activeSilences, m_alerts);
}

void AlertsPage::updateFreshness()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_model->setNow(now);
    m_details->setNow(now);
    if (!m_asOf) {
        m_freshness->clear();
        return;
    }
    const qint64 age = std::max<qint64>(now - m_asOf, 0);
    m_freshness->setText(age < staleAfter ? tr("live") : tr("%1 old", "an age").arg(models::shortSpan(age / 1000)));
    m_freshness->setToolTip(m_hasWatchdog
            ? tr("As of %1. The alert that always fires is there, so the way from Prometheus to here works.")
                  .arg(exactWords(m_asOf))
            : tr("As of %1.").arg(exactWords(m_asOf)));
}

void AlertsPage::select(const QString &id)
{
    const auto alert = std::ranges::find(m_alerts, id, &Alert::id);
    if (alert == m_alerts.end())
        return;
    if (!isShown(*alert)) {
        m_filter->clear();
        m_states[static_cast<size_t>(alert->state)]->setChecked(true);
    }
    const QModelIndex index = m_model->indexOf(id);
    // Whatever keys are held: a link is no click among rows.
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void AlertsPage::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    updateFreshness();
    m_ageTimer.start();
}

void AlertsPage::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_ageTimer.stop();
}

} // namespace kdra::ui
