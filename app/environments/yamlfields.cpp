// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/yamlfields.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

constexpr size_t MaxTexts = 200;

QString file()
{
    return QStringLiteral("template.yaml");
}

} // namespace

YamlFields::YamlFields(const YamlNode &mapping, const QString &what, std::initializer_list<QStringView> known)
    : m_mapping(mapping)
    , m_what(what)
{
    if (!mapping.isMapping())
        throw refusal(Text::tr("%1: this has to be a mapping.").arg(what), file(), mapping.line);
    for (const YamlKey &key : mapping.keys) {
        if (std::ranges::find(known, QStringView(key.text)) == known.end())
            throw refusal(Text::tr("%1: the field “%2” is not known.").arg(what, key.text.left(60)), file(), key.line,
                Text::tr("Check how it is written, or leave it out."));
    }
}

const YamlNode *YamlFields::find(QStringView key) const
{
    const YamlNode *node = m_mapping.find(key);
    return node && node->type != YamlNode::Type::Null ? node : nullptr;
}

int YamlFields::line(QStringView key) const
{
    const YamlNode *node = m_mapping.find(key);
    return node ? node->line : m_mapping.line;
}

void YamlFields::refuse(const QString &why, QStringView key, const QString &remedy) const
{
    throw refusal(QStringLiteral("%1, %2: %3").arg(m_what, key, why), file(), line(key), remedy);
}

QString YamlFields::text(QStringView key, qsizetype longest) const
{
    const YamlNode *node = find(key);
    if (!node)
        return {};
    if (!node->isScalar() || !node->tag.isEmpty())
        refuse(Text::tr("this has to be text."), key);
    if (node->text.size() > longest)
        refuse(Text::tr("this is longer than %n characters.", nullptr, static_cast<int>(longest)), key);
    return node->text;
}

QString YamlFields::requiredText(QStringView key, qsizetype longest) const
{
    const QString found = text(key, longest);
    if (found.trimmed().isEmpty())
        refuse(Text::tr("this is missing."), key);
    return found;
}

bool YamlFields::boolean(QStringView key) const
{
    const YamlNode *node = find(key);
    if (!node)
        return false;
    const QJsonValue value = node->type == YamlNode::Type::Plain ? plainScalar(node->text) : QJsonValue();
    if (!value.isBool())
        refuse(Text::tr("this has to be true or false."), key);
    return value.toBool();
}

QStringList YamlFields::texts(QStringView key) const
{
    const YamlNode *node = find(key);
    QStringList result;
    if (!node)
        return result;
    if (!node->isSequence() || node->children.size() > MaxTexts)
        refuse(Text::tr("this has to be a list of at most %n texts.", nullptr, int(MaxTexts)), key);
    for (const YamlNode &child : node->children) {
        if (!child.isScalar() || !child.tag.isEmpty() || child.text.isEmpty() || child.text.size() > 1000)
            throw refusal(QStringLiteral("%1, %2: %3").arg(m_what, key, Text::tr("each element has to be text.")),
                file(), child.line);
        result.append(child.text);
    }
    return result;
}

} // namespace kdra::environments
