// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/decoder.h"
#include "store/snapshot.h"

#include <memory>

namespace kdra::store {

// What one watch event or page did.
struct Applied {
    quint32 objects = 0; // put or removed
    quint32 malformed = 0; // left out
    bool listComplete = false; // the bookmark that ends the initial events, or the last page
    bool isError = false; // an ERROR event: error and its code
    Error error;
    QString continueToken;
};

// Keeps the table of one kind: decodes what the watch brings and applies it. Store thread only.
class Informer {
public:
    virtual ~Informer() = default;

    virtual void beginList() = 0;
    // A watch event, UTF-8, followed by simdjson::SIMDJSON_PADDING readable bytes.
    virtual Applied applyEvent(simdjson::padded_string_view json) = 0;
    // A page of a list (…List with items), padded likewise.
    virtual Applied applyPage(simdjson::padded_string_view json) = 0;
    virtual void clear() = 0;
    // Re-judges what changes by time alone; returns when to be called again (ms since the Unix epoch), 0 for never.
    virtual qint64 tick(qint64 nowMs) = 0;

    virtual bool isDirty() const = 0;
    virtual void publish(Snapshot &snapshot, KindDelta &delta) = 0;

    // Where to resume the watch; empty before the first list is complete.
    const std::string &resourceVersion() const { return m_resourceVersion; }

    static std::unique_ptr<Informer> create(Kind kind, StringPool &strings);

protected:
    std::string m_resourceVersion;
};

} // namespace kdra::store
