// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/eventrecorder.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace kdra::demo {

EventRecorder::EventRecorder(ObjectStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&m_expiry, &QTimer::timeout, this, &EventRecorder::expire);
    m_expiry.start(std::chrono::minutes(5));
}

void EventRecorder::record(const QJsonObject &involved, const EventText &text)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString identity = uidOf(involved) + u'/' + text.reason + u'/' + text.message;
    const auto known = m_known.find(identity);
    if (known != m_known.end() && m_store.get(kind::Event, known->ns, known->name)) {
        known->last = now;
        (void)m_store.modify(kind::Event, known->ns, known->name, [&](QJsonObject &event) {
            event.insert(u"count"_s, event.value(u"count"_s).toInt() + 1);
            event.insert(u"lastTimestamp"_s, timestamp(now));
        });
        return;
    }
    const QString name = nameOf(involved) + u'.'
        + QString::number(hashOf(identity, static_cast<std::uint64_t>(now.toMSecsSinceEpoch())), 16);
    const auto created = m_store.create(kind::Event, eventObject(involved, text, name, {}, now, now, 1));
    if (created)
        m_known.insert(identity, {(*created)->ns, (*created)->name, now});
}

void EventRecorder::expire()
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addSecs(-3600);
    for (auto it = m_known.begin(); it != m_known.end();) {
        if (it->last < limit) {
            m_store.remove(kind::Event, it->ns, it->name);
            it = m_known.erase(it);
        } else {
            ++it;
        }
    }
}

} // namespace kdra::demo
