// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/annotationfeed.h"

#include "base/whenfinished.h"
#include "metrics/dashboardfeed.h"
#include "metrics/steps.h"

#include <QtConcurrentRun>

namespace kdra::metrics {

namespace {
constexpr qint64 points = 600; // nobody sees in a plot when exactly something began
}

AnnotationFeed::AnnotationFeed(DashboardFeed &feed, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
{
    connect(&feed, &DashboardFeed::expandedChanged, this, &AnnotationFeed::ask);
    connect(&feed, &DashboardFeed::momentsChanged, this, &AnnotationFeed::ask);
}

AnnotationFeed::~AnnotationFeed() = default;

void AnnotationFeed::setClient(std::shared_ptr<PromClient> client)
{
    m_client = std::move(client);
    m_asked.clear();
    Q_EMIT changed();
    ask();
}

void AnnotationFeed::setSeen(bool on)
{
    m_seen = on;
    ask();
}

QList<AnnotationFeed::Found> AnnotationFeed::found() const
{
    QList<Found> all;
    for (const auto &asked : m_asked)
        all.append(asked->found);
    return all;
}

void AnnotationFeed::ask()
{
    if (!m_seen || !m_client || !m_feed.variables().isReady())
        return;
    const Moments moments = m_feed.moments();
    Scope scope = m_feed.variables().scope();
    scope.from = moments.from;
    scope.to = moments.to;
    QList<std::pair<Annotation, qint64>> wanted;
    for (const Annotation &annotation : m_feed.dashboard().annotations) {
        if (!annotation.enabled || annotation.expr.trimmed().isEmpty())
            continue;
        scope.interval = niceStep(moments.length(), points, annotation.minStep);
        wanted.append({interpolated(annotation, scope), scope.interval});
    }
    // Those that are the same as before go on where they were.
    std::vector<std::unique_ptr<Asked>> before = std::exchange(m_asked, {});
    for (const auto &[annotation, step] : wanted) {
        const auto same = std::ranges::find_if(
            before, [&](const auto &one) { return one && one->annotation == annotation && one->step == step; });
        if (same != before.end()) {
            m_asked.push_back(std::move(*same));
            continue;
        }
        m_asked.push_back(std::make_unique<Asked>());
        m_asked.back()->annotation = annotation;
        m_asked.back()->step = step;
        m_asked.back()->found.name = annotation.name;
    }
    if (std::ranges::any_of(before, [](const auto &one) { return one != nullptr; }))
        Q_EMIT changed();
    for (const auto &asked : m_asked) {
        if (asked->asking.isAsking())
            continue;
        const Range window = snappedTo(moments.from, moments.to, asked->step);
        if (const std::optional<Range> missing = asked->live.missing(window)) {
            asked->asking.ask(m_client->range(asked->annotation.expr, *missing, {.interactive = false}), this,
                [this, asked = asked.get(), range = *missing, window](
                    const Result<Answer> &answer) { take(*asked, range, window, answer); });
        }
    }
}

void AnnotationFeed::take(Asked &asked, const Range &range, const Range &window, const Result<Answer> &answer)
{
    asked.found.error = answer ? std::nullopt : std::optional(answer.error());
    if (!answer) {
        Q_EMIT changed();
        return;
    }
    asked.live.take(range, window, *answer);
    whenFinished(QtConcurrent::run([annotation = asked.annotation, all = asked.live.answer(), step = asked.step] {
        return occurrencesOf(annotation, all, step);
    }),
        this, [this, &asked, token = asked.searches.next()](const QList<Occurrence> &occurrences) {
            if (!token.isCurrent())
                return;
            asked.found.occurrences = occurrences;
            Q_EMIT changed();
        });
}

} // namespace kdra::metrics
