// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/yamlwriter.h"

#include "environments/yamltree.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

bool isOnePlaceholder(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral(R"(\A\$\{[A-Za-z0-9.]+\}\z)"));
    return placeholder.match(text).hasMatch();
}

// Only what no reader could take for something else goes without quotes.
bool isPlain(const QString &text)
{
    static const QRegularExpression safe(
        QStringLiteral(R"(\A[A-Za-z0-9/_.]([A-Za-z0-9 _./:@+=~-]*[A-Za-z0-9/_.-])?\z)"));
    return safe.match(text).hasMatch() && !text.contains(L(": ")) && !text.contains(L(" -"))
        && plainScalar(text).isString();
}

// What a block scalar ("|") brings back: it always ends in one newline.
bool isBlock(const QString &text)
{
    if (text.size() < 2 || !text.endsWith(QLatin1Char('\n')) || text.endsWith(L("\n\n")) || text.front().isSpace())
        return false;
    return std::ranges::all_of(text, [](QChar c) { return c == u'\n' || (c.isPrint() && c.unicode() != 0xfeff); })
        && text.isValidUtf16();
}

void write(YAML::Emitter &out, const QString &text)
{
    const std::string utf8 = text.toStdString();
    if (isOnePlaceholder(text) || isPlain(text))
        out << utf8;
    else if (isBlock(text))
        out << YAML::Literal << utf8;
    else
        out << YAML::DoubleQuoted << utf8;
}

void write(YAML::Emitter &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object: {
        out << YAML::BeginMap;
        const QJsonObject object = value.toObject();
        for (auto one = object.begin(); one != object.end(); ++one) {
            out << YAML::Key;
            if (isPlain(one.key()) || one.key() == L("$when"))
                out << one.key().toStdString();
            else
                out << YAML::DoubleQuoted << one.key().toStdString();
            out << YAML::Value;
            write(out, QJsonValue(*one));
        }
        out << YAML::EndMap;
        return;
    }
    case QJsonValue::Array:
        out << YAML::BeginSeq;
        for (const auto array = value.toArray(); const QJsonValue &one : array)
            write(out, one);
        out << YAML::EndSeq;
        return;
    case QJsonValue::String:
        write(out, value.toString());
        return;
    case QJsonValue::Bool:
        out << value.toBool();
        return;
    case QJsonValue::Double: {
        const qint64 whole = value.toInteger();
        if (value.toDouble() == static_cast<double>(whole))
            out << whole;
        else
            out << QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest).toStdString();
        return;
    }
    default:
        out << YAML::Null;
    }
}

void field(YAML::Emitter &out, const char *key, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty()))
        return;
    out << YAML::Key << key << YAML::Value;
    write(out, value);
}

QString typeName(ParameterType type)
{
    switch (type) {
    case ParameterType::Integer:
        return QStringLiteral("integer");
    case ParameterType::Number:
        return QStringLiteral("number");
    case ParameterType::Boolean:
        return QStringLiteral("boolean");
    case ParameterType::Enum:
        return QStringLiteral("enum");
    case ParameterType::Quantity:
        return QStringLiteral("quantity");
    case ParameterType::Secret:
        return QStringLiteral("secret");
    case ParameterType::Image:
        return QStringLiteral("image");
    case ParameterType::List:
        return QStringLiteral("list");
    case ParameterType::String:
        break;
    }
    return QStringLiteral("string");
}

void write(YAML::Emitter &out, const Parameter &parameter)
{
    out << YAML::BeginMap;
    field(out, "name", parameter.name);
    field(out, "title", parameter.title);
    field(out, "help", parameter.help);
    field(out, "type", typeName(parameter.type));
    if (parameter.type == ParameterType::String && parameter.defaultValue.isString())
        out << YAML::Key << "default" << YAML::Value << YAML::DoubleQuoted
            << parameter.defaultValue.toString().toStdString();
    else
        field(out, "default", parameter.defaultValue);
    field(out, "pattern", parameter.pattern);
    for (const auto &[key, bound] :
        {std::pair{"minimum", parameter.minimum}, std::pair{"maximum", parameter.maximum}}) {
        if (!bound.isEmpty()) // a number or a quantity: it needs no quotes
            out << YAML::Key << key << YAML::Value << bound.toStdString();
    }
    field(out, "choices", QJsonArray::fromStringList(parameter.choices));
    if (parameter.type == ParameterType::Secret && parameter.given)
        out << YAML::Key << "given" << YAML::Value << true;
    else if (parameter.type == ParameterType::Secret && parameter.length > 0)
        field(out, "length", parameter.length);
    out << YAML::EndMap;
}

QByteArray bytes(const YAML::Emitter &out)
{
    return QByteArray(out.c_str(), static_cast<qsizetype>(out.size())) + '\n';
}

} // namespace

QByteArray yamlDocuments(const QList<QJsonObject> &objects)
{
    QByteArray all;
    for (const QJsonObject &object : objects) {
        YAML::Emitter out;
        write(out, QJsonValue(object));
        all += (all.isEmpty() ? QByteArray() : QByteArrayLiteral("---\n")) + bytes(out);
    }
    return all;
}

QByteArray templateHeader(const Template &from)
{
    YAML::Emitter out;
    out << YAML::BeginMap;
    field(out, "apiVersion", QStringLiteral("kdra.dev/v1"));
    field(out, "kind", QStringLiteral("EnvironmentTemplate"));
    field(out, "name", from.name);
    field(out, "title", from.title);
    field(out, "description", from.description);
    field(out, "icon", from.icon);
    field(out, "category", from.category);
    field(out, "tags", QJsonArray::fromStringList(from.tags));
    field(out, "version", from.version);
    if (from.edge)
        field(out, "edge", true);
    out << YAML::Key << "needs" << YAML::Value << YAML::BeginMap;
    field(out, "architectures", QJsonArray::fromStringList(from.architectures));
    field(out, "capabilities", QJsonArray::fromStringList(from.capabilities));
    field(out, "clusterScoped", QJsonArray::fromStringList(from.clusterScoped));
    out << YAML::EndMap;
    if (!from.parameters.isEmpty()) {
        out << YAML::Key << "parameters" << YAML::Value << YAML::BeginSeq;
        for (const Parameter &parameter : from.parameters)
            write(out, parameter);
        out << YAML::EndSeq;
    }
    out << YAML::EndMap;
    return bytes(out);
}

} // namespace kdra::environments
