// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/documentsections.h"

#include "base/quantity.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace kdra::models {

namespace {

using store::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

QString quantity(const QString &resource, const QJsonValue &value)
{
    const std::string text = value.toVariant().toString().toStdString();
    if (resource == "cpu"_L1) {
        const auto milli = parseQuantityMilli(text);
        return milli ? Words::tr("%1 cores").arg(formatCores(*milli)) : QString();
    }
    const auto bytes = parseQuantity(text);
    return bytes ? formatBytes(*bytes) : QString();
}

// "CPU 0.25 cores", "memory 256 MiB, at most 512 MiB"; empty when it asks for nothing.
QString resources(const QJsonObject &container)
{
    const QJsonObject requests = container[u"resources"][u"requests"].toObject();
    const QJsonObject limits = container[u"resources"][u"limits"].toObject();
    QStringList parts;
    for (const auto &[resource, label] :
        {std::pair{u"cpu"_s, Words::tr("CPU")}, std::pair{u"memory"_s, Words::tr("Memory")}}) {
        const QString request = quantity(resource, requests.value(resource));
        const QString limit = quantity(resource, limits.value(resource));
        if (!request.isEmpty() && !limit.isEmpty())
            parts += Words::tr("%1 %2, at most %3").arg(label, request, limit);
        else if (!request.isEmpty())
            parts += u"%1 %2"_s.arg(label, request);
        else if (!limit.isEmpty())
            parts += Words::tr("%1 at most %2").arg(label, limit);
    }
    return parts.join(u" · "_s);
}

// "HTTP GET /healthz on port main, every 10 s"
QString probe(const QJsonObject &probe)
{
    QString how;
    if (const QJsonObject http = probe[u"httpGet"].toObject(); !http.isEmpty()) {
        how = Words::tr("GET %1 on port %2").arg(http[u"path"].toString(u"/"_s), http[u"port"].toVariant().toString());
    } else if (const QJsonObject tcp = probe[u"tcpSocket"].toObject(); !tcp.isEmpty()) {
        how = Words::tr("port %1 is open").arg(tcp[u"port"].toVariant().toString());
    } else if (const QJsonObject grpc = probe[u"grpc"].toObject(); !grpc.isEmpty()) {
        how = Words::tr("gRPC health on port %1").arg(grpc[u"port"].toVariant().toString());
    } else {
        QStringList command;
        for (const QJsonArray list = probe[u"exec"][u"command"].toArray(); const QJsonValue &word : list)
            command += word.toString();
        how = command.join(u' ');
    }
    return Words::tr("%1, every %2 s").arg(how, QLocale().toString(probe[u"periodSeconds"].toInt(10)));
}

QString termination(const QJsonObject &terminated)
{
    const QString code = QLocale().toString(terminated[u"exitCode"].toInt());
    const QString reason = terminated[u"reason"].toString();
    return reason.isEmpty() ? Words::tr("exit code %1").arg(code) : Words::tr("%1, exit code %2").arg(reason, code);
}

Line containerLine(const QJsonObject &container, const QJsonObject &status, bool init)
{
    Line line;
    line.label = container[u"name"].toString();
    const QJsonObject state = status[u"state"].toObject();
    QStringList detail;
    if (const QJsonObject running = state[u"running"].toObject(); state.contains(u"running")) {
        const bool ready = status[u"ready"].toBool() || init;
        line.value = ready ? Words::tr("Running") : Words::tr("Running, not ready");
        line.severity = ready ? Severity::Healthy : Severity::Warning;
        line.since = secondsOf(running[u"startedAt"]);
    } else if (const QJsonObject waiting = state[u"waiting"].toObject(); state.contains(u"waiting")) {
        const QString reason = waiting[u"reason"].toString();
        const bool starting = reason.isEmpty() || reason == "ContainerCreating"_L1 || reason == "PodInitializing"_L1;
        line.value = reason.isEmpty() ? Words::tr("Waiting") : reason;
        line.severity = starting ? Severity::Progressing : Severity::Failing;
        if (const QString message = waiting[u"message"].toString(); !message.isEmpty())
            detail += message;
    } else if (const QJsonObject ended = state[u"terminated"].toObject(); state.contains(u"terminated")) {
        line.value = ended[u"exitCode"].toInt() == 0 ? Words::tr("Done") : Words::tr("Ended");
        line.severity = ended[u"exitCode"].toInt() == 0 ? Severity::Healthy : Severity::Failing;
        line.since = secondsOf(ended[u"finishedAt"]);
        if (line.severity == Severity::Failing)
            detail += termination(ended);
    } else {
        line.value = Words::tr("Not started");
        line.severity = Severity::Progressing;
    }
    detail += container[u"image"].toString();
    if (const int restarts = status[u"restartCount"].toInt(); restarts > 0) {
        const QJsonObject last = status[u"lastState"][u"terminated"].toObject();
        detail += last.isEmpty()
            ? Words::tr("Restarted %n time(s)", nullptr, restarts)
            : Words::tr("Restarted %n time(s), the last after %1", nullptr, restarts).arg(termination(last));
    }
    if (const QString asked = resources(container); !asked.isEmpty())
        detail += asked;
    const std::pair<QString, QString> probes[] = {{u"startupProbe"_s, Words::tr("Started when: %1")},
        {u"readinessProbe"_s, Words::tr("Ready when: %1")}, {u"livenessProbe"_s, Words::tr("Alive when: %1")}};
    for (const auto &[key, sentence] : probes) {
        if (const QJsonObject object = container[key].toObject(); !object.isEmpty())
            detail += sentence.arg(probe(object));
    }
    line.detail = detail.join(u'\n');
    return line;
}

Section containers(const QString &title, const QJsonObject &pod, const QString &list, bool init)
{
    Section section{title, {}};
    const QJsonArray statuses = pod[u"status"][QString(list.left(list.size() - 1) + u"Statuses"_s)].toArray();
    for (const QJsonArray all = pod[u"spec"][list].toArray(); const QJsonValue &value : all) {
        const QJsonObject container = value.toObject();
        QJsonObject status;
        for (const QJsonValue &one : statuses) {
            if (one[u"name"] == container[u"name"])
                status = one.toObject();
        }
        section.lines.append(containerLine(container, status, init));
    }
    return section;
}

QString source(const QJsonObject &volume)
{
    if (const QJsonObject claim = volume[u"persistentVolumeClaim"].toObject(); !claim.isEmpty())
        return Words::tr("claim %1").arg(claim[u"claimName"].toString());
    if (const QJsonObject map = volume[u"configMap"].toObject(); !map.isEmpty())
        return Words::tr("ConfigMap %1").arg(map[u"name"].toString());
    if (const QJsonObject secret = volume[u"secret"].toObject(); !secret.isEmpty())
        return Words::tr("Secret %1").arg(secret[u"secretName"].toString());
    if (const QJsonObject host = volume[u"hostPath"].toObject(); !host.isEmpty())
        return Words::tr("%1 of the node").arg(host[u"path"].toString());
    if (volume.contains(u"emptyDir"))
        return volume[u"emptyDir"][u"medium"].toString() == "Memory"_L1 ? Words::tr("empty, in memory")
                                                                        : Words::tr("empty at first");
    if (const QJsonObject csi = volume[u"csi"].toObject(); !csi.isEmpty())
        return csi[u"driver"].toString();
    // Any other has one more key beside its name, which says what it is.
    for (const QStringList keys = volume.keys(); const QString &key : keys) {
        if (key != "name"_L1)
            return key;
    }
    return {};
}

} // namespace

Sections podSections(const QJsonObject &pod)
{
    Section volumes{Words::tr("Volumes"), {}};
    for (const QJsonArray all = pod[u"spec"][u"volumes"].toArray(); const QJsonValue &value : all) {
        Line line;
        line.label = value[u"name"].toString();
        line.value = source(value.toObject());
        // The token of the service account is in every pod.
        if (!line.label.startsWith("kube-api-access-"_L1))
            volumes.lines.append(line);
    }
    return {containers(Words::tr("Init containers"), pod, u"initContainers"_s, true),
        containers(Words::tr("Containers"), pod, u"containers"_s, false), volumes};
}

} // namespace kdra::models
