// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/createsheet.h"

#include "base/whenfinished.h"
#include "environments/parameters.h"
#include "ui/common/widgets.h"
#include "ui/environments/differencedialog.h"
#include "ui/environments/lossdialog.h"
#include "ui/environments/namebox.h"
#include "ui/environments/networkbox.h"
#include "ui/environments/parameterform.h"
#include "ui/environments/partnamebox.h"
#include "ui/environments/placementbox.h"
#include "ui/environments/planview.h"
#include "ui/environments/timetolivebox.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <algorithm>

namespace kdra::ui {

using environments::Part;
using environments::Plan;
using environments::Spec;
using environments::Target;
using Purpose = CreateContext::Purpose;

namespace {

QString titleOf(const CreateContext &context)
{
    const QString name = context.spec ? context.spec->name : QString();
    const QString title = context.from->title.isEmpty() ? context.from->name : context.from->title;
    switch (context.purpose) {
    case Purpose::Clone:
        return CreateSheet::tr("Clone %1").arg(name);
    case Purpose::Change:
        return context.part.isEmpty() ? CreateSheet::tr("Change %1").arg(name)
                                      : CreateSheet::tr("Change %1 of %2").arg(title, name);
    case Purpose::Add:
        return CreateSheet::tr("Add %1 to %2", "template and environment").arg(title, name);
    case Purpose::Move:
        return CreateSheet::tr("Move %1").arg(name);
    case Purpose::Create:
        break;
    }
    return CreateSheet::tr("Create %1").arg(title);
}

QString verbOf(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Change:
        return CreateSheet::tr("Apply");
    case Purpose::Move:
        return CreateSheet::tr("Move");
    case Purpose::Add:
        return CreateSheet::tr("Add");
    case Purpose::Create:
    case Purpose::Clone:
        break;
    }
    return CreateSheet::tr("Create");
}

} // namespace

CreateSheet::CreateSheet(const Theme &theme, CreateContext context, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_context(std::move(context))
    , m_why(new Banner(theme))
    , m_scroll(new QScrollArea)
    , m_name(new NameBox(theme, m_context.namespaces))
    , m_form(new ParameterForm(
          theme, *m_context.from, m_context.values(), m_context.isFixed() && m_context.purpose != Purpose::Add))
    , m_placement(new PlacementBox(theme, m_context.sites, m_context.nodes))
    , m_timeToLive(new TimeToLiveBox(theme))
    , m_network(new NetworkBox(theme, m_context.from->capabilities.contains(QLatin1StringView("ingress"))))
    , m_plan(new PlanView(theme, bool(m_context.dryRun), m_context.isFixed()))
    , m_obstacle(makeLabel(theme, Theme::FontRole::Small))
    , m_create(makePrimaryButton(verbOf(m_context.purpose)))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(titleOf(m_context));
    setSizeGripEnabled(true);

    QLabel *title = makeLabel(theme, Theme::FontRole::Title, windowTitle());
    title->setWordWrap(true);
    QLabel *about = makeLabel(theme, Theme::FontRole::Small, m_context.from->description, true);
    about->setWordWrap(true);
    about->setVisible(!m_context.from->description.isEmpty());
    QLabel *cluster = makeLabel(theme, Theme::FontRole::Small,
        m_context.marks.production ? tr("Cluster %1, marked production").arg(m_context.cluster)
                                   : tr("Cluster %1").arg(m_context.cluster),
        !m_context.marks.production);
    if (m_context.marks.production)
        cluster->setObjectName(QStringLiteral("failing"));
    auto *head = new QVBoxLayout;
    head->setContentsMargins(Metrics::space5, Metrics::space4, Metrics::space5, Metrics::space3);
    head->setSpacing(Metrics::space1);
    head->addWidget(title);
    head->addWidget(about);
    head->addWidget(cluster);

    auto *parts = new QHBoxLayout;
    parts->setSpacing(0);
    parts->addWidget(makeForm(), 5);
    m_plan->setContentsMargins(Metrics::space4, Metrics::space2, Metrics::space5, Metrics::space3);
    parts->addWidget(m_plan, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_why);
    column->addLayout(parts, 1);
    column->addWidget(makeFoot());

    fill();
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &CreateSheet::makePlan);
    connect(m_name, &NameBox::changed, this, &CreateSheet::changed);
    if (m_partName)
        connect(m_partName, &PartNameBox::changed, this, &CreateSheet::changed);
    connect(m_form, &ParameterForm::changed, this, &CreateSheet::changed);
    connect(m_placement, &PlacementBox::changed, this, &CreateSheet::changed);
    connect(m_timeToLive, &TimeToLiveBox::changed, this, &CreateSheet::changed);
    connect(m_network, &NetworkBox::changed, this, &CreateSheet::changed);
    connect(m_plan, &PlanView::agreementChanged, this, &CreateSheet::judge);
    connect(m_plan, &PlanView::tryRequested, this, &CreateSheet::tryPlan);
    for (const auto keys : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(QKeySequence(Qt::CTRL | keys), this), &QShortcut::activated, this, &CreateSheet::create);
    makePlan();
    judge();

    // Less to scroll where there is room.
    constexpr int least = 660;
    constexpr int most = 900;
    QSize size(820, parent ? std::clamp(parent->height() * 4 / 5, least, most) : least);
    if (const QScreen *where = screen())
        size = size.boundedTo(where->availableSize() - QSize(40, 60));
    resize(size);
}

