// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <array>
#include <optional>

namespace kdra::demo {

// A CronJob's schedule: five fields, or @hourly, @daily, @weekly, @monthly, @yearly. UTC.
class Schedule {
public:
    static std::optional<Schedule> parse(const QString &text);

    bool matches(const QDateTime &minute) const;
    // The last time it was due in (after, until]; null when it was not. Looks back a day at most.
    QDateTime lastDue(const QDateTime &after, const QDateTime &until) const;

private:
    std::array<quint64, 5> m_fields{}; // a bit a value: minute, hour, day, month, weekday
    bool m_anyDay = true;
    bool m_anyWeekday = true;
};

} // namespace kdra::demo
