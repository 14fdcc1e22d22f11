// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/grafanaclient.h"
#include "ui/metricsources.h"

#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>

namespace kdra::store {
class ClusterStore;
}

namespace kdra::ui {

class GrafanaDialog;
class Pages;
class Session;

// Between KDRA and the Grafana of a cluster: which server it is, its dashboards, its pages in the browser, and notes in
// it when environments come and go. Where it is, is remembered for each cluster; its token is in the keychain. GUI
// thread; dashboards are read and written on a worker.
class GrafanaDesk : public QObject {
    Q_OBJECT
public:
    GrafanaDesk(Session &session, Pages &pages, QWidget *window);
    ~GrafanaDesk() override;

    // Shows which dashboards its server has.
    void open();
    // The dashboard that is shown, in the browser; asks for the address where it is not known.
    void openInBrowser();
    // Written to Grafana where the user wants that.
    void noteCreated(store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at);
    void noteRemoved(store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at);

Q_SIGNALS:
    // Dashboards of the user have come.
    void imported();
    void failed(const QString &title, const kdra::Error &error);

private:
    // Which server it is.
    metrics::Endpoint endpointOf(store::ClusterStore *cluster) const;
    bool annotates(store::ClusterStore *cluster) const;
    void connectTo(const metrics::Endpoint &endpoint, const QString &token);
    void search(int page, const QList<metrics::GrafanaEntry> &before);
    void importNext(QStringList uids);
    void note(store::ClusterStore &cluster, const metrics::GrafanaAnnotation &annotation);
    QString addressInCluster() const;
    void goTo(const QUrl &base);

    Session &m_session;
    Pages &m_pages;
    QWidget *m_window;
    QPointer<GrafanaDialog> m_dialog;
    std::shared_ptr<metrics::GrafanaClient> m_client; // of the dialog
    SourceSecrets m_secrets;
    QSet<QString> m_told; // whose annotations failed, and that was said
};

} // namespace kdra::ui
