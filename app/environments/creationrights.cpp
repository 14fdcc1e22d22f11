// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/creationrights.h"

#include "base/whenfinished.h"
#include "environments/rightscheck.h"
#include "environments/steps.h"

namespace kdra::environments {

CreationRights::CreationRights(
    kube::ApiClient &client, std::chrono::milliseconds kept, std::chrono::milliseconds pause, QObject *parent)
    : QObject(parent)
    , m_review(client, kept)
    , m_kept(kept)
    , m_pause(pause)
{
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, &CreationRights::changed);
}

Rights CreationRights::of(const Demand &demand, const QString &ns, const kube::ServerApi &api)
{
    Rights rights{.known = true};
    for (const QStringList kinds = kindsToMake(demand, ns.isEmpty()); const QString &kind : kinds) {
        const Result<kube::Resource> resource = resourceOf(kind, api);
        if (!resource) {
            // Without Cilium there are no policies for it.
            if (kind != CiliumPolicyKind)
                rights.notServed.insert(kind);
            continue;
        }
        // Server-side apply is a PATCH, which makes what is not there.
        for (const auto &[verb, refused] :
            {std::pair("create", &rights.forbidden), std::pair("patch", &rights.notPatched)}) {
            // A namespace that is not there yet: whoever may do it everywhere may do it there.
            const Answer &answer = answerTo({.verb = QLatin1StringView(verb),
                .group = resource->group,
                .resource = resource->plural,
                .ns = resource->namespaced ? ns : QString()});
            rights.known = rights.known && answer.state != Answer::State::None;
            rights.unanswered = rights.unanswered || answer.state == Answer::State::Failed;
            if (answer.state == Answer::State::Forbidden)
                refused->insert(kind, answer.reason);
        }
    }
    return rights;
}

const CreationRights::Answer &CreationRights::answerTo(const kube::AccessQuestion &question)
{
    Answer &answer = m_answers[question];
    if (!answer.isAsked && answer.until.hasExpired()) {
        answer.isAsked = true;
        ++m_open;
        whenFinished(m_review.ask(question), this,
            [this, question](const Result<kube::AccessAnswer> &said) { take(question, said); });
    }
    return answer;
}

void CreationRights::take(const kube::AccessQuestion &question, const Result<kube::AccessAnswer> &said)
{
    using enum Answer::State;
    Answer &answer = m_answers[question];
    answer.isAsked = false;
    answer.state = !said ? Failed : said->allowed ? Allowed : Forbidden;
    answer.reason = said ? said->reason : QString();
    const std::chrono::milliseconds holds = said ? m_kept : m_pause;
    answer.until.setRemainingTime(holds);
    // A little later, so that then it no longer holds.
    constexpr std::chrono::milliseconds later(50);
    if (!m_renewal.isActive() || m_renewal.remainingTimeAsDuration() > holds + later)
        m_renewal.start(holds + later);
    if (--m_open == 0)
        Q_EMIT changed();
}

} // namespace kdra::environments
