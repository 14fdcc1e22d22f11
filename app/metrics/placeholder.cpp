// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/placeholder.h"

#include <algorithm>

namespace kdra::metrics {

namespace {

bool isWord(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
}

QStringView wordAt(QStringView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && isWord(text[end]))
        ++end;
    return text.sliced(at, end - at);
}

// "name", "name.field", "name:format" up to `close`.
std::optional<Placeholder> bracketed(QStringView text, qsizetype at, QStringView close)
{
    const qsizetype start = at + 2; // after "${" or "[["
    Placeholder out{.at = at, .name = wordAt(text, start)};
    qsizetype end = start + out.name.size();
    if (out.name.isEmpty())
        return std::nullopt;
    const auto until = [&](QStringView stops) {
        const qsizetype from = end;
        while (end < text.size() && !stops.contains(text[end]) && text[end] != u'\n')
            ++end;
        return text.sliced(from, end - from);
    };
    if (end < text.size() && text[end] == u'.')
        until(u":}]");
    if (end < text.size() && text[end] == u':') {
        ++end;
        out.format = until(close.first(1));
    }
    if (!text.sliced(end).startsWith(close))
        return std::nullopt;
    out.length = end + close.size() - at;
    return out;
}

}

std::optional<Placeholder> nextPlaceholder(QStringView text, qsizetype from)
{
    for (qsizetype at = from; at < text.size(); ++at) {
        if (text[at] != u'$' && text[at] != u'[')
            continue;
        const QStringView rest = text.sliced(at);
        std::optional<Placeholder> found;
        if (rest.startsWith(u"${")) {
            found = bracketed(text, at, u"}");
        } else if (rest.startsWith(u"[[")) {
            found = bracketed(text, at, u"]]");
        } else if (text[at] == u'$') {
            const QStringView name = wordAt(text, at + 1);
            if (!name.isEmpty())
                found = Placeholder{.at = at, .length = name.size() + 1, .name = name};
        }
        if (found)
            return found;
    }
    return std::nullopt;
}

} // namespace kdra::metrics
