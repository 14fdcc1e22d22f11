// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/timetolive.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Unit {
    char16_t letter;
    qint64 seconds;
};
// Largest first.
constexpr std::array<Unit, 5> units = {{{u'w', 604800}, {u'd', 86400}, {u'h', 3600}, {u'm', 60}, {u's', 1}}};

}

std::optional<std::chrono::seconds> parseTimeToLive(const QString &text)
{
    if (text.size() < 2)
        return {};
    const auto unit = std::ranges::find(units, text.back().unicode(), &Unit::letter);
    bool ok = false;
    const qint64 count = text.chopped(1).toLongLong(&ok);
    constexpr qint64 hundredYears = 100LL * 366 * 86400;
    if (!ok || unit == units.end() || count <= 0 || count > hundredYears / unit->seconds)
        return {};
    return std::chrono::seconds(count * unit->seconds);
}

QString timeToLiveText(std::chrono::seconds time)
{
    if (time <= std::chrono::seconds::zero())
        return u"forever"_s;
    const qint64 seconds = (time.count() + 59) / 60 * 60;
    const auto unit = std::ranges::find_if(units, [seconds](const Unit &one) { return seconds % one.seconds == 0; });
    return QString::number(seconds / unit->seconds) + QChar(unit->letter);
}

} // namespace kdra::environments
