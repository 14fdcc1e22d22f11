// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/ticks.h"

#include <QDateTime>

#include <array>
#include <cmath>
#include <limits>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

constexpr std::array<double, 17> roundSeconds{
    60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 5184000};
constexpr std::array<qint64, 26> roundTimes{1, 2, 5, 10, 20, 50, 100, 200, 500, second, 2 * second, 5 * second,
    10 * second, 15 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,
    2 * hour, 3 * hour, 6 * hour, 12 * hour};

// 1, 2 or 5 times a power of ten, at least `step`.
double roundDecimal(double step)
{
    const double power = std::pow(10, std::floor(std::log10(step)));
    for (const double times : {1., 2., 5.}) {
        if (power * times >= step * (1 - 1e-9))
            return power * times;
    }
    return power * 10;
}

int decimalsOfStep(double scaledStep)
{
    for (int decimals = 0; decimals < 15; ++decimals) {
        const double shifted = scaledStep * std::pow(10, decimals);
        if (std::abs(shifted - std::round(shifted)) < 1e-6 * std::max(1.0, std::abs(shifted))
            && std::round(shifted) != 0)
            return decimals;
    }
    return 15;
}

std::vector<Tick> logTicks(
    const AxisRange &range, int most, const Unit &unit, std::optional<int> decimals, const QLocale &locale)
{
    // Powers of the base, every n-th where there are too many of them; where there are few, numbers between too.
    const double base = unit.kind() == Unit::Kind::Binary ? 2 : 10;
    const double first = std::ceil(std::log(range.low) / std::log(base) - 1e-9);
    const double last = std::floor(std::log(range.high) / std::log(base) + 1e-9);
    const int powers = int(last - first) + 1;
    std::vector<Tick> ticks;
    const auto add = [&](double value) {
        if (value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9)) {
            const Unit::Scale scale = unit.scaleFor(value);
            const int digits = decimals.value_or(decimalsFor(std::round(value * scale.factor * 1e9) / 1e9));
            ticks.push_back({value, unit.text(value, scale, digits, locale)});
        }
    };
    if (powers >= 3 || base == 2) {
        const int every = std::max(1, (powers + most - 1) / std::max(1, most));
        for (double power = std::ceil(first / every) * every; power <= last; power += every)
            add(std::pow(base, power));
    } else {
        for (double power = first - 1; power <= last; ++power) {
            for (const double times : {1., 2., 5.})
                add(times * std::pow(base, power));
        }
    }
    return ticks;
}

// The begin of the step that `time` is in, by the clock of the zone.
QDateTime floorOf(const QDateTime &time, qint64 step)
{
    const qint64 ofDay = time.time().msecsSinceStartOfDay();
    return QDateTime(time.date(), QTime::fromMSecsSinceStartOfDay(int(ofDay - ofDay % step)), time.timeZone());
}

QString clockText(const QDateTime &time, qint64 step, const QLocale &locale)
{
    if (time.time() == QTime(0, 0))
        return locale.toString(time.date(), u"d MMM");
    if (step < second)
        return locale.toString(time.time(), u"ss.zzz");
    return locale.toString(time.time(), step < minute ? u"HH:mm:ss" : u"HH:mm");
}

std::vector<Tick> dayTicks(qint64 from, qint64 to, int most, const QTimeZone &zone, const QLocale &locale)
{
    const qint64 span = to - from;
    const QDate begin = QDateTime::fromMSecsSinceEpoch(from, zone).date();
    std::vector<Tick> ticks;
    const auto add = [&](const QDate &date, const QString &format) {
        const qint64 at = date.startOfDay(zone).toMSecsSinceEpoch();
        if (at >= from && at <= to)
            ticks.push_back({double(at), locale.toString(date, format)});
    };
    for (const int days : {1, 2, 7, 14}) {
        if (span > days * day * most)
            continue;
        // Counted from a Monday, so that ticks do not wander when the range does.
        qint64 number = begin.toJulianDay();
        number -= number % days;
        for (; QDate::fromJulianDay(number) <= begin.addDays(span / day + 2); number += days)
            add(QDate::fromJulianDay(number), u"d MMM"_s);
        return ticks;
    }
    for (const int months : {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000}) {
        if (span > months * 30 * day * most)
            continue;
        QDate date(begin.year(), 1, 1);
        date = months < 12 ? date.addMonths((begin.month() - 1) / months * months)
                           : QDate(begin.year() - begin.year() % (months / 12), 1, 1);
        const QDate end = QDateTime::fromMSecsSinceEpoch(to, zone).date();
        for (; date.isValid() && date <= end; date = date.addMonths(months))
            add(date, months < 12 ? u"MMM yyyy"_s : u"yyyy"_s);
        return ticks;
    }
    return ticks;
}

}

double AxisRange::part(double value) const
{
    if (logarithmic)
        return value > 0 ? (std::log(value) - std::log(low)) / (std::log(high) - std::log(low))
                         : std::numeric_limits<double>::quiet_NaN();
    // Halves, because the difference of two doubles may be none.
    const double part = (value / 2 - low / 2) / (high / 2 - low / 2);
    return std::isfinite(part) ? part : std::numeric_limits<double>::quiet_NaN();
}

double AxisRange::valueAt(double part) const
{
    if (logarithmic)
        return std::exp(std::log(low) + part * (std::log(high) - std::log(low)));
    return low * (1 - part) + high * part;
}

