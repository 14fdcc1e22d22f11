// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/encoder.h"
#include "demo/selectors.h"
#include "demo/stream.h"

#include <QDeadlineTimer>

namespace kdra::demo {

struct WatchOptions {
    Filter filter;
    quint64 revision = 0; // resume after this; 0: begin with what is there
    bool initialEvents = false; // what is there as ADDED first (revision 0 or a streaming list)
    bool initialBookmark = false; // ... and say by a bookmark when that is complete
    bool bookmarks = false;
    int timeoutSeconds = 0;
    int bookmarkSeconds = 60;
};

// One watch: reads the store's history at its own pace and turns changes into events as its selectors see them.
class WatchSource : public Source {
public:
    WatchSource(const ObjectStore &store, Encoder encoder, TypeId type, WatchOptions options);

    Next pull(Framer &out) override;

    // What list options say about a watch; errors as ValidateListOptions words them.
    static ApiResult<WatchOptions> options(const ApiRequest &request, const ObjectStore &store, bool streamingLists);

private:
    void send(Framer &out, QByteArrayView type, const StoredObject &object);
    void send(Framer &out, const Change &change);
    Next error(Framer &out, const ApiStatus &status);

    const ObjectStore &m_store;
    Encoder m_encoder;
    TypeId m_type;
    WatchOptions m_options;
    std::vector<ObjectPtr> m_initial;
    std::size_t m_nextInitial = 0;
    quint64 m_initialRevision = 0;
    quint64 m_position = 0;
    QDeadlineTimer m_end;
    QDeadlineTimer m_nextBookmark;
    bool m_expired = false;
    bool m_ended = false;
    bool m_first = true;
};

} // namespace kdra::demo
