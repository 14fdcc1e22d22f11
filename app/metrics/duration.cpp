// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"

#include <array>
#include <cmath>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {
struct Unit {
    QLatin1StringView name;
    qint64 milliseconds;
};
constexpr qint64 day = 86'400'000;
constexpr std::array units = {Unit{"y"_L1, 365 * day}, Unit{"M"_L1, 30 * day}, Unit{"w"_L1, 7 * day}, Unit{"d"_L1, day},
    Unit{"h"_L1, 3'600'000}, Unit{"ms"_L1, 1}, Unit{"m"_L1, 60'000}, Unit{"s"_L1, 1000}};
constexpr double longest = 100.0 * 365 * day;
}

std::optional<qint64> durationOf(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    double sum = 0;
    while (!text.isEmpty()) {
        qsizetype digits = 0;
        while (digits < text.size() && ((text[digits] >= u'0' && text[digits] <= u'9') || text[digits] == u'.'))
            ++digits;
        bool ok = false;
        const double number = text.first(digits).toDouble(&ok);
        if (!ok)
            return std::nullopt;
        text = text.sliced(digits);
        if (text.isEmpty() && sum == 0) {
            sum = number * 1000; // a number alone
            break;
        }
        const auto unit = std::ranges::find_if(units, [&](const Unit &each) { return text.startsWith(each.name); });
        if (unit == units.end())
            return std::nullopt;
        sum += number * static_cast<double>(unit->milliseconds);
        text = text.sliced(unit->name.size());
    }
    if (sum > longest)
        return std::nullopt;
    return static_cast<qint64>(std::llround(sum));
}

QString textOfDuration(qint64 milliseconds)
{
    QString text;
    qint64 rest = std::max<qint64>(0, milliseconds);
    for (const Unit &unit : {units[3], units[4], units[6], units[7], units[5]}) { // d h m s ms
        if (rest >= unit.milliseconds) {
            text += QString::number(rest / unit.milliseconds) + unit.name;
            rest %= unit.milliseconds;
        }
    }
    return text.isEmpty() ? u"0s"_s : text;
}

} // namespace kdra::metrics
