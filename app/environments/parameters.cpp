// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/parameters.h"

#include "base/quantity.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qsizetype MaxCharacters = 256 * 1024;
constexpr qsizetype MaxElements = 100;
constexpr double MaxInteger = 9007199254740992.0; // 2^53: what a double holds exactly
constexpr int SecretLength = 24;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Parameter)
};

QString numberText(double value)
{
    return value == std::trunc(value) && std::abs(value) <= MaxInteger
        ? QString::number(static_cast<qint64>(value))
        : QString::number(value, 'g', QLocale::FloatingPointShortest);
}

// By value; thousandths only decide where the whole units are the same, for they are clamped first.
std::optional<std::pair<qint64, qint64>> quantity(const QString &text)
{
    const std::string utf8 = text.toStdString();
    const auto whole = parseQuantity(utf8);
    const auto milli = parseQuantityMilli(utf8);
    if (!whole || !milli)
        return {};
    return std::pair{*whole, *milli};
}

QString outOfRange(const Parameter &parameter)
{
    if (parameter.maximum.isEmpty())
        return Text::tr("It has to be at least %1.").arg(parameter.minimum);
    if (parameter.minimum.isEmpty())
        return Text::tr("It has to be at most %1.").arg(parameter.maximum);
    return Text::tr("It has to be between %1 and %2.").arg(parameter.minimum, parameter.maximum);
}

QString problemOfNumber(const Parameter &parameter, const QJsonValue &value)
{
    const double number = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (parameter.type == ParameterType::Integer) {
        if (!(std::abs(number) <= MaxInteger) || number != std::trunc(number))
            return Text::tr("It has to be a whole number.");
    } else if (!std::isfinite(number)) {
        return Text::tr("It has to be a number.");
    }
    if ((!parameter.minimum.isEmpty() && number < parameter.minimum.toDouble())
        || (!parameter.maximum.isEmpty() && number > parameter.maximum.toDouble()))
        return outOfRange(parameter);
    return {};
}

QString problemOfQuantity(const Parameter &parameter, const QString &text)
{
    const auto value = quantity(text);
    if (!value)
        return Text::tr("It has to be an amount such as 250m, 1, 512Mi or 1Gi.");
    const auto minimum = quantity(parameter.minimum);
    const auto maximum = quantity(parameter.maximum);
    return (minimum && *value < *minimum) || (maximum && *value > *maximum) ? outOfRange(parameter) : QString();
}

QString problemOfImage(const QString &text)
{
    // distribution's reference grammar: [host[:port]/]path[:tag][@digest].
    static const QRegularExpression image(QStringLiteral(
        R"(\A(?:(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?)"
        R"([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)"
        R"((?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?\z)"));
    if (text.size() > 512 || !image.match(text).hasMatch())
        return Text::tr("It has to be an image such as docker.io/library/nginx:1.29.");
    return {};
}

QString problemOfText(const QString &text)
{
    if (text.size() > MaxCharacters)
        return Text::tr("It is too long.");
    if (!text.isValidUtf16())
        return Text::tr("It is not valid text.");
    return {};
}

bool matches(const QString &pattern, const QString &text)
{
    // The limit keeps a pattern of somebody else's from holding up whoever types.
    static const QString limit = QStringLiteral("(*LIMIT_MATCH=100000)");
    const QRegularExpression expression(
        limit + QStringLiteral("\\A(?:") + pattern + QStringLiteral(")\\z"), QRegularExpression::DontCaptureOption);
    return expression.match(text).hasMatch();
}

bool hasDefault(const Parameter &parameter)
{
    return !parameter.defaultValue.isUndefined() && !parameter.defaultValue.isNull();
}

QString problemOfString(const Parameter &parameter, const QString &text)
{
    if (const QString problem = problemOfText(text); !problem.isEmpty())
        return problem;
    if (text.isEmpty() && !hasDefault(parameter))
        return Text::tr("It needs a value.");
    if (!parameter.pattern.isEmpty() && !matches(parameter.pattern, text))
        return Text::tr("It does not match the pattern %1.").arg(parameter.pattern);
    return {};
}

QString problemOfList(const Parameter &parameter, const QJsonValue &value)
{
    if (!value.isArray())
        return Text::tr("It has to be a list.");
    const QJsonArray array = value.toArray();
    if (array.size() > MaxElements)
        return Text::tr("It has more than %n elements.", nullptr, int(MaxElements));
    for (const QJsonValue &element : array) {
        if (!element.isString() || element.toString().isEmpty())
            return Text::tr("Each element has to be a text that is not empty.");
        if (const QString problem = problemOfText(element.toString()); !problem.isEmpty())
            return problem;
        if (!parameter.pattern.isEmpty() && !matches(parameter.pattern, element.toString()))
            return Text::tr("It does not match the pattern %1.").arg(parameter.pattern);
    }
    return {};
}

