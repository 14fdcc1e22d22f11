// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/departures.h"
#include "actions/preview.h"
#include "actions/procedure.h"

#include <QTimer>

namespace kdra::actions {

// The pods of a node, fresh from the server.
kube::Request podsOfNodeRequest(const QString &node);
DrainPreview readPods(const QJsonObject &podList);

// kubectl drain, of one node or several: look what is there, take no more pods, evict what has to go, wait until it is
// gone. A budget's refusal (429) is asked again, with growing pauses, until it is granted, time is up, or it is
// cancelled. Unlike kubectl, nothing is cordoned when there are pods that must not be evicted without being asked.
class Drain : public Procedure {
    Q_OBJECT
public:
    Drain(Task &task, store::ClusterStore &store);
    void start() override;
    void apply(const store::Batch &batch) override;
    QString summary() const override;
    void stop() override;

private:
    struct Leaving {
        DrainedPod pod;
        QString path;
        int refusals = 0;
        bool evicted = false; // the server has agreed
        QString why; // the server's reason for the last refusal
    };

    // Calls `next` with all nodes' pods.
    void list(qsizetype node, DrainPreview known, std::function<void(const DrainPreview &)> next);
    bool mayGoOn(const DrainPreview &preview);
    void findEvictionVersion(const std::function<void()> &next);
    void cordon(qsizetype node, const std::function<void()> &next);
    void evictAll(const DrainPreview &preview);
    void evictNext();
    void evict(const store::Uid &uid);
    void answered(const store::Uid &uid, const Error &error);
    void refused(const store::Uid &uid, const Error &error);
    void gone(const store::Uid &uid);
    void giveUpOn(const store::Uid &uid, const Error &error);
    void tellWaiting();
    void finishWhenDone();
    void timeUp();
    QString nodes() const { return displayOf(order().targets); }
    const DrainOptions &options() const { return order().parameters.drain; }

    Departures m_departures;
    QHash<store::Uid, Leaving> m_leaving;
    QList<store::Uid> m_queue; // to be evicted
    QString m_evictionVersion; // "policy/v1"
    QTimer m_deadline;
    int m_underWay = 0;
    int m_total = 0;
    int m_gone = 0;
    int m_failed = 0;
    bool m_evicting = false;
    std::optional<Error> m_firstError;
};

} // namespace kdra::actions
