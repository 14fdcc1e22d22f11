// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/cronjob.h"

#include "demo/controllers/schedule.h"
#include "demo/deletion.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

bool hasCondition(const QJsonObject &job, QStringView type)
{
    return textAt(conditionOf(job, type), u"status") == "True"_L1;
}

} // namespace

void CronJobController::start()
{
    for (const ObjectPtr &cron : store().list(kind::CronJob))
        enqueue(keyOf(*cron));
}

void CronJobController::observe(const Change &change)
{
    if (change.type == kind::CronJob && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
    else if (change.type == kind::Job)
        enqueueOwner(change.now, kind::CronJob);
}

void CronJobController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject cron = stored->object();
    const auto schedule = Schedule::parse(textAt(cron, u"spec.schedule"));
    if (!schedule)
        return;
    std::vector<ObjectPtr> jobs;
    QJsonArray active;
    QDateTime success;
    for (const ObjectPtr &child : store().ownedBy(stored->uid)) {
        if (child->type != kind::Job)
            continue;
        jobs.push_back(child);
        const QJsonObject job = child->object();
        if (hasCondition(job, u"Complete"))
            success = std::max(success, parseTimestamp(textAt(job, u"status.completionTime")));
        else if (!hasCondition(job, u"Failed"))
            active.append(QJsonObject{{u"apiVersion"_s, u"batch/v1"_s}, {u"kind"_s, u"Job"_s}, {u"name"_s, nameOf(job)},
                {u"namespace"_s, namespaceOf(job)}, {u"uid"_s, uidOf(job)}});
    }
    QDateTime last = parseTimestamp(textAt(cron, u"status.lastScheduleTime"));
    if (!last.isValid())
        last = parseTimestamp(textAt(cron, u"metadata.creationTimestamp"));
    const QDateTime due = schedule->lastDue(last, now());
    const bool forbidden = !active.isEmpty() && textAt(cron, u"spec.concurrencyPolicy") == "Forbid"_L1;
    if (due.isValid() && !at(cron, u"spec.suspend").toBool() && !forbidden) {
        if (textAt(cron, u"spec.concurrencyPolicy") == "Replace"_L1) {
            for (const QJsonValue &job : std::as_const(active))
                store().remove(kind::Job, key.ns, textAt(job.toObject(), u"name").toUtf8());
        }
        startJob(cron, due);
    }
    forgetOld(cron, jobs);
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status = object.value(u"status"_s).toObject();
        if (active.isEmpty())
            status.remove(u"active"_s);
        else
            status.insert(u"active"_s, active);
        if (success.isValid())
            status.insert(u"lastSuccessfulTime"_s, timestamp(success));
        object.insert(u"status"_s, status);
    });
    // To the start of the next minute; one timer a CronJob, however often it changes.
    const qint64 left = 60000 - now().toMSecsSinceEpoch() % 60000;
    if (!m_waiting.contains(key)) {
        m_waiting.insert(key);
        context().timeline.after(static_cast<int>(left) + 200, [this, key] {
            m_waiting.remove(key);
            enqueue(key);
        });
    }
}

void CronJobController::startJob(const QJsonObject &cron, const QDateTime &due)
{
    const QString name = u"%1-%2"_s.arg(nameOf(cron)).arg(due.toSecsSinceEpoch() / 60);
    QJsonObject spec = at(cron, u"spec.jobTemplate.spec").toObject();
    for (const auto &[key, value] : {std::pair{u"parallelism"_s, 1}, {u"completions"_s, 1}, {u"backoffLimit"_s, 6}}) {
        if (!spec.contains(key))
            spec.insert(key, value);
    }
    QJsonObject meta{{u"name"_s, name}, {u"namespace"_s, namespaceOf(cron)},
        {u"labels"_s, at(cron, u"spec.jobTemplate.metadata.labels").toObject()},
        {u"annotations"_s, QJsonObject{{u"batch.kubernetes.io/cronjob-scheduled-timestamp"_s, timestamp(due)}}},
        {u"ownerReferences"_s, QJsonArray{ownerReference(cron)}}};
    if (store().create(kind::Job, {{u"metadata"_s, meta}, {u"spec"_s, spec}, {u"status"_s, QJsonObject()}})) {
        context().events.record(cron,
            {.type = u"Normal"_s,
                .reason = u"SuccessfulCreate"_s,
                .message = u"Created job "_s + name,
                .component = u"cronjob-controller"_s,
                .host = {}});
    }
    (void)store().modify(kind::CronJob, namespaceOf(cron).toUtf8(), nameOf(cron).toUtf8(),
        [&](QJsonObject &object) { put(object, u"status.lastScheduleTime", timestamp(due)); });
}

void CronJobController::forgetOld(const QJsonObject &cron, const std::vector<ObjectPtr> &jobs)
{
    std::vector<ObjectPtr> done;
    std::vector<ObjectPtr> failed;
    for (const ObjectPtr &job : jobs) {
        const QJsonObject object = job->object();
        if (hasCondition(object, u"Complete"))
            done.push_back(job);
        else if (hasCondition(object, u"Failed"))
            failed.push_back(job);
    }
    const auto trim = [this](std::vector<ObjectPtr> &list, int keep) {
        std::ranges::sort(list, {}, [](const ObjectPtr &job) { return job->name; });
        for (std::size_t i = 0; i + static_cast<std::size_t>(keep) < list.size(); ++i)
            store().remove(kind::Job, list[i]->ns, list[i]->name);
    };
    trim(done, intAt(cron, u"spec.successfulJobsHistoryLimit", 3));
    trim(failed, intAt(cron, u"spec.failedJobsHistoryLimit", 1));
}

} // namespace kdra::demo
