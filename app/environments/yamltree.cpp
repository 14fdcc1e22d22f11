// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/yamltree.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QStringDecoder>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qint64 MaxNodes = 100'000;
constexpr qint64 MaxCharacters = qint64(4) << 20;
constexpr size_t MaxDepth = 100;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

// QString::fromUtf8 would take a U+FEFF in front for a mark of the encoding.
QString fromUtf8(const std::string &text)
{
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(QByteArrayView(text));
}

// Builds the tree from the parser's events. Stops the parser by throwing a Refusal.
class TreeBuilder : public YAML::EventHandler {
public:
    struct Refusal {
        QString what;
        int line;
    };

    std::vector<YamlNode> documents;

    void OnDocumentStart(const YAML::Mark &) override { m_anchors.clear(); }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlNode node;
        node.line = mark.line + 1;
        place(std::move(node), anchor);
    }
    void OnScalar(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        YamlNode node;
        node.line = mark.line + 1;
        node.text = fromUtf8(value);
        node.characters = node.text.size();
        node.type = tag == "?" ? YamlNode::Type::Plain : YamlNode::Type::Quoted;
        if (tag == "tag:yaml.org,2002:int" || tag == "tag:yaml.org,2002:bool" || tag == "tag:yaml.org,2002:float"
            || tag == "tag:yaml.org,2002:null")
            node.type = YamlNode::Type::Plain;
        else if (tag != "?" && tag != "!" && tag != "tag:yaml.org,2002:str")
            node.tag = fromUtf8(tag);
        place(std::move(node), anchor);
    }
    void OnSequenceStart(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Type::Sequence, mark, tag, "tag:yaml.org,2002:seq", anchor);
    }
    void OnMapStart(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Type::Mapping, mark, tag, "tag:yaml.org,2002:map", anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto at = m_anchors.find(anchor);
        if (at == m_anchors.end())
            throw Refusal{Text::tr("An alias stands inside of what it repeats."), mark.line + 1};
        spend(at->second.nodes, at->second.characters, mark.line + 1);
        YamlNode copy = at->second;
        copy.line = mark.line + 1;
        add(std::move(copy));
    }

private:
    struct Open {
        YamlNode node;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::optional<YamlKey> key; // of the value that comes next
        QSet<QString> seen;
        std::vector<YamlNode> merged;
    };
    std::vector<Open> m_open;
    std::unordered_map<YAML::anchor_t, YamlNode> m_anchors;
    qint64 m_nodes = 0;
    qint64 m_characters = 0;

    void spend(qint64 nodes, qint64 characters, int line)
    {
        m_nodes += nodes;
        m_characters += characters;
        if (m_nodes > MaxNodes || m_characters > MaxCharacters)
            throw Refusal{Text::tr("The file holds too much once its aliases are resolved."), line};
    }

    void open(
        YamlNode::Type type, const YAML::Mark &mark, const std::string &tag, const char *own, YAML::anchor_t anchor)
    {
        const int line = mark.line + 1;
        if (m_open.size() >= MaxDepth)
            throw Refusal{Text::tr("The YAML is nested more than %n levels deep.", nullptr, int(MaxDepth)), line};
        if (!tag.empty() && tag != "?" && tag != "!" && tag != own)
            throw Refusal{Text::tr("The tag “%1” is not known.").arg(fromUtf8(tag)), line};
        if (!m_open.empty() && m_open.back().node.isMapping() && !m_open.back().key)
            throw Refusal{Text::tr("A key must be a scalar."), line};
        Open next;
        next.node.type = type;
        next.node.line = line;
        next.anchor = anchor;
        spend(1, 0, line);
        m_open.push_back(std::move(next));
    }

    void close()
    {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        for (const YamlNode &from : done.merged)
            merge(done, from);
        keep(done.anchor, done.node);
        add(std::move(done.node));
    }

    // YAML 1.1 merge keys: what the mapping has itself wins, then the earlier one.
    void merge(Open &into, const YamlNode &from)
    {
        for (size_t i = 0; i < from.children.size(); ++i) {
            if (into.seen.contains(from.keys[i].text))
                continue;
            into.seen.insert(from.keys[i].text);
            YamlKey key = from.keys[i];
            key.merged = true;
            into.node.characters += key.text.size();
            append(into, std::move(key), from.children[i]);
        }
    }

    // A copy, which costs as much as an alias does: anchors may stand inside of anchors.
    void keep(YAML::anchor_t anchor, const YamlNode &node)
    {
        if (anchor == YAML::NullAnchor)
            return;
        spend(node.nodes, node.characters, node.line);
        m_anchors.insert_or_assign(anchor, node);
    }

    void append(Open &into, YamlKey key, YamlNode child)
    {
        into.node.nodes += child.nodes;
        into.node.characters += child.characters;
        into.node.keys.push_back(std::move(key));
        into.node.children.push_back(std::move(child));
    }

    void place(YamlNode node, YAML::anchor_t anchor)
    {
        spend(1, node.characters, node.line);
        keep(anchor, node);
        add(std::move(node));
    }

    void add(YamlNode node)
    {
        if (m_open.empty()) {
            documents.push_back(std::move(node));
            return;
        }
        Open &parent = m_open.back();
        if (parent.node.isSequence()) {
            parent.node.nodes += node.nodes;
            parent.node.characters += node.characters;
            parent.node.children.push_back(std::move(node));
        } else if (!parent.key) {
            takeKey(parent, node);
        } else if (parent.key->merged) {
            takeMerge(parent, std::move(node));
            parent.key.reset();
        } else {
            append(parent, std::move(*parent.key), std::move(node));
            parent.key.reset();
        }
    }

    static void takeKey(Open &parent, const YamlNode &node)
    {
        if (!node.isScalar() || !node.tag.isEmpty())
            throw Refusal{Text::tr("A key must be a scalar."), node.line};
        YamlKey key{.text = node.text, .line = node.line};
        if (node.type != YamlNode::Type::Quoted) {
            if (node.text == L("<<")) {
                key.merged = true;
                parent.key = key;
                return;
            }
            const QJsonValue value = node.type == YamlNode::Type::Null ? QJsonValue() : plainScalar(node.text);
            if (value.isBool()) // as kubectl does
                key.text = value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
            else if (value.isDouble() && QString::number(value.toInteger()) != node.text)
                throw Refusal{Text::tr("The key “%1” is a number. Write it in quotes.").arg(node.text), node.line};
            else if (value.isNull())
                throw Refusal{Text::tr("A key is empty. Write it in quotes if it is meant."), node.line};
        }
        if (parent.seen.contains(key.text))
            throw Refusal{Text::tr("The key “%1” stands there twice.").arg(key.text.left(100)), node.line};
        parent.seen.insert(key.text);
        parent.node.characters += key.text.size();
        parent.key = std::move(key);
    }

    void takeMerge(Open &parent, YamlNode node)
    {
        std::vector<YamlNode> from;
        if (node.isSequence())
            from = std::move(node.children);
        else
            from.push_back(std::move(node));
        for (YamlNode &one : from) {
            if (!one.isMapping())
                throw Refusal{Text::tr("A merge key (<<) takes mappings."), one.line};
            parent.merged.push_back(std::move(one));
        }
    }
};

