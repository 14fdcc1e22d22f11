// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"
#include "demo/controllers/podbehaviour.h"

namespace kdra::demo {

// All the nodes' kubelets: pods that are bound start, become ready, fail, back off, finish and stop. Pods at rest cost
// nothing: only those on their way are remembered.
class Kubelet : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;
    void start() override;

    // A silent node's kubelet neither renews its lease nor moves its pods, until it is back.
    void setSilent(const QByteArray &node, bool silent);
    bool isSilent(const QByteArray &node) const { return m_silent.contains(node); }

    // The pod's first container ends now and, from then on, does what is given.
    void fail(const QByteArray &ns, const QByteArray &name, int exitCode, const Behaviour &next);
    // The container that fails starts once more and stays.
    void recover(const QByteArray &ns, const QByteArray &name);

protected:
    void reconcile(const Key &key) override;

private:
    struct Container {
        QJsonObject spec;
        ContainerReport report;
        Behaviour behaviour;
        int failures = 0; // in a row: the back-off's step
        bool init = false;
    };
    struct Run {
        Key key;
        QByteArray uid;
        QByteArray node;
        std::vector<Container> containers; // init containers first
        int epoch = 0; // steps planned under another epoch are void
        bool hostNetwork = false;
        QString restartPolicy;
    };
    struct Host {
        QString ip, network, arch;
    };
    using Step = std::function<void(Run &run)>;

    // kubelet.cpp
    const Host &hostOf(const QByteArray &node);
    Run *adopt(const ObjectPtr &pod);
    void later(const Run &run, int milliseconds, Step step);
    void publish(Run &run);
    void settle(const QByteArray &uid);
    void terminate(const ObjectPtr &pod);
    void record(const Run &run, const QString &type, const QString &reason, const QString &message);
    // containerruns.cpp
    void begin(Run &run);
    void startNext(Run &run);
    void startContainer(Run &run, std::size_t index);
    void containerExited(Run &run, std::size_t index, int exitCode);
    void pullFailed(Run &run, std::size_t index);

    QHash<QByteArray, std::shared_ptr<Run>> m_runs; // by uid
    QHash<QByteArray, Host> m_hosts;
    QSet<QByteArray> m_silent;
    QSet<QByteArray> m_stopping; // uids
};

} // namespace kdra::demo