double niceStep(double span, int most, const Unit &unit)
{
    const double least = span / std::max(1, most);
    if (!(least > 0) || !std::isfinite(least))
        return least > 0 ? std::numeric_limits<double>::max() / 4 : 1;
    const double factor = unit.scaleFor(0).factor;
    switch (unit.kind()) {
    case Unit::Kind::Binary:
        return least < 1 ? roundDecimal(least) : std::exp2(std::ceil(std::log2(least) - 1e-9));
    case Unit::Kind::Duration:
    case Unit::Kind::Clock: {
        const double seconds = least * factor;
        if (seconds <= 30) {
            for (const double step : {15., 30.}) {
                if (seconds > 10 && seconds <= step)
                    return step / factor;
            }
            return roundDecimal(seconds) / factor;
        }
        for (const double step : roundSeconds) {
            if (seconds <= step * (1 + 1e-9))
                return step / factor;
        }
        return roundDecimal(seconds / 86400) * 86400 / factor;
    }
    case Unit::Kind::Bool:
    case Unit::Kind::Hexadecimal:
        return std::max(1.0, roundDecimal(least));
    default:
        return roundDecimal(least);
    }
}

AxisRange niceRange(const Ends &ends, int most, const Unit &unit, bool logarithmic)
{
    constexpr double largest = std::numeric_limits<double>::max();
    double low = ends.low;
    double high = ends.high;
    if (logarithmic) {
        if (!(high > 0))
            high = 1;
        if (!(low > 0) || low > high)
            low = std::max(std::numeric_limits<double>::min(), high / 1e3);
        const double base = unit.kind() == Unit::Kind::Binary ? 2 : 10;
        const auto power = [base](double value, auto round) {
            return std::pow(base, round(std::log(value) / std::log(base)));
        };
        if (!ends.lowFixed || ends.low <= 0)
            low = power(low, [](double p) { return std::floor(p + 1e-9); });
        if (!ends.highFixed)
            high = power(high, [](double p) { return std::ceil(p - 1e-9); });
        if (!(high > low))
            high = low * base;
        return {std::max(low, std::numeric_limits<double>::min()), std::isfinite(high) ? high : largest, true};
    }
    if (!std::isfinite(low) || !std::isfinite(high) || low > high) {
        low = std::isfinite(low) ? low : 0;
        high = std::max(low, std::isfinite(high) ? high : low);
    }
    if (low == high) {
        // A flat line lies on its value, with the zero in sight when that is near.
        const double room = low == 0 ? 1 : std::abs(low) / 2;
        if (!ends.highFixed)
            high = high < largest - room ? high + room : largest;
        if (!ends.lowFixed)
            low = low > room - largest ? low - room : -largest;
        if (!(high > low))
            high = low + room;
        if (!(high > low))
            low = high - room;
    }
    const double step = niceStep(high / 2 - low / 2 < largest / 2 ? high - low : largest, most, unit);
    // Nearly zero is zero: that axis says more.
    if (!ends.lowFixed) {
        if (low > 0 && low < step)
            low = 0;
        low = std::floor(low / step + 1e-9) * step;
    }
    if (!ends.highFixed) {
        if (high < 0 && high > -step)
            high = 0;
        high = std::ceil(high / step - 1e-9) * step;
    }
    // What rounding has brought together.
    if (!(high > low))
        high = low + step;
    return {std::max(low, -largest), std::min(high, largest), false};
}

std::vector<Tick> valueTicks(
    const AxisRange &range, int most, const Unit &unit, std::optional<int> decimals, const QLocale &locale)
{
    if (range.logarithmic)
        return logTicks(range, most, unit, decimals, locale);
    const double span = range.high / 2 - range.low / 2;
    double step = niceStep(
        span < std::numeric_limits<double>::max() / 2 ? span * 2 : std::numeric_limits<double>::max(), most, unit);
    const bool byStep = unit.kind() == Unit::Kind::Duration;
    const Unit::Scale scale = unit.scaleFor(byStep ? step : std::max(std::abs(range.low), std::abs(range.high)));
    const int digits = decimals ? std::max(*decimals, 0) : decimalsOfStep(step * scale.factor);
    // Finer than what is written would be the same text twice.
    const double least = std::pow(10.0, -digits) / scale.factor;
    if (step < least)
        step = least;
    std::vector<Tick> ticks;
    const double first = std::ceil(range.low / step - 1e-9);
    const double last = std::floor(range.high / step + 1e-9);
    if (!(last - first < 1000))
        return ticks;
    for (double index = first; index <= last; ++index) {
        const double at = index * step;
        if (at == 0)
            ticks.push_back({0, unit.text(0, scale, 0, locale)});
        else if (std::isfinite(at))
            ticks.push_back({at, unit.text(at, scale, digits, locale)});
    }
    return ticks;
}

std::vector<Tick> timeTicks(qint64 from, qint64 to, int most, const QTimeZone &zone, const QLocale &locale)
{
    most = std::max(1, most);
    // What a QDateTime can tell.
    constexpr qint64 limit = 200'000'000'000'000;
    if (to <= from || from < -limit || to > limit)
        return {};
    qint64 step = 0;
    for (const qint64 round : roundTimes) {
        if (to - from <= round * most) {
            step = round;
            break;
        }
    }
    if (step == 0)
        return dayTicks(from, to, most, zone, locale);
    std::vector<Tick> ticks;
    QDateTime time = floorOf(QDateTime::fromMSecsSinceEpoch(from, zone), step);
    while (time.toMSecsSinceEpoch() <= to && ticks.size() < 1000) {
        if (time.toMSecsSinceEpoch() >= from)
            ticks.push_back({double(time.toMSecsSinceEpoch()), clockText(time, step, locale)});
        // An hour that a change of clocks repeats makes a long step one hour longer, and short ones begin it anew.
        const QDateTime next = floorOf(time.addMSecs(step), step);
        const QDateTime later = step > hour ? floorOf(time.addMSecs(step + hour), step) : time.addMSecs(step);
        time = next > time ? next : later > time ? later : time.addMSecs(step);
    }
    return ticks;
}

} // namespace kdra::metrics
