// SPDX-License-Identifier: GPL-3.0-or-later
// The left side of the sheet: what is asked, what it begins with, and what was answered.
#include "ui/common/widgets.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/namebox.h"
#include "ui/environments/networkbox.h"
#include "ui/environments/parameterform.h"
#include "ui/environments/partnamebox.h"
#include "ui/environments/placementbox.h"
#include "ui/environments/timetolivebox.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using environments::Part;
using environments::Spec;
using environments::Target;
using Purpose = CreateContext::Purpose;

QWidget *CreateSheet::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(Metrics::space5, 0, Metrics::space4, Metrics::space4);
    column->setSpacing(Metrics::space1);
    const auto add = [&](const QString &title, QWidget *part) {
        column->addWidget(makeSectionTitle(m_theme, title));
        column->addWidget(part);
        column->addSpacing(Metrics::space2);
    };
    // Whoever moves an environment came for the placement.
    const bool placementFirst = m_context.purpose == Purpose::Move;
    if (m_context.purpose == Purpose::Add) {
        m_partName = new PartNameBox(m_theme, *m_context.spec, m_context.from->name, m_context.takenNames);
        add(tr("Environment"), m_name);
        add(tr("Name of what is added"), m_partName);
    } else {
        add(tr("Name"), m_name);
    }
    if (placementFirst)
        add(tr("Placement"), m_placement);
    if (m_context.from->parameters.isEmpty())
        m_form->hide();
    else
        add(tr("Parameters"), m_form);
    if (!placementFirst)
        add(tr("Placement"), m_placement);
    // Of one that is there it is changed by extending it.
    if (m_context.isFixed())
        m_timeToLive->hide();
    else
        add(tr("Time to live"), m_timeToLive);
    if (!m_context.isAboutPart())
        add(tr("Network"), m_network);
    else if (m_context.from->capabilities.contains(QLatin1StringView("ingress")))
        add(tr("Host name"), m_network);
    else
        m_network->hide();
    column->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_form, m_timeToLive, m_network}) {
        if (!part->parentWidget())
            part->setParent(form);
    }

    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(form);
    m_scroll->setMinimumSize(300, 160);
    return m_scroll;
}

void CreateSheet::fill()
{
    const Target &target = m_context.defaults;
    QString reason = m_context.reason;
    if (const std::optional<Spec> &spec = m_context.spec) {
        const Part *part = m_context.changedPart();
        m_network->setNetwork(spec->network);
        if (m_context.isAboutPart())
            m_network->fixNetwork();
        if (m_context.purpose != Purpose::Add)
            m_network->setHost(part ? part->host : spec->host);
        m_timeToLive->setTimeToLive(spec->timeToLive);
        m_placement->setPlacement(part ? part->placement : spec->placement);
        if (!m_context.isAboutPart() && !spec->parts.isEmpty())
            reason = tr("What was added to it goes along, unless it was placed elsewhere.");
        if (m_context.isFixed()) {
            m_name->fix(spec->name, spec->ns, spec->ownNamespace);
            const environments::Values values = m_context.values();
            for (const environments::Parameter &parameter : m_context.from->parameters) {
                if (parameter.type == environments::ParameterType::Secret && values.contains(parameter.name))
                    m_secrets.insert(parameter.name, values.value(parameter.name));
            }
        }
    }
    if (!m_context.isFixed()) {
        const QString stem = m_context.spec ? m_context.spec->name : m_context.from->name;
        const QString ns = target.kind == Target::Kind::Namespace ? target.name
            : m_context.spec && !m_context.spec->ownNamespace     ? m_context.spec->ns
                                                                  : QString();
        m_name->setName(proposedName(stem, m_context.namespaces), ns);
        // A second one of the same name would take the first one's visitors.
        if (m_context.purpose == Purpose::Clone)
            m_network->setHost({});
    }
    if (target.kind == Target::Kind::Site || target.kind == Target::Kind::Node)
        m_placement->setTarget(target);
    m_placement->setReason(reason);
}

// The environment as it is, but for the part that is added or changed.
Spec CreateSheet::specWithPart() const
{
    Spec spec = *m_context.spec;
    Part part{.name = editedPart(),
        .from = m_context.from,
        .values = m_form->values(),
        .placement = m_placement->placement(),
        .host = m_network->host()};
    part.values.insert(m_secrets);
    const auto at = std::ranges::find(spec.parts, m_context.part, &Part::name);
    if (m_context.purpose != Purpose::Add && at != spec.parts.end())
        *at = part;
    else
        spec.parts.append(part);
    return spec;
}

QString CreateSheet::editedPart() const
{
    return m_partName ? m_partName->name() : m_context.part;
}

environments::Values &CreateSheet::editedValues(Spec &spec) const
{
    const auto at = std::ranges::find(spec.parts, editedPart(), &Part::name);
    return m_context.isAboutPart() && at != spec.parts.end() ? at->values : spec.values;
}

Spec CreateSheet::spec() const
{
    if (m_context.isAboutPart())
        return specWithPart();
    Spec spec{.name = m_name->name(),
        .ns = m_name->ns(),
        .ownNamespace = m_name->ownNamespace(),
        .owner = m_context.isFixed() ? m_context.spec->owner : m_context.owner,
        .from = m_context.from,
        .values = m_form->values(),
        .placement = m_placement->placement(),
        .network = m_network->network(),
        .host = m_network->host(),
        .timeToLive = m_context.isFixed() ? m_context.spec->timeToLive
                                          : m_timeToLive->timeToLive().value_or(std::chrono::seconds(0))};
    spec.values.insert(m_secrets);
    if (const std::optional<Spec> &before = m_context.spec) {
        spec.parts = environments::renamed(*before, spec.name).parts;
        if (m_context.isFixed())
            spec.noted = before->noted;
        for (Part &part : spec.parts) {
            if (part.placement == before->placement)
                part.placement = spec.placement;
            // A second one of the same name would take the first one's visitors.
            if (m_context.purpose == Purpose::Clone)
                part.host.clear();
        }
    }
    return spec;
}

// A site or a node says where; a namespace that is there says which quota counts.
Target CreateSheet::target() const
{
    Target target = m_placement->target();
    if (target.kind == Target::Kind::Cluster && (!m_name->ownNamespace() || m_context.isFixed()))
        target = {.kind = Target::Kind::Namespace, .name = m_name->ns()};
    target.ns = m_name->ns();
    return target;
}

QString CreateSheet::formProblem() const
{
    for (const QString &problem : {m_name->problem(), m_partName ? m_partName->problem() : QString(), m_form->problem(),
             m_placement->problem(), m_context.isFixed() ? QString() : m_timeToLive->problem(), m_network->problem()}) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace kdra::ui
