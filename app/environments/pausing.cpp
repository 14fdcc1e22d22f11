// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "environments/annotating.h"
#include "environments/decoration.h"
#include "environments/lifecycle.h"
#include "environments/steps.h"
#include "store/clusterstore.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// What can be stopped and started again without losing anything but what runs.
const QStringList pausable{u"Deployment.apps"_s, u"StatefulSet.apps"_s, u"CronJob.batch"_s, u"Job.batch"_s};
// What runs wherever there is a node for it cannot.
const QString unpausable = u"DaemonSet.apps"_s;

// Scales workloads to zero and suspends Jobs and CronJobs, or back. How large they were is noted in the parent before
// the first one is touched: {"Deployment.apps/shop-web": 3}. What goes on running is told.
class Pausing final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Pausing)
public:
    Pausing(actions::Task &task, store::ClusterStore &clusterStore, Environment environment, bool pause)
        : Steps(task, clusterStore)
        , m_environment(std::move(environment))
        , m_pause(pause)
    {
    }

    void start() override
    {
        readParent(m_environment.ns, m_environment.parent, [this](const QJsonObject &parent) {
            const QString noted = valueAt(parent, {u"metadata"_s, u"annotations"_s, PausedAnnotation}).toString();
            m_sizes = QJsonDocument::fromJson(noted.toUtf8()).object();
            list(pausable + QStringList{unpausable}, m_environment.ns, PartOfLabel + u'=' + m_environment.id,
                [this](const Result<Members> &members) {
                    if (!members) {
                        fail(members.error(), members.error().what);
                        return;
                    }
                    for (const Member &one : *members) {
                        if (groupKindOf(one.resource) == unpausable)
                            m_goingOn.append(one.display());
                        else
                            m_members.append(one);
                    }
                    setTotal(static_cast<int>(m_members.size()));
                    if (m_pause)
                        readNext(0);
                    else
                        writeNext(0);
                });
        });
    }

    QString summary() const override { return tr("%n of its workloads were changed.", nullptr, m_written); }

private:
    static QString keyOf(const Member &member) { return groupKindOf(member.resource) + u'/' + member.name; }
    static bool isSuspended(const Member &member) { return member.resource.group == "batch"_L1; }
    static QString fieldOf(const Member &member) { return isSuspended(member) ? u"suspend"_s : u"replicas"_s; }
    static bool hasEnded(const QJsonObject &job)
    {
        const QJsonArray conditions = valueAt(job, {u"status"_s, u"conditions"_s}).toArray();
        return std::ranges::any_of(conditions, [](const QJsonValue &one) {
            const QString type = one["type"_L1].toString();
            return (type == "Complete"_L1 || type == "Failed"_L1) && one["status"_L1].toString() == "True"_L1;
        });
    }

    void readNext(qsizetype index)
    {
        if (index == m_members.size()) {
            note();
            return;
        }
        // Noted by an earlier try that was interrupted: by now it may be zero.
        if (m_sizes.contains(keyOf(m_members[index]))) {
            readNext(index + 1);
            return;
        }
        ask(actions::getRequest(m_members[index].path()), [this, index](const Result<QJsonObject> &object) {
            // A Job may clear itself away meanwhile.
            if (!object && object.error().kind == Error::Kind::NotFound) {
                readNext(index + 1);
                return;
            }
            if (!object) {
                fail(object.error(), object.error().what);
                return;
            }
            const Member &member = m_members[index];
            const QJsonValue size = valueAt(*object, {u"spec"_s, fieldOf(member)});
            if (!hasEnded(*object)) {
                m_sizes.insert(
                    keyOf(member), isSuspended(member) ? QJsonValue(size.toBool()) : QJsonValue(size.toInt(1)));
            }
            readNext(index + 1);
        });
    }

    void note()
    {
        const QString sizes = QString::fromUtf8(QJsonDocument(m_sizes).toJson(QJsonDocument::Compact));
        ask(annotationRequest(parentPath(), {{PausedAnnotation, sizes}}), [this](const Result<QJsonObject> &noted) {
            if (noted)
                writeNext(0);
            else
                fail(noted.error(), noted.error().what);
        });
    }

    void writeNext(qsizetype index)
    {
        setDone(static_cast<int>(index));
        if (index == m_members.size()) {
            finish();
            return;
        }
        const Member &member = m_members[index];
        const QJsonValue before = m_sizes.value(keyOf(member));
        // Made since, or ended before.
        if (before.isUndefined()) {
            writeNext(index + 1);
            return;
        }
        const QJsonValue size = !m_pause ? before : before.isBool() ? QJsonValue(true) : QJsonValue(0);
        tell(m_pause ? tr("Pausing %1.").arg(member.display()) : tr("Resuming %1.").arg(member.display()));
        ask(patchRequest(member.path(), {{"spec"_L1, QJsonObject{{fieldOf(member), size}}}}),
            [this, index](const Result<QJsonObject> &written) {
                if (!written && written.error().kind == Error::Kind::NotFound) {
                    writeNext(index + 1);
                    return;
                }
                if (!written) {
                    fail(written.error(), written.error().what);
                    return;
                }
                ++m_written;
                // A server before 1.21 knows nothing of suspended Jobs, and says nothing either.
                const Member &one = m_members[index];
                if (m_pause && isSuspended(one) && !valueAt(*written, {u"spec"_s, fieldOf(one)}).toBool())
                    m_goingOn.append(one.display());
                writeNext(index + 1);
            });
    }

    void finish()
    {
        if (m_pause) {
            succeed(m_goingOn.isEmpty()
                    ? tr("%1 is paused: nothing of it runs, its data stays.").arg(m_environment.name)
                    : tr("%1 is paused, but this goes on running, as it cannot be paused: %2.")
                          .arg(m_environment.name, QLocale().createSeparatedList(m_goingOn)));
            return;
        }
        ask(annotationRequest(parentPath(), {{PausedAnnotation, QJsonValue()}}),
            [this](const Result<QJsonObject> &noted) {
                if (noted)
                    succeed(tr("%1 runs again.").arg(m_environment.name));
                else
                    fail(noted.error(), noted.error().what);
            });
    }

    const Environment m_environment;
    const bool m_pause;
    QJsonObject m_sizes;
    Members m_members;
    QStringList m_goingOn;
    int m_written = 0;
};

actions::Job job(const Environment &environment, bool pause)
{
    return {.title = (pause ? QCoreApplication::translate("kdra::environments::Pausing", "Pause environment %1")
                            : QCoreApplication::translate("kdra::environments::Pausing", "Resume environment %1"))
                .arg(environment.name),
        .target = environment.name,
        .make = [environment, pause](
                    actions::Task &task, store::ClusterStore &store) -> std::unique_ptr<actions::Procedure> {
            return std::make_unique<Pausing>(task, store, environment, pause);
        }};
}

} // namespace

actions::Job pauseJob(const Environment &environment)
{
    return job(environment, true);
}

actions::Job unpauseJob(const Environment &environment)
{
    return job(environment, false);
}

} // namespace kdra::environments
