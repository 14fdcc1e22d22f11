// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/action.h"

#include <QFuture>

namespace kdra::kube {
class ApiClient;
}

namespace kdra::actions {

// Whether an action may be used, and why not.
struct Offer {
    ActionId id = ActionId::Cordon;
    bool allowed = false;
    // Whole sentences when not allowed: "You may not patch nodes: …", "This cluster is marked read-only.". When the
    // server could not say, the action is allowed and this tells so.
    QString reason = {};
};

// Asks the API server what its user may do, and remembers the answers for a minute. Any thread. The client must outlive
// it.
class Offers {
public:
    explicit Offers(kube::ApiClient &client);

    // Never fails; a question that is not answered in time, or by an error, is in the offer's reason.
    QFuture<Offer> ask(ActionId id, const QList<Target> &targets);
    // All at once, in the same order.
    QFuture<QList<Offer>> ask(const QList<ActionId> &ids, const QList<Target> &targets);

    // Rights may have changed: after signing in anew, or when a 403 contradicted an answer.
    void forget() { m_review.clear(); }

private:
    kube::ApiClient &m_client;
    kube::AccessReview m_review;
};

} // namespace kdra::actions
