// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/jsonreading.h"

#include <QCoreApplication>

#include <cmath>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::DashboardFile)
};
}

void Reading::fail(const QString &path, const QString &what)
{
    if (error)
        return;
    error = Error{.kind = Error::Kind::Configuration,
        .what = what,
        .where = origin.isEmpty() ? path : origin + u": "_s + path,
        .remedy = Text::tr("Correct the file at this place and read it again.")};
}

ObjectReader::ObjectReader(const QJsonValue &value, QString path, Reading &reading)
    : m_object(value.toObject())
    , m_path(std::move(path))
    , m_reading(reading)
{
    if (!value.isObject())
        m_reading.fail(m_path, Text::tr("There should be an object in braces here."));
}

QJsonValue ObjectReader::take(QLatin1StringView key)
{
    m_asked.insert(QString(key));
    return m_object.value(key);
}

void ObjectReader::fail(QLatin1StringView key, const QString &what)
{
    m_reading.fail(pathOf(key), what);
}

QString ObjectReader::string(QLatin1StringView key, qsizetype longest)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isString())
        fail(key, Text::tr("There should be a text in quotes here."));
    const QString text = value.toString();
    if (text.size() > longest)
        fail(key, Text::tr("This text is longer than %n characters.", nullptr, int(longest)));
    return text;
}

QString ObjectReader::required(QLatin1StringView key)
{
    const QString text = string(key, 1000);
    if (text.isEmpty())
        fail(key, Text::tr("This must not be empty."));
    return text;
}

bool ObjectReader::boolean(QLatin1StringView key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isBool())
        fail(key, Text::tr("There should be true or false here."));
    return value.toBool();
}

std::optional<double> ObjectReader::number(QLatin1StringView key)
{
    const QJsonValue value = take(key);
    if (value.isUndefined())
        return std::nullopt;
    if (!value.isDouble())
        fail(key, Text::tr("There should be a number here."));
    return value.toDouble();
}

int ObjectReader::integer(QLatin1StringView key, int least, int most, int otherwise)
{
    const double value = number(key).value_or(otherwise);
    if (!(value >= least && value <= most) || value != std::floor(value)) {
        fail(key, Text::tr("There should be a whole number from %1 to %2 here.").arg(least).arg(most));
        return otherwise;
    }
    return static_cast<int>(value);
}

QStringList ObjectReader::strings(QLatin1StringView key, qsizetype most)
{
    QStringList out;
    for (const QJsonArray all = array(key, most); const QJsonValue &each : all) {
        if (!each.isString())
            m_reading.fail(pathOf(key) + u"[%1]"_s.arg(out.size()), Text::tr("There should be a text in quotes here."));
        out.append(each.toString());
    }
    return out;
}

QJsonObject ObjectReader::object(QLatin1StringView key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isObject())
        fail(key, Text::tr("There should be an object in braces here."));
    return value.toObject();
}

QJsonArray ObjectReader::array(QLatin1StringView key, qsizetype most)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isArray())
        fail(key, Text::tr("There should be a list in brackets here."));
    QJsonArray all = value.toArray();
    if (all.size() > most) {
        fail(key, Text::tr("There are more than %n entries here.", nullptr, int(most)));
        return {};
    }
    return all;
}

int ObjectReader::choice(QLatin1StringView key, std::initializer_list<QLatin1StringView> names, int otherwise)
{
    const QString text = string(key, 1000);
    if (!has(key))
        return otherwise;
    QStringList known;
    int at = 0;
    for (const QLatin1StringView name : names) {
        if (text == name)
            return at;
        known.append(name);
        ++at;
    }
    fail(key, Text::tr("“%1” is not known here; known are: %2.").arg(text, known.join(u", "_s)));
    return otherwise;
}

void ObjectReader::finish()
{
    for (auto it = m_object.constBegin(); it != m_object.constEnd(); ++it)
        if (!m_asked.contains(it.key()))
            m_reading.fail(m_path + u'.' + it.key(), Text::tr("“%1” is not known here.").arg(it.key()));
}

} // namespace kdra::metrics
