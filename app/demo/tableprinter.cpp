// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/tableprinter.h"

#include <QDateTime>
#include <QHash>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;
using Column = TablePrinter::Column;

QJsonObject at(const QJsonObject &object, L key)
{
    return object.value(key).toObject();
}

QString number(const QJsonObject &object, L key, int otherwise = 0)
{
    return QString::number(object.value(key).toInt(otherwise));
}

QString name(const QJsonObject &object)
{
    return at(object, L("metadata")).value(L("name")).toString();
}

QString age(const QJsonObject &object)
{
    return humanAge(at(object, L("metadata")).value(L("creationTimestamp")).toString());
}

QString text(const QJsonObject &object, L key, const QString &otherwise = QStringLiteral("<none>"))
{
    const QString value = object.value(key).toVariant().toString();
    return value.isEmpty() ? otherwise : value;
}

QString joined(const QJsonArray &array, L key = {})
{
    QStringList parts;
    for (const QJsonValue &value : array)
        parts.append(key.isEmpty() ? value.toVariant().toString() : value.toObject().value(key).toVariant().toString());
    return parts.isEmpty() ? QStringLiteral("<none>") : parts.join(QLatin1Char(','));
}

QString labels(const QJsonObject &object)
{
    QStringList parts;
    for (auto it = object.begin(); it != object.end(); ++it)
        parts.append(it.key() + QLatin1Char('=') + it.value().toString());
    return parts.isEmpty() ? QStringLiteral("<none>") : parts.join(QLatin1Char(','));
}

const Column Name{L("Name")};
const Column Age{L("Age")};

QList<Column> workload(QList<Column> counts)
{
    counts.prepend(Name);
    return counts << Age << Column{L("Containers"), 1} << Column{L("Images"), 1} << Column{L("Selector"), 1};
}

QString ports(const QJsonObject &spec)
{
    QStringList parts;
    for (const QJsonArray ports = spec.value(L("ports")).toArray(); const QJsonValue &value : ports) {
        const QJsonObject port = value.toObject();
        QString part = port.value(L("port")).toVariant().toString();
        if (const int nodePort = port.value(L("nodePort")).toInt())
            part += QStringLiteral(":%1").arg(nodePort);
        parts.append(part + QLatin1Char('/') + text(port, L("protocol"), QStringLiteral("TCP")));
    }
    return parts.isEmpty() ? QStringLiteral("<none>") : parts.join(QLatin1Char(','));
}

QJsonArray event(const QJsonObject &o)
{
    const QJsonObject about = at(o, L("involvedObject"));
    QString last = text(o, L("lastTimestamp"), {});
    if (last.isEmpty())
        last = text(o, L("eventTime"), {});
    return {humanAge(last), text(o, L("type"), {}), text(o, L("reason"), {}),
        QString(about.value(L("kind")).toString().toLower() + QLatin1Char('/') + about.value(L("name")).toString()),
        text(about, L("fieldPath"), {}), text(at(o, L("source")), L("component"), text(o, L("reportingComponent"), {})),
        text(o, L("message"), {}).trimmed(), humanAge(text(o, L("firstTimestamp"), last)), number(o, L("count"), 1),
        name(o)};
}

QString duration(const QJsonObject &state)
{
    const QString started = state.value(L("startTime")).toString();
    const QString ended = state.value(L("completionTime")).toString();
    if (started.isEmpty())
        return {};
    if (ended.isEmpty())
        return humanAge(started);
    return QStringLiteral("%1s").arg(
        QDateTime::fromString(started, Qt::ISODate).secsTo(QDateTime::fromString(ended, Qt::ISODate)));
}

using Printers = QHash<TypeId, TablePrinter>;

