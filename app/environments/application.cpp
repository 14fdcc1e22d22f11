// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/application.h"

#include "actions/metadata.h"
#include "actions/requests.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "kube/answer.h"
#include "kube/serverapply.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

Error taken(const PlannedObject &object)
{
    return Error{.kind = Error::Kind::Conflict,
        .what = Application::tr("%1 exists already and is not part of this environment.").arg(object.display()),
        .where = object.path(),
        .remedy = Application::tr("Choose another name or another namespace.")};
}

Error conflicting(Error error, const PlannedObject &object, const QList<kube::FieldConflict> &conflicts)
{
    QStringList fields;
    for (const kube::FieldConflict &one : conflicts)
        fields.append(Application::tr("%1 (managed by %2)", "a field and a manager").arg(one.field, one.manager));
    error.what =
        Application::tr("%1: somebody else manages %2.").arg(object.display(), QLocale().createSeparatedList(fields));
    error.where = object.path();
    error.remedy = Application::tr("Keep theirs, or apply again and take the fields over.");
    return error;
}

} // namespace

Application::Application(Steps &steps, const Plan &plan, bool force)
    : QObject(&steps)
    , m_steps(steps)
    , m_plan(plan)
    , m_force(force)
{
}

void Application::start(Done done)
{
    m_done = std::move(done);
    next();
}

void Application::next()
{
    while (m_next < m_plan.objects.size() && m_plan.kept.contains(m_plan.objects[m_next].path()))
        ++m_next;
    Q_EMIT advanced();
    if (m_halted)
        finish(std::unexpected(kube::cancelledError()));
    else if (m_next == m_plan.objects.size())
        finish({});
    else
        look(m_plan.objects[m_next]);
}

void Application::look(const PlannedObject &object)
{
    m_steps.tell(tr("Applying %1.").arg(object.display()));
    kube::Request request = actions::getRequest(object.path());
    request.accept = actions::MetadataOnly;
    m_steps.ask(request, [this, &object](const Result<QJsonObject> &there) {
        const bool isOurs = there && valueAt(*there, {u"metadata"_s, u"labels"_s, PartOfLabel}).toString() == m_plan.id;
        if (m_halted)
            finish(std::unexpected(kube::cancelledError()));
        else if (there && !isOurs)
            finish(std::unexpected(taken(object)));
        else if (there || there.error().kind == Error::Kind::NotFound)
            write(object, m_force);
        else
            finish(std::unexpected(there.error()));
    });
}

void Application::write(const PlannedObject &object, bool force)
{
    m_steps.ask(kube::applyRequest(object.path(), object.object, {.fieldManager = Manager, .force = force}),
        [this, &object, force](const Result<QJsonObject> &answer) {
            if (answer) {
                if (const std::optional<store::Kind> kind = watchedKindOf(object.resource)) {
                    m_written.append({{*kind, store::Uid::parse(actions::uidOf(*answer).toStdString())},
                        actions::resourceVersionOf(*answer).toULongLong()});
                }
                ++m_next;
                m_replaced = false;
                next();
                return;
            }
            const bool isJob = object.resource.kind == "Job"_L1;
            if (isJob && answer.error().kind == Error::Kind::Invalid && !std::exchange(m_replaced, true)) {
                replace(object);
                return;
            }
            const QList<kube::FieldConflict> conflicts = kube::conflictsOf(answer.error());
            const bool onlyOurs = !conflicts.isEmpty()
                && std::ranges::all_of(conflicts, [](const auto &one) { return one.manager == Manager; });
            if (onlyOurs && !force)
                write(object, true);
            else if (!conflicts.isEmpty())
                finish(std::unexpected(conflicting(answer.error(), object, conflicts)));
            else
                finish(std::unexpected(answer.error()));
        });
}

// spec.template of a Job is immutable (batch/v1 validation).
void Application::replace(const PlannedObject &object)
{
    m_steps.remember(tr("%1 cannot be changed: it is made anew.").arg(object.display()));
    const QJsonObject options{
        {"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "DeleteOptions"_L1}, {"propagationPolicy"_L1, "Background"_L1}};
    m_steps.ask(actions::deleteRequest(object.path(), options), [this, &object](const Result<QJsonObject> &answer) {
        if (answer || answer.error().kind == Error::Kind::NotFound)
            write(object, m_force);
        else
            finish(std::unexpected(answer.error()));
    });
}

void Application::finish(const Result<void> &result)
{
    if (const Done done = std::exchange(m_done, {}))
        done(result);
}

} // namespace kdra::environments
