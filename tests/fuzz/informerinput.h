// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/informer.h"

#include <string>
#include <string_view>

// What the fuzz targets of the store share.
namespace kdra::fuzz {

// The first byte of an input chooses the kind.
inline store::Kind kindOf(unsigned char byte)
{
    return static_cast<store::Kind>(byte % store::kindCount);
}

// A copy with the padding that simdjson reads over, and not a byte more: the sanitizer sees every other overrun.
inline std::string padded(std::string_view json)
{
    std::string copy;
    copy.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    copy.append(json).append(simdjson::SIMDJSON_PADDING, '\0');
    return copy;
}

inline simdjson::padded_string_view view(const std::string &copy)
{
    return simdjson::padded_string_view(copy.data(), copy.size() - simdjson::SIMDJSON_PADDING, copy.size());
}

// What the GUI thread would read: everything that was applied has to be readable.
inline void publish(store::Informer &informer, const std::shared_ptr<StringPool> &strings)
{
    store::Snapshot snapshot;
    snapshot.strings = strings;
    store::KindDelta delta;
    informer.publish(snapshot, delta);
}

} // namespace kdra::fuzz
