// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/ownedpod.h"
#include "demo/objects/workload.h"
#include "demo/worldbuilder.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

PodShape runningShape(QJsonObject pod, bool hostNetwork)
{
    bindPod(pod, u"$node"_s, PodShape::createdAt());
    runPod(pod, u"$hostIp"_s, hostNetwork ? u"$hostIp"_s : u"$podIp"_s, PodShape::startedAt());
    return PodShape(pod);
}

// The tags that came before, oldest first.
QByteArrayList formerVersions(const QByteArray &version, int count)
{
    QByteArrayList out;
    const qsizetype dot = version.indexOf('.');
    const qsizetype end = version.indexOf('.', dot + 1);
    const int minor = version.mid(dot + 1, (end < 0 ? version.size() : end) - dot - 1).toInt();
    for (int i = count; i > 0; --i)
        out.append(version.left(dot + 1) + QByteArray::number(std::max(0, minor - i)) + ".0");
    return out;
}

} // namespace

void WorldBuilder::loadApp(const App &app)
{
    int replicas = app.replicas;
    if (app.kind == App::Kind::DaemonSet)
        replicas =
            static_cast<int>(std::ranges::count_if(m_slots, [&](const Slot &slot) { return admits(app, slot); }));
    if (replicas == 0 || m_pods + replicas > m_options.pods + 8)
        return;
    const QString ns = QString::fromLatin1(app.ns);
    const QString name = QString::fromLatin1(app.name);
    const Meta identity =
        meta(u"app"_s, ns, name, daysAgo(58.0 - static_cast<double>(hashOf(name, 3) % 40)), appLabels(app));
    Placed placed;
    switch (app.kind) {
    case App::Kind::Deployment:
        placed = loadDeployment(app, identity);
        break;
    case App::Kind::StatefulSet:
        placed = loadStatefulSet(app, identity);
        break;
    case App::Kind::DaemonSet:
        placed = loadDaemonSet(app, identity);
        break;
    case App::Kind::CronJob:
        loadCronJob(app, identity);
        break;
    }
    loadConfiguration(app, identity);
    loadExposure(app, identity, placed);
}

WorldBuilder::Placed WorldBuilder::loadDeployment(const App &app, const Meta &identity)
{
    const QJsonObject podTemplate = appTemplate(app);
    const QByteArrayList former = app.traits & App::Rolled ? formerVersions(app.version, 3) : QByteArrayList();
    const int revision = static_cast<int>(former.size()) + 1;
    const QJsonObject deployment =
        deploymentObject(identity, app.replicas, appSelector(app), podTemplate, revision, daysAgo(5));
    load(kind::Deployment, deployment);
    m_recent.append(deployment);
    int number = 1;
    const auto addRevision = [&](const QJsonObject &oldTemplate, int replicas, double age) {
        const QString hash = hashOfTemplate(oldTemplate);
        const QString name = identity.name + u'-' + hash;
        QJsonObject set = replicaSetObject(
            deployment, hash, replicas, number++, oldTemplate, meta(u"rs"_s, identity.ns, name, daysAgo(age)));
        load(kind::ReplicaSet, set);
        return set;
    };
    for (const QByteArray &version : former)
        addRevision(appTemplate(app, version.constData()), 0, 50 - 10 * number);
    const double age = static_cast<double>(3 + hashOf(identity.name, 9) % 9);
    const QJsonObject set = addRevision(podTemplate, app.replicas, age);

    Workload workload;
    workload.hostNetwork = app.traits & App::HostNetwork;
    workload.shape =
        runningShape(replicaSetPod(set, u"$name"_s, u"$uid"_s, PodShape::createdAt()), workload.hostNetwork);
    workload.ns = identity.ns.toLatin1();
    workload.requests = requestsOf(podTemplate.value(u"spec"_s).toObject());
    Placed placed;
    for (int i = 0; i < app.replicas; ++i) {
        const int slot = pick(app, workload.requests, placed.slots);
        if (slot < 0)
            break;
        placed.slots.append(static_cast<std::size_t>(slot));
        const QString name = nameOf(set) + u'-' + m_random.suffix(5);
        placed.endpoints.append(loadPod(
            workload, name.toLatin1(), m_slots[static_cast<std::size_t>(slot)], daysAgo(age * m_random.unit())));
    }
    return placed;
}

