// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <simdjson.h>

#include <optional>
#include <string>

// JSON of the Kubernetes API straight into records, with simdjson on-demand: one pass, no tree. Unknown fields, unknown
// enum values and fields of an unexpected type are skipped; only text that is not JSON, or an object without a uid, is
// an error. One thread (a Decoder owns its parser and buffers).
namespace kdra::store {

// What an object of one kind is decoded into: the record, and the buffer its Texts point into.
template <class Record> struct Decoded {
    Record record;
    std::string text;

    Text keep(std::string_view piece)
    {
        const Text kept{static_cast<quint32>(text.size()), static_cast<quint32>(piece.size())};
        text.append(piece);
        return kept;
    }
    void reset()
    {
        record = {};
        text.clear();
    }
};

// What decoding needs beside the object: the pool for strings, buffers that are reused, and the current time.
struct DecodeContext {
    StringPool &strings;
    std::string scratch;
    std::vector<std::pair<std::string_view, std::string_view>> pairs;
    qint64 nowMs = 0; // ms since the Unix epoch, by our clock
    std::string resourceVersion; // metadata.resourceVersion of the object that was decoded last
};

// Each reads one object; throws simdjson::simdjson_error on text that is not JSON. meta.uid is null when there was
// none.
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<NodeRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<PodRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<NamespaceRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<WorkloadRecord> &out, Kind kind);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ServiceRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<EndpointSliceRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<IngressRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ClaimRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<AutoscalerRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<EventRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<LeaseRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<QuotaRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<LimitRangeRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ApplySetRecord> &out);
void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<SharedTemplateRecord> &out);

// The type of a watch event (apimachinery watch.EventType).
enum class EventType : quint8 { Added, Modified, Deleted, Bookmark, Error, Unknown };
EventType parseEventType(std::string_view text);

} // namespace kdra::store
