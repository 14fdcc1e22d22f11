// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/readiness.h"

#include "base/whenfinished.h"
#include "environments/labels.h"
#include "store/clusterstore.h"

#include <QtConcurrentRun>

using namespace std::chrono_literals;

namespace kdra::environments {
namespace {

constexpr auto Pause = 250ms; // between two looks: pods change in bursts
constexpr auto Patience = 30s; // a failing container is started again a few times before it is called failing
constexpr auto TooLong = 15min;

// Whether the watches have told of everything that was written, as far as they are allowed to.
bool hasCaughtUp(const store::Snapshot &snapshot, const QList<Written> &written)
{
    return std::ranges::all_of(written, [&](const Written &one) {
        const store::KindPhase phase = snapshot.state(one.item.kind).phase;
        if (phase != store::KindPhase::Live && phase != store::KindPhase::Stale && phase != store::KindPhase::Listing)
            return true;
        const std::optional<store::RowKey> row = store::find(snapshot, one.item);
        return row && store::recordAt(snapshot, *row).meta->resourceVersion >= one.version;
    });
}

} // namespace

Readiness::Readiness(Steps &steps, const Plan &plan, QList<Written> written)
    : QObject(&steps)
    , m_steps(steps)
    , m_name(plan.spec.name)
    , m_namespace(plan.spec.ns)
    , m_written(std::move(written))
    , m_snapshot(steps.cluster().snapshot())
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &Readiness::look);
}

void Readiness::start(Done done)
{
    m_done = std::move(done);
    m_since.start();
    m_steps.tell(tr("Waiting until everything is ready."));
    look();
}

void Readiness::stop()
{
    m_due.stop();
    m_latest.cancel();
    m_done = {};
}

void Readiness::apply(const store::Batch &batch)
{
    m_snapshot = batch.snapshot;
    if (m_done && !m_due.isActive())
        m_due.start(Pause);
}

void Readiness::look()
{
    struct Seen {
        bool caughtUp = false;
        std::optional<Environment> environment = {};
    };
    whenFinished(QtConcurrent::run([snapshot = m_snapshot, written = m_written, name = m_name, ns = m_namespace] {
        Seen seen{.caughtUp = hasCaughtUp(*snapshot, written)};
        for (const Environment &one : environmentsOf(*snapshot, QDateTime::currentDateTime())) {
            if (one.name == name && one.ns == ns)
                seen.environment = one;
        }
        return seen;
    }),
        this, [this, token = m_latest.next()](const Seen &seen) {
            if (token.isCurrent() && m_done)
                judge(seen.caughtUp, seen.environment);
        });
}

void Readiness::judge(bool caughtUp, const std::optional<Environment> &environment)
{
    // By itself, too: time passes without news.
    m_due.start(Pause * 8);
    if (m_since.durationElapsed() > TooLong) {
        finish(std::unexpected(Error{.kind = Error::Kind::Timeout,
            .what = tr("%1 is there, but not ready after a quarter of an hour. %2")
                .arg(m_name, environment ? environment->reason : QString()),
            .remedy =
                tr("Look at what is wrong with it on the Environments page; it can be changed or deleted there.")}));
        return;
    }
    if (!caughtUp || !environment)
        return;
    Q_EMIT advanced(static_cast<int>(environment->readyWorkloads), static_cast<int>(environment->workloads));
    if (environment->state == Environment::State::Ready) {
        finish({});
        return;
    }
    if (!environment->reason.isEmpty())
        m_steps.tell(environment->reason);
    if (environment->state != Environment::State::Failing) {
        m_failingSince.invalidate();
    } else if (!m_failingSince.isValid()) {
        m_failingSince.start();
    } else if (m_failingSince.durationElapsed() > Patience) {
        finish(std::unexpected(Error{.kind = Error::Kind::Server,
            .what = tr("%1 is there, but it fails. %2").arg(m_name, environment->reason),
            .remedy = tr("It is kept as it is: change it, or delete it, on the Environments page.")}));
    }
}

void Readiness::finish(const Result<void> &result)
{
    const Done done = std::exchange(m_done, {});
    stop();
    if (done)
        done(result);
}

} // namespace kdra::environments
