// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/watchsource.h"

#include "demo/listing.h"

#include <QRandomGenerator>

namespace kdra::demo {

WatchSource::WatchSource(const ObjectStore &store, Encoder encoder, TypeId type, WatchOptions options)
    : m_store(store)
    , m_encoder(std::move(encoder))
    , m_type(store.resources().at(type).storage)
    , m_options(std::move(options))
    , m_end(QDeadlineTimer::Forever)
    , m_nextBookmark(m_options.bookmarkSeconds * 1000)
{
    // Without a timeout of the client's a real server ends each watch at random after 30 to 60 minutes.
    const int seconds =
        m_options.timeoutSeconds > 0 ? m_options.timeoutSeconds : QRandomGenerator::global()->bounded(1800, 3600);
    m_end.setRemainingTime(qint64(seconds) * 1000);
    if (m_options.initialEvents) {
        m_initial = store.list(type, m_options.filter.ns);
        m_initialRevision = store.revision();
        m_position = store.endPosition();
    } else if (m_options.revision < store.compactedRevision()) {
        m_expired = true;
    } else {
        m_position = store.positionAfter(m_options.revision);
    }
}

void WatchSource::send(Framer &out, QByteArrayView type, const StoredObject &object)
{
    out.event(type, m_encoder.isPlain() ? object.json : m_encoder.event(object, m_first));
    m_first = false;
}

void WatchSource::send(Framer &out, const Change &change)
{
    const bool was = change.old && m_options.filter.matches(*change.old);
    const bool is = change.kind != Change::Kind::Deleted && m_options.filter.matches(*change.now);
    if (is)
        send(out, was ? QByteArrayView("MODIFIED") : QByteArrayView("ADDED"), *change.now);
    else if (was) // deleted, or no longer selected: the last state that was, at the revision of the change
        send(out, "DELETED",
            change.kind == Change::Kind::Deleted ? *change.now : *m_store.withRevision(*change.old, change.revision));
}

Source::Next WatchSource::error(Framer &out, const ApiStatus &status)
{
    out.event("ERROR", status.json().trimmed());
    m_ended = true;
    return Next::Data;
}

Source::Next WatchSource::pull(Framer &out)
{
    if (m_ended || m_end.hasExpired())
        return Next::End;
    if (m_expired)
        return error(out,
            status::expired(QStringLiteral("too old resource version: %1 (%2)")
                                .arg(m_options.revision)
                                .arg(m_store.compactedRevision()))
                .error());
    if (m_nextInitial < m_initial.size()) {
        const ObjectPtr object = std::move(m_initial[m_nextInitial++]);
        if (m_options.filter.matches(*object))
            send(out, "ADDED", *object);
        if (m_nextInitial < m_initial.size())
            return Next::Data;
        m_initial = {};
        m_nextInitial = 0;
    }
    if (std::exchange(m_options.initialBookmark, false)) {
        out.event("BOOKMARK", m_encoder.bookmark(m_initialRevision, true));
        return Next::Data;
    }
    if (m_position < m_store.firstPosition()) // fell behind the history: a real server hangs up on such a client
        return Next::End;
    for (; m_position < m_store.endPosition(); ++m_position) {
        const Change &change = m_store.change(m_position);
        if (change.type != m_type)
            continue;
        send(out, change);
        ++m_position;
        return Next::Data;
    }
    if (m_options.bookmarks && m_nextBookmark.hasExpired()) {
        m_nextBookmark.setRemainingTime(qint64(m_options.bookmarkSeconds) * 1000);
        out.event("BOOKMARK", m_encoder.bookmark(m_store.revision(), false));
        return Next::Data;
    }
    return Next::Wait;
}

ApiResult<WatchOptions> WatchSource::options(const ApiRequest &request, const ObjectStore &store, bool streamingLists)
{
    if (const auto valid = validateWatchOptions(request, streamingLists); !valid)
        return std::unexpected(valid.error());
    WatchOptions options;
    const auto filter = filterOf(request, store.resources());
    if (!filter)
        return std::unexpected(filter.error());
    options.filter = *filter;
    const auto revision = revisionOf(request, store);
    if (!revision)
        return std::unexpected(revision.error());
    options.revision = *revision;
    options.bookmarks = request.flag(QLatin1StringView("allowWatchBookmarks"));
    const bool streaming = request.flag(QLatin1StringView("sendInitialEvents"));
    options.initialEvents = streaming || (*revision == 0 && !request.has(QLatin1StringView("sendInitialEvents")));
    options.initialBookmark = streaming && options.bookmarks;
    options.timeoutSeconds = request.param(QLatin1StringView("timeoutSeconds")).toInt();
    if (*revision == 0 && !options.initialEvents)
        options.revision = store.revision();
    return options;
}

} // namespace kdra::demo
