// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/timerange.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::TimeRange)
};

QDateTime shifted(const QDateTime &time, qint64 count, QChar unit)
{
    switch (unit.unicode()) {
    case u's':
        return time.addSecs(count);
    case u'm':
        return time.addSecs(count * 60);
    case u'h':
        return time.addSecs(count * 3600);
    case u'd':
        return time.addDays(count);
    case u'w':
        return time.addDays(count * 7);
    case u'M':
        return time.addMonths(static_cast<int>(count));
    default:
        return time.addYears(static_cast<int>(count));
    }
}

QDateTime beginningOf(const QDateTime &time, QChar unit)
{
    QDate date = time.date();
    const QTime clock = time.time();
    switch (unit.unicode()) {
    case u's':
        return QDateTime(date, QTime(clock.hour(), clock.minute(), clock.second()), time.timeZone());
    case u'm':
        return QDateTime(date, QTime(clock.hour(), clock.minute()), time.timeZone());
    case u'h':
        return QDateTime(date, QTime(clock.hour(), 0), time.timeZone());
    case u'w':
        date = date.addDays(1 - date.dayOfWeek());
        break;
    case u'M':
        date = QDate(date.year(), date.month(), 1);
        break;
    case u'y':
        date = QDate(date.year(), 1, 1);
        break;
    default:
        break;
    }
    return date.startOfDay(time.timeZone());
}

std::optional<qint64> momentOf(const QString &text, qint64 now, const QTimeZone &zone, bool isEnd)
{
    static const QRegularExpression relative(u"^now(?:([+-])(\\d{1,9})([smhdwMy]))?(?:/([smhdwMy]))?$"_s);
    static const QRegularExpression digits(u"^\\d{10,14}$"_s);
    if (const auto match = relative.match(text); match.hasMatch()) {
        QDateTime time = QDateTime::fromMSecsSinceEpoch(now, zone);
        if (match.hasCaptured(1)) {
            const qint64 count = match.captured(2).toLongLong() * (match.captured(1) == "-"_L1 ? -1 : 1);
            time = shifted(time, count, match.captured(3).front());
        }
        if (match.hasCaptured(4)) {
            const QChar unit = match.captured(4).front();
            time = beginningOf(time, unit);
            if (isEnd)
                time = shifted(time, 1, unit).addMSecs(-1);
        }
        return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
    }
    if (digits.match(text).hasMatch())
        return text.toLongLong();
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    // Without an offset it is meant as the user's own time.
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time = QDateTime(time.date(), time.time(), zone);
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

Error notUnderstood(const QString &what, const QString &text)
{
    return {.kind = Error::Kind::Invalid,
        .what = what,
        .where = text,
        .remedy = Words::tr("Write \"now-6h\", \"now/d\", or a date such as \"2026-11-26 14:00\".")};
}

QString lastOf(qint64 count, QChar unit)
{
    const int n = static_cast<int>(count);
    switch (unit.unicode()) {
    case u's':
        return Words::tr("Last %n seconds", nullptr, n);
    case u'm':
        return Words::tr("Last %n minutes", nullptr, n);
    case u'h':
        return Words::tr("Last %n hours", nullptr, n);
    case u'd':
        return Words::tr("Last %n days", nullptr, n);
    case u'w':
        return Words::tr("Last %n weeks", nullptr, n);
    case u'M':
        return Words::tr("Last %n months", nullptr, n);
    default:
        return Words::tr("Last %n years", nullptr, n);
    }
}

} // namespace

Result<Moments> resolve(const TimeRange &range, qint64 now, const QTimeZone &zone)
{
    const std::optional<qint64> from = momentOf(range.from.trimmed(), now, zone, false);
    if (!from)
        return std::unexpected(
            notUnderstood(Words::tr("The beginning of the time range is not understood."), range.from));
    const std::optional<qint64> to = momentOf(range.to.trimmed(), now, zone, true);
    if (!to)
        return std::unexpected(notUnderstood(Words::tr("The end of the time range is not understood."), range.to));
    if (*to <= *from)
        return std::unexpected(
            notUnderstood(Words::tr("The time range ends before it begins."), range.from + u" – "_s + range.to));
    return Moments{*from, *to};
}

TimeRange absoluteRange(const Moments &moments)
{
    return {QString::number(moments.from), QString::number(moments.to)};
}

QString textOf(const TimeRange &range, const QTimeZone &zone)
{
    static const QRegularExpression last(u"^now-(\\d{1,9})([smhdwMy])$"_s);
    if (range.isLive()) {
        if (const auto match = last.match(range.from); match.hasMatch())
            return lastOf(match.captured(1).toLongLong(), match.captured(2).front());
    }
    if (range == TimeRange{u"now/d"_s, u"now/d"_s} || range == TimeRange{u"now/d"_s, u"now"_s})
        return Words::tr("Today");
    if (range == TimeRange{u"now-1d/d"_s, u"now-1d/d"_s})
        return Words::tr("Yesterday");
    const Result<Moments> moments = range.from.startsWith("now"_L1) || range.to.startsWith("now"_L1)
        ? std::unexpected(Error())
        : resolve(range, 0, zone);
    if (!moments)
        return Words::tr("%1 to %2").arg(range.from, range.to);
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(moments->from, zone);
    const QDateTime to = QDateTime::fromMSecsSinceEpoch(moments->to, zone);
    const QString clock = moments->length() < 600000 ? u"HH:mm:ss"_s : u"HH:mm"_s;
    const QString day = QLocale().toString(from.date(), u"d MMM"_s);
    return from.date() == to.date() ? Words::tr("%1 to %2").arg(day + u' ' + from.toString(clock), to.toString(clock))
                                    : Words::tr("%1 to %2")
                                          .arg(day + u' ' + from.toString(clock),
                                              QLocale().toString(to.date(), u"d MMM"_s) + u' ' + to.toString(clock));
}

} // namespace kdra::metrics
