// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/tableprinter.h"

#include <QDateTime>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

QString textAt(const QJsonObject &object, L key, const QString &otherwise = QStringLiteral("<none>"))
{
    const QString text = object.value(key).toString();
    return text.isEmpty() ? otherwise : text;
}

QString selectorText(const QJsonObject &labels)
{
    QStringList parts;
    for (auto it = labels.begin(); it != labels.end(); ++it)
        parts.append(it.key() + QLatin1Char('=') + it.value().toString());
    return parts.isEmpty() ? QStringLiteral("<none>") : parts.join(QLatin1Char(','));
}

// What a waiting or terminated container says instead of the phase.
QString containerReason(const QJsonObject &state)
{
    const QJsonObject waiting = state.value(L("waiting")).toObject();
    if (!waiting.isEmpty())
        return waiting.value(L("reason")).toString();
    const QJsonObject terminated = state.value(L("terminated")).toObject();
    if (terminated.isEmpty())
        return {};
    QString reason = terminated.value(L("reason")).toString();
    if (!reason.isEmpty())
        return reason;
    if (const int signal = terminated.value(L("signal")).toInt())
        return QStringLiteral("Signal:%1").arg(signal);
    return QStringLiteral("ExitCode:%1").arg(terminated.value(L("exitCode")).toInt());
}

} // namespace

QString humanAge(const QString &since)
{
    const QDateTime time = QDateTime::fromString(since, Qt::ISODate);
    if (!time.isValid())
        return QStringLiteral("<unknown>");
    const qint64 seconds = time.secsTo(QDateTime::currentDateTimeUtc());
    if (seconds < -1)
        return QStringLiteral("<invalid>");
    if (seconds < 0)
        return QStringLiteral("0s");
    const auto two = [](qint64 big, L bigUnit, qint64 small, L smallUnit) {
        return small ? QStringLiteral("%1%2%3%4").arg(big).arg(bigUnit).arg(small).arg(smallUnit)
                     : QStringLiteral("%1%2").arg(big).arg(bigUnit);
    };
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const qint64 days = hours / 24;
    if (seconds < 120)
        return QStringLiteral("%1s").arg(seconds);
    if (minutes < 10)
        return two(minutes, L("m"), seconds % 60, L("s"));
    if (hours < 3)
        return QStringLiteral("%1m").arg(minutes);
    if (hours < 8)
        return two(hours, L("h"), minutes % 60, L("m"));
    if (hours < 48)
        return QStringLiteral("%1h").arg(hours);
    if (days < 8)
        return two(days, L("d"), hours % 24, L("h"));
    if (days < 365 * 2)
        return QStringLiteral("%1d").arg(days);
    if (days < 365 * 8)
        return two(days / 365, L("y"), days % 365, L("d"));
    return QStringLiteral("%1y").arg(days / 365);
}

QJsonArray podCells(const QJsonObject &pod)
{
    const QJsonObject metadata = pod.value(L("metadata")).toObject();
    const QJsonObject spec = pod.value(L("spec")).toObject();
    const QJsonObject state = pod.value(L("status")).toObject();
    QString reason = textAt(state, L("reason"), state.value(L("phase")).toString());
    int restarts = 0;
    int ready = 0;
    QString lastRestart;
    bool initializing = false;
    const QJsonArray inits = state.value(L("initContainerStatuses")).toArray();
    for (int i = 0; i < inits.size(); ++i) {
        const QJsonObject container = inits.at(i).toObject();
        const QJsonObject now = container.value(L("state")).toObject();
        restarts += container.value(L("restartCount")).toInt();
        if (now.contains(L("terminated")) && now.value(L("terminated")).toObject().value(L("exitCode")).toInt() == 0)
            continue;
        const QString why = containerReason(now);
        reason = why.isEmpty() || why == L("PodInitializing")
            ? QStringLiteral("Init:%1/%2").arg(i).arg(spec.value(L("initContainers")).toArray().size())
            : QStringLiteral("Init:") + why;
        initializing = true;
        break;
    }
    if (!initializing) {
        restarts = 0;
        bool running = false;
        const QJsonArray containers = state.value(L("containerStatuses")).toArray();
        for (qsizetype i = containers.size() - 1; i >= 0; --i) {
            const QJsonObject container = containers.at(i).toObject();
            const QJsonObject now = container.value(L("state")).toObject();
            restarts += container.value(L("restartCount")).toInt();
            const QString finished = container.value(L("lastState"))
                                         .toObject()
                                         .value(L("terminated"))
                                         .toObject()
                                         .value(L("finishedAt"))
                                         .toString();
            lastRestart = std::max(lastRestart, finished);
            if (const QString why = containerReason(now); !why.isEmpty()) {
                reason = why;
            } else if (container.value(L("ready")).toBool() && now.contains(L("running"))) {
                running = true;
                ++ready;
            }
        }
        if (reason == L("Completed") && running)
            reason = QStringLiteral("Running");
    }
    if (metadata.contains(L("deletionTimestamp")))
        reason = state.value(L("reason")).toString() == L("NodeLost") ? QStringLiteral("Unknown")
                                                                      : QStringLiteral("Terminating");
    const QString restartText = restarts && !lastRestart.isEmpty()
        ? QStringLiteral("%1 (%2 ago)").arg(restarts).arg(humanAge(lastRestart))
        : QString::number(restarts);
    return {textAt(metadata, L("name")),
        QStringLiteral("%1/%2").arg(ready).arg(spec.value(L("containers")).toArray().size()), reason, restartText,
        humanAge(metadata.value(L("creationTimestamp")).toString()), textAt(state, L("podIP")),
        textAt(spec, L("nodeName")), textAt(state, L("nominatedNodeName")), QStringLiteral("<none>")};
}

