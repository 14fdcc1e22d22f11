// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionset.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/actions/draindialog.h"
#include "ui/actions/metadatadialog.h"
#include "ui/actions/revisiondialog.h"
#include "ui/actions/scaledialog.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace kdra::ui {

using actions::ActionId;

namespace {

// Pairs that exclude each other share a key: it does the one that is offered.
QKeySequence keyOf(ActionId id)
{
    const auto with = [](Qt::Key key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | key); };
    switch (id) {
    case ActionId::Cordon:
    case ActionId::Uncordon:
        return with(Qt::Key_C);
    case ActionId::Drain:
        return with(Qt::Key_N);
    case ActionId::Scale:
        return with(Qt::Key_S);
    case ActionId::RolloutRestart:
        return with(Qt::Key_R);
    case ActionId::RolloutPause:
    case ActionId::RolloutResume:
    case ActionId::SuspendCronJob:
    case ActionId::ResumeCronJob:
        return with(Qt::Key_P);
    case ActionId::RolloutUndo:
        return with(Qt::Key_Z);
    case ActionId::TriggerCronJob:
        return with(Qt::Key_T);
    case ActionId::EditLabels:
        return with(Qt::Key_L);
    case ActionId::EditAnnotations:
        return with(Qt::Key_A);
    case ActionId::Delete:
        return QKeySequence::Delete;
    }
    return {};
}

ActionDialog *makeDialog(const ActionContext &context, actions::Order order, QWidget *parent)
{
    switch (order.id) {
    case ActionId::Drain:
        return new DrainDialog(context, std::move(order), parent);
    case ActionId::Scale:
        return new ScaleDialog(context, std::move(order), parent);
    case ActionId::RolloutUndo:
        return new RevisionDialog(context, std::move(order), parent);
    case ActionId::EditLabels:
    case ActionId::EditAnnotations:
        return new MetadataDialog(context, std::move(order), parent);
    default:
        return new ActionDialog(context, std::move(order), parent);
    }
}

} // namespace

ActionSet::ActionSet(const Theme &theme, models::Selection &selection, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_selection(selection)
    , m_window(window)
{
    for (const ActionId id : actions::allActions()) {
        auto *action = new QAction(actions::actionTitle(id), this);
        action->setObjectName(actions::actionKey(id));
        action->setShortcut(keyOf(id));
        action->setVisible(false);
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, [this, id] { trigger(id); });
        window->addAction(action);
        m_actions.insert(id, action);
    }
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &ActionSet::look);
    // What was offered for the former selection must not be started for the new one: it is taken back at once.
    connect(&m_selection, &models::Selection::changed, this, [this] {
        m_due.start(0);
        show({});
    });
}

QList<QAction *> ActionSet::actions() const
{
    QList<QAction *> all;
    for (const ActionId id : actions::allActions())
        all.append(action(id));
    return all;
}

void ActionSet::setRunner(actions::Runner *runner, const QString &cluster)
{
    m_runner = runner;
    m_cluster = cluster;
    m_due.start(0);
    show({});
}

void ActionSet::setMarks(const kube::Marks &marks)
{
    m_marks = marks;
    m_due.start(0);
}

void ActionSet::apply(const store::Batch &batch)
{
    // Changes come many times a second; what can be done changes rarely.
    constexpr auto pace = std::chrono::milliseconds(300);
    if (m_due.isActive() || m_selection.isEmpty())
        return;
    const bool touched = std::ranges::any_of(
        m_selection.items(), [&](const models::Item &item) { return !batch.delta(item.kind).isEmpty(); });
    if (touched)
        m_due.start(pace);
}

void ActionSet::look()
{
    const Latest::Token token = m_latest.next();
    m_asking = false;
    if (!m_runner || m_selection.isEmpty()) {
        show({});
        return;
    }
    const store::SnapshotPtr snapshot = m_runner->store().snapshot();
    const QList<ActionId> ids = actions::actionsFor(*snapshot, m_selection.items());
    const auto resource = [this](store::Kind kind) { return m_runner->store().resource(kind); };
    const Result<QList<actions::Target>> targets = actions::targetsOf(*snapshot, m_selection.items(), resource);
    if (!targets || targets->isEmpty() || ids.isEmpty()) {
        show({});
        return;
    }
    m_asking = true;
    whenFinished(m_runner->offers().ask(ids, *targets), this, [this, token](const QList<actions::Offer> &offers) {
        if (!token.isCurrent())
            return;
        m_asking = false;
        show(offers);
    });
}

void ActionSet::show(const QList<actions::Offer> &offers)
{
    for (const ActionId id : actions::allActions()) {
        const auto offer = std::ranges::find(offers, id, &actions::Offer::id);
        const bool offered = offer != offers.end();
        QAction *one = action(id);
        one->setVisible(offered);
        one->setEnabled(offered && offer->allowed);
        one->setToolTip(offered && !offer->reason.isEmpty() ? offer->reason : actions::actionTitle(id));
    }
    Q_EMIT settled();
}

void ActionSet::fillMenu(QMenu &menu, const QList<QAction *> &more) const
{
    menu.setToolTipsVisible(true);
    QAction *remove = action(ActionId::Delete);
    QList<QAction *> all = actions();
    all.removeOne(remove);
    for (QAction *one : all + more + QList{remove}) {
        if (!one->isVisible())
            continue;
        if (one == remove && !menu.isEmpty())
            menu.addSeparator();
        menu.addAction(one);
    }
}

void ActionSet::trigger(ActionId id)
{
    if (!m_runner)
        return;
    const store::SnapshotPtr snapshot = m_runner->store().snapshot();
    const QList<store::Item> items = actions::itemsFor(id, *snapshot, m_selection.items());
    Result<QList<actions::Target>> targets =
        actions::targetsOf(*snapshot, items, [this](store::Kind kind) { return m_runner->store().resource(kind); });
    if (!targets) {
        Q_EMIT failed(targets.error());
        return;
    }
    if (targets->isEmpty()) {
        Q_EMIT failed({.kind = Error::Kind::NotFound,
            .what = tr("What was selected is gone, or has changed so that this cannot be done any more."),
            .remedy = tr("Look at it again, then decide.")});
        return;
    }
    actions::Order order{.id = id, .targets = *std::move(targets)};
    const bool asks =
        actions::isDestructive(id) || actions::needsInput(id) || id == ActionId::RolloutUndo || m_marks.production;
    if (!asks) {
        run(order);
        return;
    }
    auto *dialog = makeDialog({m_theme, *m_runner, m_cluster, m_marks}, std::move(order), m_window);
    connect(dialog, &ActionDialog::agreed, this, &ActionSet::run);
    // It speaks about this cluster: gone with it.
    connect(m_runner, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void ActionSet::run(const actions::Order &order)
{
    if (m_runner)
        Q_EMIT started(m_runner->start(order));
}

} // namespace kdra::ui
