// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/documentsections.h"

#include "base/quantity.h"
#include "edge/throttling.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::models {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

Line line(const QString &label, const QString &value)
{
    Line line;
    line.label = label;
    line.value = value;
    return line;
}

QString number(const QJsonValue &value)
{
    return value.isDouble() ? QLocale().toString(value.toInt()) : value.toString();
}

// A field that may be missing.
void add(Section &section, const QString &label, const QJsonValue &value)
{
    if (const QString text = number(value); !text.isEmpty())
        section.lines.append(line(label, text));
}

// Of the firmware's flags, quoted in a condition, what is and what has been; one line when there is nothing of it.
Section firmware(const QJsonObject &node)
{
    Section section{Words::tr("Power and throttling"), {}};
    std::optional<edge::Throttling> throttling;
    for (const QJsonArray all = node[u"status"][u"conditions"].toArray(); const QJsonValue &condition : all) {
        if (const auto told = edge::throttlingIn(condition[u"message"].toString()))
            throttling = told;
    }
    if (!throttling)
        return section;
    for (const edge::Throttle one : edge::allThrottles) {
        if (!throttling->isNow(one) && !throttling->hasBeen(one))
            continue;
        Line said = line(edge::throttleName(one),
            throttling->isNow(one) ? Words::tr("Now") : Words::tr("Not now, but since the start"));
        if (throttling->isNow(one))
            said.severity = store::Severity::Warning;
        section.lines.append(said);
    }
    if (section.lines.isEmpty()) {
        section.lines.append(line({}, Words::tr("Neither under-voltage nor throttling since the start")));
        section.lines.last().severity = store::Severity::Healthy;
    }
    return section;
}

Sections nodeSections(const QJsonObject &node)
{
    Section taints{Words::tr("Taints"), {}};
    for (const QJsonArray all = node[u"spec"][u"taints"].toArray(); const QJsonValue &taint : all) {
        const QString value = taint[u"value"].toString();
        Line one;
        one.value = taint[u"key"].toString() + (value.isEmpty() ? value : QString(u'=' + value));
        one.detail = taint[u"effect"].toString();
        taints.lines.append(one);
    }
    struct Image {
        QString name;
        qint64 size;
    };
    QList<Image> found;
    qint64 total = 0;
    for (const QJsonArray all = node[u"status"][u"images"].toArray(); const QJsonValue &image : all) {
        // A digest and a tag of the same image; the tag is what people know.
        QString name;
        for (const QJsonArray names = image[u"names"].toArray(); const QJsonValue &one : names) {
            if (name.isEmpty() || !one.toString().contains(u'@'))
                name = one.toString();
        }
        found.append({name, image[u"sizeBytes"].toInteger()});
        total += found.constLast().size;
    }
    std::ranges::sort(found, std::greater(), &Image::size);
    constexpr qsizetype most = 6;
    Section images{Words::tr("Images"), {}};
    if (!found.isEmpty()) {
        images.lines.append(
            line(Words::tr("%n image(s)", nullptr, static_cast<int>(found.size())), formatBytes(total)));
    }
    for (const Image &image : found.mid(0, most)) {
        Line one;
        one.detail = Words::tr("%1 · %2").arg(image.name, formatBytes(image.size));
        images.lines.append(one);
    }
    return {firmware(node), taints, images};
}

Sections workloadSections(const QJsonObject &workload)
{
    const QJsonObject spec = workload[u"spec"].toObject();
    Section section{Words::tr("Settings"), {}};
    const QJsonObject strategy =
        spec.contains(u"strategy") ? spec[u"strategy"].toObject() : spec[u"updateStrategy"].toObject();
    add(section, Words::tr("Strategy"), strategy[u"type"]);
    add(section, Words::tr("Max. unavailable"), strategy[u"rollingUpdate"][u"maxUnavailable"]);
    add(section, Words::tr("Max. surge"), strategy[u"rollingUpdate"][u"maxSurge"]);
    add(section, Words::tr("History"), spec[u"revisionHistoryLimit"]);
    add(section, Words::tr("Completions"), spec[u"completions"]);
    add(section, Words::tr("Parallelism"), spec[u"parallelism"]);
    add(section, Words::tr("Retries"), spec[u"backoffLimit"]);
    if (spec.contains(u"activeDeadlineSeconds"))
        section.lines.append(
            line(Words::tr("Deadline"), Words::tr("%1 s").arg(number(spec[u"activeDeadlineSeconds"]))));
    add(section, Words::tr("Concurrency"), spec[u"concurrencyPolicy"]);
    add(section, Words::tr("Time zone"), spec[u"timeZone"]);
    return {section};
}

Sections serviceSections(const QJsonObject &service)
{
    Section ports{Words::tr("Ports"), {}};
    for (const QJsonArray all = service[u"spec"][u"ports"].toArray(); const QJsonValue &port : all) {
        const QString name = port[u"name"].toString();
        Line one = line(name.isEmpty() ? number(port[u"port"]) : name,
            Words::tr("%1/%2 to port %3")
                .arg(number(port[u"port"]), port[u"protocol"].toString(u"TCP"_s), number(port[u"targetPort"])));
        if (port[u"nodePort"].toInt())
            one.detail = Words::tr("Port %1 of every node").arg(number(port[u"nodePort"]));
        ports.lines.append(one);
    }
    return {ports};
}