void addWorkloads(Printers &all)
{
    all.insert(kind::Deployment,
        TablePrinter(workload({{L("Ready")}, {L("Up-to-date")}, {L("Available")}}), [](const QJsonObject &o) {
            const QJsonObject state = at(o, L("status"));
            const QString desired = number(at(o, L("spec")), L("replicas"), 1);
            return workloadCells(o,
                {number(state, L("readyReplicas")) + QLatin1Char('/') + desired, number(state, L("updatedReplicas")),
                    number(state, L("availableReplicas"))});
        }));
    all.insert(kind::ReplicaSet,
        TablePrinter(workload({{L("Desired")}, {L("Current")}, {L("Ready")}}), [](const QJsonObject &o) {
            const QJsonObject state = at(o, L("status"));
            return workloadCells(o,
                {number(at(o, L("spec")), L("replicas"), 1), number(state, L("replicas")),
                    number(state, L("readyReplicas"))});
        }));
    all.insert(kind::StatefulSet,
        TablePrinter({Name, {L("Ready")}, Age, {L("Containers"), 1}, {L("Images"), 1}}, [](const QJsonObject &o) {
            QJsonArray cells = workloadCells(o,
                {number(at(o, L("status")), L("readyReplicas")) + QLatin1Char('/')
                    + number(at(o, L("spec")), L("replicas"), 1)});
            cells.removeLast();
            return cells;
        }));
    all.insert(kind::DaemonSet,
        TablePrinter({Name, {L("Desired")}, {L("Current")}, {L("Ready")}, {L("Up-to-date")}, {L("Available")},
                         {L("Node Selector")}, Age, {L("Containers"), 1}, {L("Images"), 1}, {L("Selector"), 1}},
            [](const QJsonObject &o) {
                const QJsonObject state = at(o, L("status"));
                return workloadCells(o,
                    {number(state, L("desiredNumberScheduled")), number(state, L("currentNumberScheduled")),
                        number(state, L("numberReady")), number(state, L("updatedNumberScheduled")),
                        number(state, L("numberAvailable")),
                        labels(at(at(at(at(o, L("spec")), L("template")), L("spec")), L("nodeSelector")))});
            }));
    all.insert(kind::Job,
        TablePrinter(workload({{L("Status")}, {L("Completions")}, {L("Duration")}}), [](const QJsonObject &o) {
            const QJsonObject state = at(o, L("status"));
            QString phase = QStringLiteral("Running");
            for (const QJsonArray conditions = state.value(L("conditions")).toArray();
                const QJsonValue &value : conditions) {
                if (value.toObject().value(L("status")).toString() == L("True"))
                    phase = value.toObject().value(L("type")).toString();
            }
            return workloadCells(o,
                {phase,
                    number(state, L("succeeded")) + QLatin1Char('/') + number(at(o, L("spec")), L("completions"), 1),
                    duration(state)});
        }));
    all.insert(kind::CronJob,
        TablePrinter({Name, {L("Schedule")}, {L("Timezone")}, {L("Suspend")}, {L("Active")}, {L("Last Schedule")}, Age},
            [](const QJsonObject &o) {
                const QJsonObject spec = at(o, L("spec"));
                const QString last = at(o, L("status")).value(L("lastScheduleTime")).toString();
                return QJsonArray{name(o), text(spec, L("schedule")), text(spec, L("timeZone")),
                    spec.value(L("suspend")).toBool() ? QStringLiteral("True") : QStringLiteral("False"),
                    QString::number(at(o, L("status")).value(L("active")).toArray().size()),
                    last.isEmpty() ? QStringLiteral("<none>") : humanAge(last), age(o)};
            }));
    all.insert(kind::HorizontalPodAutoscaler,
        TablePrinter(
            {Name, {L("Reference")}, {L("MinPods")}, {L("MaxPods")}, {L("Replicas")}, Age}, [](const QJsonObject &o) {
                const QJsonObject spec = at(o, L("spec"));
                const QJsonObject target = at(spec, L("scaleTargetRef"));
                return QJsonArray{name(o),
                    QString(text(target, L("kind")) + QLatin1Char('/') + text(target, L("name"))),
                    number(spec, L("minReplicas"), 1), number(spec, L("maxReplicas")),
                    number(at(o, L("status")), L("currentReplicas")), age(o)};
            }));
    all.insert(kind::PodDisruptionBudget,
        TablePrinter({Name, {L("Min Available")}, {L("Max Unavailable")}, {L("Allowed Disruptions")}, Age},
            [](const QJsonObject &o) {
                const QJsonObject spec = at(o, L("spec"));
                return QJsonArray{name(o), text(spec, L("minAvailable"), QStringLiteral("N/A")),
                    text(spec, L("maxUnavailable"), QStringLiteral("N/A")),
                    number(at(o, L("status")), L("disruptionsAllowed")), age(o)};
            }));
}

