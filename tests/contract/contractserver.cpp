// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractserver.h"

#include "demo/democluster.h"
#include "support/controlplane.h"

#include <QFile>

namespace kdra::test {
namespace {

class DemoServer final : public ContractServer {
public:
    Result<void> start() override
    {
        const Result<QUrl> url = m_cluster.start();
        if (!url)
            return std::unexpected(url.error());
        return {};
    }
    kube::ClientConfig admin() const override { return m_cluster.clientConfig(); }
    QByteArray kubeconfig() const override { return m_cluster.kubeconfig(); }
    kube::ClientConfig powerless() const override { return m_cluster.clientConfig(QStringLiteral("nobody")); }
    void kill() override
    {
        m_cluster.refuseNewConnections(true);
        m_cluster.dropConnections();
    }
    Result<void> restart() override
    {
        m_cluster.refuseNewConnections(false);
        return {};
    }
    Result<void> compact() override
    {
        m_cluster.compact();
        return {};
    }

private:
    demo::DemoCluster m_cluster{{.populate = false, .story = false}};
};

class RealServer final : public ContractServer {
public:
    Result<void> start() override { return m_plane.start(); }
    kube::ClientConfig admin() const override { return m_plane.admin(); }
    QByteArray kubeconfig() const override
    {
        QFile file(m_plane.adminKubeconfig());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    kube::ClientConfig powerless() const override { return m_plane.viewer(); }
    void kill() override { m_plane.killApiServer(); }
    Result<void> restart() override { return m_plane.startApiServer(); }
    Result<void> compact() override { return m_plane.compact(); }
    QString logs() const override { return m_plane.logTails(); }

private:
    ControlPlane m_plane;
};

} // namespace

bool ContractServer::isReal()
{
    return qEnvironmentVariable("KDRA_CONTRACT_SERVER") == QStringLiteral("real");
}

std::unique_ptr<ContractServer> ContractServer::create()
{
    if (isReal())
        return std::make_unique<RealServer>();
    return std::make_unique<DemoServer>();
}

} // namespace kdra::test
