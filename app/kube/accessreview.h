// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QStringList>

#include <chrono>
#include <memory>

namespace kdra::kube {

class ApiClient;

// "May I do this?" (authorization.k8s.io/v1 ResourceAttributes). An empty `ns` asks about the whole cluster.
struct AccessQuestion {
    QString verb = {}; // get list watch create update patch delete ...
    QString group = {};
    QString resource = {}; // plural: "pods"
    QString subresource = {};
    QString ns = {};
    QString name = {};
    bool operator==(const AccessQuestion &) const = default;
};
size_t qHash(const AccessQuestion &question, size_t seed = 0);

struct AccessAnswer {
    bool allowed = false;
    QString reason = {}; // the authorizer's words, often empty
};

// What a user may do in one namespace (SelfSubjectRulesReview). `incomplete`: the server could not list everything, so
// a "no" means "not known".
struct AccessRules {
    struct Rule {
        QStringList verbs = {};
        QStringList groups = {};
        QStringList resources = {}; // "pods", "pods/log", "*", "*/scale"
        QStringList names = {}; // empty: all
    };
    QList<Rule> rules = {};
    bool incomplete = false;

    bool allows(const AccessQuestion &question) const;
};

// Asks the API server before an action is offered. Any thread; answers are kept for a short while, and the same
// question asked twice at once is sent once. The client must outlive it.
class AccessReview {
public:
    explicit AccessReview(ApiClient &client, std::chrono::milliseconds keep = std::chrono::minutes(1));
    ~AccessReview();

    QFuture<Result<AccessAnswer>> ask(const AccessQuestion &question);
    QFuture<Result<AccessRules>> rules(const QString &ns);

    // Forget all answers: after signing in anew, or when a 403 contradicted one.
    void clear();

private:
    struct State;
    ApiClient &m_client;
    std::shared_ptr<State> m_state;
};

} // namespace kdra::kube
