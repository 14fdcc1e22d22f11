// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/naturalcompare.h"

namespace kdra {

int naturalCompare(std::string_view a, std::string_view b)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            while (i < a.size() && a[i] == '0')
                ++i;
            while (j < b.size() && b[j] == '0')
                ++j;
            size_t endA = i;
            size_t endB = j;
            while (endA < a.size() && isDigit(a[endA]))
                ++endA;
            while (endB < b.size() && isDigit(b[endB]))
                ++endB;
            if (endA - i != endB - j)
                return endA - i < endB - j ? -1 : 1;
            if (const int digits = a.substr(i, endA - i).compare(b.substr(j, endB - j)))
                return digits;
            i = endA;
            j = endB;
            continue;
        }
        const auto left = static_cast<unsigned char>(fold(a[i]));
        const auto right = static_cast<unsigned char>(fold(b[j]));
        if (left != right)
            return left < right ? -1 : 1;
        ++i;
        ++j;
    }
    const size_t restA = a.size() - i;
    const size_t restB = b.size() - j;
    if (restA != restB)
        return restA < restB ? -1 : 1;
    return a.compare(b);
}

} // namespace kdra
