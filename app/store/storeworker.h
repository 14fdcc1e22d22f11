// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/inbox.h"
#include "store/informer.h"

#include <QObject>

#include <array>
#include <functional>

class QTimer;

namespace kdra::store {

// Applies what the network brings and publishes snapshots: the whole of a cluster's store thread.
class StoreWorker : public QObject {
    Q_OBJECT
public:
    // `report` and `publish` are called on the store thread.
    StoreWorker(Inbox &inbox, std::function<void(Report)> report, std::function<void(Batch)> publish);
    ~StoreWorker() override;

    // Store thread. Works off the inbox.
    void drain();
    // Store thread. The receiver has come round after the last batch: the next one may be published.
    void acknowledge();

private:
    void handle(Delivery &item);
    void apply(Delivery &item);
    void applyState(Delivery &item);
    void publishIfDue();
    void publish();
    void rearmTick();
    simdjson::padded_string_view padded(const Delivery &item);

    Inbox &m_inbox;
    const std::function<void(Report)> m_report;
    const std::function<void(Batch)> m_publish;
    std::shared_ptr<StringPool> m_strings = std::make_shared<StringPool>();
    std::array<std::unique_ptr<Informer>, kindCount> m_informers;
    std::array<KindState, kindCount> m_states;
    std::string m_buffer; // UTF-8 and padding of the event at hand
    SnapshotPtr m_last;
    QTimer *m_publishTimer;
    QTimer *m_tickTimer;
    std::chrono::steady_clock::time_point m_lastPublished;
    std::chrono::steady_clock::time_point m_oldestEvent;
    int m_progressBatches = 0; // published since lists began to arrive
    bool m_statesChanged = false;
    bool m_acknowledged = true;
    bool m_dirty = false;
};

} // namespace kdra::store
