// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

// The two numbers of a point: [1700000000.123,"0.5"].
namespace kdra::metrics {

// Seconds with a fraction to milliseconds, rounded. Whole milliseconds are exact: they are read digit by digit.
inline qint64 sampleTime(std::string_view token)
{
    const char *at = token.data();
    const char *const end = at + token.size();
    const bool negative = at != end && *at == '-';
    at += negative;
    qint64 ms = 0;
    const char *const digits = at;
    while (at != end && *at >= '0' && *at <= '9' && at - digits < 15)
        ms = ms * 10 + (*at++ - '0');
    ms *= 1000;
    if (at != end && *at == '.') {
        ++at;
        for (qint64 scale = 100; at != end && *at >= '0' && *at <= '9' && scale > 0; scale /= 10)
            ms += (*at++ - '0') * scale;
    }
    if (at != end && ((*at >= '0' && *at <= '9') || *at == 'e' || *at == 'E')) { // an exponent, microseconds
        double seconds = 0;
        std::from_chars(token.data(), end, seconds);
        return std::isfinite(seconds) && std::abs(seconds) < 1e15 ? std::llround(seconds * 1000) : 0;
    }
    return negative ? -ms : ms;
}

// The number in a string that begins at `at`, behind the quote, as Go's strconv writes it: "0.5", "1e+06", "NaN",
// "+Inf", "-Inf". Where the closing quote is; nullptr when it is not a number.
inline const char *sampleValueEnd(const char *at, const char *end, double &value)
{
    if (at < end && *at == '+')
        ++at;
    auto [stop, error] = std::from_chars(at, end, value);
    if (error == std::errc::result_out_of_range) // a denormal to some libraries
        value = std::strtod(at, nullptr);
    else if (error != std::errc())
        return nullptr;
    return stop < end && *stop == '"' ? stop : nullptr;
}

inline bool sampleValue(const char *at, const char *end, double &value)
{
    return sampleValueEnd(at, end, value) != nullptr;
}

} // namespace kdra::metrics