// networking.k8s.io/v1, or v1beta1's serviceName and servicePort.
QString backend(const QJsonObject &backend)
{
    const QJsonObject service = backend[u"service"].toObject();
    const QJsonObject port = service[u"port"].toObject();
    if (service.isEmpty() && backend.contains(u"resource"))
        return u"%1 %2"_s.arg(backend[u"resource"][u"kind"].toString(), backend[u"resource"][u"name"].toString());
    const QString name = service.isEmpty() ? backend[u"serviceName"].toString() : service[u"name"].toString();
    const QString where = service.isEmpty() ? number(backend[u"servicePort"])
        : port.contains(u"name")            ? port[u"name"].toString()
                                            : number(port[u"number"]);
    return where.isEmpty() ? name : u"%1:%2"_s.arg(name, where);
}

Sections ingressSections(const QJsonObject &ingress)
{
    Section rules{Words::tr("Rules"), {}};
    const QJsonObject spec = ingress[u"spec"].toObject();
    for (const QJsonArray all = spec[u"rules"].toArray(); const QJsonValue &rule : all) {
        const QString host = rule[u"host"].toString();
        for (const QJsonArray paths = rule[u"http"][u"paths"].toArray(); const QJsonValue &path : paths) {
            Line one;
            one.value = (host.isEmpty() ? u"*"_s : host) + path[u"path"].toString(u"/"_s);
            one.detail = Words::tr("to %1").arg(backend(path[u"backend"].toObject()));
            rules.lines.append(one);
        }
    }
    const QJsonObject fallback =
        spec.contains(u"defaultBackend") ? spec[u"defaultBackend"].toObject() : spec[u"backend"].toObject();
    if (!fallback.isEmpty())
        rules.lines.append(line(Words::tr("All else"), backend(fallback)));
    Section tls{Words::tr("TLS"), {}};
    for (const QJsonArray all = spec[u"tls"].toArray(); const QJsonValue &one : all) {
        QStringList hosts;
        for (const QJsonArray list = one[u"hosts"].toArray(); const QJsonValue &host : list)
            hosts += host.toString();
        tls.lines.append(line(one[u"secretName"].toString(), hosts.join(u", "_s)));
    }
    return {rules, tls};
}

Sections claimSections(const QJsonObject &claim)
{
    Section section{Words::tr("Settings"), {}};
    QStringList modes;
    for (const QJsonArray all = claim[u"spec"][u"accessModes"].toArray(); const QJsonValue &mode : all)
        modes += mode.toString();
    add(section, Words::tr("Access"), modes.join(u", "_s));
    add(section, Words::tr("Mode"), claim[u"spec"][u"volumeMode"]);
    const auto asked = parseQuantity(claim[u"spec"][u"resources"][u"requests"][u"storage"].toString().toStdString());
    if (asked)
        add(section, Words::tr("Requested"), formatBytes(*asked));
    return {section};
}

// "70 %" of v2; the average or total value otherwise.
QString metricValue(const QJsonObject &value)
{
    if (value.contains(u"averageUtilization"))
        return Words::tr("%1 %").arg(number(value[u"averageUtilization"]));
    return value.contains(u"averageValue") ? value[u"averageValue"].toString() : value[u"value"].toString();
}

QJsonObject metricOf(const QJsonObject &metric)
{
    const QString type = metric[u"type"].toString();
    return metric[QString(type.left(1).toLower() + type.mid(1))].toObject();
}

QString metricName(const QJsonObject &metric)
{
    return metric.contains(u"name") ? metric[u"name"].toString() : metric[u"metric"][u"name"].toString();
}

Sections autoscalerSections(const QJsonObject &scaler)
{
    Section metrics{Words::tr("Metrics"), {}};
    const QJsonArray current = scaler[u"status"][u"currentMetrics"].toArray();
    for (const QJsonArray all = scaler[u"spec"][u"metrics"].toArray(); const QJsonValue &value : all) {
        const QJsonObject metric = metricOf(value.toObject());
        QString now;
        for (const QJsonValue &one : current) {
            if (const QJsonObject measured = metricOf(one.toObject()); metricName(measured) == metricName(metric))
                now = metricValue(measured[u"current"].toObject());
        }
        metrics.lines.append(line(metricName(metric),
            Words::tr("%1 of %2").arg(now.isEmpty() ? u"–"_s : now, metricValue(metric[u"target"].toObject()))));
    }
    return {metrics};
}

} // namespace

Sections sectionsOf(const QJsonObject &object)
{
    static constexpr std::pair<const char *, Sections (*)(const QJsonObject &)> readers[] = {{"Pod", podSections},
        {"Node", nodeSections}, {"Deployment", workloadSections}, {"StatefulSet", workloadSections},
        {"DaemonSet", workloadSections}, {"Job", workloadSections}, {"CronJob", workloadSections},
        {"Service", serviceSections}, {"Ingress", ingressSections}, {"PersistentVolumeClaim", claimSections},
        {"HorizontalPodAutoscaler", autoscalerSections}};
    for (const auto &[kind, read] : readers) {
        if (object[u"kind"].toString() != QLatin1StringView(kind))
            continue;
        Sections sections = read(object);
        sections.removeIf([](const Section &section) { return section.lines.isEmpty(); });
        return sections;
    }
    return {};
}

quint32 secondsOf(const QJsonValue &time)
{
    const QDateTime parsed = QDateTime::fromString(time.toString(), Qt::ISODate);
    return parsed.isValid() ? static_cast<quint32>(parsed.toSecsSinceEpoch()) : 0;
}

} // namespace kdra::models
