// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/records.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace kdra::store {

Uid Uid::parse(std::string_view text)
{
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9')
            return c - '0';
        const char lower = static_cast<char>(c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    };
    if (text.size() == 36) {
        quint64 words[2] = {0, 0};
        int digits = 0;
        for (size_t i = 0; i < text.size(); ++i) {
            const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            const int value = dash ? 0 : digit(text[i]);
            if ((dash && text[i] != '-') || value < 0) {
                digits = 0;
                break;
            }
            if (!dash) {
                words[digits / 16] = (words[digits / 16] << 4) | static_cast<quint64>(value);
                ++digits;
            }
        }
        if (digits == 32)
            return {words[0], words[1]};
    }
    if (text.empty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha1);
    return {qFromBigEndian<quint64>(hash.constData()), qFromBigEndian<quint64>(hash.constData() + 8)};
}

} // namespace kdra::store
