// SPDX-License-Identifier: GPL-3.0-or-later
// The Alertmanager of each cluster: where it is, and what it is asked to silence.
#include "ui/alertdesk.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/silencedialog.h"
#include "ui/metrics/sourcedialog.h"
#include "ui/metricsources.h"
#include "ui/session.h"

using namespace Qt::StringLiterals;

namespace kdra::ui {

void AlertDesk::look(int id)
{
    Cluster &cluster = m_clusters.at(id);
    store::ClusterStore *store = m_session.current();
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (!store || !snapshot || cluster.looking)
        return;
    cluster.looking = true;
    const Latest::Token token = cluster.looks.next();
    whenFinished(m_secrets.read(cluster.choice.endpoint.login, setting(u"alertmanager-secrets"_s)), this,
        [this, id, token, services = servicesOf(*snapshot)](const Result<metrics::Secrets> &read) {
            if (!token.isCurrent() || !m_session.current())
                return;
            Cluster &asked = m_clusters.at(id);
            if (id != m_session.currentId()) {
                asked.looking = false;
                asked.findings.reset(); // asked again when the cluster is shown again
                return;
            }
            if (!read)
                Q_EMIT failed(tr("The credentials for Alertmanager could not be read"), read.error());
            const metrics::Secrets known = read.value_or(metrics::Secrets());
            whenFinished(metrics::discoverAlertmanagers(m_session.current()->client(), asked.choice, known, services),
                this, [this, id, token, known](const Result<QList<metrics::Finding>> &findings) {
                    if (!token.isCurrent())
                        return;
                    m_clusters.at(id).looking = false;
                    if (id == m_session.currentId())
                        takeFindings(id, findings.value_or(QList<metrics::Finding>()), known);
                });
        });
}

void AlertDesk::takeFindings(int id, const QList<metrics::Finding> &findings, const metrics::Secrets &secrets)
{
    Cluster &cluster = m_clusters.at(id);
    cluster.findings = findings;
    const auto chosen = metrics::best(findings);
    if (!chosen) {
        // One that was there and does not answer stays the one: that it is gone has to be seen.
        if (findings.isEmpty())
            cluster.feed->setManager(nullptr);
    } else if (!cluster.feed->manager() || cluster.feed->manager()->endpoint() != chosen->candidate.endpoint) {
        const bool mayKnow = chosen->candidate.chosen && !chosen->candidate.endpoint.isProxied();
        cluster.feed->setManager(std::make_shared<metrics::AlertmanagerClient>(
            chosen->candidate.endpoint, mayKnow ? secrets : metrics::Secrets(), m_session.current()->client()));
    }
    tellManager();
}

QString AlertDesk::silencingProblem() const
{
    const Cluster *cluster = current();
    if (!cluster || !cluster->feed->manager())
        return tr("There is no Alertmanager that could silence anything.");
    if (m_session.marks().readOnly)
        return tr("This cluster is read-only: KDRA refuses everything that would change it.");
    return {};
}

void AlertDesk::tellManager()
{
    const Cluster *cluster = current();
    const metrics::AlertmanagerClient *manager = cluster ? cluster->feed->manager().get() : nullptr;
    QString explanation;
    if (cluster && cluster->findings && cluster->findings->isEmpty()) {
        explanation = tr("This cluster has no Alertmanager that KDRA can find: what is shown comes from the rules of "
                         "Prometheus alone, and nothing can be silenced. The button above tells where one is.");
    } else if (cluster && cluster->findings && !manager) {
        QStringList said;
        for (const metrics::Finding &one : *cluster->findings)
            said += one.candidate.endpoint.title() + u": "_s + one.probe.text;
        explanation = tr("No Alertmanager answers, so nothing can be silenced: %1").arg(said.mid(0, 3).join(u' '));
    }
    m_page.setManager(manager ? manager->endpoint().title() : QString(), explanation, silencingProblem());
}

SilenceDialog *AlertDesk::askForSilence(const QList<metrics::LabelMatcher> &matchers)
{
    const AlertFeed *from = feed();
    if (!from || !silencingProblem().isEmpty())
        return nullptr;
    m_dialog = new SilenceDialog(m_session.theme(), matchers, m_page.alerts(), m_window);
    connect(m_dialog, &SilenceDialog::silenceRequested, this, &AlertDesk::makeSilence);
    m_dialog->open();
    return m_dialog;
}

void AlertDesk::makeSilence(const metrics::Silence &silence)
{
    const AlertFeed *from = feed();
    if (!from || !from->manager())
        return;
    metrics::Silence theirs = silence;
    theirs.startsAt += from->clockAhead();
    theirs.endsAt += from->clockAhead();
    whenFinished(from->manager()->silence(theirs), this,
        [this, dialog = m_dialog, manager = from->manager()](const Result<QString> &made) {
            if (dialog && made)
                dialog->succeed();
            else if (dialog)
                dialog->fail(made.error());
            else if (!made)
                Q_EMIT failed(tr("The alerts could not be silenced"), made.error());
            if (AlertFeed *now = feed(); now && now->manager() == manager)
                now->refresh();
        });
}

void AlertDesk::expire(const QStringList &ids)
{
    const AlertFeed *from = feed();
    if (!from || !silencingProblem().isEmpty())
        return;
    for (const QString &id : ids) {
        whenFinished(from->manager()->expire(id), this, [this, manager = from->manager()](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(tr("The silence could not be ended"), done.error());
            if (AlertFeed *now = feed(); now && now->manager() == manager)
                now->refresh();
        });
    }
}

void AlertDesk::chooseManager()
{
    Cluster *cluster = current();
    if (!cluster)
        return;
    auto *dialog = new SourceDialog(m_session.theme(), cluster->choice,
        cluster->findings.value_or(QList<metrics::Finding>()), m_window, SourceDialog::Source::Alertmanager);
    const int id = m_session.currentId();
    connect(dialog, &SourceDialog::chosen, this,
        [this, id](const metrics::Choice &choice, const metrics::Secrets &secrets) { use(id, choice, secrets); });
    connect(dialog, &SourceDialog::searchRequested, this, [this, id] {
        if (id == m_session.currentId())
            look(id);
    });
    dialog->open();
}

void AlertDesk::use(int id, const metrics::Choice &choice, const metrics::Secrets &secrets)
{
    Cluster *cluster = current();
    if (!cluster || id != m_session.currentId())
        return;
    cluster->choice = choice;
    cluster->findings.reset();
    cluster->looking = false;
    cluster->feed->setManager(nullptr);
    keepChoice(setting(u"alertmanager"_s), choice);
    if (choice.endpoint.login == metrics::Login::None) {
        followServices();
        return;
    }
    whenFinished(m_secrets.write(secrets, setting(u"alertmanager-secrets"_s)), this, [this](const Result<void> &kept) {
        if (!kept)
            Q_EMIT failed(
                tr("The credentials for Alertmanager are used until KDRA ends, and could not be kept"), kept.error());
        followServices();
    });
}

} // namespace kdra::ui
