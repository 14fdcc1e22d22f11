// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardfeed.h"

#include "base/whenfinished.h"
#include "metrics/repeats.h"
#include "metrics/steps.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

constexpr int fewestPoints = 60;
// As long as the server does not tell; node_exporter and kubelets are usually asked that often.
constexpr qint64 usualScrapeInterval = 15000;
constexpr int missedScrapes = 4;
constexpr qint64 leastOverlap = 60'000; // milliseconds

// How often most of the targets are asked, in milliseconds: few slow ones are no reason to blur all rates.
qint64 scrapeIntervalOf(const QList<Target> &targets)
{
    QList<qint64> all;
    for (const Target &target : targets) {
        if (target.scrapeInterval > 0)
            all.append(target.scrapeInterval);
    }
    if (all.isEmpty())
        return usualScrapeInterval;
    std::ranges::sort(all);
    return all[std::min(all.size() - 1, all.size() * 9 / 10)];
}

} // namespace

DashboardFeed::DashboardFeed(QObject *parent)
    : QObject(parent)
    , m_variables(this)
    , m_scrapeInterval(usualScrapeInterval)
{
    connect(&m_variables, &VariableFeed::ready, this, &DashboardFeed::expand);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_range.isLive())
            refresh();
    });
}

DashboardFeed::~DashboardFeed()
{
    for (Asked &asked : m_states)
        cancel(asked);
}

void DashboardFeed::setClient(std::shared_ptr<PromClient> client)
{
    if (client == m_client)
        return;
    m_client = std::move(client);
    m_scrapeInterval = usualScrapeInterval;
    askScrapes();
    setDashboard(m_dashboard, m_variables.choices(), m_pinned);
}

void DashboardFeed::askScrapes()
{
    const Latest::Token token = m_scrapes.next();
    if (!m_client)
        return;
    whenFinished(onPool(m_client->targets(Asking{.interactive = false}),
                     [](const Result<QList<Target>> &targets) {
                         return targets ? scrapeIntervalOf(*targets) : usualScrapeInterval;
                     }),
        this, [this, token](qint64 interval) {
            if (!token.isCurrent() || interval == m_scrapeInterval)
                return;
            m_scrapeInterval = interval;
            refresh();
        });
}

void DashboardFeed::setDashboard(
    const Dashboard &dashboard, const QMap<QString, QStringList> &wanted, const QMap<QString, QStringList> &pinned)
{
    for (Asked &asked : m_states)
        cancel(asked);
    m_states.clear();
    m_seen.clear();
    m_dashboard = dashboard;
    m_pinned = pinned;
    m_failure.reset();
    m_freshAt = 0;
    updateMoments();
    m_variables.start(m_client, dashboard.variables, wanted, pinned);
}

void DashboardFeed::setRange(const TimeRange &range, const QTimeZone &zone)
{
    if (range == m_range && zone == m_zone)
        return;
    m_range = range;
    m_zone = zone;
    refresh();
}

void DashboardFeed::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
    if (interval.count() > 0)
        m_timer.start(interval);
    else
        m_timer.stop();
}

void DashboardFeed::setSeen(const QMap<int, int> &widths)
{
    const QMap<int, int> before = std::exchange(m_seen, widths);
    for (auto it = widths.begin(); it != widths.end(); ++it) {
        // A little wider or narrower is no reason to ask again.
        const int width = before.value(it.key(), 0);
        if (width == 0 || std::abs(width - it.value()) > width / 4)
            askFor(it.key(), false);
    }
}

void DashboardFeed::refresh()
{
    updateMoments();
    for (auto it = m_seen.begin(); it != m_seen.end(); ++it)
        askFor(it.key(), true);
}

std::optional<Panel> DashboardFeed::panel(int id) const
{
    const auto found = m_panels.constFind(id);
    if (found == m_panels.constEnd())
        return {};
    return interpolated(*found, scopeOf(*found, m_seen.value(id)));
}

void DashboardFeed::expand()
{
    m_expanded = metrics::expanded(m_dashboard, m_variables.scope());
    m_panels.clear();
    for (Row &row : m_expanded.rows) {
        row.title = titleOf(row, m_variables.scope());
        for (const Panel &panel : row.panels)
            m_panels.insert(panel.id, panel);
    }
    m_states.removeIf([this](const auto &one) { return !m_panels.contains(one.key()); });
    Q_EMIT expandedChanged();
    for (auto it = m_seen.begin(); it != m_seen.end(); ++it)
        askFor(it.key(), true);
}

void DashboardFeed::updateMoments()
{
    const qint64 now = m_client ? m_client->serverNow() : QDateTime::currentMSecsSinceEpoch();
    const Result<Moments> moments = resolve(m_range, now, m_zone);
    m_rangeError = moments ? std::nullopt : std::optional(moments.error());
    if (!moments || *moments == m_moments)
        return;
    m_moments = *moments;
    m_variables.setSpan(m_moments.from, m_moments.to);
    Q_EMIT momentsChanged();
}

Scope DashboardFeed::scopeOf(const Panel &panel, int width) const
{
    Scope scope = m_variables.scope();
    qint64 minStep = 0;
    for (const Query &query : panel.queries)
        minStep = std::max(minStep, query.minStep);
    scope.from = m_moments.from;
    scope.to = m_moments.to;
    scope.scrapeInterval = m_scrapeInterval;
    scope.interval = niceStep(m_moments.length(), std::max(width, fewestPoints), minStep);
    return scope;
}

