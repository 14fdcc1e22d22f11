// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk does to environments that are there: another template added, parts changed and removed, a change taken
// back.
#include "base/whenfinished.h"
#include "ui/environmentdesk.h"
#include "ui/session.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace kdra::ui {

using namespace environments;

void EnvironmentDesk::add(const QString &templateId, const QString &ns, const QString &environment)
{
    const TemplatePtr from = m_library.find(templateId);
    if (!from || !m_session.current() || !m_session.models().snapshot())
        return;
    const QList<Environment> &all = m_watch.environments();
    const auto at =
        std::ranges::find_if(all, [&](const Environment &one) { return one.name == environment && one.ns == ns; });
    if (at == all.end() || !at->isOurs()) {
        Q_EMIT failed(tr("Nothing can be added to %1").arg(environment),
            Error{.kind = Error::Kind::NotFound,
                .what = tr("There is no environment %1 in namespace %2 that KDRA has made.").arg(environment, ns)});
        return;
    }
    QStringList taken;
    for (const Environment &one : all) {
        if (one.ns == ns && one.name != environment)
            taken.append(one.name);
    }
    withSpec(*at, [this, from, taken, environment](const Spec &spec) {
        const Result<Spec> whole = completed(spec);
        if (!whole) {
            Q_EMIT failed(tr("Nothing can be added to %1").arg(environment), whole.error());
            return;
        }
        CreateContext context = this->context(from);
        context.purpose = CreateContext::Purpose::Add;
        context.spec = *whole;
        context.takenNames = taken;
        open(context);
    });
}

void EnvironmentDesk::openFor(CreateContext::Purpose purpose, const Environment &environment, const QString &part)
{
    withSpec(environment, [this, purpose, part](Spec spec) {
        const Part *changed = partOf(spec, part);
        CreateContext context = this->context(changed ? changed->from : spec.from);
        context.purpose = purpose;
        context.part = changed ? changed->name : QString();
        // Another one has secrets of its own.
        if (purpose == CreateContext::Purpose::Clone) {
            for (const Parameter &one : spec.from->parameters) {
                if (one.type == ParameterType::Secret)
                    spec.values.remove(one.name);
            }
            // Those that users were given elsewhere are asked for again in the first template only.
            for (Part &added : spec.parts) {
                for (const Parameter &one : added.from->parameters) {
                    if (one.type == ParameterType::Secret && !one.given)
                        added.values.remove(one.name);
                }
            }
        }
        context.spec = std::move(spec);
        open(context);
    });
}

void EnvironmentDesk::removePart(const Environment &environment, const QString &part)
{
    withSpec(environment, [this, environment, part](const Spec &spec) {
        const Result<Spec> before = completed(spec);
        if (!before || !partOf(*before, part)) {
            Q_EMIT failed(tr("%1 cannot be removed").arg(part),
                before ? Error{.kind = Error::Kind::NotFound, .what = tr("It is not part of %1.").arg(spec.name)}
                       : before.error());
            return;
        }
        Spec after = *before;
        after.parts.removeIf([&](const Part &one) { return one.name == part; });
        withChange(environment, *before, after, [this, environment, part](const Plan &is, const Plan &shall) {
            const LossDialog::Words words{.title = tr("Remove %1 from %2").arg(part, environment.name),
                .text = tr("These objects are deleted. Everything else of %1 stays as it is.").arg(environment.name),
                .verb = tr("Remove")};
            confirm(words, is, shall);
        });
    });
}

void EnvironmentDesk::takeBack(const Environment &environment)
{
    store::ClusterStore *store = m_session.current();
    if (!store)
        return;
    withSpec(environment, [this, environment, store = QPointer(store)](const Spec &half) {
        if (!store)
            return;
        withAnswer(readFormerSpec(store->client(), store->api(), environment), environment,
            [this, environment, half](const Spec &former) {
                withChange(environment, half, former, [this, environment](const Plan &is, const Plan &shall) {
                    const LossDialog::Words words{.title = tr("Roll back the change of %1").arg(environment.name),
                        .text = lossOf(is, shall).objects.isEmpty()
                            ? tr("%1 becomes what it was before the change.").arg(environment.name)
                            : tr("%1 becomes what it was before the change; what came with the change is deleted.")
                                  .arg(environment.name),
                        .verb = tr("Roll back")};
                    confirm(words, is, shall);
                });
            });
    });
}

void EnvironmentDesk::confirm(const LossDialog::Words &words, const Plan &is, const Plan &shall)
{
    auto *dialog =
        new LossDialog(m_session.theme(), words, is.spec.name, lossOf(is, shall), m_session.marks(), m_window);
    connect(dialog, &LossDialog::agreed, this,
        [this, runner = QPointer(m_session.runner()), is, shall] { carryOut(runner, {asChangeOf(shall, is), true}); });
    dialog->open();
}

void EnvironmentDesk::withChange(const Environment &environment, const Spec &before, const Spec &after,
    std::function<void(const Plan &, const Plan &)> use)
{
    using Plans = std::pair<Plan, Plan>;
    whenFinished(QtConcurrent::run([before, after, api = m_session.current()->api()] {
        return makePlan(before, api).and_then([&](const Plan &is) {
            return makePlan(after, api).transform([&](const Plan &shall) { return Plans(is, shall); });
        });
    }),
        this, [this, environment, use = std::move(use), id = m_session.currentId()](const Result<Plans> &plans) {
            if (id != m_session.currentId())
                return;
            if (plans)
                use(plans->first, plans->second);
            else
                Q_EMIT failed(tr("%1 cannot be planned").arg(environment.name), plans.error());
        });
}

} // namespace kdra::ui
