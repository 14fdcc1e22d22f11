// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/random.h"

#include <QUuid>

namespace kdra::demo {

QString uuidOf(QStringView text, std::uint64_t seed)
{
    const std::uint64_t high = hashOf(text, seed);
    const std::uint64_t low = mix(high);
    QUuid uuid;
    uuid.data1 = static_cast<uint>(high >> 32);
    uuid.data2 = static_cast<ushort>(high >> 16);
    uuid.data3 = static_cast<ushort>((high & 0x0fff) | 0x4000);
    for (int i = 0; i < 8; ++i)
        uuid.data4[i] = static_cast<uchar>(low >> (8 * i));
    uuid.data4[0] = static_cast<uchar>((uuid.data4[0] & 0x3f) | 0x80);
    return uuid.toString(QUuid::WithoutBraces);
}

QString templateHash(QStringView text, std::uint64_t seed)
{
    return Random(hashOf(text, seed)).suffix(10);
}

} // namespace kdra::demo