WorldBuilder::Placed WorldBuilder::loadStatefulSet(const App &app, const Meta &identity)
{
    const QJsonObject podTemplate = appTemplate(app);
    const QString hash = hashOfTemplate(podTemplate);
    const QString storage = QString::fromLatin1(app.extra);
    const QJsonObject set =
        statefulSetObject(identity, app.replicas, appSelector(app), podTemplate, identity.name, storage, hash);
    load(kind::StatefulSet, set);
    QJsonObject revision{{u"apiVersion"_s, u"apps/v1"_s}, {u"kind"_s, u"ControllerRevision"_s}, {u"revision"_s, 1},
        {u"data"_s, QJsonObject{{u"spec"_s, QJsonObject{{u"template"_s, podTemplate}}}}}};
    Meta revisionMeta =
        meta(u"revision"_s, identity.ns, identity.name + u'-' + hash, identity.created, identity.labels);
    revisionMeta.owners = {ownerReference(set)};
    revision.insert(u"metadata"_s, metadata(revisionMeta));
    load(kind::ControllerRevision, revision);

    Workload workload;
    workload.ns = identity.ns.toLatin1();
    workload.requests = requestsOf(podTemplate.value(u"spec"_s).toObject());
    QJsonObject pod = statefulSetPod(set, u"$ordinal"_s, identity.name + u'-' + hash, u"$uid"_s, PodShape::createdAt());
    workload.shape = runningShape(pod, false);
    Placed placed;
    for (int i = 0; i < app.replicas; ++i) {
        const int index = pick(app, workload.requests, placed.slots);
        if (index < 0)
            break;
        placed.slots.append(static_cast<std::size_t>(index));
        Slot &slot = m_slots[static_cast<std::size_t>(index)];
        const QString podName = u"%1-%2"_s.arg(identity.name).arg(i);
        placed.endpoints.append(
            loadPod(workload, podName.toLatin1(), slot, daysAgo(20 * m_random.unit()), QByteArray::number(i)));
        if (storage.isEmpty())
            continue;
        const QString claimName = u"data-"_s + podName;
        Meta claimMeta = meta(u"pvc"_s, identity.ns, claimName, identity.created, appSelector(app));
        claimMeta.annotations = {{u"volume.kubernetes.io/selected-node"_s, slot.plan.name},
            {u"volume.kubernetes.io/storage-provisioner"_s, u"rancher.io/local-path"_s}};
        const QString volume = u"pvc-"_s + claimMeta.uid;
        const QJsonObject claim = claimObject(claimMeta, storage, u"local-path"_s, volume);
        load(kind::PersistentVolumeClaim, claim);
        load(kind::PersistentVolume,
            volumeObject(meta(u"pv"_s, {}, volume, identity.created), storage, u"local-path"_s, claim, slot.plan.name));
    }
    return placed;
}

WorldBuilder::Placed WorldBuilder::loadDaemonSet(const App &app, const Meta &identity)
{
    const QJsonObject podTemplate = appTemplate(app);
    const QString hash = hashOfTemplate(podTemplate);
    const int scheduled =
        static_cast<int>(std::ranges::count_if(m_slots, [&](const Slot &slot) { return admits(app, slot); }));
    const QJsonObject set = daemonSetObject(identity, scheduled, appSelector(app), podTemplate);
    load(kind::DaemonSet, set);
    Workload workload;
    workload.hostNetwork = app.traits & App::HostNetwork;
    workload.ns = identity.ns.toLatin1();
    workload.requests = requestsOf(podTemplate.value(u"spec"_s).toObject());
    workload.shape = runningShape(
        daemonSetPod(set, u"$node"_s, u"$name"_s, hash, u"$uid"_s, PodShape::createdAt()), workload.hostNetwork);
    Placed placed;
    for (Slot &slot : m_slots) {
        if (!admits(app, slot))
            continue;
        const QString name = identity.name + u'-' + m_random.suffix(5);
        placed.endpoints.append(loadPod(workload, name.toLatin1(), slot, daysAgo(12 + m_random.unit())));
    }
    return placed;
}

void WorldBuilder::loadCronJob(const App &app, const Meta &identity)
{
    const QJsonObject podTemplate = appTemplate(app);
    const QString schedule = QString::fromLatin1(app.extra);
    const bool hourly = schedule.contains(" * * *"_L1) && !schedule.startsWith("30 3"_L1);
    const qint64 period = hourly ? 3600 : 86400;
    const qint64 offset = hourly ? 17 * 60 : 3 * 3600 + 30 * 60;
    const qint64 seconds = m_now.toSecsSinceEpoch();
    const qint64 last = (seconds - offset) / period * period + offset;
    const QJsonObject cron =
        cronJobObject(identity, schedule, podTemplate, QDateTime::fromSecsSinceEpoch(last, QTimeZone::UTC));
    load(kind::CronJob, cron);
    for (int i = 0; i < app.replicas; ++i) {
        const QDateTime started = QDateTime::fromSecsSinceEpoch(last - i * period, QTimeZone::UTC);
        const QString name = u"%1-%2"_s.arg(identity.name).arg(started.toSecsSinceEpoch() / 60);
        Meta jobMeta = meta(u"job"_s, identity.ns, name, started, identity.labels);
        jobMeta.owners = {ownerReference(cron)};
        jobMeta.annotations = {{u"batch.kubernetes.io/cronjob-scheduled-timestamp"_s, timestamp(started)}};
        const QJsonObject job = jobObject(jobMeta, podTemplate, started, started.addSecs(41));
        load(kind::Job, job);
        const int index = pick(app, requestsOf(podTemplate.value(u"spec"_s).toObject()), {});
        if (index < 0)
            continue;
        Slot &slot = m_slots[static_cast<std::size_t>(index)];
        QJsonObject pod = jobPod(job, name + u'-' + m_random.suffix(5), uid(u"pod"_s, identity.ns, name), started);
        bindPod(pod, slot.plan.name, started);
        completePod(pod, QString::fromLatin1(slot.hostIp), podAddress(QString::fromLatin1(slot.network), uidOf(pod)),
            started, started.addSecs(40));
        load(kind::Pod, pod);
        ++m_pods;
    }
}

} // namespace kdra::demo
