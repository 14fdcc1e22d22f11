// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of queries asks and shows, and what it remembers.
#include "ui/common/widgets.h"
#include "ui/metrics/explorepage.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/promqledit.h"
#include "ui/metrics/queryhistory.h"
#include "ui/metrics/queryrow.h"
#include "ui/metrics/timerangepicker.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

constexpr int graphId = 1;
constexpr int tableId = 2;
constexpr QLatin1StringView queriesKey{"explore/queries"};
constexpr QLatin1StringView viewKey{"explore/view"};
constexpr QLatin1StringView unitKey{"explore/unit"};
constexpr QLatin1StringView stepKey{"explore/step"};
constexpr QLatin1StringView fromKey{"explore/from"};
constexpr QLatin1StringView toKey{"explore/to"};

void select(QComboBox &box, const QVariant &data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

// Anew for other queries: numbers of those before must not stand among theirs.
void ExplorePage::makeViews()
{
    const QByteArray sizes = m_results->saveState();
    const bool first = !m_graph;
    for (PanelView *view : {m_graph, m_table}) {
        if (!view)
            continue;
        view->hide();
        view->setParent(nullptr);
        view->deleteLater();
    }
    m_graph = new PanelView(panelOf(false), m_state, m_theme);
    m_table = new PanelView(panelOf(true), m_state, m_theme);
    m_results->addWidget(m_graph);
    m_results->addWidget(m_table);
    m_results->setStretchFactor(0, 3);
    m_results->setStretchFactor(1, 2);
    if (!first)
        m_results->restoreState(sizes);
    for (PanelView *view : {m_graph, m_table}) {
        connect(view, &PanelView::retryRequested, &m_feed, &metrics::DashboardFeed::refresh);
        connect(view, &PanelView::fullScreenRequested, this, [this, view] {
            setView(m_view != View::Both ? View::Both : view == m_graph ? View::Graph : View::Table);
        });
    }
}

void ExplorePage::setClient(std::shared_ptr<metrics::PromClient> client)
{
    if (client == m_client)
        return;
    m_client = std::move(client);
    for (QueryRow *row : std::as_const(m_rows))
        row->edit().completion().setClient(m_client);
    makeViews();
    m_feed.setClient(m_client);
    applyInterval();
    updateState();
    updateSeen();
}

metrics::Panel ExplorePage::panelOf(bool table) const
{
    metrics::Panel panel{.id = table ? tableId : graphId,
        .kind = table ? metrics::PanelKind::Table : metrics::PanelKind::TimeSeries,
        .title = table ? tr("Table") : tr("Graph"),
        .grid = {.x = 0, .y = 0, .width = 24, .height = 10},
        .queries = queries(),
        .field = {.unit = m_units->currentData().toString()}};
    for (metrics::Query &query : panel.queries) {
        query.instant = table;
        query.format = table ? u"table"_s : QString();
        query.minStep = table ? 0 : m_steps->currentData().toLongLong();
    }
    if (table && panel.queries.size() > 1)
        panel.transformations = {{.id = u"merge"_s}};
    if (!table) {
        panel.legendAsTable = true;
        panel.legendValues = {u"last"_s, u"min"_s, u"max"_s, u"mean"_s};
    }
    return panel;
}

void ExplorePage::run()
{
    metrics::Dashboard asked{.uid = u"explore"_s};
    QStringList kept;
    for (const metrics::Query &query : queries()) {
        if (!query.hidden)
            kept.prepend(query.expr);
    }
    if (!kept.isEmpty())
        asked.rows = {{.panels = {panelOf(false), panelOf(true)}}};
    QueryHistory::keep(kept);
    save();
    // The same again keeps what is shown until there is something newer.
    if (asked == m_feed.dashboard() && !asked.rows.isEmpty()) {
        m_feed.refresh();
        return;
    }
    m_feed.setDashboard(asked);
    for (QueryRow *row : std::as_const(m_rows))
        row->setError({});
    makeViews();
    updateState();
    updateSeen();
}

void ExplorePage::open(const QString &promql)
{
    replace({{.expr = promql}});
    run();
    m_rows.first()->edit().setFocus();
}

void ExplorePage::openPanel(const metrics::Panel &panel, const metrics::TimeRange &range)
{
    replace(panel.queries);
    const QString unit = panel.field.unit;
    if (!unit.isEmpty() && m_units->findData(unit) < 0)
        m_units->addItem(unit, unit);
    select(*m_units, unit.isEmpty() ? u"short"_s : unit);
    m_steps->setCurrentIndex(0);
    setView(panel.kind == metrics::PanelKind::Table ? View::Table : View::Both);
    m_state.forget();
    setRange(range);
    run();
}

void ExplorePage::replace(const QList<metrics::Query> &queries)
{
    while (m_rows.size() > std::max<qsizetype>(1, queries.size())) {
        QueryRow *row = m_rows.takeLast();
        row->hide();
        row->deleteLater();
    }
    for (qsizetype i = 0; i < std::max<qsizetype>(1, queries.size()); ++i) {
        if (i < m_rows.size())
            m_rows[i]->setQuery(queries.value(i));
        else
            addRow(queries.value(i));
    }
    nameRows();
}

void ExplorePage::setRange(const metrics::TimeRange &range)
{
    m_picker->setRange(range);
    m_feed.setRange(range, m_picker->zone());
    updateSeen();
}

void ExplorePage::setView(View view)
{
    m_view = view;
    m_views->button(static_cast<int>(view))->setChecked(true);
    updateState();
    updateSeen();
}

void ExplorePage::updatePanel(int id)
{
    PanelView *view = id == graphId ? m_graph : m_table;
    const std::optional<metrics::Panel> panel = m_feed.panel(id);
    if (!panel)
        return;
    const metrics::PanelState state = m_feed.state(id);
    if (view->panel() != *panel)
        view->setPanel(*panel);
    if (state.asOf > 0)
        view->setAnswers(state.answers);
    view->setLoading(state.loading);
    // What a query is refused for stands below it.
    const auto failed =
        std::ranges::find_if(state.errors, [](const Error &one) { return one.kind != Error::Kind::Invalid; });
    if (failed != state.errors.end())
        view->setError(*failed);
    if (!state.loading)
        updateErrors();
    updateState();
}

// What is said about a query stands below it, as long as it is still the one that was asked.
void ExplorePage::updateErrors()
{
    const int seen = m_view == View::Table ? tableId : graphId;
    const QMap<QString, Error> errors = m_feed.state(seen).errors;
    const std::optional<metrics::Panel> panel = m_feed.panel(seen);
    const QList<metrics::Row> rows = m_feed.dashboard().rows;
    if (!panel || rows.isEmpty())
        return;
    const auto ofRow = [](const QList<metrics::Query> &all, const QString &refId) {
        const auto found = std::ranges::find(all, refId, &metrics::Query::refId);
        return found == all.end() ? QString() : found->expr;
    };
    for (QueryRow *row : std::as_const(m_rows)) {
        const metrics::Query query = row->query();
        if (ofRow(rows.first().panels.first().queries, query.refId) != query.expr)
            continue;
        const auto error = errors.constFind(query.refId);
        row->setError(
            error == errors.constEnd() ? std::nullopt : std::optional(*error), ofRow(panel->queries, query.refId));
    }
}

void ExplorePage::updateSeen()
{
    if (!isVisible() || m_feed.dashboard().rows.isEmpty())
        return;
    QMap<int, int> seen;
    if (m_view != View::Table) {
        // With a step of the user's, as many points as it takes.
        const qint64 step = m_steps->currentData().toLongLong();
        const qint64 points = step > 0 ? m_feed.moments().length() / step + 1 : std::max(1, m_results->width());
        seen.insert(graphId, static_cast<int>(std::clamp<qint64>(points, 1, metrics::maxPoints)));
    }
    if (m_view != View::Graph)
        seen.insert(tableId, std::max(1, m_results->width()));
    m_feed.setSeen(seen);
}

void ExplorePage::updateState()
{
    const metrics::PanelState state = m_feed.state(m_view == View::Table ? tableId : graphId);
    const bool refused = !state.loading && state.answers.isEmpty() && !state.errors.isEmpty()
        && std::ranges::all_of(state.errors, [](const Error &one) { return one.kind == Error::Kind::Invalid; });
    m_run->setEnabled(m_client != nullptr);
    m_chooseSource->setVisible(!m_client);
    m_graph->setVisible(m_view != View::Table);
    m_table->setVisible(m_view != View::Graph);
    if (!m_client)
        m_nothing->setText(tr("No source of metrics"), tr("The tab Dashboards says what is missing."));
    else if (m_feed.dashboard().rows.isEmpty())
        m_nothing->setText(tr("Ask Prometheus"),
            tr("Write a query above and press Return. Ctrl+Space offers metrics, labels and functions."));
    else if (refused)
        m_nothing->setText(tr("The server does not accept the query"), tr("What is wrong stands below it."));
    const bool shown = m_client && !m_feed.dashboard().rows.isEmpty() && !refused;
    m_stack->setCurrentWidget(shown ? static_cast<QWidget *>(m_results) : m_nothing);
}

void ExplorePage::applyInterval()
{
    // Nobody looks: nothing is asked.
    m_feed.setInterval(
        std::chrono::milliseconds(m_client && isVisible() ? m_intervals->currentData().toLongLong() : 0));
}

void ExplorePage::restore()
{
    const QSettings settings;
    QList<metrics::Query> queries;
    const QJsonArray kept = QJsonDocument::fromJson(settings.value(queriesKey).toByteArray()).array();
    for (const QJsonValue &one : kept) {
        queries.append({.expr = one["expr"_L1].toString(),
            .legend = one["legend"_L1].toString(),
            .hidden = one["hidden"_L1].toBool()});
    }
    replace(queries.first(std::min(mostRows, queries.size())));
    select(*m_units, settings.value(unitKey).toString());
    select(*m_steps, settings.value(stepKey).toLongLong());
    const metrics::TimeRange range{
        settings.value(fromKey, u"now-1h"_s).toString(), settings.value(toKey, u"now"_s).toString()};
    setRange(
        metrics::resolve(range, QDateTime::currentMSecsSinceEpoch(), m_picker->zone()) ? range : metrics::TimeRange());
    setView(static_cast<View>(std::clamp(settings.value(viewKey, int(View::Both)).toInt(), 0, int(View::Both))));
    save();
}

void ExplorePage::save()
{
    QJsonArray written;
    for (const QueryRow *row : std::as_const(m_rows)) {
        const metrics::Query query = row->query();
        written.append(QJsonObject{{u"expr"_s, query.expr}, {u"legend"_s, query.legend}, {u"hidden"_s, query.hidden}});
    }
    const QVariantMap kept{{queriesKey, QJsonDocument(written).toJson(QJsonDocument::Compact)},
        {unitKey, m_units->currentData()}, {stepKey, m_steps->currentData()}, {fromKey, m_picker->range().from},
        {toKey, m_picker->range().to}, {viewKey, static_cast<int>(m_view)}};
    // Who only looked has nothing to keep.
    if (kept == m_kept)
        return;
    const bool first = m_kept.isEmpty();
    m_kept = kept;
    if (first)
        return;
    QSettings settings;
    for (auto it = kept.begin(); it != kept.end(); ++it)
        settings.setValue(it.key(), it.value());
}

void ExplorePage::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    applyInterval();
    updateSeen();
    m_feed.refresh();
}

void ExplorePage::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    applyInterval();
    save();
}

void ExplorePage::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    updateSeen();
}

} // namespace kdra::ui
