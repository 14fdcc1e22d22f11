// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/drain.h"

#include "actions/eachtarget.h"

#include <QJsonDocument>

namespace kdra::actions {
namespace {

constexpr int AtOnce = 4; // of the six connections a host gets
constexpr auto FirstPause = std::chrono::seconds(1);
constexpr auto LongestPause = std::chrono::seconds(15);

QString podPath(const DrainedPod &pod)
{
    const kube::Resource pods{.version = QStringLiteral("v1"), .plural = QStringLiteral("pods")};
    return pods.path(pod.ns, pod.name);
}

QJsonObject statusOf(const Error &error)
{
    return QJsonDocument::fromJson(error.status).object();
}

// The server's words for a refusal; the cause names the budget, the message only says that there is one.
QString wordsOf(const Error &error)
{
    const QJsonObject status = statusOf(error);
    for (const QJsonArray causes = status.value(u"details").toObject().value(u"causes").toArray();
        const QJsonValue &value : causes) {
        const QJsonObject cause = value.toObject();
        if (cause.value(u"reason").toString() == QLatin1StringView("DisruptionBudget"))
            return cause.value(u"message").toString();
    }
    const QString message = status.value(u"message").toString();
    return message.isEmpty() ? error.what : message;
}

bool hasCause(const Error &error, QLatin1StringView reason)
{
    const QJsonArray causes = statusOf(error).value(u"details").toObject().value(u"causes").toArray();
    return std::ranges::any_of(
        causes, [reason](const QJsonValue &cause) { return cause.toObject().value(u"reason").toString() == reason; });
}

QString sentence(const QString &text)
{
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

} // namespace

Drain::Drain(Task &task, store::ClusterStore &clusterStore)
    : Procedure(task, clusterStore)
    , m_departures(clusterStore, this)
{
    connect(&m_departures, &Departures::left, this, &Drain::gone);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Drain::timeUp);
}

void Drain::start()
{
    setTotal(0);
    if (order().targets.isEmpty()) {
        fail(Error{.kind = Error::Kind::NotFound, .what = tr("There is no node left to drain.")},
            tr("Nothing was done: what it was meant for is gone."));
        return;
    }
    if (options().timeout.count() > 0)
        m_deadline.start(options().timeout);
    say(tr("Looking which pods are on %1.").arg(nodes()));
    list(0, {}, [this](const DrainPreview &before) {
        if (!mayGoOn(before))
            return;
        findEvictionVersion([this] {
            say(tr("Taking no more pods on %1.").arg(nodes()));
            cordon(0, [this] {
                // What the scheduler has placed there in between.
                list(0, {}, [this](const DrainPreview &now) {
                    if (mayGoOn(now))
                        evictAll(now);
                });
            });
        });
    });
}

void Drain::apply(const store::Batch &batch)
{
    m_departures.apply(batch);
}

QString Drain::summary() const
{
    return m_evicting ? tr("%n of %1 pod(s) are gone; the node takes no new ones.", nullptr, m_gone).arg(m_total)
                      : tr("No pod was evicted.");
}

void Drain::stop()
{
    Procedure::stop();
    m_departures.clear();
    m_deadline.stop();
    m_queue.clear();
    m_leaving.clear(); // those that wait for another try find nothing to evict
}

void Drain::list(qsizetype node, DrainPreview known, std::function<void(const DrainPreview &)> next)
{
    if (node == order().targets.size()) {
        next(known);
        return;
    }
    send(podsOfNodeRequest(order().targets[node].name),
        [this, node, known = std::move(known), next = std::move(next)](const Result<QJsonObject> &answer) {
            if (!answer) {
                fail(answer.error(), tr("The pods of %1 cannot be read.").arg(order().targets[node].name));
                return;
            }
            DrainPreview all = known;
            all.pods += readPods(*answer).pods;
            list(node + 1, std::move(all), next);
        });
}

bool Drain::mayGoOn(const DrainPreview &preview)
{
    const QStringList obstacles = preview.obstacles(options());
    if (obstacles.isEmpty())
        return true;
    fail(Error{.kind = Error::Kind::Invalid,
             .what = obstacles.join(QLatin1Char(' ')),
             .where = order().targets.first().path(),
             .remedy = tr("Start it again and agree to that, or take care of these pods first.")},
        tr("No pod was evicted. %1").arg(obstacles.join(QLatin1Char(' '))));
    return false;
}

void Drain::findEvictionVersion(const std::function<void()> &next)
{
    // Evictions are policy/v1beta1 before 1.22; the core group's list of resources says which.
    send(getRequest(QStringLiteral("/api/v1")), [this, next](const Result<QJsonObject> &answer) {
        if (!answer) {
            fail(answer.error(), tr("Whether the server can evict pods is not known."));
            return;
        }
        for (const QJsonArray resources = answer->value(u"resources").toArray(); const QJsonValue &value : resources) {
            const QJsonObject resource = value.toObject();
            if (resource.value(u"name").toString() == QLatin1StringView("pods/eviction"))
                m_evictionVersion =
                    resource.value(u"group").toString() + QLatin1Char('/') + resource.value(u"version").toString();
        }
        if (m_evictionVersion.isEmpty())
            fail(Error{.kind = Error::Kind::NotFound, .what = tr("This server cannot evict pods.")},
                tr("No pod was evicted: this server has no evictions."));
        else
            next();
    });
}

void Drain::cordon(qsizetype node, const std::function<void()> &next)
{
    if (node == order().targets.size()) {
        next();
        return;
    }
    const Target &target = order().targets[node];
    const QJsonObject patch{{QStringLiteral("spec"), QJsonObject{{QStringLiteral("unschedulable"), true}}}};
    send(mergePatchRequest(target.path(), patch, target.uid()), [this, node, next](const Result<QJsonObject> &answer) {
        const Target &one = order().targets[node];
        if (answer)
            cordon(node + 1, next);
        else
            fail(explained(answer.error(), one), tr("No pod was evicted: %1 cannot be cordoned.").arg(one.name));
    });
}

void Drain::evictAll(const DrainPreview &preview)
{
    m_evicting = true;
    note(preview.text(nodes()));
    for (const DrainedPod &pod : preview.pods) {
        if (pod.stays())
            continue;
        const store::Uid uid = store::Uid::parse(pod.uid.toStdString());
        m_leaving.insert(uid, {.pod = pod, .path = podPath(pod)});
        m_queue.append(uid);
        m_departures.await({store::Kind::Pod, uid}, podPath(pod));
    }
    m_total = static_cast<int>(m_queue.size());
    setTotal(m_total);
    if (m_total > 0)
        say(tr("Evicting %n pod(s) from %1.", nullptr, m_total).arg(nodes()));
    evictNext();
    finishWhenDone();
}

void Drain::evictNext()
{
    while (m_underWay < AtOnce && !m_queue.isEmpty())
        evict(m_queue.takeFirst());
}

void Drain::evict(const store::Uid &uid)
{
    const auto leaving = m_leaving.constFind(uid);
    if (leaving == m_leaving.constEnd())
        return; // gone by itself
    QJsonObject deleteOptions{
        {QStringLiteral("preconditions"), QJsonObject{{QStringLiteral("uid"), leaving->pod.uid}}}};
    if (options().gracePeriodSeconds)
        deleteOptions.insert(QStringLiteral("gracePeriodSeconds"), *options().gracePeriodSeconds);
    const QJsonObject eviction{{QStringLiteral("apiVersion"), m_evictionVersion},
        {QStringLiteral("kind"), QStringLiteral("Eviction")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("name"), leaving->pod.name}, {QStringLiteral("namespace"), leaving->pod.ns}}},
        {QStringLiteral("deleteOptions"), deleteOptions}};
    kube::Request request = postRequest(leaving->path + QStringLiteral("/eviction"), eviction);
    request.retryThrottled = false;
    ++m_underWay;
    send(std::move(request), [this, uid](const Result<QJsonObject> &answer) {
        --m_underWay;
        if (const auto pod = m_leaving.find(uid); pod != m_leaving.end()) {
            if (answer) {
                pod->evicted = true;
                pod->why.clear();
                tellWaiting();
            } else {
                answered(uid, answer.error());
            }
        }
        evictNext();
        finishWhenDone();
    });
}

