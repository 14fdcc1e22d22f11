// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/explorepage.h"

#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/promqledit.h"
#include "ui/metrics/queryhistory.h"
#include "ui/metrics/queryrow.h"
#include "ui/metrics/timerangepicker.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

void name(QWidget *widget, const QString &text)
{
    widget->setAccessibleName(text);
    widget->setToolTip(text);
}

QString letter(qsizetype row)
{
    return QString(QChar(static_cast<char16_t>(u'A' + row)));
}

} // namespace

ExplorePage::ExplorePage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_rowsLayout(new QVBoxLayout)
    , m_run(makePrimaryButton(tr("Run")))
    , m_add(new QToolButton)
    , m_history(new QueryHistory(theme))
    , m_views(new QButtonGroup(this))
    , m_units(new QComboBox)
    , m_steps(new QComboBox)
    , m_picker(new TimeRangePicker(theme))
    , m_intervals(new QComboBox)
    , m_more(new QToolButton)
    , m_results(new QSplitter(Qt::Vertical))
    , m_nothing(new EmptyState(theme, u"prometheus"_s, {}, {}))
    , m_chooseSource(m_nothing->addButton(tr("Choose a source…"), true))
    , m_stack(new QStackedWidget)
{
    setObjectName(u"page"_s);
    m_results->setObjectName(u"cards"_s);
    m_results->setHandleWidth(Metrics::space2);
    m_results->setChildrenCollapsible(false);
    m_stack->addWidget(m_results);
    m_stack->addWidget(m_nothing);
    m_rowsLayout->setSpacing(Metrics::space2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space3, Metrics::space3, Metrics::space3, Metrics::space3);
    column->setSpacing(Metrics::space2);
    auto *header = new QHBoxLayout;
    header->setSpacing(Metrics::space2);
    header->addWidget(m_history);
    header->addStretch(1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_picker, m_intervals, m_more})
        header->addWidget(widget);
    column->addLayout(header);
    column->addLayout(m_rowsLayout);
    column->addLayout(makeTools());
    column->addWidget(m_stack, 1);
    makeMenu();

    connect(m_run, &QPushButton::clicked, this, &ExplorePage::run);
    connect(m_add, &QToolButton::clicked, this, [this] { addRow({})->edit().setFocus(); });
    connect(m_chooseSource, &QPushButton::clicked, this, &ExplorePage::sourceRequested);
    // Into a row that is empty; else over what is in the last.
    connect(m_history, &QueryHistory::chosen, this, [this](const QString &query) {
        const auto blank =
            std::ranges::find_if(m_rows, [](const QueryRow *row) { return row->edit().query().trimmed().isEmpty(); });
        QueryRow *row = blank == m_rows.end() ? m_rows.last() : *blank;
        row->edit().setQuery(query);
        row->edit().setFocus();
        run();
    });
    for (QComboBox *box : {m_units, m_steps}) {
        connect(box, &QComboBox::activated, this, [this] {
            if (!m_feed.dashboard().rows.isEmpty())
                run();
        });
    }
    connect(m_intervals, &QComboBox::activated, this, &ExplorePage::applyInterval);
    connect(m_views, &QButtonGroup::idClicked, this, [this](int id) { setView(static_cast<View>(id)); });
    connect(m_picker, &TimeRangePicker::chosen, this, [this](const metrics::TimeRange &range) {
        m_state.forget();
        setRange(range);
    });
    connect(m_picker, &TimeRangePicker::zoneChosen, this, [this] {
        m_state.setZone(m_picker->zone());
        m_feed.setRange(m_picker->range(), m_picker->zone());
    });
    connect(&m_state, &ViewState::spanChosen, this,
        [this](const TimeSpan &span) { setRange(metrics::absoluteRange({span.from, span.to})); });
    connect(&m_state, &ViewState::resetRequested, this, [this] { setRange({}); });
    connect(&m_feed, &metrics::DashboardFeed::momentsChanged, this, [this] {
        m_state.setSpan({m_feed.moments().from, m_feed.moments().to});
        for (QueryRow *row : std::as_const(m_rows))
            row->edit().completion().setMoments(m_feed.moments());
    });
    connect(&m_feed, &metrics::DashboardFeed::panelChanged, this, &ExplorePage::updatePanel);
    makeViews();
    restore();
    updateState();
}

ExplorePage::~ExplorePage()
{
    save();
}

