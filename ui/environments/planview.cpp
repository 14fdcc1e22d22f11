// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/planview.h"

#include "base/quantity.h"
#include "models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"
#include "ui/environments/checkline.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using environments::Fit;
using environments::Plan;

namespace {

// What comes after each other in an environment, as headings.
QString stageOf(const QString &groupKind)
{
    const QString kind = groupKind.section(u'.', 0, 0);
    const auto isOneOf = [&kind](std::initializer_list<QLatin1StringView> kinds) {
        return std::ranges::find(kinds, kind) != kinds.end();
    };
    using View = QLatin1StringView;
    if (isOneOf({View("ResourceQuota"), View("LimitRange")}))
        return PlanView::tr("Quota and limits");
    if (kind.endsWith(View("NetworkPolicy")))
        return PlanView::tr("Network policies");
    if (isOneOf({View("ServiceAccount"), View("Role"), View("RoleBinding"), View("ClusterRole"),
            View("ClusterRoleBinding")}))
        return PlanView::tr("Accounts and roles");
    if (isOneOf({View("ConfigMap"), View("Secret")}))
        return PlanView::tr("Configuration and secrets");
    if (isOneOf({View("PersistentVolumeClaim"), View("PersistentVolume"), View("StorageClass")}))
        return PlanView::tr("Storage");
    if (kind == View("Service"))
        return PlanView::tr("Services");
    if (isOneOf({View("Deployment"), View("StatefulSet"), View("DaemonSet"), View("Job"), View("CronJob"), View("Pod"),
            View("ReplicaSet")}))
        return PlanView::tr("Workloads");
    if (kind == View("Ingress"))
        return PlanView::tr("Ways in");
    return PlanView::tr("Others");
}

QString fitText(Fit fit)
{
    switch (fit) {
    case Fit::Fits:
        return PlanView::tr("Fits");
    case Fit::Tight:
        return PlanView::tr("Fits, but it is tight");
    case Fit::DoesNotFit:
        return PlanView::tr("Does not fit");
    case Fit::Unknown:
        break;
    }
    return PlanView::tr("Not known yet whether it fits");
}

store::Severity severityOf(Fit fit)
{
    switch (fit) {
    case Fit::Fits:
        return store::Severity::Healthy;
    case Fit::Tight:
        return store::Severity::Warning;
    case Fit::DoesNotFit:
        return store::Severity::Failing;
    case Fit::Unknown:
        break;
    }
    return store::Severity::Unknown;
}

} // namespace

