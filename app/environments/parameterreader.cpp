// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/parameters.h"
#include "environments/placeholders.h"
#include "environments/templateheader.h"
#include "environments/yamlfields.h"

#include "base/quantity.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <utility>

namespace kdra::environments {
namespace {

using enum ParameterType;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

ParameterType typeOf(const YamlFields &fields)
{
    static const QMap<QString, ParameterType> types = {{QStringLiteral("string"), String},
        {QStringLiteral("integer"), Integer}, {QStringLiteral("number"), Number}, {QStringLiteral("boolean"), Boolean},
        {QStringLiteral("enum"), Enum}, {QStringLiteral("quantity"), Quantity}, {QStringLiteral("secret"), Secret},
        {QStringLiteral("image"), Image}, {QStringLiteral("list"), List}};
    const QString name = fields.requiredText(u"type");
    const auto at = types.find(name);
    if (at == types.end())
        fields.refuse(Text::tr("the type “%1” is not known.").arg(name), u"type",
            Text::tr("There are: %1.").arg(QStringList(types.keys()).join(QStringLiteral(", "))));
    return *at;
}

void refuseOthers(const YamlFields &fields, ParameterType type)
{
    const bool ranged = type == Integer || type == Number || type == Quantity;
    const std::pair<QStringView, bool> allowed[] = {{u"pattern", type == String || type == List || type == Secret},
        {u"minimum", ranged}, {u"maximum", ranged}, {u"choices", type == Enum}, {u"length", type == Secret},
        {u"given", type == Secret}, {u"default", type != Secret}};
    for (const auto &[key, fits] : allowed) {
        if (!fits && fields.has(key))
            fields.refuse(Text::tr("a parameter of this type does not have this."), key);
    }
}

// A bound, as a value of the parameter's type.
QString bound(const YamlFields &fields, const Parameter &parameter, QStringView key)
{
    const QString text = fields.text(key);
    if (text.isEmpty())
        return text;
    bool ok = false;
    if (parameter.type == Integer)
        text.toLongLong(&ok);
    else if (parameter.type == Number)
        text.toDouble(&ok);
    else
        ok = parseQuantity(text.toStdString()).has_value();
    if (!ok)
        fields.refuse(Text::tr("“%1” is no value of this type.").arg(text), key);
    return text;
}

QJsonValue defaultOf(const YamlFields &fields, Parameter parameter)
{
    const YamlNode *node = fields.find(u"default");
    if (!node)
        return QJsonValue::Undefined;
    QJsonValue value;
    if (parameter.type == List) {
        QJsonArray array;
        for (const auto texts = fields.texts(u"default"); const QString &text : texts)
            array.append(text);
        value = array;
    } else if (parameter.type == Integer || parameter.type == Number || parameter.type == Boolean) {
        value = node->type == YamlNode::Type::Plain ? plainScalar(node->text) : QJsonValue(node->text);
    } else {
        value = fields.text(u"default", 64 * 1024);
    }
    parameter.defaultValue = value; // one that has a default may also be empty
    if (const QString problem = problemOf(parameter, value); !problem.isEmpty())
        fields.refuse(problem, u"default");
    return value;
}

} // namespace

Parameter readParameter(const YamlNode &node)
{
    const YamlNode *named = node.isMapping() ? node.find(u"name") : nullptr;
    const QString what =
        named ? Text::tr("Parameter “%1”").arg(named->text.left(60)) : Text::tr("A parameter without a name");
    const YamlFields fields(node, what,
        {u"name", u"title", u"help", u"type", u"default", u"pattern", u"minimum", u"maximum", u"choices", u"length",
            u"given"});
    Parameter parameter;
    parameter.name = fields.requiredText(u"name", 63);
    if (!isParameterName(parameter.name))
        fields.refuse(Text::tr("a name is made of letters and digits, the first one a small letter."), u"name");
    parameter.title = fields.requiredText(u"title", 100);
    parameter.help = fields.text(u"help", 1000);
    parameter.type = typeOf(fields);
    refuseOthers(fields, parameter.type);
    parameter.pattern = fields.text(u"pattern", 500);
    if (const QRegularExpression pattern(parameter.pattern); !pattern.isValid())
        fields.refuse(Text::tr("this is not a regular expression: %1.").arg(pattern.errorString()), u"pattern");
    parameter.minimum = bound(fields, parameter, u"minimum");
    parameter.maximum = bound(fields, parameter, u"maximum");
    if (!parameter.minimum.isEmpty() && !parameter.maximum.isEmpty()) {
        const QJsonValue least =
            parameter.type == Quantity ? QJsonValue(parameter.minimum) : QJsonValue(parameter.minimum.toDouble());
        if (!problemOf(parameter, least).isEmpty())
            fields.refuse(Text::tr("this is less than the minimum."), u"maximum");
    }
    parameter.choices = fields.texts(u"choices");
    if (parameter.type == Enum && parameter.choices.isEmpty())
        fields.refuse(Text::tr("this is missing."), u"choices");
    parameter.given = fields.boolean(u"given");
    if (fields.has(u"length")) {
        parameter.length = fields.text(u"length").toInt();
        if (parameter.length < 8 || parameter.length > 256)
            fields.refuse(Text::tr("a secret has 8 to 256 characters."), u"length");
    } else if (parameter.type == Secret) {
        parameter.length = 24;
    }
    parameter.defaultValue = defaultOf(fields, parameter);
    return parameter;
}

} // namespace kdra::environments
