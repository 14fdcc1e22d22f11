// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/json.h"
#include "metrics/samplenumber.h"

// Points of any form of JSON into columns; samplescan.h reads those in the usual form.
namespace kdra::metrics {

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
