// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "support/answer.h"

#include <QTimer>

namespace kdra::test {

// One request, and its answer whatever it is.
Answer sendTo(kube::ApiClient &client, const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body = {},
    const QByteArray &contentType = "application/json");

// The kubelets that a control plane alone has not: pods that are bound to a node run and are ready, and those that are
// to go are gone.
class PlayedKubelet : public QObject {
    Q_OBJECT
public:
    // `jobsEnd`: what runs and is not to be started again when it ends has done its work by the next look.
    explicit PlayedKubelet(kube::ApiClient &client, bool jobsEnd = false);

private:
    void look();

    kube::ApiClient &m_client;
    bool m_jobsEnd;
    bool m_isLooking = false;
    QTimer m_timer;
};

} // namespace kdra::test