QLayout *ExplorePage::makeTools()
{
    m_run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_run->setToolTip(tr("Ask the server (Return in a query)"));
    m_add->setText(tr("Add a query"));
    m_add->setIcon(icon(m_theme, u"list-add"_s));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Insert));
    m_history->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    name(m_units, tr("Unit of the values"));
    name(m_steps, tr("Distance between two points"));
    name(m_intervals, tr("How often it is refreshed"));
    name(m_more, tr("More"));
    m_more->setText(u"⋯"_s);
    m_more->setPopupMode(QToolButton::InstantPopup);

    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics::space2);
    row->addWidget(m_run);
    row->addWidget(m_add);
    row->addStretch(1);
    const std::pair<View, QString> views[] = {
        {View::Graph, tr("Graph")}, {View::Table, tr("Table")}, {View::Both, tr("Both")}};
    for (const auto &[view, text] : views) {
        auto *button = new QToolButton;
        button->setText(text);
        button->setCheckable(true);
        button->setAccessibleName(tr("Show: %1").arg(text));
        m_views->addButton(button, static_cast<int>(view));
        row->addWidget(button);
    }
    row->addSpacing(Metrics::space2);
    const std::pair<QString, QString> units[] = {{tr("Number"), u"short"_s}, {tr("Number in full"), u"none"_s},
        {tr("Percent (0 to 1)"), u"percentunit"_s}, {tr("Percent (0 to 100)"), u"percent"_s}, {tr("Bytes"), u"bytes"_s},
        {tr("Bytes per second"), u"binBps"_s}, {tr("Bits per second"), u"bps"_s}, {tr("Seconds"), u"s"_s},
        {tr("Milliseconds"), u"ms"_s}, {tr("Per second"), u"ops"_s}, {tr("Degrees Celsius"), u"celsius"_s},
        {tr("Volts"), u"volt"_s}, {tr("Watts"), u"watt"_s}, {tr("Hertz"), u"hertz"_s},
        {tr("Yes or no"), u"bool_yes_no"_s}};
    for (const auto &[text, unit] : units)
        m_units->addItem(text, unit);
    const std::pair<QString, qint64> steps[] = {{tr("Step: auto"), 0}, {tr("1 s"), 1000}, {tr("5 s"), 5000},
        {tr("15 s"), 15000}, {tr("30 s"), 30000}, {tr("1 min"), 60000}, {tr("5 min"), 300000}, {tr("15 min"), 900000},
        {tr("1 h"), 3600000}};
    for (const auto &[text, length] : steps)
        m_steps->addItem(text, length);
    for (const auto &[text, length] : {std::pair(tr("Refresh: off"), 0), std::pair(tr("5 s"), 5000),
             std::pair(tr("15 s"), 15000), std::pair(tr("30 s"), 30000), std::pair(tr("1 min"), 60000)})
        m_intervals->addItem(text, qint64(length));
    for (QComboBox *box : {m_units, m_steps, m_intervals})
        box->view()->setAccessibleName(box->accessibleName());
    row->addWidget(m_units);
    row->addWidget(m_steps);
    return row;
}

void ExplorePage::makeMenu()
{
    auto *menu = new QMenu(m_more);
    QAction *toDashboard =
        menu->addAction(tr("&Add to my dashboard…"), this, [this] { Q_EMIT panelRequested(panel()); });
    menu->addAction(tr("&Copy the queries"), this, [this] {
        QStringList all;
        for (const metrics::Query &query : queries())
            all.append(query.expr);
        QApplication::clipboard()->setText(all.join(u'\n'));
    });
    menu->addAction(tr("&Start anew"), this, [this] {
        replace({});
        run();
    });
    connect(menu, &QMenu::aboutToShow, this, [this, toDashboard] { toDashboard->setEnabled(!queries().isEmpty()); });
    m_more->setMenu(menu);
}

QueryRow *ExplorePage::addRow(const metrics::Query &query)
{
    auto *row = new QueryRow(m_theme);
    row->setQuery(query);
    row->edit().completion().setClient(m_client);
    row->edit().completion().setMoments(m_feed.moments());
    m_rows.append(row);
    m_rowsLayout->addWidget(row);
    connect(row, &QueryRow::runRequested, this, &ExplorePage::run);
    connect(row, &QueryRow::removeRequested, this, [this, row] { removeRow(row); });
    nameRows();
    return row;
}

void ExplorePage::removeRow(QueryRow *row)
{
    if (m_rows.size() < 2)
        return;
    m_rows.removeOne(row);
    row->hide();
    row->deleteLater();
    nameRows();
    if (!m_feed.dashboard().rows.isEmpty())
        run();
}

void ExplorePage::nameRows()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setRefId(letter(i));
        m_rows[i]->setRemovable(m_rows.size() > 1);
    }
    m_add->setEnabled(m_rows.size() < mostRows);
}

QList<metrics::Query> ExplorePage::queries() const
{
    QList<metrics::Query> all;
    for (const QueryRow *row : m_rows) {
        if (!row->edit().query().trimmed().isEmpty())
            all.append(row->query());
    }
    return all;
}

} // namespace kdra::ui
