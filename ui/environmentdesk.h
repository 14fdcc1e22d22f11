// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/library.h"
#include "environments/lifecycle.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/lossdialog.h"
#include "ui/environments/secretsdialog.h"
#include "ui/environmentwatch.h"
#include "ui/placementjudge.h"

#include <QObject>
#include <QPointer>

namespace kdra::actions {
class Runner;
class Task;
}

namespace kdra::ui {

class EnvironmentsPage;
class Pages;

// Between what the user does to environments and the jobs that do it: opens sheets for templates that were dropped or
// chosen, starts jobs, tells what came of them. GUI thread.
class EnvironmentDesk : public QObject {
    Q_OBJECT
public:
    EnvironmentDesk(Session &session, Pages &pages, QWidget *window);
    ~EnvironmentDesk() override;

    environments::TemplateLibrary &library() { return m_library; }
    EnvironmentWatch &watch() { return m_watch; }
    // The sheet that is open; null for none.
    CreateSheet *sheet() const { return m_sheet; }

    // For where it was dropped, or for where KDRA would put it. Opens the sheet; for templates that the user wants to
    // have without review only when there is something to ask.
    enum class Review : quint8 { AsChosen, Always };
    void create(const QString &templateId, const std::optional<environments::Target> &target = {},
        Review review = Review::AsChosen);
    // Opens the sheet for adding it to an environment that is there.
    void add(const QString &templateId, const QString &ns, const QString &environment);

Q_SIGNALS:
    // Something is being done: it shows among the tasks.
    void started();
    void failed(const QString &title, const kdra::Error &error);
    // One line for whoever looks at another window: "shop is ready."
    void notified(const QString &title, const QString &text);
    // By us, just now; milliseconds since the epoch.
    void created(kdra::store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at);
    void removed(kdra::store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at);

private:
    // What is to be done with a plan.
    struct Order {
        environments::Plan plan = {};
        bool isThere = false; // the environment is changed, not made
        QList<GeneratedSecret> secrets = {}; // nobody has seen them yet: shown when it is applied
    };
    // One that is carried out, and whose secrets were not shown yet.
    struct Unshown {
        QPointer<actions::Runner> runner;
        const actions::Task *task = nullptr;
        Order order;
    };
    void connectPalette();
    void connectPage();
    void update();
    void updateTemplates();
    // With what the environment was asked for, fresh from the cluster.
    void withSpec(const environments::Environment &environment, std::function<void(const environments::Spec &)> use);
    void withAnswer(QFuture<Result<environments::Spec>> answer, const environments::Environment &environment,
        std::function<void(const environments::Spec &)> use);
    void withPlan(const environments::Environment &environment, std::function<void(const environments::Plan &)> use);
    // Two plans of specs of it: as it is, and as it shall be.
    void withChange(const environments::Environment &environment, const environments::Spec &before,
        const environments::Spec &after,
        std::function<void(const environments::Plan &, const environments::Plan &)> use);
    void openFor(CreateContext::Purpose purpose, const environments::Environment &environment, const QString &part);
    void removePart(const environments::Environment &environment, const QString &part);
    void takeBack(const environments::Environment &environment);
    // Asks whether the environment shall become so, and does it.
    void confirm(const LossDialog::Words &words, const environments::Plan &is, const environments::Plan &shall);
    CreateContext context(const environments::TemplatePtr &from);
    void open(CreateContext context);
    CreateSheet *makeSheet(CreateContext context);
    void show(CreateSheet *sheet);
    // By the runner of the cluster that the plan was made for, whichever is shown by now.
    void carryOut(const QPointer<actions::Runner> &runner, const Order &order, bool force = false);
    void resume(const environments::Environment &environment);
    // Those of what the watches show to be applied.
    void showSecrets();
    void showSecrets(const Order &order);
    void conclude(const QPointer<actions::Runner> &runner, const actions::Task &task, const Order &order);
    bool isApplied(const environments::Plan &plan) const;
    bool failedLate(const actions::Task &task, const environments::Plan &plan) const;
    void offerTakingOver(const QPointer<actions::Runner> &runner, const actions::Task &task, const Order &order);
    void run(const actions::Job &job);
    void remove(const environments::Environment &environment, std::chrono::seconds delay);
    void exportTo(const environments::Environment &environment, const QString &folder, bool kustomize);

    Session &m_session;
    Pages &m_pages;
    QWidget *m_window;
    environments::TemplateLibrary m_library;
    EnvironmentWatch m_watch;
    PlacementJudge m_judge;
    QPointer<CreateSheet> m_sheet;
    QList<Unshown> m_unshown;
};

} // namespace kdra::ui
