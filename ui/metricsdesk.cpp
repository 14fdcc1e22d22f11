// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metricsdesk.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/sourcedialog.h"
#include "ui/metricsources.h"
#include "ui/pages.h"
#include "ui/session.h"

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

// What asking would look at: a Service that is none of a metrics server is no reason to ask again.
QList<metrics::Endpoint> endpointsAmong(const QList<metrics::ServiceFacts> &services, const metrics::Choice &choice)
{
    QList<metrics::Endpoint> endpoints;
    const auto candidates = metrics::candidatesAmong(services, choice);
    for (const metrics::Candidate &one : candidates.value_or(QList<metrics::Candidate>()))
        endpoints.append(one.endpoint);
    return endpoints;
}

} // namespace

MetricsDesk::MetricsDesk(Session &session, Pages &pages, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_pages(pages)
    , m_window(window)
{
    MetricsPage &page = pages.metrics();
    connect(&page, &MetricsPage::sourceRequested, this, &MetricsDesk::chooseSource);
    connect(&page, &MetricsPage::installRequested, this, &MetricsDesk::installRequested);
    connect(&session, &Session::currentChanged, this, &MetricsDesk::follow);
    connect(&session, &Session::synced, this, &MetricsDesk::followServices);
    connect(&session, &Session::published, this, [this](const store::Batch &batch) {
        if (!batch.delta(store::Kind::Service).isEmpty())
            followServices();
    });
    connect(&session, &Session::clustersChanged, this, [this] {
        const auto clusters = m_session.clusters();
        std::erase_if(m_sources, [&](const auto &one) {
            return std::ranges::none_of(
                clusters, [&](const Session::OpenCluster &open) { return open.id == one.first; });
        });
    });
    follow();
}

MetricsDesk::~MetricsDesk() = default;

MetricsDesk::Source *MetricsDesk::current()
{
    const auto found = m_sources.find(m_session.currentId());
    return found == m_sources.end() ? nullptr : &found->second;
}

std::shared_ptr<metrics::PromClient> MetricsDesk::client() const
{
    const auto found = m_sources.find(m_session.currentId());
    return found == m_sources.end() ? nullptr : found->second.client;
}

void MetricsDesk::follow()
{
    const int id = m_session.currentId();
    if (id != 0 && !m_sources.contains(id))
        m_sources[id].choice = keptChoice(settingsKey(u"source"_s));
    m_pages.metrics().setClient(client());
    tell();
    Q_EMIT clientChanged();
    if (m_session.current() && m_session.current()->isSynced())
        followServices();
}

void MetricsDesk::followServices()
{
    Source *source = current();
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (!source || !snapshot || !m_session.current() || !m_session.current()->isSynced())
        return;
    const QList<metrics::ServiceFacts> services = servicesOf(*snapshot);
    const bool same = endpointsAmong(services, source->choice) == endpointsAmong(source->services, source->choice);
    source->services = services;
    // Answers that came while another cluster was shown were not taken up.
    const bool isSettled = source->findings && (source->client || !metrics::best(*source->findings));
    if (same && (isSettled || source->looking))
        return;
    ask(m_session.currentId());
}

void MetricsDesk::discover()
{
    if (current())
        ask(m_session.currentId());
}

void MetricsDesk::ask(int cluster)
{
    Source &source = m_sources[cluster];
    source.looking = true;
    const quint64 round = ++source.round;
    tell();
    whenFinished(readSecrets(source.choice), this, [this, cluster, round](const Result<metrics::Secrets> &secrets) {
        const auto found = m_sources.find(cluster);
        store::ClusterStore *store = m_session.current();
        if (found == m_sources.end() || found->second.round != round)
            return;
        Source &asked = found->second;
        // Another cluster is shown by now: it is asked when this one is shown again.
        if (!store || m_session.currentId() != cluster) {
            asked.looking = false;
            return;
        }
        whenFinished(metrics::discoverSources(store->client(), asked.choice, secretsOr(secrets), asked.services), this,
            [this, cluster, round](
                const Result<QList<metrics::Finding>> &findings) { take(cluster, round, findings); });
    });
}

void MetricsDesk::take(int cluster, quint64 round, const Result<QList<metrics::Finding>> &findings)
{
    const auto found = m_sources.find(cluster);
    if (found == m_sources.end() || found->second.round != round)
        return;
    Source &source = found->second;
    source.looking = false;
    source.error = findings ? std::nullopt : std::optional(findings.error());
    if (findings)
        source.findings = *findings;
    const auto chosen = findings ? metrics::best(*findings) : std::nullopt;
    if (!chosen) {
        source.client.reset();
    } else if (!source.client || source.client->endpoint() != chosen->candidate.endpoint) {
        whenFinished(readSecrets(source.choice), this,
            [this, cluster, round, endpoint = chosen->candidate.endpoint](const Result<metrics::Secrets> &secrets) {
                const auto at = m_sources.find(cluster);
                store::ClusterStore *store = m_session.current();
                if (at == m_sources.end() || at->second.round != round || !store || m_session.currentId() != cluster)
                    return;
                at->second.client = std::make_shared<metrics::PromClient>(
                    endpoint, secrets.value_or(metrics::Secrets()), store->client());
                m_pages.metrics().setClient(at->second.client);
                tell();
                Q_EMIT clientChanged();
            });
        return;
    }
    if (cluster == m_session.currentId()) {
        m_pages.metrics().setClient(source.client);
        tell();
        Q_EMIT clientChanged();
    }
}

void MetricsDesk::chooseSource()
{
    Source *source = current();
    if (!source)
        return;
    auto *dialog = new SourceDialog(
        m_session.theme(), source->choice, source->findings.value_or(QList<metrics::Finding>()), m_window);
    connect(dialog, &SourceDialog::chosen, this,
        [this, cluster = m_session.currentId()](
            const metrics::Choice &choice, const metrics::Secrets &secrets) { use(cluster, choice, secrets); });
    connect(dialog, &SourceDialog::searchRequested, this, &MetricsDesk::discover);
    dialog->open();
}

void MetricsDesk::use(int cluster, const metrics::Choice &choice, const metrics::Secrets &secrets)
{
    const auto found = m_sources.find(cluster);
    if (found == m_sources.end() || cluster != m_session.currentId())
        return;
    found->second.choice = choice;
    found->second.client.reset();
    keepChoice(settingsKey(u"source"_s), choice);
    if (choice.endpoint.login == metrics::Login::None) {
        ask(cluster);
        return;
    }
    whenFinished(m_secrets.write(secrets, settingsKey(u"secrets"_s)), this, [this, cluster](const Result<void> &kept) {
        if (!kept)
            Q_EMIT failed(
                tr("The credentials for the metrics are used until KDRA ends, and could not be kept"), kept.error());
        ask(cluster);
    });
}

QFuture<Result<metrics::Secrets>> MetricsDesk::readSecrets(const metrics::Choice &choice) const
{
    return m_secrets.read(choice.endpoint.login, settingsKey(u"secrets"_s));
}

// Without them the server says 401, which tells nobody why.
metrics::Secrets MetricsDesk::secretsOr(const Result<metrics::Secrets> &read)
{
    if (!read)
        Q_EMIT failed(tr("The credentials for the metrics could not be read"), read.error());
    return read.value_or(metrics::Secrets());
}

void MetricsDesk::tell()
{
    MetricsPage &page = m_pages.metrics();
    const Source *source = current();
    if (!source) {
        page.setSource(tr("No source"), store::Severity::Unknown, {});
        page.setAbsence(
            tr("No cluster is open"), tr("Open one to see what its Prometheus knows."), MetricsPage::Absence::Final);
        return;
    }
    if (source->client) {
        const auto finding = std::ranges::find(*source->findings, source->client->endpoint(),
            [](const metrics::Finding &one) { return one.candidate.endpoint; });
        const bool answers =
            finding != source->findings->end() && finding->probe.state != metrics::Probe::State::Failed;
        page.setSource(source->client->endpoint().title(),
            answers ? store::Severity::Healthy : store::Severity::Warning,
            finding != source->findings->end() ? finding->probe.text : QString());
        return;
    }
    page.setSource(tr("No source"), store::Severity::Warning, {});
    if (source->looking || !source->findings) {
        page.setAbsence(tr("Looking for the cluster's Prometheus"),
            tr("Its Services are asked whether they speak Prometheus' API."), MetricsPage::Absence::Looking);
    } else if (source->error) {
        page.setAbsence(tr("No source of metrics could be found"), source->error->text(), MetricsPage::Absence::Final);
    } else if (source->findings->isEmpty()) {
        page.setAbsence(tr("This cluster has no Prometheus"),
            tr("KDRA plots what a Prometheus knows: processor, memory, temperature and power of every node and pod. "
               "None "
               "of the cluster's Services is one. A small one, with node-exporter and the vitals of Raspberry Pis, is "
               "among the templates; or tell where there is another."),
            MetricsPage::Absence::CanInstall);
    } else {
        QStringList said;
        for (const metrics::Finding &one : *source->findings)
            said += one.candidate.endpoint.title() + u": "_s + one.probe.text;
        page.setAbsence(tr("No Prometheus answers"), said.mid(0, 5).join(u'\n'), MetricsPage::Absence::Final);
    }
}

QString MetricsDesk::settingsKey(const QString &what) const
{
    return metricsSetting(m_session.current(), what);
}

} // namespace kdra::ui
