// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promfunctions.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

constexpr auto Aggregation = PromFunction::Kind::Aggregation;

const PromFunction all[] = {
    {"abs"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values without their sign.")},
    {"absent"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "One where there is no series at all, else nothing; for alerts about missing data.")},
    {"absent_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "One where no series had a value in the whole window, else nothing.")},
    {"acos"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The arc cosine, in radians.")},
    {"acosh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The inverse hyperbolic cosine.")},
    {"asin"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The arc sine, in radians.")},
    {"asinh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The inverse hyperbolic sine.")},
    {"atan"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The arc tangent, in radians.")},
    {"atanh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The inverse hyperbolic tangent.")},
    {"avg"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The mean of all series of a group."),
        Aggregation},
    {"avg_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The mean of each series' values in the window.")},
    {"bottomk"_L1, "k scalar, v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The k series of a group with the smallest values."),
        Aggregation},
    {"ceil"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values rounded up to whole numbers.")},
    {"changes"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How often each series' value changed in the window.")},
    {"clamp"_L1, "v instant, min scalar, max scalar"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The values, none below the one and none above the other bound.")},
    {"clamp_max"_L1, "v instant, max scalar"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values, none above the bound.")},
    {"clamp_min"_L1, "v instant, min scalar"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values, none below the bound.")},
    {"cos"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The cosine of angles in radians.")},
    {"cosh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The hyperbolic cosine.")},
    {"count"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How many series there are in a group."), Aggregation},
    {"count_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How many values each series has in the window.")},
    {"count_values"_L1, "label string, v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "How many series of a group have the same value; the value goes into a label."),
        Aggregation},
    {"day_of_month"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The day of the month of times in seconds, from 1, in UTC.")},
    {"day_of_week"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The day of the week of times in seconds, from 0 for Sunday, in UTC.")},
    {"day_of_year"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The day of the year of times in seconds, from 1, in UTC.")},
    {"days_in_month"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How many days the month of a time in seconds has, in UTC.")},
    {"deg"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "Radians as degrees.")},
    {"delta"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "By how much a gauge changed from the beginning of the window to its end.")},
    {"deriv"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "How fast a gauge changes per second, by linear regression over the window.")},
    {"exp"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "e to the power of the values.")},
    {"floor"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values rounded down to whole numbers.")},
    {"group"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "One for every group that there is, whatever its values are."),
        Aggregation},
    {"histogram_avg"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The mean of what native histograms observed.")},
    {"histogram_count"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How many observations native histograms have.")},
    {"histogram_fraction"_L1, "lower scalar, upper scalar, v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "Which part of the observations of native histograms lies between two bounds.")},
    {"histogram_quantile"_L1, "q scalar, v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "The value that a part q (0 to 1) of a histogram's observations does not exceed, from the rates of its "
            "buckets.")},
    {"histogram_stddev"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The estimated standard deviation of what native histograms observed.")},
    {"histogram_stdvar"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The estimated variance of what native histograms observed.")},
    {"histogram_sum"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The sum of what native histograms observed.")},
    {"hour"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The hour of the day of times in seconds, from 0 to 23, in UTC.")},
    {"idelta"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The difference between a gauge's last two values in the window.")},
    {"increase"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "By how much a counter rose in the window; its restarts are seen to.")},
    {"irate"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "How fast a counter rises per second by its last two values; for counters that move fast.")},
    {"label_join"_L1, "v instant, dst string, separator string, src string, ..."_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "Writes the values of several labels, with a separator between them, into another label.")},
    {"label_replace"_L1, "v instant, dst string, replacement string, src string, regex string"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "Writes what a regular expression finds in one label into another.")},
    {"last_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "Each series' newest value in the window.")},
    {"ln"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The natural logarithm.")},
    {"log10"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The logarithm to base 10.")},
    {"log2"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The logarithm to base 2.")},
    {"max"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The greatest value of a group."),
        Aggregation},
    {"max_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "Each series' greatest value in the window.")},
    {"min"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The smallest value of a group."),
        Aggregation},
    {"min_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "Each series' smallest value in the window.")},
    {"minute"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The minute of the hour of times in seconds, from 0 to 59, in UTC.")},
    {"month"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The month of times in seconds, from 1 to 12, in UTC.")},
    {"pi"_L1, ""_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The number pi.")},
    {"predict_linear"_L1, "v range, t scalar"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "What a gauge will be in t seconds when it goes on as in the window.")},
    {"present_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "One for every series that has a value in the window.")},
    {"quantile"_L1, "q scalar, v instant"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The value that a part q (0 to 1) of a group's series does not exceed."),
        Aggregation},
    {"quantile_over_time"_L1, "q scalar, v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "The value that a part q (0 to 1) of each series' values in the window does not exceed.")},
    {"rad"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "Degrees as radians.")},
    {"rate"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "How fast a counter rises per second, on average over the window; its restarts are seen to.")},
    {"resets"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "How often a counter began anew in the window.")},
    {"round"_L1, "v instant, to scalar = 1"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The values rounded to the nearest multiple of a number.")},
    {"scalar"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction",
            "The value of the only series as a plain number; no number when there are more, or none.")},
    {"sgn"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The sign of the values: 1, 0 or -1.")},
    {"sin"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The sine of angles in radians.")},
    {"sinh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The hyperbolic sine.")},
    {"sort"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The series by their values, rising; for tables.")},
    {"sort_desc"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The series by their values, falling; for tables.")},
    {"sqrt"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The square root.")},
    {"stddev"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The standard deviation of a group's series."), Aggregation},
    {"stddev_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP(
            "kdra::metrics::PromFunction", "The standard deviation of each series' values in the window.")},
    {"stdvar"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The variance of a group's series."),
        Aggregation},
    {"stdvar_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The variance of each series' values in the window.")},
    {"sum"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The sum of all series of a group."),
        Aggregation},
    {"sum_over_time"_L1, "v range"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The sum of each series' values in the window.")},
    {"tan"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The tangent of angles in radians.")},
    {"tanh"_L1, "v instant"_L1, QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The hyperbolic tangent.")},
    {"time"_L1, ""_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The time of each point, in seconds since 1970.")},
    {"timestamp"_L1, "v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "When each series' value was taken, in seconds since 1970.")},
    {"topk"_L1, "k scalar, v instant"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The k series of a group with the greatest values."),
        Aggregation},
    {"vector"_L1, "s scalar"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "A plain number as a series without labels.")},
    {"year"_L1, "v instant = vector(time())"_L1,
        QT_TRANSLATE_NOOP("kdra::metrics::PromFunction", "The year of times in seconds, in UTC.")},
};

} // namespace

QString PromFunction::explanation() const
{
    return QCoreApplication::translate("kdra::metrics::PromFunction", text);
}

std::span<const PromFunction> promFunctions()
{
    return all;
}

const PromFunction *promFunction(QStringView name)
{
    const auto found = std::ranges::find_if(all, [&](const PromFunction &one) {
        return name.compare(
                   one.name, one.kind == PromFunction::Kind::Aggregation ? Qt::CaseInsensitive : Qt::CaseSensitive)
            == 0;
    });
    return found == std::end(all) ? nullptr : &*found;
}

} // namespace kdra::metrics
