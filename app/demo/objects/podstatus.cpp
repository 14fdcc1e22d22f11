// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/pod.h"
#include "demo/objects/random.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QString digest(QStringView text, std::uint64_t seed)
{
    QString out;
    for (std::uint64_t i = 0; i < 4; ++i)
        out += u"%1"_s.arg(hashOf(text, seed + i), 16, 16, QLatin1Char('0'));
    return out;
}

bool allOf(const QJsonArray &statuses, const QString &key)
{
    for (const QJsonValue &status : statuses) {
        if (!status.toObject().value(key).toBool())
            return false;
    }
    return true;
}

QString names(const QJsonArray &statuses)
{
    QStringList out;
    for (const QJsonValue &status : statuses) {
        if (!status.toObject().value(u"ready"_s).toBool())
            out.append(textAt(status.toObject(), u"name"));
    }
    return out.join(u' ');
}

QString phaseOf(const QJsonObject &pod, const QJsonArray &statuses, bool initialised)
{
    int running = 0;
    int succeeded = 0;
    int failed = 0;
    int waitingAgain = 0;
    for (const QJsonValue &value : statuses) {
        const QJsonObject state = value.toObject().value(u"state"_s).toObject();
        if (state.contains(u"running"_s))
            ++running;
        else if (state.contains(u"terminated"_s))
            ++(intAt(state, u"terminated.exitCode") == 0 ? succeeded : failed);
        else if (value.toObject().value(u"lastState"_s).toObject().contains(u"terminated"_s))
            ++waitingAgain;
    }
    const QString policy = textAt(pod, u"spec.restartPolicy");
    if (!initialised || statuses.isEmpty())
        return u"Pending"_s;
    if (running + waitingAgain > 0)
        return u"Running"_s;
    if (succeeded + failed < statuses.size())
        return u"Pending"_s;
    if (policy == "Always"_L1 || (policy == "OnFailure"_L1 && failed > 0))
        return u"Running"_s;
    return failed > 0 ? u"Failed"_s : u"Succeeded"_s;
}

} // namespace

QString imageId(const QString &image)
{
    const qsizetype colon = image.lastIndexOf(u':');
    const QString repository = colon > image.lastIndexOf(u'/') ? image.left(colon) : image;
    return repository + u"@sha256:"_s + digest(image, 0);
}

QJsonObject terminatedState(const QString &containerId, int exitCode, const QString &reason, const QDateTime &startedAt,
    const QDateTime &finishedAt)
{
    return {{u"terminated"_s,
        QJsonObject{{u"containerID"_s, containerId}, {u"exitCode"_s, exitCode}, {u"reason"_s, reason},
            {u"startedAt"_s, timestamp(startedAt)}, {u"finishedAt"_s, timestamp(finishedAt)}}}};
}

QJsonObject containerStatus(const QJsonObject &container, const QString &podUid, const ContainerReport &report)
{
    const QString name = textAt(container, u"name");
    const QString image = textAt(container, u"image");
    const QString id =
        u"containerd://"_s + digest(podUid + u'/' + name, static_cast<std::uint64_t>(report.restarts) * 4 + 100);
    QJsonObject state;
    bool pulled = true;
    switch (report.state) {
    case ContainerReport::State::Waiting: {
        QJsonObject waiting{{u"reason"_s, report.reason}};
        if (!report.message.isEmpty())
            waiting.insert(u"message"_s, report.message);
        state.insert(u"waiting"_s, waiting);
        pulled = !report.lastState.isEmpty();
        break;
    }
    case ContainerReport::State::Running:
        state.insert(u"running"_s, QJsonObject{{u"startedAt"_s, timestamp(report.startedAt)}});
        break;
    case ContainerReport::State::Terminated:
        state = terminatedState(id, report.exitCode, report.reason, report.startedAt, report.finishedAt);
        break;
    }
    return {{u"name"_s, name}, {u"image"_s, image}, {u"imageID"_s, pulled ? imageId(image) : QString()},
        {u"containerID"_s, pulled ? QJsonValue(id) : QJsonValue(QJsonValue::Undefined)}, {u"ready"_s, report.ready},
        {u"started"_s, report.started}, {u"restartCount"_s, report.restarts}, {u"state"_s, state},
        {u"lastState"_s, report.lastState}};
}

void summarisePod(QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &now)
{
    const QJsonArray statuses = at(pod, u"status.containerStatuses").toArray();
    const bool initialised = allOf(at(pod, u"status.initContainerStatuses").toArray(), u"ready"_s);
    const bool sandbox = !hostIp.isEmpty();
    const QString phase = phaseOf(pod, statuses, initialised);
    put(pod, u"status.phase", phase);
    put(pod, u"status.observedGeneration", at(pod, u"metadata.generation").toInt(1));
    if (sandbox) {
        put(pod, u"status.hostIP", hostIp);
        put(pod, u"status.hostIPs", QJsonArray{QJsonObject{{u"ip"_s, hostIp}}});
    }
    if (!podIp.isEmpty()) {
        put(pod, u"status.podIP", podIp);
        put(pod, u"status.podIPs", QJsonArray{QJsonObject{{u"ip"_s, podIp}}});
    }
    const bool finished = phase == "Succeeded"_L1 || phase == "Failed"_L1;
    const bool ready = !statuses.isEmpty() && allOf(statuses, u"ready"_s);
    const QString completed = phase == "Succeeded"_L1 ? u"PodCompleted"_s : u"PodFailed"_s;
    const QString unreadyReason = finished ? completed : u"ContainersNotReady"_s;
    const QString unreadyMessage =
        finished ? QString() : u"containers with unready status: [%1]"_s.arg(names(statuses));
    const QString truth = ready ? u"True"_s : u"False"_s;
    setCondition(
        pod, u"PodReadyToStartContainers"_s, podIp.isEmpty() || finished ? u"False"_s : u"True"_s, {}, {}, now);
    if (initialised)
        setCondition(pod, u"Initialized"_s, u"True"_s, {}, {}, now);
    else
        setCondition(pod, u"Initialized"_s, u"False"_s, u"ContainersNotInitialized"_s,
            u"containers with incomplete status: [%1]"_s.arg(names(at(pod, u"status.initContainerStatuses").toArray())),
            now);
    setCondition(pod, u"Ready"_s, truth, ready ? QString() : unreadyReason, ready ? QString() : unreadyMessage, now);
    setCondition(
        pod, u"ContainersReady"_s, truth, ready ? QString() : unreadyReason, ready ? QString() : unreadyMessage, now);
    setCondition(pod, u"PodScheduled"_s, u"True"_s, {}, {}, now);
}

} // namespace kdra::demo
