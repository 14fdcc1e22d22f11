// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/json.h"

#include <chrono>

namespace kdra::metrics::json {
namespace {

// The digits of text[from, from+size), or -1.
int digits(std::string_view text, size_t from, size_t size)
{
    int number = 0;
    for (size_t i = from; i < from + size; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

} // namespace

qint64 timeMs(std::string_view text)
{
    // "2026-11-22T17:00:00" and then a fraction, Z or an offset.
    if (text.size() < 20)
        return 0;
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year <= 1 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || minute < 0 || second < 0)
        return 0;
    using namespace std::chrono;
    const sys_days date = std::chrono::year(year) / month / day;
    qint64 ms =
        duration_cast<milliseconds>(date.time_since_epoch()).count() + ((hour * 60LL + minute) * 60 + second) * 1000;
    size_t at = 19;
    if (text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            ms += (text[at] - '0') * scale;
    }
    if (at + 6 <= text.size() && (text[at] == '+' || text[at] == '-')) {
        const qint64 offset = (digits(text, at + 1, 2) * 60LL + digits(text, at + 4, 2)) * 60000;
        ms += text[at] == '+' ? -offset : offset;
    }
    return ms;
}

} // namespace kdra::metrics::json
