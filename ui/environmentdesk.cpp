// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environmentdesk.h"

#include "base/whenfinished.h"
#include "environments/placelabels.h"
#include "kube/serverapply.h"
#include "models/yaml.h"
#include "store/labels.h"
#include "ui/common/notice.h"
#include "ui/common/widgets.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/templatepalette.h"
#include "ui/environments/withoutreview.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/fleettree.h"
#include "ui/pages.h"
#include "ui/session.h"
#include "ui/topology/topologypage.h"

#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QtConcurrentRun>

namespace kdra::ui {
namespace {

using namespace environments;
using actions::Task;

// Blocks on the disk. Never writes over what is there: an export of yesterday may have been edited.
Result<QString> writeFiles(const QString &folder, const QList<ExportedFile> &files)
{
    const QDir dir(folder);
    if (!QDir().mkpath(folder)) {
        return std::unexpected(Error{.kind = Error::Kind::Local,
            .what = EnvironmentDesk::tr("The folder cannot be made."),
            .where = folder,
            .remedy = EnvironmentDesk::tr("Choose one in which you may write.")});
    }
    for (const ExportedFile &file : files) {
        const QString path = dir.filePath(file.name);
        if (QFileInfo::exists(path)) {
            return std::unexpected(Error{.kind = Error::Kind::Local,
                .what = EnvironmentDesk::tr("There is a file of this name already; nothing was overwritten."),
                .where = path,
                .remedy = EnvironmentDesk::tr("Choose an empty folder.")});
        }
    }
    for (const ExportedFile &file : files) {
        QSaveFile out(dir.filePath(file.name));
        if (!out.open(QIODevice::WriteOnly) || out.write(models::toYaml(file.object).toUtf8()) < 0 || !out.commit()) {
            return std::unexpected(Error{.kind = Error::Kind::Local,
                .what = EnvironmentDesk::tr("The file cannot be written: %1").arg(out.errorString()),
                .where = out.fileName(),
                .remedy = EnvironmentDesk::tr("Choose a folder in which you may write.")});
        }
    }
    return folder;
}

QList<NodeTaint> taintsOf(std::string_view list)
{
    QList<NodeTaint> taints;
    for (const auto lines = store::toQString(list).split(u'\n', Qt::SkipEmptyParts); const QString &line : lines) {
        const qsizetype colon = line.lastIndexOf(u':');
        const QString key = line.left(colon);
        taints.append({.key = key.section(u'=', 0, 0), .value = key.section(u'=', 1), .effect = line.mid(colon + 1)});
    }
    return taints;
}

} // namespace

EnvironmentDesk::EnvironmentDesk(Session &session, Pages &pages, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_pages(pages)
    , m_window(window)
    , m_library(TemplateLibrary::userFolder())
    , m_watch(session, m_library)
    , m_judge(session, m_library)
{
    connectPalette();
    connectPage();
    connect(&m_library, &TemplateLibrary::changed, this, &EnvironmentDesk::updateTemplates);
    connect(&m_watch, &EnvironmentWatch::changed, this, &EnvironmentDesk::update);
    connect(&session, &Session::marksChanged, this, [this] { m_pages.environments().setMarks(m_session.marks()); });
    connect(&session, &Session::published, this, [this](const store::Batch &batch) {
        if (batch.statesChanged)
            update();
    });
    updateTemplates();
    update();
}

EnvironmentDesk::~EnvironmentDesk() = default;

void EnvironmentDesk::connectPalette()
{
    TopologyPage &topology = m_pages.topology();
    topology.setDropSource([this](const QString &id) { return m_judge.advice(id); });
    connect(&topology, &TopologyPage::templateDropped, this,
        [this](const QString &id, const Target &target) { create(id, target); });
    connect(&m_pages.templates(), &TemplatePalette::chosen, this, [this](const QString &id) { create(id); });
    connect(&m_pages.templates(), &TemplatePalette::reviewRequested, this,
        [this](const QString &id) { create(id, {}, Review::Always); });
    connect(&m_pages.templates(), &TemplatePalette::pickedUp, &topology, &TopologyPage::pickUp);
    FleetTree &fleet = m_pages.fleet().tree();
    fleet.setDropSource([this](const QString &id) { return m_judge.advice(id); });
    connect(&fleet, &FleetTree::templateDropped, this,
        [this](const QString &id, const Target &target) { create(id, target); });
    connect(&topology, &TopologyPage::handedOver, this, [this, &fleet](const QString &id, const QString &title) {
        m_pages.showFleet();
        fleet.pickUp(id, title);
    });
    connect(&fleet, &FleetTree::handedOver, &topology, &TopologyPage::pickUp);
    connect(&fleet, &FleetTree::dropCancelled, &m_pages, &Pages::showTemplates);
}

void EnvironmentDesk::connectPage()
{
    EnvironmentsPage &page = m_pages.environments();
    page.setContentsReader([this](const Environment &environment) {
        store::ClusterStore *store = m_session.current();
        return store ? readContents(store->client(), store->api(), environment) : QFuture<Result<Contents>>();
    });
    connect(&page, &EnvironmentsPage::createRequested, &m_pages, &Pages::showTemplates);
    connect(&page, &EnvironmentsPage::reaperRequested, this,
        [this] { create(QStringLiteral("builtin:environment-reaper")); });
    connect(&page, &EnvironmentsPage::resumeRequested, this, &EnvironmentDesk::resume);
    connect(&page, &EnvironmentsPage::rollBackRequested, this,
        [this](const Environment &environment) { remove(environment, std::chrono::seconds(0)); });
    connect(&page, &EnvironmentsPage::deleteRequested, this,
        [this](const Environment &environment) { remove(environment, std::chrono::seconds(10)); });
    connect(&page, &EnvironmentsPage::pauseRequested, this,
        [this](const Environment &environment) { run(pauseJob(environment)); });
    connect(&page, &EnvironmentsPage::unpauseRequested, this,
        [this](const Environment &environment) { run(unpauseJob(environment)); });
    connect(&page, &EnvironmentsPage::extendRequested, this,
        [this](const Environment &environment, std::chrono::seconds time) { run(extendJob(environment, time)); });
    using Purpose = CreateContext::Purpose;
    connect(&page, &EnvironmentsPage::changeRequested, this,
        [this](const Environment &environment, const QString &part) { openFor(Purpose::Change, environment, part); });
    connect(&page, &EnvironmentsPage::moveRequested, this,
        [this](const Environment &environment) { openFor(Purpose::Move, environment, {}); });
    connect(&page, &EnvironmentsPage::cloneRequested, this,
        [this](const Environment &environment) { openFor(Purpose::Clone, environment, {}); });
    connect(&page, &EnvironmentsPage::addRequested, this,
        [this](const Environment &environment, const QString &id) { add(id, environment.ns, environment.name); });
    connect(&page, &EnvironmentsPage::removeRequested, this, &EnvironmentDesk::removePart);
    connect(&page, &EnvironmentsPage::takeBackRequested, this, &EnvironmentDesk::takeBack);
    connect(&page, &EnvironmentsPage::exportRequested, this, &EnvironmentDesk::exportTo);
}

void EnvironmentDesk::update()
{
    EnvironmentsPage &page = m_pages.environments();
    page.setEnvironments(m_watch.environments());
    page.setReaping(m_watch.reaping());
    showSecrets();
    static constexpr store::Kind kinds[] = {store::Kind::ApplySet, store::Kind::Deployment, store::Kind::StatefulSet,
        store::Kind::Pod, store::Kind::Namespace};
    page.setNotice(m_session.current() ? noticeOf(*m_session.current()->snapshot(), kinds) : Notice());
}

void EnvironmentDesk::updateTemplates()
{
    if (!m_library.isRead())
        return;
    QList<ui::TemplateProblem> problems;
    for (const environments::TemplateProblem &one : m_library.problems())
        problems.append({one.origin, one.error.text()});
    m_pages.templates().setTemplates(m_library.templates(), problems);
    m_pages.environments().setTemplates(m_library.templates());
}

CreateContext EnvironmentDesk::context(const TemplatePtr &from)
{
    store::ClusterStore *store = m_session.current();
    CreateContext context{.from = from, .api = store->api()};
    context.cluster = m_session.clusterNames().value(m_session.currentIndex());
    context.marks = m_session.marks();
    context.owner = labelValueOf(qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME")));
    context.namespaces = m_session.models().namespaces();
    const store::Snapshot &snapshot = *m_session.models().snapshot();
    QSet<QString> sites;
    snapshot.table<store::Kind::Node>().forEach([&](const store::Ref<store::NodeRecord> &node) {
        NodeChoice choice{.name = store::toQString(node.name()), .site = snapshot.string(node->zone)};
        const std::string_view labels = snapshot.view(node->meta.labels);
        const auto hostname = store::labelValue(labels, HostnameLabel);
        choice.siteLabel = store::toQString(siteLabelOf(labels));
        choice.hostname = hostname ? store::toQString(*hostname) : QString();
        choice.taints = taintsOf(node.text(node->taintList));
        if (!choice.site.isEmpty())
            sites.insert(choice.site);
        context.nodes.append(choice);
    });
    context.sites = sites.values();
    context.sites.sort();
    std::ranges::sort(context.nodes, {}, &NodeChoice::name);
    context.dryRun = [store = QPointer(store)](const Plan &plan) {
        return store ? environments::dryRun(store->client(), store->api(), plan) : QFuture<Result<QList<Difference>>>();
    };
    return context;
}

void EnvironmentDesk::create(const QString &templateId, const std::optional<Target> &target, Review review)
{
    const TemplatePtr from = m_library.find(templateId);
    if (!from || !m_session.current() || !m_session.models().snapshot())
        return;
    if (target && target->kind == Target::Kind::Environment) {
        add(templateId, target->ns, target->name);
        return;
    }
    CreateContext context = this->context(from);
    if (target && target->kind != Target::Kind::Cluster) {
        context.defaults = *target;
    } else {
        const Proposal proposal = m_judge.proposal(templateId);
        context.defaults = proposal.target;
        context.reason = proposal.reason;
    }
    if (review == Review::Always || !m_pages.templates().model().isUnreviewed(*from)) {
        open(context);
        return;
    }
    CreateSheet *sheet = makeSheet(context);
    createWithoutReview(*sheet, [this, sheet] { show(sheet); });
}

void EnvironmentDesk::open(CreateContext context)
{
    show(makeSheet(std::move(context)));
}

CreateSheet *EnvironmentDesk::makeSheet(CreateContext context)
{
    const bool isThere = context.isFixed();
    const bool adds = context.purpose == CreateContext::Purpose::Add;
    // Of several templates only the one that the sheet is about is judged: the others are there, or are looked at
    // later. Another cluster that is shown by then has nothing to say about this one.
    const std::optional<QString> replaced = adds ? std::nullopt : std::optional(context.part);
    context.verdict = [this, isThere, replaced, id = m_session.currentId()](
                          const Plan &plan, const Demand &demand, const Target &target) {
        return id == m_session.currentId() ? m_judge.verdict(plan, demand, target, isThere, replaced) : Verdict();
    };
    auto *sheet = new CreateSheet(m_session.theme(), std::move(context), m_window);
    connect(sheet, &CreateSheet::agreed, this,
        [this, runner = QPointer(m_session.runner()), isThere, adds](const Plan &plan) {
            QList<GeneratedSecret> secrets;
            // Of what was there before, they have been shown.
            if (adds || !isThere)
                secrets = generatedSecrets(plan.spec, adds ? plan.spec.parts.last().name : QString());
            carryOut(runner, {plan, isThere, secrets});
        });
    connect(&m_judge, &PlacementJudge::answered, sheet, &CreateSheet::updateVerdict);
    return sheet;
}

void EnvironmentDesk::show(CreateSheet *sheet)
{
    if (m_sheet)
        m_sheet->close();
    m_sheet = sheet;
    m_sheet->open();
}

void EnvironmentDesk::run(const actions::Job &job)
{
    if (actions::Runner *runner = m_session.runner()) {
        runner->start(job);
        Q_EMIT started();
    }
}

void EnvironmentDesk::remove(const Environment &environment, std::chrono::seconds delay)
{
    actions::Runner *runner = m_session.runner();
    if (!runner)
        return;
    Task *task = runner->start(deleteJob(environment, delay));
    connect(task, &Task::ended, this, [this, runner = QPointer(runner), task, environment] {
        if (runner && task->state() == Task::State::Succeeded)
            Q_EMIT removed(&runner->store(), environment.name, environment.ns, task->finished().toMSecsSinceEpoch());
    });
    Q_EMIT started();
}

void EnvironmentDesk::carryOut(const QPointer<actions::Runner> &runner, const Order &order, bool force)
{
    if (!runner)
        return;
    Task *task = runner->start(order.isThere ? changeJob(order.plan, force) : createJob(order.plan, force));
    if (!order.secrets.isEmpty())
        m_unshown.append({runner, task, order});
    connect(task, &Task::ended, this, [this, runner, task, order] { conclude(runner, *task, order); });
    Q_EMIT started();
    if (!order.isThere)
        m_pages.environments().select(order.plan.spec.ns, order.plan.spec.name);
}

void EnvironmentDesk::conclude(const QPointer<actions::Runner> &runner, const Task &task, const Order &order)
{
    const bool isUnshown = m_unshown.removeIf([&](const Unshown &one) { return one.task == &task; }) > 0;
    if (task.state() == Task::State::Cancelled)
        return;
    Q_EMIT notified(task.title(), task.step());
    if (task.error() && !kube::conflictsOf(*task.error()).isEmpty()) {
        offerTakingOver(runner, task, order);
        return;
    }
    const Spec &spec = order.plan.spec;
    const bool isApplied = task.state() == Task::State::Succeeded || failedLate(task, order.plan);
    if (isApplied && !order.isThere && runner)
        Q_EMIT created(&runner->store(), spec.name, spec.ns, task.started().toMSecsSinceEpoch());
    if (isApplied && isUnshown)
        showSecrets(order);
}

void EnvironmentDesk::showSecrets()
{
    QList<Order> applied;
    m_unshown.removeIf([&](const Unshown &one) {
        const bool isSeen = one.runner && one.runner == m_session.runner() && isApplied(one.order.plan);
        if (isSeen)
            applied.append(one.order);
        return isSeen || !one.runner;
    });
    for (const Order &order : std::as_const(applied))
        showSecrets(order);
}

void EnvironmentDesk::showSecrets(const Order &order)
{
    (new SecretsDialog(m_session.theme(), order.plan.spec.name, order.secrets, m_window))->open();
}

// Whoever was interrupted has not seen the secrets of what was being made.
void EnvironmentDesk::resume(const Environment &environment)
{
    withPlan(environment, [this, environment](const Plan &plan) {
        const auto goOn = [this, environment, plan](const QStringList &seen) {
            QList<GeneratedSecret> secrets;
            for (const Part &part : allParts(plan.spec)) {
                if (!seen.contains(part.name))
                    secrets.append(generatedSecrets(plan.spec, part.name));
            }
            carryOut(m_session.runner(), {plan, environment.hasParent, secrets});
        };
        store::ClusterStore *store = m_session.current();
        if (!environment.canGoBack || !store) {
            goOn({});
            return;
        }
        whenFinished(readFormerSpec(store->client(), store->api(), environment), this,
            [this, goOn, id = m_session.currentId()](const Result<Spec> &former) {
                if (id != m_session.currentId())
                    return;
                QStringList seen;
                for (const Part &part : former ? allParts(*former) : QList<Part>())
                    seen.append(part.name);
                goOn(seen);
            });
    });
}

// As the watches know it.
bool EnvironmentDesk::isApplied(const Plan &plan) const
{
    return std::ranges::any_of(m_watch.environments(), [&](const Environment &one) {
        return one.name == plan.spec.name && one.ns == plan.spec.ns && one.plan == plan.hash
            && one.phase == QLatin1StringView("applied");
    });
}

// Whether it was applied, and then waited for in vain: perhaps for something that was there before.
bool EnvironmentDesk::failedLate(const Task &task, const Plan &plan) const
{
    using Kind = Error::Kind;
    if (!task.error() || (task.error()->kind != Kind::Timeout && task.error()->kind != Kind::Server))
        return false;
    return isApplied(plan);
}

void EnvironmentDesk::offerTakingOver(const QPointer<actions::Runner> &runner, const Task &task, const Order &order)
{
    auto *box = makeMessageBox(QMessageBox::Question, task.title(), task.error()->what,
        tr("Take the fields over, or keep theirs and leave the environment as it is now."), m_window);
    QPushButton *take = box->addButton(tr("Take over"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(tr("Keep theirs"), QMessageBox::RejectRole));
    // An interrupted creation has its parent already.
    connect(take, &QPushButton::clicked, this, [this, runner, order] { carryOut(runner, order, true); });
    box->open();
}

void EnvironmentDesk::withSpec(const Environment &environment, std::function<void(const Spec &)> use)
{
    if (store::ClusterStore *store = m_session.current())
        withAnswer(readSpec(store->client(), store->api(), environment), environment, std::move(use));
}

void EnvironmentDesk::withAnswer(
    QFuture<Result<Spec>> answer, const Environment &environment, std::function<void(const Spec &)> use)
{
    whenFinished(
        answer, this, [this, environment, use = std::move(use), id = m_session.currentId()](const Result<Spec> &spec) {
            if (id != m_session.currentId())
                return;
            if (spec)
                use(*spec);
            else
                Q_EMIT failed(tr("What %1 was made from cannot be read").arg(environment.name), spec.error());
        });
}

void EnvironmentDesk::withPlan(const Environment &environment, std::function<void(const Plan &)> use)
{
    withSpec(environment, [this, environment, use = std::move(use)](const Spec &spec) {
        whenFinished(QtConcurrent::run([spec, api = m_session.current()->api()] { return makePlan(spec, api); }), this,
            [this, environment, use, id = m_session.currentId()](const Result<Plan> &plan) {
                if (id != m_session.currentId())
                    return;
                if (plan)
                    use(*plan);
                else
                    Q_EMIT failed(tr("%1 cannot be planned").arg(environment.name), plan.error());
            });
    });
}

void EnvironmentDesk::exportTo(const Environment &environment, const QString &folder, bool kustomize)
{
    withPlan(environment, [this, folder, kustomize](const Plan &plan) {
        whenFinished(
            QtConcurrent::run([plan, folder, kustomize] { return writeFiles(folder, exportFiles(plan, kustomize)); }),
            this, [this, name = plan.spec.name](const Result<QString> &written) {
                if (written)
                    Q_EMIT notified(tr("%1 is exported").arg(name), *written);
                else
                    Q_EMIT failed(tr("%1 could not be exported").arg(name), written.error());
            });
    });
}

} // namespace kdra::ui