void Drain::answered(const store::Uid &uid, const Error &error)
{
    switch (error.kind) {
    case Error::Kind::NotFound:
        m_departures.forget(uid);
        gone(uid);
        break;
    case Error::Kind::Throttled:
    case Error::Kind::Conflict: // it has just changed; when it is another pod by now, that is noticed as its departure
        refused(uid, error);
        break;
    case Error::Kind::Forbidden:
        // Its namespace is being deleted, and the pod with it.
        if (hasCause(error, QLatin1StringView("NamespaceTerminating"))) {
            m_leaving[uid].evicted = true;
            tellWaiting();
            break;
        }
        [[fallthrough]];
    default:
        giveUpOn(uid, error);
    }
}

void Drain::refused(const store::Uid &uid, const Error &error)
{
    Leaving &pod = m_leaving[uid];
    pod.why = sentence(wordsOf(error));
    const auto pause = std::min<std::chrono::seconds>(FirstPause * (1 << std::min(pod.refusals, 10)), LongestPause);
    ++pod.refusals;
    QTimer::singleShot(pause, this, [this, uid] {
        m_queue.append(uid);
        evictNext();
    });
    tellWaiting();
}

void Drain::gone(const store::Uid &uid)
{
    const auto pod = m_leaving.constFind(uid);
    if (pod == m_leaving.constEnd())
        return;
    note(tr("%1 is gone.").arg(pod->pod.display()));
    m_leaving.erase(pod);
    setDone(++m_gone);
    tellWaiting();
    finishWhenDone();
}

