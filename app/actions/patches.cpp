// SPDX-License-Identifier: GPL-3.0-or-later
// Actions that are one merge patch: cordon, uncordon, pause, resume, restart, suspend.
#include "actions/eachtarget.h"

namespace kdra::actions {
namespace {

QJsonObject inSpec(const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("spec"), QJsonObject{{key, value}}}};
}

// kubectl rollout restart: a template that differs in an annotation is a new revision.
QJsonObject restart()
{
    const QJsonObject annotations{
        {QStringLiteral("kubectl.kubernetes.io/restartedAt"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
    return inSpec(QStringLiteral("template"),
        QJsonObject{{QStringLiteral("metadata"), QJsonObject{{QStringLiteral("annotations"), annotations}}}});
}

QJsonObject patchOf(ActionId id)
{
    switch (id) {
    case ActionId::Cordon:
        return inSpec(QStringLiteral("unschedulable"), true);
    case ActionId::Uncordon:
        return inSpec(QStringLiteral("unschedulable"), QJsonValue::Null);
    case ActionId::RolloutPause:
        return inSpec(QStringLiteral("paused"), true);
    case ActionId::RolloutResume:
        return inSpec(QStringLiteral("paused"), QJsonValue::Null);
    case ActionId::SuspendCronJob:
        return inSpec(QStringLiteral("suspend"), true);
    case ActionId::ResumeCronJob:
        return inSpec(QStringLiteral("suspend"), false);
    default:
        return restart();
    }
}

class Patch final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Patch)
public:
    using EachTarget::EachTarget;

protected:
    void act(qsizetype index) override
    {
        const Target &one = target(index);
        send(mergePatchRequest(one.path(), patchOf(order().id), one.uid()),
            [this, index](const Result<QJsonObject> &answer) {
                if (answer)
                    succeeded(index, done(target(index).display()), Parameters());
                else
                    failed(index, answer.error());
            });
    }

    std::optional<ActionId> undoId() const override
    {
        switch (order().id) {
        case ActionId::Cordon:
            return ActionId::Uncordon;
        case ActionId::Uncordon:
            return ActionId::Cordon;
        case ActionId::RolloutPause:
            return ActionId::RolloutResume;
        case ActionId::RolloutResume:
            return ActionId::RolloutPause;
        case ActionId::SuspendCronJob:
            return ActionId::ResumeCronJob;
        case ActionId::ResumeCronJob:
            return ActionId::SuspendCronJob;
        default:
            return {};
        }
    }

private:
    QString done(const QString &target) const
    {
        switch (order().id) {
        case ActionId::Cordon:
            return tr("%1 takes no new pods.").arg(target);
        case ActionId::Uncordon:
            return tr("%1 takes new pods again.").arg(target);
        case ActionId::RolloutPause:
            return tr("The rollout of %1 is paused.").arg(target);
        case ActionId::RolloutResume:
            return tr("The rollout of %1 goes on.").arg(target);
        case ActionId::SuspendCronJob:
            return tr("%1 is suspended.").arg(target);
        case ActionId::ResumeCronJob:
            return tr("%1 runs by its schedule again.").arg(target);
        default:
            return tr("%1 is being restarted.").arg(target);
        }
    }
};

} // namespace

std::unique_ptr<Procedure> makePatch(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Patch>(task, store);
}

} // namespace kdra::actions