void addNetwork(Printers &all)
{
    all.insert(kind::Service,
        TablePrinter(
            {Name, {L("Type")}, {L("Cluster-IP")}, {L("External-IP")}, {L("Port(s)")}, Age, {L("Selector"), 1}},
            [](const QJsonObject &o) {
                const QJsonObject spec = at(o, L("spec"));
                const QJsonArray ingress = at(at(o, L("status")), L("loadBalancer")).value(L("ingress")).toArray();
                const bool balanced = spec.value(L("type")).toString() == L("LoadBalancer");
                const QString external =
                    balanced && ingress.isEmpty() ? QStringLiteral("<pending>") : joined(ingress, L("ip"));
                return QJsonArray{name(o), text(spec, L("type"), QStringLiteral("ClusterIP")),
                    text(spec, L("clusterIP")), external, ports(spec), age(o), labels(at(spec, L("selector")))};
            }));
    all.insert(kind::Endpoints, TablePrinter({Name, {L("Endpoints")}, Age}, [](const QJsonObject &o) {
        QStringList targets;
        for (const QJsonArray subsets = o.value(L("subsets")).toArray(); const QJsonValue &subset : subsets) {
            const QString port =
                subset.toObject().value(L("ports")).toArray().at(0).toObject().value(L("port")).toVariant().toString();
            for (const QJsonArray addresses = subset.toObject().value(L("addresses")).toArray();
                const QJsonValue &address : addresses)
                targets.append(address.toObject().value(L("ip")).toString() + QLatin1Char(':') + port);
        }
        return QJsonArray{
            name(o), targets.isEmpty() ? QStringLiteral("<none>") : targets.join(QLatin1Char(',')), age(o)};
    }));
    all.insert(kind::EndpointSlice,
        TablePrinter({Name, {L("AddressType")}, {L("Ports")}, {L("Endpoints")}, Age}, [](const QJsonObject &o) {
            QStringList addresses;
            for (const QJsonArray endpoints = o.value(L("endpoints")).toArray(); const QJsonValue &endpoint : endpoints)
                addresses.append(joined(endpoint.toObject().value(L("addresses")).toArray()));
            return QJsonArray{name(o), text(o, L("addressType")), joined(o.value(L("ports")).toArray(), L("port")),
                addresses.isEmpty() ? QStringLiteral("<unset>") : addresses.join(QLatin1Char(',')), age(o)};
        }));
    all.insert(kind::Ingress,
        TablePrinter({Name, {L("Class")}, {L("Hosts")}, {L("Address")}, {L("Ports")}, Age}, [](const QJsonObject &o) {
            const QJsonObject spec = at(o, L("spec"));
            return QJsonArray{name(o), text(spec, L("ingressClassName")),
                joined(spec.value(L("rules")).toArray(), L("host")),
                joined(at(at(o, L("status")), L("loadBalancer")).value(L("ingress")).toArray(), L("ip"))
                    .replace(QStringLiteral("<none>"), QString()),
                spec.value(L("tls")).toArray().isEmpty() ? QStringLiteral("80") : QStringLiteral("80, 443"), age(o)};
        }));
    all.insert(kind::NetworkPolicy, TablePrinter({Name, {L("Pod-Selector")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), labels(at(at(at(o, L("spec")), L("podSelector")), L("matchLabels"))), age(o)};
    }));
}