QString newSecret(int length)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QString secret;
    for (int i = 0; i < length; ++i)
        secret += QLatin1Char(alphabet[QRandomGenerator::system()->bounded(quint32(sizeof alphabet - 1))]);
    return secret;
}

Error refused(const QString &what, const Template &from, const QString &remedy)
{
    return Error{.kind = Error::Kind::Invalid, .what = what, .where = from.title, .remedy = remedy};
}

} // namespace

QString problemOf(const Parameter &parameter, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return Text::tr("It needs a value.");
    switch (parameter.type) {
    case ParameterType::Integer:
    case ParameterType::Number:
        return problemOfNumber(parameter, value);
    case ParameterType::Boolean:
        return value.isBool() ? QString() : Text::tr("It has to be true or false.");
    case ParameterType::List:
        return problemOfList(parameter, value);
    default:
        break;
    }
    if (!value.isString())
        return Text::tr("It has to be text.");
    const QString text = value.toString();
    switch (parameter.type) {
    case ParameterType::Enum:
        return parameter.choices.contains(text)
            ? QString()
            : Text::tr("It has to be one of: %1.").arg(parameter.choices.join(QStringLiteral(", ")));
    case ParameterType::Quantity:
        return problemOfQuantity(parameter, text);
    case ParameterType::Image:
        return problemOfImage(text);
    case ParameterType::Secret:
        return text.isEmpty() ? Text::tr("It needs a value.")
            : parameter.given ? problemOfString(parameter, text)
                              : problemOfText(text);
    default:
        return problemOfString(parameter, text);
    }
}

QJsonValue valueOf(const Parameter &parameter, const QString &text)
{
    const QJsonValue none(QJsonValue::Undefined);
    const QString trimmed = text.trimmed();
    switch (parameter.type) {
    case ParameterType::Integer: {
        bool ok = false;
        const qlonglong value = trimmed.toLongLong(&ok);
        return ok ? QJsonValue(value) : none;
    }
    case ParameterType::Number: {
        bool ok = false;
        const double value = trimmed.toDouble(&ok);
        return ok && std::isfinite(value) ? QJsonValue(value) : none;
    }
    case ParameterType::Boolean:
        if (trimmed == L("true"))
            return true;
        return trimmed == L("false") ? QJsonValue(false) : none;
    case ParameterType::List: {
        QJsonArray array;
        for (const auto parts = QString(text).replace(QLatin1Char('\n'), QLatin1Char(',')).split(QLatin1Char(','));
            const QString &part : parts) {
            if (const QString element = part.trimmed(); !element.isEmpty())
                array.append(element);
        }
        return array;
    }
    case ParameterType::Quantity:
    case ParameterType::Image:
        return trimmed.isEmpty() ? none : QJsonValue(trimmed);
    case ParameterType::Enum:
        return parameter.choices.contains(trimmed) ? QJsonValue(trimmed) : none;
    case ParameterType::Secret:
        return text.isEmpty() ? none : QJsonValue(text);
    case ParameterType::String:
        break;
    }
    return text;
}

QString textOf(const Parameter &parameter, const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return numberText(value.toDouble());
    if (!value.isArray())
        return value.toString();
    QStringList elements;
    for (const auto array = value.toArray(); const QJsonValue &element : array)
        elements.append(element.toString());
    Q_UNUSED(parameter)
    return elements.join(QStringLiteral(", "));
}

Result<Values> completeValues(const Template &from, const Values &given)
{
    for (auto one = given.begin(); one != given.end(); ++one) {
        if (!from.parameter(one.key()))
            return std::unexpected(refused(Text::tr("The template has no parameter “%1”.").arg(one.key()), from,
                Text::tr("Leave it out, or use the version of the template that has it.")));
    }
    Values values;
    for (const Parameter &parameter : from.parameters) {
        QJsonValue value = given.value(parameter.name, QJsonValue::Undefined);
        if (value.isUndefined() && parameter.type == ParameterType::Secret && !parameter.given)
            value = newSecret(parameter.length > 0 ? parameter.length : SecretLength);
        else if (value.isUndefined())
            value = parameter.defaultValue;
        if (const QString problem = problemOf(parameter, value); !problem.isEmpty())
            return std::unexpected(refused(Text::tr("%1: %2", "a parameter's title, and what is wrong with its value")
                                               .arg(parameter.title, problem),
                from, Text::tr("Give “%1” another value.").arg(parameter.title)));
        values.insert(parameter.name, value);
    }
    return values;
}

} // namespace kdra::environments
