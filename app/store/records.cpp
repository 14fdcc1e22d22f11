// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/records.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <charconv>
#include <optional>

namespace kdra::store {

namespace {

// The hexadecimal digits of text[from, from+size).
std::optional<quint64> hex(std::string_view text, size_t from, size_t size)
{
    quint64 number = 0;
    const char *last = text.data() + from + size;
    const auto [end, error] = std::from_chars(text.data() + from, last, number, 16);
    return error == std::errc{} && end == last ? std::optional(number) : std::nullopt;
}

} // namespace

Uid Uid::parse(std::string_view text)
{
    if (text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-') {
        const auto a = hex(text, 0, 8), b = hex(text, 9, 4), c = hex(text, 14, 4);
        const auto d = hex(text, 19, 4), e = hex(text, 24, 12);
        if (a && b && c && d && e)
            return {*a << 32 | *b << 16 | *c, *d << 48 | *e};
    }
    if (text.empty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha1);
    return {qFromBigEndian<quint64>(hash.constData()), qFromBigEndian<quint64>(hash.constData() + 8)};
}

} // namespace kdra::store
