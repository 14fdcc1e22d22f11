// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/substitution.h"

#include "environments/parameters.h"
#include "environments/placeholders.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QScopedValueRollback>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qint64 MaxNodes = 200'000;
constexpr qint64 MaxCharacters = qint64(8) << 20;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

QString joined(const QJsonValue &value)
{
    if (!value.isArray())
        return textOf(Parameter{}, value);
    QStringList elements;
    for (const auto array = value.toArray(); const QJsonValue &element : array)
        elements.append(element.toString());
    return elements.join(QLatin1Char(','));
}

bool isTrue(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool();
    if (value.isDouble())
        return value.toDouble() != 0;
    return value.isArray() ? !value.toArray().isEmpty() : !value.toString().isEmpty();
}

bool isSecret(const YamlNode &root)
{
    const YamlNode *kind = root.find(u"kind");
    const YamlNode *version = root.find(u"apiVersion");
    return kind && kind->text == L("Secret") && version && version->text == L("v1");
}

} // namespace

Refusal refusal(const QString &what, const QString &file, int line, const QString &remedy)
{
    return Refusal{Error{.kind = Error::Kind::Configuration,
        .what = what,
        .where = fileAndLine(file, line),
        .remedy = remedy.isEmpty() ? Text::tr("Correct the template.") : remedy}};
}

Substitution::Substitution(const Template &from, const Values &values, const Identity &identity)
    : m_template(from)
{
    for (const Parameter &parameter : from.parameters) {
        if (const auto value = values.find(parameter.name); value != values.end())
            m_bound.insert(parameter.name, Bound{*value, parameter.type == ParameterType::Secret});
    }
    m_bound.insert(QStringLiteral("environment.name"), Bound{identity.name});
    m_bound.insert(
        QStringLiteral("environment.whole"), Bound{identity.whole.isEmpty() ? identity.name : identity.whole});
    m_bound.insert(QStringLiteral("environment.namespace"), Bound{identity.ns});
    m_bound.insert(QStringLiteral("environment.owner"), Bound{identity.owner});
    m_bound.insert(QStringLiteral("environment.host"), Bound{identity.host});
}

Refusal Substitution::refused(const QString &what, int line, const QString &remedy) const
{
    return refusal(what, m_file, line, remedy);
}

void Substitution::document(const YamlNode &root, const QString &file, const Take &take)
{
    m_file = file;
    m_ofSecret = isSecret(root);
    m_depth = 0;
    each(root, take);
}

void Substitution::spend(qsizetype characters, int line)
{
    m_characters += characters;
    if (++m_nodes > MaxNodes || m_characters > MaxCharacters)
        throw refused(Text::tr("The template becomes too large with these values."), line,
            Text::tr("Make a list or a text shorter."));
}

const Substitution::Bound &Substitution::find(const QString &name, int line) const
{
    const auto at = m_bound.find(name);
    if (at != m_bound.end())
        return *at;
    if (m_template.parameter(name))
        throw refused(Text::tr("The parameter “%1” has no value.").arg(name), line, Text::tr("Give it one."));
    throw refused(Text::tr("There is no parameter “%1”.").arg(name), line,
        Text::tr("Declare it in template.yaml, or write $${ where ${ itself is meant."));
}

void Substitution::each(const YamlNode &node, const Take &take)
{
    const YamlNode *repeat = node.isMapping() ? node.find(u"$forEach") : nullptr;
    if (!repeat) {
        const bool kept = holds(node);
        take(node.isMapping() ? object(node, true) : value(node), kept);
        return;
    }
    if (!repeat->isMapping() || repeat->children.size() != 1 || !repeat->children.front().isScalar())
        throw refused(Text::tr("$forEach takes one list and the name of its element."), repeat->line,
            Text::tr("Write it as $forEach: {hosts: host}."));
    const QString list = repeat->keys.front().text;
    const QString element = repeat->children.front().text;
    const Bound bound = find(list, repeat->line);
    if (!bound.value.isArray())
        throw refused(Text::tr("$forEach: “%1” is not a list.").arg(list), repeat->line);
    if (!isParameterName(element) || m_bound.contains(element) || m_template.parameter(element))
        throw refused(Text::tr("$forEach: “%1” cannot be the name of an element.").arg(element), repeat->line,
            Text::tr("Choose a name of letters and digits that nothing else has."));
    const QJsonArray elements = bound.value.toArray();
    for (const QJsonValue &one : elements) {
        m_bound.insert(element, Bound{one});
        const bool kept = holds(node);
        take(object(node, true), kept);
    }
    if (elements.isEmpty()) {
        m_bound.insert(element, Bound{QStringLiteral("x")});
        static_cast<void>(holds(node));
        take(object(node, true), false);
    }
    m_bound.remove(element);
}

