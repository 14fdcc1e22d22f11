// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/snapshot.h"

namespace kdra::store {

const char *transportName(Transport transport)
{
    switch (transport) {
    case Transport::None:
        return "";
    case Transport::WebSocketStreamingList:
        return "websocket-streaming-list";
    case Transport::WebSocket:
        return "websocket";
    case Transport::Http:
        return "http";
    }
    Q_UNREACHABLE_RETURN("");
}

quint32 Snapshot::count(Kind kind) const
{
    quint32 counts[kindCount];
    std::apply(
        [&](const auto &...table) {
            size_t i = 0;
            ((counts[i++] = table.size()), ...);
        },
        tables);
    return counts[static_cast<size_t>(kind)];
}

} // namespace kdra::store
