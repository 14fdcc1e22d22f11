// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/lifecycle.h"
#include "environments/removal.h"

#include <QTimer>

namespace kdra::environments {
namespace {

// Nothing at all happens during the delay: cancelling it is the undo.
class Deleting final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Deleting)
public:
    Deleting(actions::Task &task, store::ClusterStore &clusterStore, const Environment &environment,
        std::chrono::seconds delay)
        : Steps(task, clusterStore)
        , m_removal(*this,
              {.name = environment.name,
                  .ns = environment.ns,
                  .id = environment.id,
                  .parent = environment.parent,
                  .ownNamespace = environment.ownNamespace})
        , m_name(environment.name)
        , m_left(delay)
    {
        m_second.setInterval(std::chrono::seconds(1));
        connect(&m_second, &QTimer::timeout, this, [this] {
            --m_left;
            countDown();
        });
    }

    void start() override
    {
        m_total = static_cast<int>(m_left.count());
        setTotal(m_total);
        m_second.start();
        countDown();
    }

    void apply(const store::Batch &batch) override { m_removal.apply(batch); }

    QString summary() const override
    {
        return m_second.isActive() ? tr("%1 was not touched.").arg(m_name)
                                   : tr("A part of %1 is deleted; the rest can be deleted, too.").arg(m_name);
    }

    bool takeBack() override
    {
        m_removal.interrupt();
        return false;
    }

    void stop() override
    {
        m_second.stop();
        Steps::stop();
    }

private:
    void countDown()
    {
        setDone(m_total - static_cast<int>(m_left.count()));
        if (m_left > std::chrono::seconds::zero()) {
            tell(tr("Deletes %1 in %n s. Cancel to keep it.", nullptr, static_cast<int>(m_left.count())).arg(m_name));
            return;
        }
        m_second.stop();
        m_removal.start([this](const Result<void> &removed) {
            if (removed)
                succeed(tr("%1 is deleted. Nothing of it is left.").arg(m_name));
            else
                fail(removed.error(), tr("Not everything could be deleted. %1").arg(removed.error().what));
        });
    }

    Removal m_removal;
    const QString m_name;
    std::chrono::seconds m_left;
    int m_total = 0;
    QTimer m_second;
};

} // namespace

actions::Job deleteJob(const Environment &environment, std::chrono::seconds delay)
{
    return {
        .title =
            QCoreApplication::translate("kdra::environments::Deleting", "Delete environment %1").arg(environment.name),
        .target = environment.name,
        .make = [environment, delay](
                    actions::Task &task, store::ClusterStore &store) -> std::unique_ptr<actions::Procedure> {
            return std::make_unique<Deleting>(task, store, environment, delay);
        }};
}

} // namespace kdra::environments