QWidget *CreateSheet::makeFoot()
{
    auto *foot = new QFrame;
    foot->setObjectName(QStringLiteral("drawer"));
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(Metrics::space5, Metrics::space3, Metrics::space5, Metrics::space3);
    column->setSpacing(Metrics::space2);
    if (m_context.marks.production) {
        m_confirmation = new QLineEdit;
        QLabel *label = makeLabel(m_theme, Theme::FontRole::Strong);
        label->setWordWrap(true);
        const auto name = [this, label] {
            label->setText(tr("Type %1 to confirm").arg(m_name->name()));
            m_confirmation->setAccessibleName(label->text());
        };
        connect(m_name, &NameBox::changed, this, name);
        connect(m_confirmation, &QLineEdit::textChanged, this, &CreateSheet::judge);
        column->addWidget(label);
        column->addWidget(m_confirmation);
    }
    auto *cancel = new QPushButton(tr("Cancel"));
    for (QPushButton *button : {cancel, m_create})
        button->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &CreateSheet::create);
    m_obstacle->setWordWrap(true);
    m_obstacle->setObjectName(QStringLiteral("dim"));
    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics::space2);
    row->addWidget(m_obstacle, 1);
    row->addWidget(cancel, 0, Qt::AlignBottom);
    row->addWidget(m_create, 0, Qt::AlignBottom);
    column->addLayout(row);
    return foot;
}

void CreateSheet::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (m_context.purpose == Purpose::Move)
        m_placement->kindBox().setFocus();
    else if (m_partName)
        m_partName->edit().setFocus();
    else if (m_context.purpose != Purpose::Change)
        m_name->nameEdit().setFocus();
}

void CreateSheet::changed()
{
    constexpr auto pause = std::chrono::milliseconds(150);
    m_ready.reset();
    m_planProblem.clear();
    // An answer that is still to come is of what was there before.
    m_latest.cancel();
    m_due.start(pause);
    judge();
}

void CreateSheet::makePlan()
{
    m_due.stop();
    if (!formProblem().isEmpty())
        return;
    Spec wanted = spec();
    Result<environments::Values> values = environments::completeValues(*m_context.from, editedValues(wanted));
    if (!values) {
        showPlan(std::unexpected(values.error()));
        return;
    }
    for (const environments::Parameter &parameter : m_context.from->parameters) {
        if (parameter.type == environments::ParameterType::Secret && !parameter.given
            && values->contains(parameter.name))
            m_secrets.insert(parameter.name, values->value(parameter.name));
    }
    editedValues(wanted) = *std::move(values);
    struct Made {
        Result<Plan> plan;
        environments::Loss loss = {};
    };
    const auto before = m_context.isFixed() ? m_context.spec : std::nullopt;
    whenFinished(QtConcurrent::run([wanted = std::move(wanted), before, api = m_context.api,
                                       adds = m_context.purpose == Purpose::Add] {
        Made made{.plan = environments::makePlan(wanted, api)};
        if (!made.plan || !before)
            return made;
        const Result<Plan> is = environments::makePlan(*before, api);
        if (is)
            made.loss = environments::lossOf(*is, *made.plan);
        if (adds)
            made.plan = is.transform([&](const Plan &there) { return environments::asChangeOf(*made.plan, there); });
        return made;
    }),
        this, [this, token = m_latest.next()](const Made &made) {
            if (!token.isCurrent())
                return;
            m_loss = made.loss;
            showPlan(made.plan);
        });
}

