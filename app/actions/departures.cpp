// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/departures.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "store/clusterstore.h"

namespace kdra::actions {
namespace {

constexpr auto Soon = std::chrono::milliseconds(50); // what is awaited together is looked up together
constexpr auto Again = std::chrono::seconds(5);

}

Departures::Departures(store::ClusterStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_check.setSingleShot(true);
    connect(&m_check, &QTimer::timeout, this, &Departures::check);
}

Departures::~Departures()
{
    clear();
}

void Departures::clear()
{
    m_check.stop();
    m_awaited.clear();
    for (auto &request : m_requests)
        request.cancel();
    m_requests.clear();
}

void Departures::await(const store::Item &item, const QString &path)
{
    m_awaited.insert(item.uid, {item.kind, path});
    m_check.start(Soon);
}

void Departures::await(const store::Uid &uid, const QString &path)
{
    m_awaited.insert(uid, {{}, path});
    m_check.start(Soon);
}

void Departures::apply(const store::Batch &batch)
{
    if (m_awaited.isEmpty())
        return;
    QList<store::Uid> gone;
    for (const store::KindInfo &info : store::allKinds()) {
        for (const store::Slot slot : batch.delta(info.kind).removed) {
            const store::AnyRecord record = store::recordAt(*batch.previous, {info.kind, slot});
            if (record && m_awaited.contains(record.meta->uid))
                gone.append(record.meta->uid);
        }
    }
    for (const store::Uid &uid : std::as_const(gone))
        leave(uid);
}

void Departures::check()
{
    m_requests.removeIf([](const auto &request) { return request.isFinished(); });
    const store::SnapshotPtr snapshot = m_store.snapshot();
    QList<store::Item> items;
    for (const auto &[uid, awaited] : m_awaited.asKeyValueRange()) {
        if (awaited.kind)
            items.append({*awaited.kind, uid});
    }
    QSet<store::Uid> watched;
    for (const QList<store::RowKey> rows = rowsOf(*snapshot, items); const store::RowKey row : rows) {
        if (snapshot->state(row.kind()).phase == store::KindPhase::Live)
            watched.insert(store::recordAt(*snapshot, row).meta->uid);
    }
    for (auto &&[uid, awaited] : m_awaited.asKeyValueRange()) {
        if (!watched.contains(uid) && !std::exchange(awaited.asked, true))
            ask(uid, awaited.path);
    }
    if (!m_awaited.isEmpty())
        m_check.start(Again);
}

void Departures::ask(const store::Uid &uid, const QString &path)
{
    kube::Request request = getRequest(path);
    request.background = true;
    const QFuture<Result<kube::Response>> future = m_store.client().send(std::move(request));
    m_requests.append(future);
    whenFinished(onPool(QFuture<Result<kube::Response>>(future),
                     [](const Result<kube::Response> &response) { return objectOf(response); }),
        this, [this, uid](const Result<QJsonObject> &object) {
            const auto awaited = m_awaited.find(uid);
            if (awaited == m_awaited.end())
                return;
            awaited->asked = false;
            const bool gone = object ? store::Uid::parse(uidOf(*object).toStdString()) != uid
                                     : object.error().kind == Error::Kind::NotFound;
            if (gone)
                leave(uid);
        });
}

void Departures::leave(const store::Uid &uid)
{
    if (m_awaited.remove(uid))
        Q_EMIT left(uid);
}

} // namespace kdra::actions