void DashboardFeed::askFor(int id, bool again)
{
    const auto found = m_panels.constFind(id);
    if (!m_client || found == m_panels.constEnd() || !m_variables.isReady())
        return;
    const Scope scope = scopeOf(*found, m_seen.value(id));
    const Panel panel = interpolated(*found, scope);
    QString question = QString::number(m_moments.length() / std::max<qint64>(1, scope.interval));
    for (const Query &query : panel.queries)
        question += u'\n' + query.expr;
    Asked &asked = m_states[id];
    const bool isOther = question != asked.question;
    const bool isMoved = m_moments != asked.of;
    if (!isOther && !again && !isMoved)
        return;
    // Slower than the interval: the next round waits for this one. What does not move by itself would get none.
    if (!isOther && asked.open > 0) {
        asked.again = isMoved && !m_range.isLive();
        return;
    }
    cancel(asked);
    if (isOther)
        asked.live.clear();
    asked.question = question;
    asked.of = m_moments;
    asked.again = false;
    asked.answered = 0;
    asked.answers.clear();
    asked.errors.clear();
    asked.shown.loading = isOther;
    const quint64 round = asked.round;
    const Asking asking{.interactive = isOther};
    struct Question {
        QString refId;
        std::optional<Range> range;
        QFuture<Result<Answer>> answer;
    };
    QList<Question> questions;
    for (const Query &query : panel.queries) {
        if (query.hidden || query.expr.trimmed().isEmpty())
            continue;
        if (query.instant) {
            questions.append({query.refId, {}, m_client->instant(query.expr, m_moments.to, asking)});
            continue;
        }
        const Range window = snappedTo(m_moments.from, m_moments.to, std::max(scope.interval, query.minStep));
        if (!asked.live.contains(query.refId))
            asked.live.insert(query.refId, LiveRange(std::max(leastOverlap, 2 * m_scrapeInterval)));
        const LiveRange &live = asked.live[query.refId];
        const std::optional<Range> missing = live.missing(window);
        if (missing) {
            questions.append({query.refId, missing, m_client->range(query.expr, *missing, asking)});
        } else {
            asked.answers.append({query.refId, live.answer()});
            ++asked.answered;
        }
        asked.windows[query.refId] = window;
    }
    asked.open = static_cast<int>(questions.size());
    if (asked.open > 0)
        asked.asks = true;
    for (const Question &one : questions)
        asked.futures.append(one.answer);
    if (asked.open == 0)
        settle(id);
    else if (isOther)
        Q_EMIT panelChanged(id);
    for (Question &one : questions) {
        whenFinished(
            one.answer, this, [this, id, round, refId = one.refId, range = one.range](const Result<Answer> &answer) {
                take(id, round, refId, range, answer);
            });
    }
}

void DashboardFeed::take(
    int id, quint64 round, const QString &refId, const std::optional<Range> &range, const Result<Answer> &answer)
{
    const auto found = m_states.find(id);
    if (found == m_states.end() || found->round != round)
        return;
    found->answered += answer ? 1 : 0;
    if (!answer) {
        found->errors.insert(refId, answer.error());
        // What was known is still shown, with the error beside it.
        const QList<PanelAnswer> &before = found->shown.answers;
        const auto known = std::ranges::find(before, refId, &PanelAnswer::refId);
        if (!found->shown.loading && known != before.end())
            found->answers.append(*known);
    } else if (!range) {
        found->answers.append({refId, *answer});
    } else {
        LiveRange &live = found->live[refId];
        live.take(*range, found->windows.value(refId), *answer);
        found->answers.append({refId, live.answer()});
    }
    if (--found->open == 0)
        settle(id);
}

void DashboardFeed::settle(int id)
{
    Asked &asked = m_states[id];
    const bool wasAsked = !asked.futures.isEmpty();
    asked.futures.clear();
    asked.shown.loading = false;
    asked.shown.errors = asked.errors;
    if (wasAsked)
        asked.failure.reset();
    if (asked.errors.isEmpty() || asked.answered > 0) {
        asked.shown.answers = std::exchange(asked.answers, {});
        asked.shown.asOf = QDateTime::currentMSecsSinceEpoch();
        asked.shown.behind = behind(asked);
        m_freshAt = asked.shown.asOf;
    } else if (const Error &error = asked.errors.first(); error.kind != Error::Kind::Invalid) {
        // A query that is wrong says nothing about the server.
        asked.failure = error;
    }
    const bool again = std::exchange(asked.again, false);
    updateFailure();
    Q_EMIT panelChanged(id);
    Q_EMIT freshnessChanged();
    if (again)
        askFor(id, true);
}

// A source that went silent still answers, with what it had.
qint64 DashboardFeed::behind(const Asked &asked) const
{
    qint64 newest = 0;
    qint64 step = m_scrapeInterval;
    for (auto it = asked.live.begin(); it != asked.live.end(); ++it) {
        newest = std::max(newest, it->newest());
        step = std::max(step, it->window().step);
    }
    const qint64 behind = m_moments.to - newest;
    return m_range.isLive() && newest && behind > missedScrapes * step ? behind : 0;
}

// One panel that fails is that panel's trouble; all of them are the server's.
void DashboardFeed::updateFailure()
{
    m_failure.reset();
    for (auto it = m_seen.begin(); it != m_seen.end(); ++it) {
        const auto state = m_states.constFind(it.key());
        if (state == m_states.cend() || !state->asks)
            continue;
        if (!state->failure) {
            m_failure.reset();
            return;
        }
        m_failure = state->failure;
    }
}

void DashboardFeed::cancel(Asked &asked)
{
    ++asked.round;
    asked.open = 0;
    for (QFuture<Result<Answer>> &future : asked.futures)
        future.cancel();
    asked.futures.clear();
}

} // namespace kdra::metrics