// Of what is there and what comes, only what the sheet is about is asked for now.
const environments::Demand &CreateSheet::judgedDemand() const
{
    return m_context.isFixed() ? m_ready->demandOfPart(editedPart()) : m_ready->demand;
}

void CreateSheet::showPlan(const Result<Plan> &plan)
{
    if (!plan) {
        m_planProblem = plan.error().text();
        m_plan->clear(m_planProblem);
        judge();
        return;
    }
    m_ready = *plan;
    m_plan->setPlan(*m_ready, judgedDemand());
    updateVerdict();
}

void CreateSheet::updateVerdict()
{
    if (!m_ready)
        return;
    environments::Verdict verdict;
    if (m_context.verdict)
        verdict = m_context.verdict(*m_ready, judgedDemand(), target());
    m_plan->setVerdict(verdict);
    m_fit = verdict.fit;
    const bool fits = verdict.fit != environments::Fit::DoesNotFit;
    m_create->setText(fits ? verbOf(m_context.purpose) : tr("%1 anyway", "verb").arg(verbOf(m_context.purpose)));
    judge();
}

QString CreateSheet::obstacle() const
{
    if (m_context.marks.readOnly)
        return tr("The cluster is marked read-only.");
    if (const QString problem = formProblem(); !problem.isEmpty())
        return problem;
    if (!m_planProblem.isEmpty())
        return m_planProblem;
    if (!m_ready)
        return tr("The plan is being made…");
    if (const QStringList missing = m_plan->notAgreed(); !missing.isEmpty())
        return tr("%1 works outside of the namespace: tick its box if that is what you want.").arg(missing.first());
    if (m_confirmation && m_confirmation->text().trimmed() != m_name->name())
        return tr("Type %1 to confirm.").arg(m_name->name());
    return {};
}

void CreateSheet::judge()
{
    const QString text = obstacle();
    m_obstacle->setText(text);
    m_create->setEnabled(text.isEmpty());
    m_create->setToolTip(text.isEmpty() ? tr("Ctrl+Return") : text);
    m_create->setAccessibleDescription(text);
    Q_EMIT judged();
}

bool CreateSheet::isPlanning() const
{
    return !m_ready && m_planProblem.isEmpty() && formProblem().isEmpty();
}

void CreateSheet::tellWhyItAsks(const QString &reason)
{
    m_why->tell(store::Severity::Warning, reason);
    setAccessibleDescription(reason);
}

void CreateSheet::tryPlan()
{
    if (m_ready && m_context.dryRun)
        (new DifferenceDialog(m_theme, m_context.dryRun(*m_ready), this))->open();
}

void CreateSheet::create()
{
    if (!obstacle().isEmpty())
        return;
    if (!m_loss.objects.isEmpty() || !m_loss.claims.isEmpty()) {
        askForLoss();
        return;
    }
    Q_EMIT agreed(*m_ready);
    accept();
}

// For exactly this plan: the sheet waits behind the question.
void CreateSheet::askForLoss()
{
    const LossDialog::Words words{.title = windowTitle(),
        .text = tr("With this change, these objects of %1 are deleted.").arg(m_name->name()),
        .verb = verbOf(m_context.purpose)};
    // Where the cluster is marked production, the sheet has asked for the name already: once more only for data.
    auto *dialog = new LossDialog(m_theme, words, m_name->name(), m_loss, {}, this);
    connect(dialog, &LossDialog::agreed, this, [this, plan = *m_ready] {
        Q_EMIT agreed(plan);
        accept();
    });
    dialog->open();
}

} // namespace kdra::ui
