// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/yamltree.h"

#include <QRegularExpression>

#include <cmath>
#include <limits>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

// Go's strconv.ParseInt(text, 0, 64): the base is that of the prefix.
std::optional<qint64> integer(QStringView text)
{
    const bool negative = text.startsWith(u'-');
    QStringView digits = negative || text.startsWith(u'+') ? text.sliced(1) : text;
    int base = 10;
    if (digits.startsWith(L("0x"), Qt::CaseInsensitive))
        base = 16;
    else if (digits.startsWith(L("0b"), Qt::CaseInsensitive))
        base = 2;
    else if (digits.size() > 1 && digits.startsWith(u'0'))
        base = 8;
    if (base == 16 || base == 2 || (base == 8 && digits.startsWith(L("0o"), Qt::CaseInsensitive)))
        digits = digits.sliced(2);
    if (digits.isEmpty() || digits.startsWith(u'+') || digits.startsWith(u'-'))
        return {};
    bool ok = false;
    const quint64 magnitude = digits.toULongLong(&ok, base);
    constexpr auto limit = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (!ok || magnitude > limit)
        return {};
    return negative ? -static_cast<qint64>(magnitude) : static_cast<qint64>(magnitude);
}

} // namespace

QJsonValue plainScalar(const QString &text)
{
    if (text.isEmpty())
        return QJsonValue::Null;
    if (text.size() <= 5) {
        static const QStringList nulls = {
            QStringLiteral("~"), QStringLiteral("null"), QStringLiteral("Null"), QStringLiteral("NULL")};
        static const QStringList trues = {QStringLiteral("y"), QStringLiteral("Y"), QStringLiteral("yes"),
            QStringLiteral("Yes"), QStringLiteral("YES"), QStringLiteral("true"), QStringLiteral("True"),
            QStringLiteral("TRUE"), QStringLiteral("on"), QStringLiteral("On"), QStringLiteral("ON")};
        static const QStringList falses = {QStringLiteral("n"), QStringLiteral("N"), QStringLiteral("no"),
            QStringLiteral("No"), QStringLiteral("NO"), QStringLiteral("false"), QStringLiteral("False"),
            QStringLiteral("FALSE"), QStringLiteral("off"), QStringLiteral("Off"), QStringLiteral("OFF")};
        if (nulls.contains(text))
            return QJsonValue::Null;
        if (trues.contains(text))
            return true;
        if (falses.contains(text))
            return false;
    }
    const QChar first = text.front();
    const bool numeric = (first >= u'0' && first <= u'9') || first == u'+' || first == u'-' || first == u'.';
    if (!numeric || text.size() > 400)
        return text;
    QString digits = text;
    digits.remove(QLatin1Char('_'));
    if (const auto whole = integer(digits))
        return *whole;
    static const QRegularExpression real(QStringLiteral(R"(\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z)"));
    if (real.match(digits).hasMatch()) {
        const double value = digits.toDouble();
        if (std::isfinite(value)) // JSON has no other numbers
            return value;
    }
    return text;
}

} // namespace kdra::environments
