// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/evidence.h"

namespace kdra::relations {

using store::Kind;

std::vector<EventRef> warningsAbout(const store::Snapshot &snapshot, const store::Uid &uid)
{
    std::vector<EventRef> events;
    snapshot.table<Kind::Event>().forEach([&](const EventRef &event) {
        if (event->warning && event->regardingUid == uid)
            events.push_back(event);
    });
    std::ranges::sort(events, [](const EventRef &a, const EventRef &b) { return a->last > b->last; });
    return events;
}

EventRef withReason(
    const store::Snapshot &snapshot, const std::vector<EventRef> &events, std::initializer_list<const char *> reasons)
{
    for (const EventRef &event : events) {
        const std::string_view reason = snapshot.view(event->reason);
        if (std::ranges::any_of(reasons, [reason](const char *one) { return reason == one; }))
            return event;
    }
    return {};
}

QString shortened(std::string_view message)
{
    constexpr qsizetype room = 160;
    QString text = store::toQString(message).simplified();
    // gRPC: "rpc error: code = NotFound desc = …"
    const QLatin1StringView wrapped("desc = ");
    if (const qsizetype at = text.lastIndexOf(wrapped); at >= 0)
        text.remove(0, at + wrapped.size());
    if (text.size() > room) {
        // Errors of Go are wrapped from the left: "what was tried: what that needed: why not". The end tells most.
        qsizetype colon = text.indexOf(QLatin1StringView(": "));
        while (colon >= 0 && text.size() - colon - 2 >= room)
            colon = text.indexOf(QLatin1StringView(": "), colon + 1);
        const bool endTells = colon >= 0 && text.size() - colon > 24;
        text = endTells ? QChar(0x2026) + text.mid(colon + 2) : text.left(room - 1).trimmed() + QChar(0x2026);
    }
    while (text.endsWith(u'.') || text.endsWith(u'!'))
        text.chop(1);
    return text;
}

} // namespace kdra::relations