Error refused(const QString &what, const QString &file, int line)
{
    return Error{.kind = Error::Kind::Configuration,
        .what = what,
        .where = fileAndLine(file, line),
        .remedy = Text::tr("Correct the file.")};
}

} // namespace

QString fileAndLine(const QString &file, int line)
{
    return line > 0 ? file + QLatin1Char(':') + QString::number(line) : file;
}

const YamlNode *YamlNode::find(QStringView key) const
{
    const auto at = std::ranges::find_if(keys, [key](const YamlKey &one) { return one.text == key; });
    return at == keys.end() ? nullptr : &children[static_cast<size_t>(at - keys.begin())];
}

QJsonValue toJson(const YamlNode &node)
{
    switch (node.type) {
    case YamlNode::Type::Plain:
        return plainScalar(node.text);
    case YamlNode::Type::Quoted:
        return node.text;
    case YamlNode::Type::Sequence: {
        QJsonArray array;
        for (const YamlNode &child : node.children)
            array.append(toJson(child));
        return array;
    }
    case YamlNode::Type::Mapping: {
        QJsonObject object;
        for (size_t i = 0; i < node.children.size(); ++i)
            object.insert(node.keys[i].text, toJson(node.children[i]));
        return object;
    }
    case YamlNode::Type::Null:
        break;
    }
    return QJsonValue::Null;
}

Result<std::vector<YamlNode>> parseYaml(const QByteArray &text, const QString &file)
{
    const auto lineAt = [&text](qsizetype offset) { return static_cast<int>(text.first(offset).count('\n')) + 1; };
    for (qsizetype from = 0, line = 1; from < text.size(); ++line) {
        const qsizetype newline = text.indexOf('\n', from);
        const qsizetype end = newline < 0 ? text.size() : newline;
        if (!QByteArrayView(text).sliced(from, end - from).isValidUtf8())
            return std::unexpected(refused(Text::tr("The file is not UTF-8 text."), file, static_cast<int>(line)));
        from = end + 1;
    }
    // yaml-cpp would guess UTF-16 from zeros, and JSON or a terminal may read something else than was reviewed.
    const auto control = std::ranges::find_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
    if (control != text.end())
        return std::unexpected(
            refused(Text::tr("The file has control characters."), file, lineAt(control - text.begin())));
    TreeBuilder builder;
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) { }
    } catch (const TreeBuilder::Refusal &refusal) {
        return std::unexpected(refused(refusal.what, file, refusal.line));
    } catch (const YAML::DeepRecursion &exception) {
        return std::unexpected(refused(Text::tr("The YAML is nested more than %n levels deep.", nullptr, int(MaxDepth)),
            file, exception.mark.line + 1));
    } catch (const YAML::Exception &exception) {
        Error error = refused(Text::tr("The file is not valid YAML: %1.").arg(fromUtf8(exception.msg)), file,
            exception.mark.is_null() ? 0 : exception.mark.line + 1);
        if (text.contains("${"))
            error.remedy = Text::tr("Correct the file. Between { } or [ ] a ${placeholder} has to be in quotes.");
        return std::unexpected(error);
    }
    std::erase_if(builder.documents, [](const YamlNode &node) { return node.type == YamlNode::Type::Null; });
    return std::move(builder.documents);
}

} // namespace kdra::environments
