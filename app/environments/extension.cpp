// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "environments/annotating.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/lifecycle.h"
#include "environments/steps.h"
#include "environments/timetolive.h"
#include "store/clusterstore.h"

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// The time to live is written on everything (kube-janitor looks at each object by itself): the parent first, as that is
// what the reaper and KDRA go by.
class Extension final : public Steps {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Extension)
public:
    Extension(actions::Task &task, store::ClusterStore &clusterStore, Environment environment,
        std::chrono::seconds timeToLive)
        : Steps(task, clusterStore)
        , m_environment(std::move(environment))
        , m_timeToLive(timeToLive)
    {
    }

    void start() override
    {
        readParent(m_environment.ns, m_environment.parent, [this](const QJsonObject &parent) { writeParent(parent); });
    }

    QString summary() const override { return tr("A part of it has the new time to live."); }

private:
    void writeParent(const QJsonObject &parent)
    {
        QJsonObject spec = QJsonDocument::fromJson(valueAt(parent, {u"data"_s, SpecKey}).toString().toUtf8()).object();
        spec.insert("timeToLiveSeconds"_L1, static_cast<qint64>(m_timeToLive.count()));
        const QJsonObject patch{
            {"metadata"_L1,
                QJsonObject{{"resourceVersion"_L1, actions::resourceVersionOf(parent)},
                    {"annotations"_L1, QJsonObject{{TimeToLiveAnnotation, timeToLiveText(m_timeToLive)}}}}},
            {"data"_L1, QJsonObject{{SpecKey, QString::fromUtf8(QJsonDocument(spec).toJson())}}}};
        const QStringList kinds =
            groupKindsOf(valueAt(parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation}).toString());
        ask(patchRequest(parentPath(), patch), [this, kinds](const Result<QJsonObject> &written) {
            if (!written) {
                fail(written.error(), written.error().what);
                return;
            }
            list(
                kinds, m_environment.ns, PartOfLabel + u'=' + m_environment.id, [this](const Result<Members> &members) {
                    if (members)
                        writeMembers(*members);
                    else
                        fail(members.error(), members.error().what);
                });
        });
    }

    void writeMembers(const Members &members)
    {
        for (const Member &one : members) {
            if (one.resource.namespaced)
                m_paths.append(one.path());
        }
        const Result<kube::Resource> namespaces = store().api().find({}, u"Namespace"_s);
        if (m_environment.ownNamespace && namespaces)
            m_paths.append(namespaces->path({}, m_environment.ns));
        setTotal(static_cast<int>(m_paths.size()));
        writeNext(0);
    }

    void writeNext(qsizetype index)
    {
        setDone(static_cast<int>(index));
        if (index == m_paths.size()) {
            succeed(m_timeToLive == std::chrono::seconds::zero()
                    ? tr("%1 lives until it is deleted.").arg(m_environment.name)
                    : tr("%1 has a new time to live.").arg(m_environment.name));
            return;
        }
        ask(annotationRequest(m_paths[index], {{TimeToLiveAnnotation, timeToLiveText(m_timeToLive)}}),
            [this, index](const Result<QJsonObject> &written) {
                if (written || written.error().kind == Error::Kind::NotFound)
                    writeNext(index + 1);
                else
                    fail(written.error(), written.error().what);
            });
    }

    const Environment m_environment;
    const std::chrono::seconds m_timeToLive;
    QStringList m_paths;
};

} // namespace

actions::Job extendJob(const Environment &environment, std::chrono::seconds timeToLive)
{
    return {
        .title =
            QCoreApplication::translate("kdra::environments::Extension", "Extend environment %1").arg(environment.name),
        .target = environment.name,
        .make = [environment, timeToLive](
                    actions::Task &task, store::ClusterStore &store) -> std::unique_ptr<actions::Procedure> {
            return std::make_unique<Extension>(task, store, environment, timeToLive);
        }};
}

} // namespace kdra::environments
