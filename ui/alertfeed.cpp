// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alertfeed.h"

#include "base/whenfinished.h"
#include "metrics/duration.h"

#include <QDateTime>
#include <QtConcurrent>

using namespace std::chrono_literals;

namespace kdra::ui {

namespace {

constexpr std::chrono::milliseconds deadline = 10s;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

template <class T> const T *valueOf(const std::optional<Result<T>> &answer)
{
    return answer && *answer ? &**answer : nullptr;
}

} // namespace

struct AlertFeed::Round {
    explicit Round(Latest::Token which)
        : token(std::move(which))
    {
    }
    Latest::Token token;
    int open = 0; // answers that are still to come
    std::optional<Result<QList<metrics::RuleGroup>>> rules;
    std::optional<Result<QList<metrics::ManagedAlert>>> managed;
    std::optional<Result<QList<metrics::Silence>>> silences;
};

AlertFeed::AlertFeed(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AlertFeed::refresh);
}

AlertFeed::~AlertFeed() = default;

void AlertFeed::setRules(std::shared_ptr<metrics::PromClient> client)
{
    if (client == m_prom)
        return;
    // Other labels, other alerts: none of them would be news.
    m_notices.forget();
    m_deadMan = {};
    m_rules.clear();
    m_alerts.clear();
    m_asOf = 0;
    m_prom = std::move(client);
    refresh();
}

void AlertFeed::setManager(std::shared_ptr<metrics::AlertmanagerClient> client)
{
    if (client == m_manager)
        return;
    m_managed.clear();
    m_silences.clear();
    m_managerError.reset();
    m_managerSilentSince = 0;
    m_manager = std::move(client);
    // Without it, or with another one, other alerts are silenced: none of them would be news.
    m_notices.forget();
    refresh();
}

void AlertFeed::setInterval(std::chrono::milliseconds interval)
{
    if (interval == m_interval)
        return;
    const bool sooner = interval > 0ms && (m_interval == 0ms || interval < m_interval);
    m_interval = interval;
    if (interval == 0ms) {
        m_timer.stop();
        m_rounds.cancel();
    } else if (sooner) {
        refresh();
    }
}

void AlertFeed::refresh()
{
    m_timer.stop();
    const auto round = std::make_shared<Round>(m_rounds.next());
    if ((!m_prom && !m_manager) || m_interval == 0ms)
        return;
    const metrics::Asking asking{.interactive = false, .deadline = deadline};
    const auto ask = [&]<class T>(QFuture<T> future, std::optional<T> Round::*member) {
        ++round->open;
        whenFinished(future, this, [this, round, member](const T &answer) {
            (*round).*member = answer;
            if (--round->open == 0)
                finish(round);
        });
    };
    if (m_prom)
        ask(m_prom->rules(asking), &Round::rules);
    if (m_manager) {
        ask(m_manager->alerts(asking), &Round::managed);
        ask(m_manager->silences(asking), &Round::silences);
    }
}

void AlertFeed::finish(const std::shared_ptr<Round> &round)
{
    if (!round->token.isCurrent())
        return;
    if (const auto *rules = valueOf(round->rules))
        m_rules = *rules;
    if (const auto *managed = valueOf(round->managed))
        m_managed = *managed;
    if (const auto *silences = valueOf(round->silences)) {
        m_silences = *silences;
        for (metrics::Silence &one : m_silences) {
            one.startsAt -= clockAhead();
            one.endsAt -= clockAhead();
        }
    }
    whenFinished(QtConcurrent::run([rules = m_rules, managed = m_managed, time = now() + clockAhead()] {
        return metrics::mergedAlerts(rules, managed, time);
    }),
        this, [this, round](const QList<metrics::Alert> &alerts) {
            if (round->token.isCurrent())
                take(*round, alerts);
        });
}

void AlertFeed::take(const Round &round, const QList<metrics::Alert> &alerts)
{
    const qint64 time = now();
    m_alerts = alerts;
    QList<metrics::Alert> news;
    if (valueOf(round.rules) || valueOf(round.managed))
        m_asOf = time;
    if (valueOf(round.rules))
        m_deadMan.answered(alerts, time);
    else if (round.rules)
        m_deadMan.failed(round.rules->error(), time);
    // Whether they are silenced is known only from an Alertmanager that answers.
    if ((!m_prom || valueOf(round.rules)) && (!m_manager || valueOf(round.managed)))
        news = m_notices.take(alerts);
    if (!round.managed || *round.managed) {
        m_managerSilentSince = 0;
        m_managerError.reset();
    } else if (round.managed->error().kind != Error::Kind::Cancelled) {
        m_managerError = round.managed->error();
        if (!m_managerSilentSince)
            m_managerSilentSince = time;
    }
    m_timer.start(m_interval);
    Q_EMIT changed();
    if (!news.isEmpty())
        Q_EMIT began(news);
}

qint64 AlertFeed::clockAhead() const
{
    return m_prom ? m_prom->clockAhead() : 0;
}

qint64 AlertFeed::troubleSince() const
{
    qint64 since = 0;
    for (const qint64 one :
        {m_deadMan.state().unreachableSince, m_deadMan.state().watchdogMissingSince, m_managerSilentSince}) {
        if (one)
            since = since ? std::min(since, one) : one;
    }
    return since;
}

QString AlertFeed::trouble() const
{
    QStringList said;
    const qint64 time = now();
    if (const QString text = m_deadMan.text(time); !text.isEmpty())
        said += text;
    if (m_managerSilentSince)
        said += tr("Alertmanager has not answered for %1, so nobody is told of alerts, and which are silenced may have "
                   "changed: %2")
                    .arg(metrics::textOfDuration((time - m_managerSilentSince) / 1000 * 1000),
                        m_managerError ? m_managerError->text() : QString());
    return said.join(u'\n');
}

} // namespace kdra::ui
