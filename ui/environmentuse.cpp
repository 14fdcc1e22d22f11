// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environmentuse.h"

#include "environments/labels.h"
#include "store/labels.h"
#include "ui/environments/environmentspage.h"
#include "ui/environmentwatch.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QRegularExpression>
#include <QSet>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {
namespace {

using Pod = std::pair<QString, QString>;

QHash<Pod, double> byPod(const metrics::Answer &answer)
{
    QHash<Pod, double> values;
    for (const metrics::Series &series : *answer.series) {
        if (!series.values.empty() && std::isfinite(series.values.back()))
            values.insert({series.labels.value(u"namespace"_s), series.labels.value(u"pod"_s)}, series.values.back());
    }
    return values;
}

} // namespace

EnvironmentUseFeed::EnvironmentUseFeed(Session &session, EnvironmentWatch &watch, Pages &pages, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_watch(watch)
    , m_pages(pages)
{
    m_timer.setInterval(30s);
    connect(&m_timer, &QTimer::timeout, this, &EnvironmentUseFeed::ask);
    connect(&pages, &QStackedWidget::currentChanged, this, &EnvironmentUseFeed::ask);
    connect(&watch, &EnvironmentWatch::changed, this, [this] {
        if (m_pages.currentIndex() != Pages::Environments)
            return; // nobody looks, and there may be 150,000 pods to go through
        // One that is new: not only at the next turn of the clock.
        tell();
        if (!m_timer.isActive())
            ask();
    });
}

void EnvironmentUseFeed::setClient(std::shared_ptr<metrics::PromClient> client)
{
    m_client = std::move(client);
    m_cpuAsked.cancel();
    m_memoryAsked.cancel();
    m_cpu.clear();
    m_memory.clear();
    tell();
    ask();
}

void EnvironmentUseFeed::ask()
{
    QSet<QString> namespaces;
    for (const environments::Environment &one : m_watch.environments())
        namespaces.insert(QRegularExpression::escape(one.ns));
    if (!m_client || namespaces.isEmpty() || m_pages.currentIndex() != Pages::Environments) {
        m_timer.stop();
        return;
    }
    m_timer.start();
    QStringList sorted = namespaces.values();
    sorted.sort();
    // cAdvisor's series of the pod as a whole and of its pause container are left out: they would count twice. Names of
    // namespaces need no escaping within the quotes.
    const QString which = uR"(namespace=~"%1",container!="",container!="POD")"_s.arg(sorted.join(u'|'));
    const metrics::Asking asking{.interactive = false};
    m_cpuAsked.ask(
        m_client->instant(
            u"sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{%1}[5m]))"_s.arg(which), 0, asking),
        this, [this](const Result<metrics::Answer> &answer) {
            // What is not known is not shown; the metrics page says why.
            m_cpu = answer ? byPod(*answer) : QHash<Pod, double>();
            tell();
        });
    m_memoryAsked.ask(
        m_client->instant(u"sum by (namespace, pod) (container_memory_working_set_bytes{%1})"_s.arg(which), 0, asking),
        this, [this](const Result<metrics::Answer> &answer) {
            m_memory = answer ? byPod(*answer) : QHash<Pod, double>();
            tell();
        });
}

void EnvironmentUseFeed::tell()
{
    models::EnvironmentUses uses;
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (snapshot && !(m_cpu.isEmpty() && m_memory.isEmpty())) {
        snapshot->table<store::Kind::Pod>().forEach([&](const auto &pod) {
            const auto name = store::labelValue(snapshot->view(pod->meta.labels),
                std::string_view(environments::EnvironmentLabel.data(), size_t(environments::EnvironmentLabel.size())));
            if (!name)
                return;
            const QString ns = store::toQString(snapshot->view(pod->meta.ns));
            const Pod key(ns, store::toQString(pod.name()));
            if (!m_cpu.contains(key) && !m_memory.contains(key))
                return;
            models::EnvironmentUse &use = uses[std::pair(ns, store::toQString(*name))];
            use.cpuMilli += std::llround(m_cpu.value(key) * 1000);
            use.memory += std::llround(m_memory.value(key));
        });
    }
    m_pages.environments().setUses(uses);
}

} // namespace kdra::ui
