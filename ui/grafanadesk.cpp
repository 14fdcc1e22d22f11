// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grafanadesk.h"

#include "base/whenfinished.h"
#include "metrics/candidates.h"
#include "metrics/dashboardlibrary.h"
#include "store/clusterstore.h"
#include "ui/dashboarddesk.h"
#include "ui/metrics/grafanadialog.h"
#include "ui/metrics/metricspage.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QDesktopServices>
#include <QInputDialog>
#include <QJsonDocument>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

// What came of one, beginning with how much of it.
Result<QStringList> importInto(const QString &folder, const QString &origin, const QByteArray &json)
{
    const Result<metrics::Dashboard> read = metrics::importGrafana(json, origin);
    if (!read)
        return std::unexpected(read.error());
    if (const Result<QString> saved = metrics::saveDashboard(folder, *read); !saved)
        return std::unexpected(saved.error());
    const metrics::PanelCount count = metrics::countPanels(*read);
    return QStringList{GrafanaDesk::tr("%1 of %2 panels as they were meant").arg(count.native).arg(count.all())}
    + metrics::importReport(*read);
}

} // namespace

GrafanaDesk::GrafanaDesk(Session &session, Pages &pages, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_pages(pages)
    , m_window(window)
{
    connect(&pages.metrics(), &MetricsPage::grafanaRequested, this, &GrafanaDesk::open);
    connect(&pages.metrics(), &MetricsPage::openInGrafanaRequested, this, &GrafanaDesk::openInBrowser);
}

GrafanaDesk::~GrafanaDesk() = default;

metrics::Endpoint GrafanaDesk::endpointOf(store::ClusterStore *cluster) const
{
    const QByteArray kept = QSettings().value(metricsSetting(cluster, u"grafana"_s)).toByteArray();
    return kept.isEmpty()
        ? metrics::Endpoint()
        : metrics::Endpoint::fromJson(QJsonDocument::fromJson(kept).object()).value_or(metrics::Endpoint());
}

bool GrafanaDesk::annotates(store::ClusterStore *cluster) const
{
    return QSettings().value(metricsSetting(cluster, u"grafanaAnnotates"_s)).toBool();
}

void GrafanaDesk::open()
{
    store::ClusterStore *cluster = m_session.current();
    if (!cluster)
        return;
    GrafanaDialog::Known known{.endpoint = endpointOf(cluster), .annotates = annotates(cluster)};
    for (const metrics::Candidate &one : metrics::grafanasAmong(servicesOf(*m_session.models().snapshot())))
        known.services.append(one.endpoint);
    known.hasToken = known.endpoint.login == metrics::Login::Bearer;
    if (m_dialog)
        m_dialog->close();
    m_dialog = new GrafanaDialog(m_session.theme(), known, m_window);
    connect(m_dialog, &GrafanaDialog::connectRequested, this, &GrafanaDesk::connectTo);
    connect(m_dialog, &GrafanaDialog::importRequested, this, &GrafanaDesk::importNext);
    connect(m_dialog, &GrafanaDialog::annotateChanged, this,
        [key = metricsSetting(cluster, u"grafanaAnnotates"_s)](bool on) { QSettings().setValue(key, on); });
    m_dialog->open();
}

void GrafanaDesk::connectTo(const metrics::Endpoint &endpoint, const QString &token)
{
    store::ClusterStore *cluster = m_session.current();
    if (!cluster)
        return;
    QSettings().setValue(
        metricsSetting(cluster, u"grafana"_s), QJsonDocument(endpoint.toJson()).toJson(QJsonDocument::Compact));
    const QString key = metricsSetting(cluster, u"grafanaSecrets"_s);
    m_told.remove(key);
    const int id = m_session.currentId();
    const auto use = [this, endpoint, id](const metrics::Secrets &secrets) {
        if (m_session.currentId() != id || !m_session.current())
            return;
        m_client = std::make_shared<metrics::GrafanaClient>(endpoint, secrets, m_session.current()->client());
        search(1, {});
    };
    if (endpoint.login == metrics::Login::None || token.isEmpty()) {
        whenFinished(m_secrets.read(endpoint.login, key), this, [this, use](const Result<metrics::Secrets> &secrets) {
            if (secrets)
                use(*secrets);
            else if (m_dialog)
                m_dialog->setError(secrets.error());
        });
    } else {
        const metrics::Secrets secrets{.password = token};
        whenFinished(m_secrets.write(secrets, key), this, [this, use, secrets](const Result<void> &kept) {
            if (!kept)
                Q_EMIT failed(tr("The token for Grafana is used until KDRA ends, and could not be kept"), kept.error());
            use(secrets);
        });
    }
}

void GrafanaDesk::search(int page, const QList<metrics::GrafanaEntry> &before)
{
    whenFinished(m_client->search(page), this,
        [this, page, before, asked = std::weak_ptr(m_client)](const Result<QList<metrics::GrafanaEntry>> &entries) {
            if (!m_dialog || asked.lock() != m_client)
                return;
            if (!entries)
                m_dialog->setError(entries.error());
            else if (entries->size() < metrics::grafanaPageSize)
                m_dialog->setEntries(before + *entries);
            else
                search(page + 1, before + *entries);
        });
}

// One after the other: a server is not to be flooded.
void GrafanaDesk::importNext(QStringList uids)
{
    if (uids.isEmpty() || !m_client) {
        if (m_dialog)
            m_dialog->setImported();
        Q_EMIT imported();
        return;
    }
    const QString uid = uids.takeFirst();
    const QString origin = m_client->endpoint().title() + u'/' + uid;
    const auto notes = onPool(m_client->dashboard(uid),
        [folder = DashboardDesk::userFolder(), origin](const Result<QByteArray> &json) -> Result<QStringList> {
            return json ? importInto(folder, origin, *json) : std::unexpected(json.error());
        });
    whenFinished(notes, this, [this, uid, uids](const Result<QStringList> &made) {
        if (m_dialog)
            m_dialog->setResult(uid, made);
        importNext(uids);
    });
}

void GrafanaDesk::noteCreated(store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at)
{
    note(*cluster, metrics::environmentCreated(name, ns, at));
}

void GrafanaDesk::noteRemoved(store::ClusterStore *cluster, const QString &name, const QString &ns, qint64 at)
{
    note(*cluster, metrics::environmentEnded(name, ns, at));
}

void GrafanaDesk::note(store::ClusterStore &cluster, const metrics::GrafanaAnnotation &annotation)
{
    const metrics::Endpoint endpoint = endpointOf(&cluster);
    if (!annotates(&cluster) || endpoint.login != metrics::Login::Bearer)
        return;
    const QString key = metricsSetting(&cluster, u"grafanaSecrets"_s);
    const auto tell = [this, key](const Error &error) {
        if (m_told.contains(key))
            return;
        m_told.insert(key);
        Q_EMIT failed(tr("Grafana was not told of an environment"), error);
    };
    whenFinished(m_secrets.read(endpoint.login, key), this,
        [this, key, endpoint, annotation, tell, client = QPointer(&cluster.client())](
            const Result<metrics::Secrets> &secrets) {
            if (!secrets) {
                tell(secrets.error());
                return;
            }
            if (!client)
                return;
            const auto grafana = std::make_shared<metrics::GrafanaClient>(endpoint, *secrets, *client);
            whenFinished(
                grafana->annotate(annotation), this, [this, key, tell, grafana](const Result<qint64> &written) {
                    if (written)
                        m_told.remove(key);
                    else
                        tell(written.error());
                });
        });
}

// An Ingress that leads to a Service of Grafana.
QString GrafanaDesk::addressInCluster() const
{
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    QString address;
    if (!snapshot)
        return address;
    const QList<metrics::Candidate> services = metrics::grafanasAmong(servicesOf(*snapshot));
    snapshot->table<store::Kind::Ingress>().forEach([&](const store::Ref<store::IngressRecord> &ingress) {
        const QString ns = store::toQString(snapshot->view(ingress->meta.ns));
        const QStringList backends = store::toQString(ingress.text(ingress->services)).split(u',');
        const bool leads = std::ranges::any_of(services, [&](const metrics::Candidate &one) {
            return one.endpoint.ns == ns && backends.contains(one.endpoint.service);
        });
        const QString host = store::toQString(ingress.text(ingress->hosts)).section(u',', 0, 0);
        if (leads && !host.isEmpty() && !host.contains(u'*') && address.isEmpty())
            address = u"https://"_s + host;
    });
    return address;
}

void GrafanaDesk::openInBrowser()
{
    store::ClusterStore *cluster = m_session.current();
    if (!cluster)
        return;
    const QString key = metricsSetting(cluster, u"grafanaAddress"_s);
    const QUrl server = endpointOf(cluster).url;
    const QUrl known = server.isEmpty() ? QSettings().value(key).toUrl() : server;
    if (known.isValid() && !known.isEmpty()) {
        goTo(known);
        return;
    }
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Open in Grafana"));
    dialog->setLabelText(tr("The address of this cluster's Grafana, as in the browser:"));
    const QString found = addressInCluster();
    dialog->setTextValue(found.isEmpty() ? u"https://"_s : found);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, key](const QString &text) {
        const QUrl url(text.trimmed(), QUrl::StrictMode);
        if (!url.isValid() || !(url.scheme() == "https"_L1 || url.scheme() == "http"_L1) || url.host().isEmpty()) {
            Q_EMIT failed(tr("Grafana cannot be opened"),
                Error{.kind = Error::Kind::Invalid,
                    .what = tr("This is no web address."),
                    .where = text.trimmed(),
                    .remedy = tr("Write it with https:// and the name of the server.")});
            return;
        }
        QSettings().setValue(key, url);
        goTo(url);
    });
    dialog->open();
}

void GrafanaDesk::goTo(const QUrl &base)
{
    metrics::DashboardFeed &feed = m_pages.metrics().feed();
    const metrics::Moments moments = feed.moments();
    QDesktopServices::openUrl(
        metrics::openInGrafana(base, feed.dashboard().uid, moments.from, moments.to, feed.variables().choices()));
}

} // namespace kdra::ui
