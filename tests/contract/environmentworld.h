// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/runner.h"
#include "contractserver.h"
#include "environments/lifecycle.h"
#include "playedkubelet.h"
#include "store/clusterstore.h"
#include "support/answer.h"

#include <QTest>

namespace kdra::test {

// A server (demo or real) with a node that pods run on, and KDRA connected to it.
class EnvironmentWorld {
public:
    // Whether the pods of Jobs come to their end on the real server, where nothing runs in them.
    enum class Jobs : quint8 { Run, End };
    // What to skip the test with, or why it fails; empty when it is up.
    QString start(Jobs jobs = Jobs::Run);
    void stop();

    // Another KDRA: a store and a runner of its own. The former one is gone at once, whatever it was doing.
    bool reconnect();
    void disconnect();

    Answer send(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        const QByteArray &contentType = "application/json")
    {
        return sendTo(*m_admin, verb, path, body, contentType);
    }
    bool exists(const QString &path) { return send("GET", path).code == 200; }

    ContractServer &server() { return *m_server; }
    store::ClusterStore &store() { return *m_store; }
    actions::Runner &runner() { return *m_runner; }

    // A small template with one of each: Secret, ConfigMap, another ConfigMap unless `extra` is false, Service,
    // Deployment, CronJob.
    static environments::TemplatePtr sample();
    // In a namespace of its own called like it.
    static environments::Spec spec(const QString &name, const environments::TemplatePtr &from = sample());
    Result<environments::Plan> plan(const environments::Spec &spec) const
    {
        return environments::makePlan(spec, m_store->api());
    }

    // As the watches know it now.
    std::optional<environments::Environment> environment(const QString &name) const;
    // Whether that is all: namespaces come by a watch of their own, and whose one is says one of its labels.
    bool isWhollyKnown(const QString &name);
    // The plan again, from nothing but what is in the cluster.
    Result<environments::Plan> planInCluster(const environments::Environment &environment);

    // The same of what it was before the change that was interrupted.
    Result<environments::Plan> formerPlanInCluster(const environments::Environment &environment);
    // What it is made of by now with another sample, called so, beside it: as a change of what is there.
    Result<environments::Plan> planWith(const environments::Environment &environment, const QString &part);
    // And without it.
    Result<environments::Plan> planWithout(const environments::Environment &environment, const QString &part);

    // "Deployment.apps/shop-web": everything in the cluster that says it is of the environment, pods and what
    // controllers made of it aside; and what is in its namespace.
    QStringList everythingOf(const QString &name);
    // The same of a plan.
    static QStringList everythingOf(const environments::Plan &plan);

private:
    using Reading = QFuture<Result<environments::Spec>>;
    Result<environments::Plan> planOf(const Reading &reading);
    Result<environments::Plan> planChange(
        const environments::Environment &environment, const std::function<void(environments::Spec &)> &change);

    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<kube::ApiClient> m_admin;
    std::unique_ptr<PlayedKubelet> m_kubelet;
    std::unique_ptr<store::ClusterStore> m_store;
    std::unique_ptr<actions::Runner> m_runner;
};

} // namespace kdra::test

// Waits until the task has ended as wanted.
#define KDRA_ENDS(task, wanted) KDRA_ENDS_WITHIN(task, wanted, 240000)
#define KDRA_ENDS_WITHIN(task, wanted, milliseconds)                                                                   \
    QTRY_VERIFY_WITH_TIMEOUT(!(task)->isRunning(), milliseconds);                                                      \
    QVERIFY2((task)->state() == kdra::actions::Task::State::wanted,                                                    \
        qPrintable((task)->step() + ((task)->error() ? QStringLiteral(" | ") + (task)->error()->text() : QString())))

// The plan of the spec in the test's m_world.
#define KDRA_PLAN(variable, spec)                                                                                      \
    const Result<kdra::environments::Plan> variable##Result = m_world.plan(spec);                                      \
    QVERIFY2(variable##Result, qPrintable(variable##Result ? QString() : variable##Result.error().text()));            \
    const auto &variable = *variable##Result
