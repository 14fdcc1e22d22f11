// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"
#include "kube/accessreview.h"
#include "kube/discovery.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace kdra::environments {

// What the user of a cluster may make there. The server is asked (SelfSubjectAccessReview, authorization.k8s.io/v1)
// when somebody wants to know; an answer holds for a while, and the last one until there is another. GUI thread.
class CreationRights : public QObject {
    Q_OBJECT
public:
    // The client must outlive it. `kept`: how long an answer holds; `pause`: before the server is asked again that
    // could not say.
    explicit CreationRights(kube::ApiClient &client, std::chrono::milliseconds kept = std::chrono::minutes(1),
        std::chrono::milliseconds pause = std::chrono::seconds(10), QObject *parent = nullptr);

    // For all that an environment of this demand consists of, in this namespace; empty: in one that is made for it.
    Rights of(const Demand &demand, const QString &ns, const kube::ServerApi &api);

Q_SIGNALS:
    // of() may say something else now: answers came, or no longer hold.
    void changed();

private:
    struct Answer {
        enum class State : quint8 { None, Allowed, Forbidden, Failed };
        State state = State::None;
        QString reason = {};
        QDeadlineTimer until = {};
        bool isAsked = false; // again, when there is a state already
    };
    const Answer &answerTo(const kube::AccessQuestion &question);
    void take(const kube::AccessQuestion &question, const Result<kube::AccessAnswer> &said);

    kube::AccessReview m_review;
    const std::chrono::milliseconds m_kept;
    const std::chrono::milliseconds m_pause;
    QHash<kube::AccessQuestion, Answer> m_answers;
    int m_open = 0; // questions that are not answered
    QTimer m_renewal;
};

} // namespace kdra::environments
