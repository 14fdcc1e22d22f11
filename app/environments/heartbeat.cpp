// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/heartbeat.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "environments/annotating.h"
#include "environments/decoration.h"
#include "environments/phasetime.h"
#include "store/clusterstore.h"

using namespace Qt::StringLiterals;

namespace kdra::environments {

Heartbeat::Heartbeat(Steps &steps, QObject *parent)
    : QObject(parent)
    , m_steps(steps)
{
    m_due.setInterval(PhaseRenewedEvery);
    connect(&m_due, &QTimer::timeout, this, &Heartbeat::beat);
    connect(&steps, &Steps::stopped, this, &Heartbeat::stop);
}

Heartbeat::~Heartbeat()
{
    stop();
}

void Heartbeat::start(const QString &parentPath, const QJsonObject &parent)
{
    m_path = parentPath;
    m_uid = actions::uidOf(parent);
    m_parentUid = m_uid;
    m_due.start();
    // What is taken up again has the time of whoever was interrupted.
    const QString text = valueAt(parent, {u"metadata"_s, u"annotations"_s, PhaseTimeAnnotation}).toString();
    const QDateTime noted = QDateTime::fromString(text, Qt::ISODate);
    if (!noted.isValid() || noted.secsTo(QDateTime::currentDateTime()) >= PhaseRenewedEvery.count())
        beat();
}

void Heartbeat::stop()
{
    m_due.stop();
    m_beat.cancel();
}

kube::Request Heartbeat::timeRequest(const QJsonValue &time) const
{
    // A merge patch makes nothing (an apply patch would), and the uid is a precondition.
    const QJsonObject annotations{{PhaseTimeAnnotation, time}};
    return actions::mergePatchRequest(m_path, {{"metadata"_L1, QJsonObject{{"annotations"_L1, annotations}}}}, m_uid);
}

void Heartbeat::beat()
{
    // One that got stuck is not sent twice; the next one is as good.
    if (m_beat.isRunning())
        return;
    m_beat = m_steps.cluster().client().send(timeRequest(phaseTimeText(QDateTime::currentDateTime())));
}

void Heartbeat::giveUp(const std::function<void(bool isThere)> &next)
{
    stop();
    if (m_uid.isEmpty()) {
        if (next)
            next(true);
        return;
    }
    const QFuture<Result<kube::Response>> said = m_steps.cluster().client().send(timeRequest(QJsonValue()));
    m_uid.clear();
    if (!next)
        return;
    whenFinished(said, this,
        [next](const Result<kube::Response> &answer) { next(answer || answer.error().kind != Error::Kind::NotFound); });
}

void Heartbeat::finish(const QJsonObject &patch, const std::function<void(const Result<End> &)> &next)
{
    stop();
    finish(patch, next, 1);
}

// Read first: what is being deleted by somebody must not be called whole, and an answer that was lost is found again.
void Heartbeat::finish(const QJsonObject &patch, const std::function<void(const Result<End> &)> &next, int attempt)
{
    m_steps.ask(actions::getRequest(m_path), [this, patch, next, attempt](const Result<QJsonObject> &parent) {
        if (!parent) {
            next(parent.error().kind == Error::Kind::NotFound ? Result<End>(End::Gone)
                                                              : std::unexpected(parent.error()));
            return;
        }
        if (actions::uidOf(*parent) != m_uid) {
            next(End::Replaced);
            return;
        }
        const QString phase = valueAt(*parent, {u"metadata"_s, u"annotations"_s, PhaseAnnotation}).toString();
        if (phase == "deleting"_L1 || valueAt(*parent, {u"metadata"_s, u"deletionTimestamp"_s}).isString()) {
            next(End::Gone);
            return;
        }
        const QString version = actions::resourceVersionOf(*parent);
        const QJsonObject versioned = withValueAt(patch, {u"metadata"_s, u"resourceVersion"_s}, version);
        m_steps.ask(patchRequest(m_path, versioned), [this, patch, next, attempt](const Result<QJsonObject> &written) {
            constexpr int most = 5;
            if (written) {
                m_uid.clear();
                next(End::Written);
            } else if (written.error().kind == Error::Kind::NotFound) {
                next(End::Gone);
            } else if (written.error().reason == "Conflict"_L1 && attempt < most) {
                finish(patch, next, attempt + 1);
            } else {
                next(std::unexpected(written.error()));
            }
        });
    });
}

} // namespace kdra::environments