QJsonArray nodeCells(const QJsonObject &node)
{
    const QJsonObject metadata = node.value(L("metadata")).toObject();
    const QJsonObject state = node.value(L("status")).toObject();
    const QJsonObject info = state.value(L("nodeInfo")).toObject();
    QString ready = QStringLiteral("Unknown");
    for (const QJsonArray conditions = state.value(L("conditions")).toArray(); const QJsonValue &value : conditions) {
        const QJsonObject condition = value.toObject();
        if (condition.value(L("type")).toString() == L("Ready"))
            ready = condition.value(L("status")).toString() == L("True") ? QStringLiteral("Ready")
                                                                         : QStringLiteral("NotReady");
    }
    if (node.value(L("spec")).toObject().value(L("unschedulable")).toBool())
        ready += QStringLiteral(",SchedulingDisabled");
    QStringList roles;
    static const QString rolePrefix = QStringLiteral("node-role.kubernetes.io/");
    const QJsonObject labels = metadata.value(L("labels")).toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        if (it.key().startsWith(rolePrefix))
            roles.append(it.key().mid(rolePrefix.size()));
        else if (it.key() == L("kubernetes.io/role"))
            roles.append(it.value().toString());
    }
    QString internal = QStringLiteral("<none>");
    QString external = QStringLiteral("<none>");
    for (const QJsonArray addresses = state.value(L("addresses")).toArray(); const QJsonValue &value : addresses) {
        const QJsonObject address = value.toObject();
        if (address.value(L("type")).toString() == L("InternalIP"))
            internal = address.value(L("address")).toString();
        else if (address.value(L("type")).toString() == L("ExternalIP"))
            external = address.value(L("address")).toString();
    }
    return {textAt(metadata, L("name")), ready,
        roles.isEmpty() ? QStringLiteral("<none>") : roles.join(QLatin1Char(',')),
        humanAge(metadata.value(L("creationTimestamp")).toString()), textAt(info, L("kubeletVersion"), {}), internal,
        external, textAt(info, L("osImage"), QStringLiteral("<unknown>")),
        textAt(info, L("kernelVersion"), QStringLiteral("<unknown>")),
        textAt(info, L("containerRuntimeVersion"), QStringLiteral("<unknown>"))};
}

QJsonArray workloadCells(const QJsonObject &workload, const QStringList &counts)
{
    const QJsonObject metadata = workload.value(L("metadata")).toObject();
    const QJsonObject spec = workload.value(L("spec")).toObject();
    QStringList names;
    QStringList images;
    const QJsonObject podSpec = spec.value(L("template")).toObject().value(L("spec")).toObject();
    for (const QJsonArray containers = podSpec.value(L("containers")).toArray(); const QJsonValue &value : containers) {
        names.append(value.toObject().value(L("name")).toString());
        images.append(value.toObject().value(L("image")).toString());
    }
    QJsonArray cells{textAt(metadata, L("name"))};
    for (const QString &count : counts)
        cells.append(count);
    cells.append(humanAge(metadata.value(L("creationTimestamp")).toString()));
    cells.append(names.join(QLatin1Char(',')));
    cells.append(images.join(QLatin1Char(',')));
    cells.append(selectorText(spec.value(L("selector")).toObject().value(L("matchLabels")).toObject()));
    return cells;
}

} // namespace kdra::demo
