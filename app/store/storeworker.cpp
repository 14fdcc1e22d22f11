// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeworker.h"

#include "base/log.h"

#include <QDateTime>
#include <QStringEncoder>
#include <QTimer>

#include <algorithm>

namespace kdra::store {
namespace {

using namespace std::chrono_literals;

// One batch a frame. While first lists arrive progress is enough, and less and less often: every batch makes models and
// views take in what the next one makes larger.
constexpr auto frame = 16ms;
constexpr auto firstProgress = 250ms;
constexpr int progressDoublings = 4;

} // namespace

StoreWorker::StoreWorker(Inbox &inbox, std::function<void(Report)> report, std::function<void(Batch)> publish)
    : m_inbox(inbox)
    , m_report(std::move(report))
    , m_publish(std::move(publish))
    , m_publishTimer(new QTimer(this))
    , m_tickTimer(new QTimer(this))
{
    for (const KindInfo &info : allKinds())
        m_informers[static_cast<size_t>(info.kind)] = Informer::create(info.kind, *m_strings);
    auto empty = std::make_shared<Snapshot>();
    empty->strings = m_strings;
    m_last = std::move(empty);
    m_publishTimer->setSingleShot(true);
    m_publishTimer->setTimerType(Qt::PreciseTimer);
    connect(m_publishTimer, &QTimer::timeout, this, &StoreWorker::publishIfDue);
    m_tickTimer->setSingleShot(true);
    connect(m_tickTimer, &QTimer::timeout, this, [this] {
        m_informers[static_cast<size_t>(Kind::Pod)]->tick(QDateTime::currentMSecsSinceEpoch());
        m_dirty = true;
        publishIfDue();
        rearmTick();
    });
}

StoreWorker::~StoreWorker() = default;

void StoreWorker::drain()
{
    std::vector<Delivery> items = m_inbox.take();
    size_t handled = 0;
    for (Delivery &item : items) {
        handle(item);
        // The payload is not needed any more; a batch may be tens of megabytes.
        item.text = QString();
        item.bytes = QByteArray();
        if (++handled % 256 == 0)
            publishIfDue();
    }
    publishIfDue();
    rearmTick();
}

void StoreWorker::handle(Delivery &item)
{
    Informer &informer = *m_informers[static_cast<size_t>(item.kind)];
    switch (item.what) {
    case Delivery::What::BeginList:
        informer.beginList();
        break;
    case Delivery::What::Event:
    case Delivery::What::Page:
        apply(item);
        break;
    case Delivery::What::State:
        applyState(item);
        break;
    case Delivery::What::End:
        m_report({.what = Report::What::Drained,
            .kind = item.kind,
            .generation = item.generation,
            .resourceVersion = QString::fromStdString(informer.resourceVersion()),
            .continueToken = {},
            .error = {}});
        break;
    }
}

simdjson::padded_string_view StoreWorker::padded(const Delivery &item)
{
    size_t size = static_cast<size_t>(item.bytes.size());
    if (item.text.isEmpty()) {
        m_buffer.reserve(size + simdjson::SIMDJSON_PADDING);
        m_buffer.assign(item.bytes.constData(), size);
    } else {
        // A UTF-16 unit becomes at most three bytes.
        const size_t most = static_cast<size_t>(item.text.size()) * 3;
        m_buffer.resize_and_overwrite(most + simdjson::SIMDJSON_PADDING, [&](char *data, size_t) {
            QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
            size = static_cast<size_t>(encoder.appendToBuffer(data, item.text) - data);
            return size;
        });
    }
    return simdjson::padded_string_view(m_buffer.data(), size, m_buffer.capacity());
}

void StoreWorker::apply(Delivery &item)
{
    Informer &informer = *m_informers[static_cast<size_t>(item.kind)];
    KindState &state = m_states[static_cast<size_t>(item.kind)];
    const simdjson::padded_string_view json = padded(item);
    const bool page = item.what == Delivery::What::Page;
    const Applied applied = page ? informer.applyPage(json) : informer.applyEvent(json);
    state.bytes += json.size();
    state.events += applied.objects;
    if (applied.malformed) {
        state.malformed += applied.malformed;
        m_statesChanged = true;
        qCWarning(log::store) << kindInfo(item.kind).name << "object left out: it has no uid or an unknown event type";
    }
    if (applied.objects) {
        m_dirty = true;
        // The objects of a first list are progress, not news.
        if (state.phase != KindPhase::Listing && m_oldestEvent == std::chrono::steady_clock::time_point())
            m_oldestEvent = item.received;
    }
    Report report{.what = Report::What::Synced,
        .kind = item.kind,
        .generation = item.generation,
        .resourceVersion = {},
        .continueToken = applied.continueToken,
        .error = {}};
    if (applied.isError) {
        report.what = Report::What::Failed;
        report.error = applied.error;
    } else if (applied.listComplete) {
        report.resourceVersion = QString::fromStdString(informer.resourceVersion());
        m_dirty = true;
    } else if (page) {
        report.what = Report::What::PageDone;
    } else {
        return;
    }
    m_report(std::move(report));
}

void StoreWorker::applyState(Delivery &item)
{
    KindState &state = m_states[static_cast<size_t>(item.kind)];
    const StateChange &change = *item.state;
    if (state.phase != change.phase || !state.sinceMs)
        state.sinceMs = QDateTime::currentMSecsSinceEpoch();
    state.phase = change.phase;
    state.transport = change.transport;
    state.apiVersion = change.apiVersion;
    state.scope = change.scope;
    state.error = change.error;
    state.reconnects += change.reconnect ? 1 : 0;
    if (change.phase == KindPhase::Forbidden || change.phase == KindPhase::NotServed) {
        // What may not be seen any more must not be shown as if it were known.
        m_informers[static_cast<size_t>(item.kind)]->clear();
        m_dirty = true;
    }
    m_statesChanged = true;
}

void StoreWorker::acknowledge()
{
    m_acknowledged = true;
    publishIfDue();
}

void StoreWorker::publishIfDue()
{
    if (!m_acknowledged || (!m_dirty && !m_statesChanged))
        return;
    const bool listing =
        std::ranges::any_of(m_states, [](const KindState &state) { return state.phase == KindPhase::Listing; });
    if (!listing)
        m_progressBatches = 0;
    const std::chrono::milliseconds interval =
        listing ? firstProgress * (1 << std::min(m_progressBatches, progressDoublings)) : frame;
    const auto due = m_lastPublished + interval;
    const auto now = std::chrono::steady_clock::now();
    if (now >= due) {
        m_publishTimer->stop();
        m_progressBatches += listing ? 1 : 0;
        publish();
    } else if (!m_publishTimer->isActive()) {
        m_publishTimer->start(std::chrono::ceil<std::chrono::milliseconds>(due - now));
    } else if (const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now);
        wait < m_publishTimer->remainingTimeAsDuration()) {
        m_publishTimer->start(wait); // the last list is complete: no more waiting for progress
    }
}

void StoreWorker::publish()
{
    auto snapshot = std::make_shared<Snapshot>(*m_last);
    Batch batch;
    for (size_t i = 0; i < kindCount; ++i) {
        if (m_informers[i]->isDirty())
            m_informers[i]->publish(*snapshot, batch.deltas[i]);
        m_states[i].lastHeard = m_inbox.lastHeard[i].load(std::memory_order_relaxed);
    }
    snapshot->kinds = m_states;
    ++snapshot->revision;
    batch.previous = std::exchange(m_last, snapshot);
    batch.snapshot = std::move(snapshot);
    batch.statesChanged = std::exchange(m_statesChanged, false);
    batch.oldestEvent = std::exchange(m_oldestEvent, {});
    m_lastPublished = std::chrono::steady_clock::now();
    m_acknowledged = false;
    m_dirty = false;
    m_publish(std::move(batch));
}

void StoreWorker::rearmTick()
{
    if (m_tickTimer->isActive())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (const qint64 next = m_informers[static_cast<size_t>(Kind::Pod)]->tick(now))
        m_tickTimer->start(std::chrono::milliseconds(std::max<qint64>(next - now, 1000)));
}

} // namespace kdra::store
