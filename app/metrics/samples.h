// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/json.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

// The hot loop of answers: [1700000000.123,"0.5"] into columns.
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
// "+Inf", "-Inf". False when it is not one.
inline bool sampleValue(const char *at, const char *end, double &value)
{
    if (at < end && *at == '+')
        ++at;
    const auto [stop, error] = std::from_chars(at, end, value);
    if (error == std::errc() && stop < end && *stop == '"')
        return true;
    if (error != std::errc::result_out_of_range)
        return false;
    // A denormal that the library calls out of range is still a number.
    value = std::strtod(at, nullptr);
    return true;
}

// [time, "value"]; false when it is cut short. Throws when the value is no number.
inline bool readSample(json::Value point, const char *end, Series &series)
{
    simdjson::ondemand::array pair = point.get_array();
    simdjson::ondemand::array_iterator item = pair.begin().value();
    const simdjson::ondemand::array_iterator stop = pair.end().value();
    if (!(item != stop))
        return false;
    const qint64 time = sampleTime(json::unwrap(*item).raw_json_token());
    if (!(++item != stop))
        return false;
    const simdjson::ondemand::raw_json_string text = json::unwrap(*item).get_raw_json_string();
    double value = 0;
    if (!sampleValue(text.raw(), end, value))
        throw simdjson::simdjson_error(simdjson::NUMBER_ERROR);
    while (++item != stop) { }
    series.times.push_back(time);
    series.values.push_back(value);
    return true;
}

// [[time, "value"], ...]; the number of them.
inline qint64 readSamples(json::Value points, const char *end, Series &series)
{
    qint64 count = 0;
    simdjson::ondemand::array array = points.get_array();
    for (auto point : array)
        count += readSample(json::unwrap(point), end, series) ? 1 : 0;
    return count;
}

} // namespace kdra::metrics