QString Substitution::conditionOf(const YamlNode &node) const
{
    // YAML takes an unquoted !metrics for a tag.
    QString text = node.tag + node.text;
    if (!node.isScalar() || text.contains(L("${")))
        throw refused(Text::tr("$when takes the name of a parameter."), node.line,
            Text::tr("Write it as $when: metrics, \"!metrics\", \"size == large\" or \"size != large\"."));
    return text;
}

bool Substitution::holds(const YamlNode &mapping) const
{
    const YamlNode *when = mapping.isMapping() ? mapping.find(u"$when") : nullptr;
    if (!when)
        return true;
    const QString text = conditionOf(*when);
    for (const bool equal : {true, false}) {
        const qsizetype at = text.indexOf(equal ? L("==") : L("!="));
        if (at > 0) {
            const Bound &bound = find(text.first(at).trimmed(), when->line);
            if (bound.secret)
                throw refused(Text::tr("A secret cannot be compared."), when->line);
            return (joined(bound.value) == text.sliced(at + 2).trimmed()) == equal;
        }
    }
    const bool negated = text.startsWith(QLatin1Char('!'));
    return isTrue(find((negated ? text.sliced(1) : text).trimmed(), when->line).value) != negated;
}

QJsonValue Substitution::value(const YamlNode &node)
{
    if (node.isMapping())
        return object(node, false);
    if (!node.isSequence())
        return scalar(node);
    spend(0, node.line);
    const QScopedValueRollback depth(m_depth, m_depth + 1);
    QJsonArray array;
    for (const YamlNode &child : node.children)
        each(child, [&array](const QJsonValue &one, bool kept) {
            if (kept)
                array.append(one);
        });
    return array;
}

QString Substitution::key(const YamlKey &key) const
{
    const auto pieces = piecesOf(key.text);
    if (!pieces || std::ranges::any_of(*pieces, &Piece::placeholder))
        throw refused(Text::tr("A placeholder may not stand in a key (“%1”).").arg(key.text.left(100)), key.line,
            Text::tr("Only values can be parameters; write $${ where ${ itself is meant."));
    QString text = pieces->isEmpty() ? QString() : pieces->constFirst().text;
    if (text.startsWith(L("$$")))
        return text.sliced(1);
    if (key.text.size() > 1 && key.text.startsWith(QLatin1Char('$')) && key.text[1].isLetter())
        throw refused(Text::tr("“%1” is not known: there are $when and $forEach.").arg(key.text.left(100)), key.line,
            Text::tr("Write a second $ in front of it where the key itself is meant."));
    return text;
}

QJsonValue Substitution::object(const YamlNode &node, bool repeated)
{
    spend(0, node.line);
    const bool top = m_depth == 0;
    const QScopedValueRollback depth(m_depth, m_depth + 1);
    QJsonObject object;
    for (size_t i = 0; i < node.children.size(); ++i) {
        const YamlKey &at = node.keys[i];
        const YamlNode &child = node.children[i];
        if (at.text == L("$when"))
            continue;
        if (at.text == L("$forEach")) {
            if (!repeated)
                throw refused(Text::tr("$forEach can stand in an object or in an item of a list only."), at.line);
            continue;
        }
        const QString name = key(at);
        if (object.contains(name))
            throw refused(Text::tr("The key “%1” stands there twice.").arg(name.left(100)), at.line);
        const QScopedValueRollback inSecret(m_inSecret, m_inSecret || (top && m_ofSecret && name == L("stringData")));
        spend(name.size(), at.line);
        const bool kept = holds(child);
        const QJsonValue one = value(child);
        if (kept)
            object.insert(name, one);
    }
    return object;
}

QJsonValue Substitution::scalar(const YamlNode &node)
{
    if (!node.tag.isEmpty())
        throw refused(Text::tr("The tag “%1” is not known.").arg(node.tag.left(100)), node.line,
            Text::tr("Write the value in quotes."));
    if (node.type == YamlNode::Type::Null)
        return QJsonValue::Null;
    if (!node.text.contains(L("${"))) {
        spend(node.text.size(), node.line);
        return node.type == YamlNode::Type::Plain ? plainScalar(node.text) : QJsonValue(node.text);
    }
    const auto pieces = piecesOf(node.text);
    if (!pieces)
        throw refused(pieces.error(), node.line);
    const bool typed = node.type == YamlNode::Type::Plain && pieces->size() == 1;
    QString text;
    for (const Piece &piece : *pieces) {
        if (!piece.placeholder) {
            text += piece.text;
            continue;
        }
        const Bound &bound = find(piece.text, node.line);
        if (bound.secret && !m_inSecret)
            throw refused(Text::tr("The secret “%1” may stand in the stringData of a Secret only.").arg(piece.text),
                node.line, Text::tr("Put it into a Secret, and let the pods refer to that."));
        const QString own = joined(bound.value);
        spend(own.size(), node.line);
        if (typed)
            return bound.value;
        text += own;
    }
    spend(text.size(), node.line);
    return text;
}

} // namespace kdra::environments
