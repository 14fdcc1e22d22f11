// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/schedule.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr std::array<std::pair<int, int>, 5> Ranges{{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}}};

std::optional<quint64> parseField(const QString &text, int first, int last)
{
    quint64 bits = 0;
    for (const auto parts = text.split(u','); const QString &part : parts) {
        const QStringList halves = part.split(u'/');
        bool ok = true;
        const int step = halves.size() > 1 ? halves.at(1).toInt(&ok) : 1;
        if (!ok || step < 1 || halves.size() > 2)
            return std::nullopt;
        int from = first;
        int to = last;
        if (halves.at(0) != "*"_L1) {
            const QStringList ends = halves.at(0).split(u'-');
            from = ends.at(0).toInt(&ok);
            if (!ok)
                return std::nullopt;
            to = ends.size() > 1 ? ends.at(1).toInt(&ok) : halves.size() > 1 ? last : from;
        }
        if (!ok || from < first || to > last || from > to)
            return std::nullopt;
        for (int value = from; value <= to; value += step)
            bits |= quint64(1) << value;
    }
    return bits;
}

} // namespace

std::optional<Schedule> Schedule::parse(const QString &text)
{
    static const QHash<QString, QString> named{{u"@hourly"_s, u"0 * * * *"_s}, {u"@daily"_s, u"0 0 * * *"_s},
        {u"@midnight"_s, u"0 0 * * *"_s}, {u"@weekly"_s, u"0 0 * * 0"_s}, {u"@monthly"_s, u"0 0 1 * *"_s},
        {u"@yearly"_s, u"0 0 1 1 *"_s}};
    const QStringList words = named.value(text, text).simplified().split(u' ');
    if (words.size() != 5)
        return std::nullopt;
    Schedule out;
    for (std::size_t i = 0; i < 5; ++i) {
        const auto bits = parseField(words.at(static_cast<qsizetype>(i)), Ranges[i].first, Ranges[i].second);
        if (!bits)
            return std::nullopt;
        out.m_fields[i] = *bits;
    }
    if (out.m_fields[4] & (1u << 7))
        out.m_fields[4] |= 1; // 7 is Sunday too
    out.m_anyDay = words.at(2).startsWith(u'*');
    out.m_anyWeekday = words.at(4).startsWith(u'*');
    return out;
}

bool Schedule::matches(const QDateTime &minute) const
{
    const QDateTime time = minute.toUTC();
    const auto has = [this](std::size_t field, int value) { return (m_fields[field] >> value & 1) != 0; };
    const bool day = has(2, time.date().day());
    const bool weekday = has(4, time.date().dayOfWeek() % 7);
    // cron's rule: when both are restricted, either will do.
    const bool date = m_anyDay || m_anyWeekday ? day && weekday : day || weekday;
    return has(0, time.time().minute()) && has(1, time.time().hour()) && has(3, time.date().month()) && date;
}

QDateTime Schedule::lastDue(const QDateTime &after, const QDateTime &until) const
{
    qint64 minute = until.toSecsSinceEpoch() / 60;
    const qint64 first = std::max(after.toSecsSinceEpoch() / 60, minute - 1440);
    for (; minute > first; --minute) {
        const QDateTime time = QDateTime::fromSecsSinceEpoch(minute * 60, QTimeZone::UTC);
        if (matches(time))
            return time;
    }
    return {};
}

} // namespace kdra::demo
