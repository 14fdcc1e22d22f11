// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/measurements.h"

#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/topbar.h"
#include "ui/topology/topologypage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QToolButton>

#include <sys/resource.h>

#include <algorithm>

namespace kdra::ui {

namespace {

double milliseconds(Measurements::Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

QJsonValue percentile(std::vector<double> values, double part)
{
    if (values.empty())
        return QJsonValue::Null;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::ranges::nth_element(values, at);
    return *at;
}

qint64 peakRss()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024; // Linux counts in KiB
}

} // namespace

Measurements::Measurements(Session &session, MainWindow &window, Clock::time_point start)
    : m_session(session)
    , m_window(window)
    , m_start(start)
{
    connect(&window, &MainWindow::painted, this, &Measurements::windowPainted);
    connect(&window.pages().topology(), &TopologyPage::painted, this, [this](std::chrono::nanoseconds duration) {
        m_frameMs.push_back(milliseconds(duration));
        m_framesAt.push_back(Clock::now());
    });
    connect(&session, &Session::published, this, [this](const store::Batch &batch) {
        for (const store::KindDelta &delta : batch.deltas)
            m_applied += delta.added.size() + delta.changed.size() + delta.removed.size();
        if (batch.oldestEvent == Clock::time_point())
            return;
        if (!m_unpainted || batch.oldestEvent < *m_unpainted)
            m_unpainted = batch.oldestEvent;
        // Not every change is in sight: something is painted all the same, or the next change would be charged for it.
        m_window.topBar().freshnessButton().update();
    });
    connect(&session, &Session::synced, this, [this] {
        m_synced = true;
        m_window.topBar().freshnessButton().update();
    });
}

void Measurements::windowPainted()
{
    const Clock::time_point now = Clock::now();
    if (!m_firstPaintMs)
        m_firstPaintMs = milliseconds(now - m_start);
    if (m_synced && !m_syncedMs)
        m_syncedMs = milliseconds(now - m_start);
    if (m_unpainted)
        m_eventToPaintMs.push_back(milliseconds(now - *std::exchange(m_unpainted, {})));
}

QJsonObject Measurements::report() const
{
    const auto optional = [](const std::optional<double> &value) { return value ? QJsonValue(*value) : QJsonValue(); };
    QJsonObject objects, transport;
    QJsonArray errors;
    qint64 bytes = 0;
    qint64 received = 0;
    qint64 malformed = 0;
    const store::ClusterStore *store = m_session.current();
    if (store) {
        const store::SnapshotPtr snapshot = store->snapshot();
        if (const auto error = store->error())
            errors.append(error->text());
        for (const store::KindInfo &info : store::allKinds()) {
            const QString kind = store::kindName(info.kind);
            const store::KindState &state = snapshot->state(info.kind);
            objects.insert(kind, qint64(snapshot->count(info.kind)));
            transport.insert(kind, QLatin1StringView(store::transportName(state.transport)));
            bytes += static_cast<qint64>(state.bytes);
            received += static_cast<qint64>(state.events);
            malformed += state.malformed;
            if (state.error)
                errors.append(QStringLiteral("%1: %2").arg(kind, state.error->text()));
        }
    }
    const bool connected = store && store->connection() == store::ClusterStore::Connection::Connected;
    return {
        {QStringLiteral("server_version"), connected ? QJsonValue(store->api().gitVersion) : QJsonValue()},
        {QStringLiteral("connected"), connected},
        {QStringLiteral("objects"), objects},
        {QStringLiteral("transport"), transport},
        {QStringLiteral("bytes"), bytes},
        {QStringLiteral("events_received"), received},
        {QStringLiteral("events_applied"), static_cast<qint64>(m_applied)},
        {QStringLiteral("malformed"), malformed},
        {QStringLiteral("time_to_first_paint_ms"), optional(m_firstPaintMs)},
        {QStringLiteral("time_to_synced_ms"), optional(m_syncedMs)},
        {QStringLiteral("event_to_paint_ms"),
            QJsonObject{{QStringLiteral("p50"), percentile(m_eventToPaintMs, 0.5)},
                {QStringLiteral("p99"), percentile(m_eventToPaintMs, 0.99)},
                {QStringLiteral("count"), static_cast<qint64>(m_eventToPaintMs.size())}}},
        {QStringLiteral("frame_ms"),
            QJsonObject{{QStringLiteral("p50"), percentile(m_frameMs, 0.5)},
                {QStringLiteral("p99"), percentile(m_frameMs, 0.99)}, {QStringLiteral("max"), percentile(m_frameMs, 1)},
                {QStringLiteral("count"), static_cast<qint64>(m_frameMs.size())}}},
        {QStringLiteral("frames_last_10_s"),
            qint64(std::ranges::count_if(m_framesAt,
                [since = Clock::now() - std::chrono::seconds(10)](Clock::time_point at) { return at >= since; }))},
        {QStringLiteral("rss_peak_bytes"), peakRss()},
        {QStringLiteral("errors"), errors},
    };
}

Result<void> Measurements::write(const QString &file) const
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(QJsonDocument(report()).toJson()) < 0 || !out.commit()) {
        Error error;
        error.kind = Error::Kind::Local;
        error.what = tr("The report could not be written: %1").arg(out.errorString());
        error.where = file;
        error.remedy = tr("Choose a file in a folder that exists and may be written to.");
        return std::unexpected(std::move(error));
    }
    return {};
}

} // namespace kdra::ui