void addRest(Printers &all)
{
    all.insert(kind::Pod,
        TablePrinter({Name, {L("Ready")}, {L("Status")}, {L("Restarts")}, Age, {L("IP"), 1}, {L("Node"), 1},
                         {L("Nominated Node"), 1}, {L("Readiness Gates"), 1}},
            podCells));
    all.insert(kind::Node,
        TablePrinter(
            {Name, {L("Status")}, {L("Roles")}, Age, {L("Version")}, {L("Internal-IP"), 1}, {L("External-IP"), 1},
                {L("OS-Image"), 1}, {L("Kernel-Version"), 1}, {L("Container-Runtime"), 1}},
            nodeCells));
    all.insert(kind::Namespace, TablePrinter({Name, {L("Status")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), text(at(o, L("status")), L("phase"), QStringLiteral("Active")), age(o)};
    }));
    all.insert(kind::ConfigMap, TablePrinter({Name, {L("Data")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), at(o, L("data")).size() + at(o, L("binaryData")).size(), age(o)};
    }));
    all.insert(kind::Secret, TablePrinter({Name, {L("Type")}, {L("Data")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), text(o, L("type"), QStringLiteral("Opaque")), at(o, L("data")).size(), age(o)};
    }));
    all.insert(kind::ServiceAccount, TablePrinter({Name, {L("Secrets")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), o.value(L("secrets")).toArray().size(), age(o)};
    }));
    all.insert(kind::PersistentVolumeClaim,
        TablePrinter(
            {Name, {L("Status")}, {L("Volume")}, {L("Capacity")}, {L("Access Modes")}, {L("StorageClass")}, Age},
            [](const QJsonObject &o) {
                const QJsonObject spec = at(o, L("spec"));
                const QJsonObject state = at(o, L("status"));
                return QJsonArray{name(o), text(state, L("phase"), {}), text(spec, L("volumeName"), {}),
                    text(at(state, L("capacity")), L("storage"), {}), joined(spec.value(L("accessModes")).toArray()),
                    text(spec, L("storageClassName"), {}), age(o)};
            }));
    all.insert(kind::Event,
        TablePrinter({{L("Last Seen")}, {L("Type")}, {L("Reason")}, {L("Object")}, {L("Subobject"), 1},
                         {L("Source"), 1}, {L("Message")}, {L("First Seen"), 1}, {L("Count"), 1}, {L("Name"), 1}},
            event));
    all.insert(kind::Lease, TablePrinter({Name, {L("Holder")}, Age}, [](const QJsonObject &o) {
        return QJsonArray{name(o), text(at(o, L("spec")), L("holderIdentity"), {}), age(o)};
    }));
    all.insert(kind::StorageClass,
        TablePrinter(
            {Name, {L("Provisioner")}, {L("ReclaimPolicy")}, {L("VolumeBindingMode")}, Age}, [](const QJsonObject &o) {
                return QJsonArray{name(o), text(o, L("provisioner")),
                    text(o, L("reclaimPolicy"), QStringLiteral("Delete")),
                    text(o, L("volumeBindingMode"), QStringLiteral("Immediate")), age(o)};
            }));
    all.insert(kind::CustomResourceDefinition, TablePrinter({Name, {L("Created At")}}, [](const QJsonObject &o) {
        return QJsonArray{name(o), at(o, L("metadata")).value(L("creationTimestamp"))};
    }));
}

} // namespace

const TablePrinter &TablePrinter::of(const ResourceType &type)
{
    static const Printers printers = [] {
        Printers all;
        addWorkloads(all);
        addNetwork(all);
        addRest(all);
        return all;
    }();
    static const TablePrinter generic({Name, Age}, [](const QJsonObject &o) { return QJsonArray{name(o), age(o)}; });
    const auto found = printers.constFind(type.storage);
    return found == printers.cend() ? generic : *found;
}

QJsonArray TablePrinter::columns() const
{
    QJsonArray list;
    for (const Column &column : m_columns) {
        list.append(
            QJsonObject{{QStringLiteral("name"), QString(column.name)}, {QStringLiteral("type"), QString(column.type)},
                {QStringLiteral("format"), column.name == L("Name") ? QStringLiteral("name") : QString()},
                {QStringLiteral("description"), QString(column.name)}, {QStringLiteral("priority"), column.priority}});
    }
    return list;
}

} // namespace kdra::demo
