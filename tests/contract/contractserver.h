// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <memory>

namespace kdra::test {

// The server that the contract suite runs against: the demo cluster, or a real control plane. KDRA_CONTRACT_SERVER says
// which ("demo", "real"). Whatever differs between the two is a bug of the demo cluster.
class ContractServer {
public:
    virtual ~ContractServer() = default;

    virtual Result<void> start() = 0;
    virtual kube::ClientConfig admin() const = 0;
    // The same as a kubeconfig, for kubectl.
    virtual QByteArray kubeconfig() const = 0;
    // Known to the server, but without any right.
    virtual kube::ClientConfig powerless() const = 0;
    // A crash and a restart; what was stored stays.
    virtual void kill() = 0;
    virtual Result<void> restart() = 0;
    // Forgets all revisions before now.
    virtual Result<void> compact() = 0;
    // For a failing test's message.
    virtual QString logs() const { return {}; }

    static bool isReal();
    static std::unique_ptr<ContractServer> create();
};

} // namespace kdra::test