void Drain::giveUpOn(const store::Uid &uid, const Error &error)
{
    const Leaving pod = m_leaving.take(uid);
    m_departures.forget(uid);
    ++m_failed;
    note(tr("%1 cannot be evicted: %2").arg(pod.pod.display(), error.text()));
    if (!m_firstError) {
        m_firstError = error;
        if (m_firstError->where.isEmpty())
            m_firstError->where = pod.path;
    }
}

void Drain::tellWaiting()
{
    if (m_leaving.isEmpty())
        return;
    // The one that is held up tells more than those that are stopping.
    const Leaving *held = nullptr;
    for (const Leaving &pod : std::as_const(m_leaving)) {
        if (!pod.why.isEmpty() && (!held || pod.pod.display() < held->pod.display()))
            held = &pod;
    }
    const int left = static_cast<int>(m_leaving.size());
    if (held)
        say(tr("%1 has to wait: %2").arg(held->pod.display(), held->why));
    else
        say(tr("Waiting for %n pod(s) to stop.", nullptr, left));
}

void Drain::finishWhenDone()
{
    if (!m_leaving.isEmpty() || m_underWay > 0)
        return;
    if (m_firstError)
        fail(*m_firstError, tr("%n of %1 pod(s) could not be evicted.", nullptr, m_failed).arg(m_total));
    else
        succeed(m_total > 0 ? tr("%1 is drained: %n pod(s) left it.", nullptr, m_gone).arg(nodes())
                            : tr("%1 is drained: there was nothing to evict.").arg(nodes()));
}

void Drain::timeUp()
{
    const int left = static_cast<int>(m_leaving.size());
    QStringList waiting;
    for (const Leaving &pod : std::as_const(m_leaving))
        waiting.append(pod.why.isEmpty() ? pod.pod.display() : tr("%1: %2").arg(pod.pod.display(), pod.why));
    waiting.sort();
    fail(Error{.kind = Error::Kind::Timeout,
             .what = tr("After %n second(s) the drain was not finished.", nullptr,
                 static_cast<int>(options().timeout.count())),
             .where = waiting.join(QStringLiteral("; ")),
             .remedy = tr("Drain it again with more time, or take care of these pods first.")},
        tr("Time is up: %n pod(s) are still there.", nullptr, left));
}

std::unique_ptr<Procedure> makeDrain(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Drain>(task, store);
}

} // namespace kdra::actions
