// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/clustermarks.h"
#include "kube/connectionstore.h"
#include "models/clustermodels.h"
#include "models/objectloader.h"
#include "models/selection.h"
#include "models/taskmodel.h"
#include "store/clusterstore.h"
#include "ui/common/theme.h"

#include <QObject>

#include <memory>
#include <vector>

namespace kdra::demo {
class DemoCluster;
}

namespace kdra::ui {

// What the program consists of while it runs: the open clusters, the one that is shown, its models, the selection, the
// theme. Everything else gets references from here. GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    Theme &theme() { return m_theme; }
    models::Selection &selection() { return m_selection; }
    models::ClusterModels &models() { return m_models; }

    // Each opens one more cluster and shows it; what goes wrong before there is a cluster is told by openFailed().
    void openDemo();
    // `files` empty: $KUBECONFIG, else ~/.kube/config. `context` empty: the current one.
    void openKubeconfig(const QStringList &files, const QString &context);
    // The token goes into the desktop's keychain and nowhere else.
    void openServer(const QUrl &server, const QString &token, const QString &caFile, bool insecure);
    // Connections by URL and token made before; opening one takes its token out of the keychain.
    const QList<kube::SavedConnection> &savedConnections() const { return m_saved; }
    void openSaved(const QString &id);
    // Whether a kubeconfig is where kubectl would look for it.
    static bool hasDefaultKubeconfig();

    // One of the open clusters. `id` is its own for as long as the session lives; never 0.
    struct OpenCluster {
        int id = 0;
        QString name;
        kube::Marks marks;
        const store::ClusterStore *store = nullptr;
    };
    QList<OpenCluster> clusters() const;
    // 0 while nothing is open.
    int currentId() const;
    void setCurrentId(int id);
    // In the order of opening. Where several are called the same they are numbered.
    QStringList clusterNames() const;
    int currentIndex() const { return m_current; }
    void setCurrent(int index);
    // `by` clusters further, round and round.
    void step(int by);
    void closeCurrent();
    // Null while nothing is open.
    store::ClusterStore *current() const;
    bool isOpening() const { return m_opening > 0; }

    const QString &ns() const { return m_namespace; }
    void setNamespace(const QString &ns);

    // What can be done to the current cluster; null while nothing is open.
    actions::Runner *runner() const;
    // What is being done in all open clusters.
    models::TaskModel &tasks() { return m_tasks; }
    // How the current cluster is marked. It is read-only until its marks have been read.
    kube::Marks marks() const;
    void setMarks(const kube::Marks &marks);

    // How to fetch whole objects of the current cluster; empty when none is open.
    models::ObjectFetch fetch() const;
    // Connections may be dead (resume, F5): repair at once.
    void wake();

Q_SIGNALS:
    void openingChanged();
    void openFailed(const kdra::Error &error);
    void clustersChanged();
    // Another cluster is shown, and the models already tell of it.
    void currentChanged();
    // Of the current cluster.
    void connectionChanged();
    void published(const kdra::store::Batch &batch);
    void synced();
    // Of any open cluster, after published() where it is the current one.
    void clusterPublished(int id, const kdra::store::Batch &batch);
    // Connection or marks of any open cluster.
    void clusterChanged(int id);
    void namespaceChanged();
    void marksChanged();
    // The marks could not be read or kept.
    void marksFailed(const kdra::Error &error);

private:
    struct Cluster;
    void add(kube::ClientConfig config, std::shared_ptr<demo::DemoCluster> demo = {});
    void opening(int difference);
    QString unusedName(const QString &name) const;
    void addOrTell(Result<kube::ClientConfig> config);
    void readSaved();
    void take(const store::ClusterStore *store, const kube::Marks &marks);

    Theme m_theme;
    models::Selection m_selection;
    models::ClusterModels m_models;
    kube::ConnectionStore m_connections;
    kube::ClusterMarks m_marks;
    models::TaskModel m_tasks;
    QList<kube::SavedConnection> m_saved;
    std::vector<std::unique_ptr<Cluster>> m_clusters;
    int m_current = -1;
    int m_lastId = 0;
    int m_opening = 0;
    QString m_namespace;
};

} // namespace kdra::ui
