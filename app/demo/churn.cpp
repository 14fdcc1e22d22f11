// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/churn.h"

#include <algorithm>

namespace kdra::demo {
namespace {

constexpr std::size_t MostUnready = 16; // so that the cluster stays healthy however long it is disturbed

} // namespace

Churn::Churn(ObjectStore &store, double perSecond, quint32 seed, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_perSecond(perSecond)
    , m_random(mix(seed + 1234))
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Churn::tick);
}

void Churn::start()
{
    if (m_perSecond <= 0)
        return;
    for (const ObjectPtr &pod : m_store.list(kind::Pod)) {
        if (pod->field(m_store.resources(), "status.phase") == "Running")
            m_uids.push_back(pod->uid);
    }
    m_clock.start();
    m_timer.start(20);
}

void Churn::tick()
{
    const auto due = static_cast<qint64>(m_perSecond * static_cast<double>(m_clock.elapsed()) / 1000);
    // After a stall it does not catch up for ever.
    m_done = std::max(m_done, due - static_cast<qint64>(m_perSecond) - 1);
    for (; m_done < due && !m_uids.empty(); ++m_done) {
        if (m_unready.size() >= MostUnready) {
            if (const ObjectPtr pod = m_store.byUid(m_unready.front()))
                setReady(pod, true);
            m_unready.pop_front();
            continue;
        }
        const std::size_t index = m_random.next() % m_uids.size();
        const ObjectPtr pod = m_store.byUid(m_uids[index]);
        if (!pod) {
            m_uids[index] = m_uids.back();
            m_uids.pop_back();
        } else if (m_random.below(8) == 0 && std::ranges::find(m_unready, pod->uid) == m_unready.end()) {
            setReady(pod, false);
            m_unready.push_back(pod->uid);
        } else {
            restart(pod);
        }
    }
}

void Churn::setReady(const ObjectPtr &pod, bool ready)
{
    QByteArray json = pod->json;
    const QByteArray yes = R"("status":"True","type":"Ready"})";
    const QByteArray no = R"("status":"False","type":"Ready"})";
    json.replace(ready ? no : yes, ready ? yes : no);
    json.replace(ready ? "\"ready\":false" : "\"ready\":true", ready ? "\"ready\":true" : "\"ready\":false");
    m_store.rewrite(pod, json);
}

void Churn::restart(const ObjectPtr &pod)
{
    QByteArray json = pod->json;
    const QByteArray key = "\"restartCount\":";
    const qsizetype from = json.indexOf(key) + key.size();
    if (from < key.size())
        return;
    qsizetype end = from;
    while (end < json.size() && json.at(end) >= '0' && json.at(end) <= '9')
        ++end;
    json.replace(from, end - from, QByteArray::number(json.mid(from, end - from).toInt() + 1));
    m_store.rewrite(pod, json);
}

} // namespace kdra::demo
