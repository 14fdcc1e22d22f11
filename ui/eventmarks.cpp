// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/eventmarks.h"

#include "base/whenfinished.h"
#include "ui/environmentwatch.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/objectmetrics.h"
#include "ui/session.h"

#include <QAction>
#include <QEvent>
#include <QSettings>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {
namespace {

using store::Kind;

constexpr auto pause = 500ms; // between two looks at a cluster that changes all the time
constexpr QLatin1StringView shownKey{"metrics/showEvents"};
constexpr qsizetype mostEnded = 100;

constexpr Kind concerned[] = {Kind::Event, Kind::ReplicaSet, Kind::Node, Kind::ApplySet};

// What is chosen above the panels; all of it is nothing in particular.
QSet<QString> chosen(const metrics::VariableFeed &variables, const QString &name)
{
    const metrics::VariableFeed::Menu menu = variables.menu(name);
    if (menu.chosen.all || menu.chosen.values.contains(metrics::allChosen)
        || (!menu.pinned && menu.options.size() > 1 && menu.chosen.values.size() == menu.options.size()))
        return {};
    return {menu.chosen.values.begin(), menu.chosen.values.end()};
}

models::HappeningScope scopeOf(const metrics::VariableFeed &variables)
{
    return {.nodes = chosen(variables, u"node"_s),
        .namespaces = chosen(variables, u"namespace"_s),
        .workloads = chosen(variables, u"workload"_s),
        .pods = chosen(variables, u"pod"_s)};
}

QList<EventMark> marksOf(const QList<models::Happening> &happenings)
{
    QList<EventMark> marks;
    for (const models::Happening &one : happenings)
        marks.append({.time = one.time,
            .severity = models::severityOf(one.kind),
            .kind = models::kindText(one.kind),
            .text = one.text});
    return marks;
}

} // namespace

EventMarks::EventMarks(
    Session &session, EnvironmentWatch &watch, MetricsPage &page, ObjectMetrics &object, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_watch(watch)
    , m_page(page)
{
    m_due.setSingleShot(true);
    m_due.setInterval(pause);
    connect(&m_due, &QTimer::timeout, this, [this] {
        for (const auto &view : m_views)
            look(*view);
    });
    follow(page, page.feed(), page.state());
    follow(object, object.feed(), object.state());
    connect(&session, &Session::published, this, &EventMarks::apply);
    connect(&session, &Session::currentChanged, this, [this] {
        for (const auto &view : m_views) {
            view->looks.cancel();
            view->state->setMarks({});
        }
        schedule();
    });
    connect(&watch, &EnvironmentWatch::changed, this, [this] {
        noteEnds();
        schedule();
    });
    QAction &action = page.eventsAction();
    connect(&action, &QAction::toggled, &object.state(), &ViewState::setMarksShown);
    action.setChecked(QSettings().value(shownKey, true).toBool());
    connect(&action, &QAction::toggled, this, [this](bool on) {
        QSettings().setValue(shownKey, on);
        schedule();
    });
}

void EventMarks::follow(QWidget &widget, metrics::DashboardFeed &feed, ViewState &state)
{
    m_views.push_back(std::make_unique<View>(View{.widget = &widget, .feed = &feed, .state = &state}));
    connect(&feed, &metrics::DashboardFeed::momentsChanged, this, &EventMarks::schedule);
    connect(&feed, &metrics::DashboardFeed::expandedChanged, this, [this, view = m_views.back().get()] {
        if (scopeOf(view->feed->variables()) != view->scope) {
            view->looks.cancel();
            view->state->setMarks({});
        }
        schedule();
    });
    widget.installEventFilter(this);
}

bool EventMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        schedule();
    return QObject::eventFilter(watched, event);
}

void EventMarks::apply(const store::Batch &batch)
{
    if (std::ranges::any_of(concerned, [&](Kind kind) { return !batch.delta(kind).isEmpty(); }))
        schedule();
}

// What the watch knew and does not know any more. It forgets all of them when another cluster is shown.
void EventMarks::noteEnds()
{
    const int cluster = m_session.currentId();
    const store::ClusterStore *store = m_session.current();
    if (!store || !m_watch.isKnown() || store->snapshot()->state(Kind::ApplySet).phase != store::KindPhase::Live)
        return;
    const QList<environments::Environment> &now = m_watch.environments();
    QList<environments::Environment> &before = m_environments[cluster];
    QList<models::Happening> &ended = m_ended[cluster];
    for (const environments::Environment &one : std::as_const(before)) {
        const bool isThere = std::ranges::any_of(now, [&](const auto &other) { return other.isSame(one); });
        if (!isThere)
            ended.append(models::environmentEnd(one, QDateTime::currentMSecsSinceEpoch()));
    }
    if (ended.size() > mostEnded)
        ended.remove(0, ended.size() - mostEnded);
    before = now;
}

void EventMarks::schedule()
{
    if (!m_due.isActive())
        m_due.start();
}

void EventMarks::look(View &view)
{
    if (!m_session.current() || !view.widget->isVisible() || !m_page.eventsAction().isChecked())
        return;
    const metrics::Moments moments = view.feed->moments();
    view.scope = scopeOf(view.feed->variables());
    whenFinished(QtConcurrent::run([snapshot = m_session.current()->snapshot(), environments = m_watch.environments(),
                                       ended = m_ended.value(m_session.currentId()), scope = view.scope, moments] {
        return marksOf(models::happeningsIn(*snapshot, environments, ended, scope, moments.from, moments.to));
    }),
        this,
        [&view, token = view.looks.next(), more = m_more ? m_more(view.scope) : QList<EventMark>()](
            const QList<EventMark> &marks) {
            if (token.isCurrent())
                view.state->setMarks(marks + more);
        });
}

} // namespace kdra::ui
