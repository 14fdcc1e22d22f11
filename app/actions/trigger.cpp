// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"

#include <QRandomGenerator>

namespace kdra::actions {
namespace {

// "nightly-manual-x7k2p": at most 63 letters, so that the job controller can label its pods with it.
QString jobName(const QString &cronJob)
{
    static constexpr char16_t letters[] = u"bcdfghjklmnpqrstvwxz2456789"; // k8s.io/apimachinery/pkg/util/rand
    QString suffix = QStringLiteral("-manual-");
    for (int i = 0; i < 5; ++i)
        suffix += QChar(letters[QRandomGenerator::global()->bounded(static_cast<int>(std::size(letters)) - 1)]);
    return cronJob.first(std::min<qsizetype>(cronJob.size(), 63 - suffix.size())) + suffix;
}

// What kubectl create job --from=cronjob/NAME makes.
QJsonObject jobOf(const QJsonObject &cronJob, const Target &target)
{
    const QJsonObject jobTemplate = cronJob.value(u"spec").toObject().value(u"jobTemplate").toObject();
    const QJsonObject metadata = jobTemplate.value(u"metadata").toObject();
    QJsonObject annotations = metadata.value(u"annotations").toObject();
    annotations.insert(QStringLiteral("cronjob.kubernetes.io/instantiate"), QStringLiteral("manual"));
    const QJsonObject owner{{QStringLiteral("apiVersion"), target.resource.apiVersion()},
        {QStringLiteral("kind"), QStringLiteral("CronJob")}, {QStringLiteral("name"), target.name},
        {QStringLiteral("uid"), target.uid()}, {QStringLiteral("controller"), true}};
    return {{QStringLiteral("apiVersion"), QStringLiteral("batch/v1")}, {QStringLiteral("kind"), QStringLiteral("Job")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("name"), jobName(target.name)}, {QStringLiteral("namespace"), target.ns},
                {QStringLiteral("labels"), metadata.value(u"labels").toObject()},
                {QStringLiteral("annotations"), annotations}, {QStringLiteral("ownerReferences"), QJsonArray{owner}}}},
        {QStringLiteral("spec"), jobTemplate.value(u"spec")}};
}

class Trigger final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Trigger)
public:
    using EachTarget::EachTarget;

protected:
    void act(qsizetype index) override
    {
        send(getRequest(target(index).path()), [this, index](const Result<QJsonObject> &cronJob) {
            if (!cronJob)
                failed(index, cronJob.error());
            else if (uidOf(*cronJob) != target(index).uid())
                failed(index, replacedError(target(index)));
            else
                create(index, jobOf(*cronJob, target(index)));
        });
    }
    QString doing(qsizetype index) const override { return tr("Starting a job of %1.").arg(target(index).display()); }

private:
    void create(qsizetype index, const QJsonObject &job)
    {
        const kube::Resource jobs{.group = QStringLiteral("batch"),
            .version = QStringLiteral("v1"),
            .plural = QStringLiteral("jobs"),
            .kind = QStringLiteral("Job")};
        send(postRequest(jobs.path(target(index).ns), job), [this, index](const Result<QJsonObject> &created) {
            if (!created) {
                failed(index, created.error());
                return;
            }
            const QString name = created->value(u"metadata").toObject().value(u"name").toString();
            succeeded(index, tr("The job %1 of %2 is started.").arg(name, target(index).display()));
        });
    }
};

} // namespace

std::unique_ptr<Procedure> makeTrigger(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Trigger>(task, store);
}

} // namespace kdra::actions
