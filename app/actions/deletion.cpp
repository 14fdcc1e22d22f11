// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/departures.h"
#include "actions/eachtarget.h"

namespace kdra::actions {
namespace {

// As kubectl delete: done when the object is gone, not when the server has agreed to it.
class Deletion final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Deletion)
public:
    Deletion(Task &task, store::ClusterStore &clusterStore)
        : EachTarget(task, clusterStore)
        , m_departures(clusterStore, this)
    {
        connect(&m_departures, &Departures::left, this, [this](const store::Uid &uid) {
            if (const auto index = m_leaving.find(uid); index != m_leaving.end())
                gone(m_leaving.take(uid));
        });
    }

    void apply(const store::Batch &batch) override { m_departures.apply(batch); }
    void stop() override
    {
        EachTarget::stop();
        m_departures.clear();
    }

protected:
    void act(qsizetype index) override
    {
        const Target &one = target(index);
        const DeleteOptions &options = order().of(index).remove;
        QJsonObject body{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
            {QStringLiteral("kind"), QStringLiteral("DeleteOptions")},
            {QStringLiteral("propagationPolicy"), options.propagationPolicy},
            {QStringLiteral("preconditions"), QJsonObject{{QStringLiteral("uid"), one.uid()}}}};
        if (options.gracePeriodSeconds)
            body.insert(QStringLiteral("gracePeriodSeconds"), *options.gracePeriodSeconds);
        send(deleteRequest(one.path(), body), [this, index](const Result<QJsonObject> &answer) {
            if (!answer) {
                failed(index, answer.error());
                return;
            }
            const Target &leaving = target(index);
            m_leaving.insert(leaving.item.uid, index);
            say(tr("Waiting until %1 is gone.").arg(leaving.display()));
            m_departures.await(leaving.item, leaving.path());
        });
    }
    QString doing(qsizetype index) const override { return tr("Deleting %1.").arg(target(index).display()); }

private:
    void gone(qsizetype index) { succeeded(index, tr("%1 is deleted.").arg(target(index).display())); }

    Departures m_departures;
    QHash<store::Uid, qsizetype> m_leaving;
};

} // namespace

std::unique_ptr<Procedure> makeDeletion(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Deletion>(task, store);
}

} // namespace kdra::actions