PlanView::PlanView(const Theme &theme, bool canTry, bool isThere, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_isThere(isThere)
    , m_glyph(new GlyphLabel(theme))
    , m_verdict(makeLabel(theme, Theme::FontRole::Strong))
    , m_reasons(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_estimate(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_count(makeSectionTitle(theme, {}))
    , m_objects(new QTreeWidget)
    , m_agreementColumn(new QVBoxLayout)
    , m_try(new QPushButton(tr("Show what the server would do")))
{
    m_verdict->setWordWrap(true);
    m_reasons->setWordWrap(true);
    m_estimate->setWordWrap(true);
    m_objects->setHeaderHidden(true);
    m_objects->setRootIsDecorated(false);
    m_objects->setIndentation(Metrics::space3);
    m_objects->setUniformRowHeights(true);
    m_objects->setItemDelegate(new CellDelegate(theme, m_objects));
    m_objects->setSelectionMode(QAbstractItemView::SingleSelection);
    m_objects->setAccessibleName(tr("Objects in the order in which they are made"));
    m_objects->setMinimumHeight(4 * Metrics::rowHeight);
    m_objects->setFrameShape(QFrame::NoFrame);
    m_agreementColumn->setSpacing(Metrics::space1);
    m_try->setAutoDefault(false);
    m_try->setVisible(canTry);
    m_try->setToolTip(tr("A dry run: the server checks every object and says what would change; nothing is changed."));

    auto *head = new QHBoxLayout;
    head->setSpacing(Metrics::space2);
    head->addWidget(m_glyph, 0, Qt::AlignTop);
    head->addWidget(m_verdict, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    column->addLayout(head);
    column->addWidget(m_reasons);
    column->addWidget(m_estimate);
    column->addWidget(m_count);
    column->addWidget(m_objects, 1);
    column->addLayout(m_agreementColumn);
    column->addSpacing(Metrics::space1);
    column->addWidget(m_try);
    connect(m_try, &QPushButton::clicked, this, &PlanView::tryRequested);
    clear({});
}

void PlanView::clear(const QString &text)
{
    setVerdict({.fit = Fit::Unknown, .reasons = text.isEmpty() ? QStringList() : QStringList{text}});
    if (!text.isEmpty()) {
        m_verdict->setText(tr("It cannot be made like this"));
        m_glyph->setSeverity(store::Severity::Failing);
    }
    m_estimate->clear();
    m_estimate->hide();
    m_try->setEnabled(false);
    m_objects->clear();
    m_shown.clear();
    m_count->setText((m_isThere ? tr("What it will consist of") : tr("What will be made")).toUpper());
}

void PlanView::setVerdict(const environments::Verdict &verdict)
{
    m_glyph->setSeverity(severityOf(verdict.fit));
    m_verdict->setText(fitText(verdict.fit));
    m_reasons->setText(verdict.reasons.join(u'\n'));
    m_reasons->setVisible(!verdict.reasons.isEmpty());
}

QString PlanView::heading() const
{
    return m_count->text();
}

QString PlanView::verdictText() const
{
    return m_verdict->text() + u'\n' + m_reasons->text();
}

void PlanView::setPlan(const Plan &plan, const environments::Demand &demand)
{
    m_try->setEnabled(true);
    showEstimate(demand);
    showObjects(plan);
    showAgreements(plan.clusterScoped());
}

void PlanView::showEstimate(const environments::Demand &demand)
{
    QStringList parts{tr("%n pod(s)", nullptr, demand.podCount())};
    if (std::ranges::any_of(demand.pods, &environments::PodDemand::everyNode))
        parts.append(tr("one more on each node that takes it"));
    if (demand.cpuMilli() > 0)
        parts.append(tr("%1 CPU cores").arg(formatCores(demand.cpuMilli())));
    if (demand.memory() > 0)
        parts.append(tr("%1 of memory").arg(formatBytes(demand.memory())));
    if (demand.storage > 0)
        parts.append(tr("%1 of storage").arg(formatBytes(demand.storage)));
    m_estimate->setText(tr("Asks for %1.").arg(QLocale().createSeparatedList(parts)));
    m_estimate->show();
}

void PlanView::showObjects(const Plan &plan)
{
    const bool isAddition = !plan.kept.isEmpty();
    const bool makesNamespace = plan.spec.ownNamespace && !m_isThere;
    QStringList texts;
    if (makesNamespace)
        texts.append(plan.spec.ns);
    for (const environments::PlannedObject &object : plan.objects)
        texts.append(object.groupKind() + object.display());
    // The tree stays where the user scrolled it while only values change.
    const QString shown = texts.join(u'\n');
    if (shown == m_shown)
        return;
    m_shown = shown;
    m_objects->clear();
    const auto count = static_cast<int>(texts.size() - plan.kept.size());
    m_count->setText((isAddition ? tr("What will be added: %n object(s)", nullptr, count)
            : m_isThere          ? tr("What it will consist of: %n object(s)", nullptr, count)
                                 : tr("What will be made: %n object(s)", nullptr, count))
            .toUpper());
    QTreeWidgetItem *first = nullptr; // of what is new
    QTreeWidgetItem *stage = nullptr;
    const auto add = [&](const QString &title, const QString &display, const QString &where, bool isNew = false) {
        if (!stage || stage->text(0) != title) {
            stage = new QTreeWidgetItem(m_objects, {title});
            stage->setFlags(Qt::ItemIsEnabled);
            QFont strong = m_objects->font();
            strong.setWeight(QFont::DemiBold);
            stage->setFont(0, strong);
        }
        auto *item = new QTreeWidgetItem(stage, {isNew ? tr("New: %1", "object").arg(display) : display});
        item->setToolTip(0, where);
        if (isNew)
            item->setData(0, models::SeverityRole, static_cast<int>(store::Severity::Progressing));
        first = first || !isNew ? first : item;
    };
    if (makesNamespace)
        add(tr("Namespace"), tr("Namespace %1").arg(plan.spec.ns), {});
    for (const environments::PlannedObject &object : plan.objects)
        add(stageOf(object.groupKind()), object.display(), object.where,
            isAddition && !plan.kept.contains(object.path()));
    m_objects->expandAll();
    if (first)
        m_objects->scrollToItem(first);
}

void PlanView::showAgreements(const QStringList &clusterScoped)
{
    for (auto it = m_agreements.begin(); it != m_agreements.end();) {
        if (clusterScoped.contains(it.key())) {
            ++it;
            continue;
        }
        delete it.value();
        it = m_agreements.erase(it);
    }
    for (const QString &display : clusterScoped) {
        if (m_agreements.contains(display))
            continue;
        auto *line = new CheckLine(m_theme, tr("Also makes %1, outside of the namespace").arg(display));
        line->setToolTip(tr("It works in the whole cluster. Tick the box if that is what you want."));
        connect(&line->box(), &QCheckBox::toggled, this, &PlanView::agreementChanged);
        m_agreementColumn->addWidget(line);
        m_agreements.insert(display, line);
    }
}

QStringList PlanView::notAgreed() const
{
    QStringList missing;
    for (const auto &[display, line] : m_agreements.asKeyValueRange()) {
        if (!line->box().isChecked())
            missing.append(display);
    }
    return missing;
}

} // namespace kdra::ui
