// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with dashboards that are there: removed, shared in the cluster; and what cannot be read is told.
#include "ui/common/widgets.h"
#include "ui/dashboarddesk.h"

#include "base/whenfinished.h"
#include "kube/serverapply.h"
#include "store/clusterstore.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/sharedialog.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

// Where the object is, or will be.
Result<QString> pathOf(const store::ClusterStore &store, const QJsonObject &object)
{
    const Result<kube::Resource> configMaps = store.api().find({}, u"ConfigMap"_s);
    if (!configMaps)
        return std::unexpected(configMaps.error());
    const QJsonObject meta = object["metadata"_L1].toObject();
    return configMaps->path(meta["namespace"_L1].toString(), meta["name"_L1].toString());
}

} // namespace

void DashboardDesk::removeShown()
{
    const metrics::Dashboard dashboard = m_pages.metrics().feed().dashboard();
    auto *box = makeMessageBox(QMessageBox::Question, tr("Remove dashboard"),
        tr("Remove “%1” from your dashboards?").arg(dashboard.title),
        tr("Its file is deleted from %1. What is shared in a cluster stays there.").arg(userFolder()), m_window);
    box->setStandardButtons(QMessageBox::Cancel);
    QPushButton *remove = box->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, dashboard] {
        whenFinished(QtConcurrent::run([folder = userFolder(), uid = dashboard.uid] {
            return metrics::removeDashboard(folder, uid);
        }),
            this, [this](const Result<void> &removed) {
                if (!removed)
                    Q_EMIT failed(tr("The dashboard could not be removed"), removed.error());
                readFolder();
            });
    });
    box->open();
}

void DashboardDesk::shareShown()
{
    if (!m_session.current())
        return;
    const metrics::Dashboard dashboard = m_pages.metrics().feed().dashboard();
    auto *dialog = new ShareDialog(
        m_session.theme(), tr("Share “%1” in the cluster").arg(dashboard.title), m_session.models().namespaces(),
        m_session.ns(), [dashboard](const QString &ns) { return metrics::sharedDashboard(dashboard, ns); }, m_window);
    const int cluster = m_session.currentId();
    // To the cluster that it was opened for; its answer to whoever still looks at the dialog.
    const auto send = [this, cluster, dialog](const QJsonObject &object, bool dryRun,
                          const std::function<void(ShareDialog &, const Result<kube::Response> &)> &then) {
        store::ClusterStore *store = m_session.current();
        const Result<QString> path = store && m_session.currentId() == cluster
            ? pathOf(*store, object)
            : std::unexpected(Error{.kind = Error::Kind::Cancelled,
                  .what = tr("Another cluster is shown now."),
                  .remedy = tr("Open this again for the cluster that is meant.")});
        if (!path) {
            then(*dialog, std::unexpected(path.error()));
            return;
        }
        whenFinished(store->client().send(kube::applyRequest(*path, object, {.dryRun = dryRun})), this,
            [then, shown = QPointer(dialog)](const Result<kube::Response> &answer) {
                if (shown)
                    then(*shown, answer);
            });
    };
    connect(dialog, &ShareDialog::checkRequested, this, [send](const QJsonObject &object) {
        send(object, true, [object](ShareDialog &shown, const Result<kube::Response> &answer) {
            constexpr int created = 201;
            shown.setVerdict(
                object, answer ? Result<bool>(answer->httpStatus != created) : std::unexpected(answer.error()));
        });
    });
    connect(dialog, &ShareDialog::shareRequested, this, [this, send](const QJsonObject &object) {
        send(object, false, [this, object](ShareDialog &shown, const Result<kube::Response> &answer) {
            if (!answer) {
                shown.setFailure(answer.error());
                return;
            }
            shown.accept();
            m_shared.read();
            const QJsonObject meta = object["metadata"_L1].toObject();
            Q_EMIT done(tr("The dashboard is shared"),
                {tr("ConfigMap %1 in the namespace %2")
                        .arg(meta["name"_L1].toString(), meta["namespace"_L1].toString())});
        });
    });
    dialog->open();
}

void DashboardDesk::tellUnreadable()
{
    QStringList notes;
    for (const metrics::DashboardShelf &shelf : {m_own, m_shared.shelf()}) {
        for (const metrics::DashboardProblem &problem : shelf.problems) {
            const QString text = problem.error.text();
            notes += text.contains(problem.origin) ? text : QString(problem.origin + u": "_s + text);
        }
    }
    Q_EMIT done(tr("These dashboards cannot be read"), notes);
}

} // namespace kdra::ui
