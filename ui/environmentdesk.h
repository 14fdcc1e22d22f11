// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/library.h"
#include "environments/lifecycle.h"
#include "ui/environments/createsheet.h"
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

    // Opens the sheet: for where it was dropped, or for where KDRA would put it.
    void create(const QString &templateId, const std::optional<environments::Target> &target = {});

Q_SIGNALS:
    // Something is being done: it shows among the tasks.
    void started();
    void failed(const QString &title, const kdra::Error &error);
    // One line for whoever looks at another window: "shop is ready."
    void notified(const QString &title, const QString &text);

private:
    void connectPalette();
    void connectPage();
    void update();
    void updateTemplates();
    // With what the environment was asked for, fresh from the cluster.
    void withSpec(const environments::Environment &environment, std::function<void(const environments::Spec &)> use);
    void withPlan(const environments::Environment &environment, std::function<void(const environments::Plan &)> use);
    CreateContext context(const environments::TemplatePtr &from);
    void open(const CreateContext &context);
    // By the runner of the cluster that the plan was made for, whichever is shown by now.
    void carryOut(
        const QPointer<actions::Runner> &runner, const environments::Plan &plan, bool isThere, bool force = false);
    void conclude(const QPointer<actions::Runner> &runner, const actions::Task &task, const environments::Plan &plan,
        bool isThere);
    void offerTakingOver(const QPointer<actions::Runner> &runner, const actions::Task &task,
        const environments::Plan &plan, bool isThere);
    void run(const actions::Job &job);
    void exportTo(const environments::Environment &environment, const QString &folder, bool kustomize);

    Session &m_session;
    Pages &m_pages;
    QWidget *m_window;
    environments::TemplateLibrary m_library;
    EnvironmentWatch m_watch;
    PlacementJudge m_judge;
    QPointer<CreateSheet> m_sheet;
};

} // namespace kdra::ui
