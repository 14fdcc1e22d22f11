// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quantity.h"

#include <QLocale>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace kdra {
namespace {

// The factor of a suffix, or 0 when there is no such suffix.
long double factorOf(std::string_view suffix)
{
    struct Unit {
        std::string_view name;
        long double factor;
    };
    static constexpr Unit units[] = {{"", 1.0L}, {"n", 1e-9L}, {"u", 1e-6L}, {"m", 1e-3L}, {"k", 1e3L}, {"M", 1e6L},
        {"G", 1e9L}, {"T", 1e12L}, {"P", 1e15L}, {"E", 1e18L}, {"Ki", 0x1p10L}, {"Mi", 0x1p20L}, {"Gi", 0x1p30L},
        {"Ti", 0x1p40L}, {"Pi", 0x1p50L}, {"Ei", 0x1p60L}};
    for (const Unit &unit : units) {
        if (unit.name == suffix)
            return unit.factor;
    }
    return 0;
}

std::optional<qint64> parseScaled(std::string_view text, long double scale)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    // std::from_chars also takes "inf" and "nan", which no quantity is.
    if (text.empty() || text.find_first_not_of("0123456789.-") == 0)
        return std::nullopt;
    long double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(value))
        return std::nullopt;
    std::string_view suffix = text.substr(static_cast<size_t>(end - text.data()));
    long double factor = factorOf(suffix);
    if (factor == 0 && suffix.size() > 1 && (suffix.front() == 'e' || suffix.front() == 'E')) {
        suffix.remove_prefix(suffix[1] == '+' ? 2 : 1);
        int exponent = 0;
        const auto [stop, bad] = std::from_chars(suffix.data(), suffix.data() + suffix.size(), exponent);
        if (bad != std::errc{} || stop != suffix.data() + suffix.size() || std::abs(exponent) > 40)
            return std::nullopt;
        factor = std::pow(10.0L, exponent);
    }
    if (factor == 0)
        return std::nullopt;
    const long double scaled = value * factor * scale;
    // Binary fractions make 0.1 * 1000 come out a hair over 100; do not round that hair up to 101.
    const long double nearest = std::round(scaled);
    const long double hair = 1e-15L * std::max(1.0L, std::abs(scaled));
    const long double whole = std::abs(scaled - nearest) < hair ? nearest : std::ceil(scaled);
    if (whole >= 0x1p63L)
        return std::numeric_limits<qint64>::max();
    if (whole <= -0x1p63L)
        return std::numeric_limits<qint64>::min();
    return static_cast<qint64>(whole);
}

} // namespace

std::optional<qint64> parseQuantityMilli(std::string_view text)
{
    return parseScaled(text, 1000);
}

std::optional<qint64> parseQuantity(std::string_view text)
{
    return parseScaled(text, 1);
}

QString formatBytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1, QLocale::DataSizeIecFormat);
}

QString formatCores(qint64 milli)
{
    return QLocale().toString(static_cast<double>(milli) / 1000.0, 'g', milli < 100000 ? 3 : 6);
}

} // namespace kdra
