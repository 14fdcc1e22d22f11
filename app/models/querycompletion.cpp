// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/querycompletion.h"

#include "base/naturalcompare.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace kdra::models {

namespace {

constexpr QStringView operators = u":=!~<>";

bool isAmount(FieldType type)
{
    return type == FieldType::Count || type == FieldType::Cpu || type == FieldType::Bytes || type == FieldType::Age;
}

// Where the term begins that the cursor is in; quotation marks hold terms together.
qsizetype termStart(QStringView text)
{
    qsizetype start = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && quoted)
            ++i;
        else if (text[i] == u'"')
            quoted = !quoted;
        else if (text[i].isSpace() && !quoted)
            start = i + 1;
    }
    return start;
}

} // namespace

QueryPlace queryPlace(const QString &text, qsizetype cursor, const QList<Column> &columns)
{
    qsizetype start = termStart(QStringView(text).first(cursor));
    if (start < cursor && text[start] == u'-')
        ++start;
    const QStringView term = QStringView(text).sliced(start, cursor - start);
    const auto isOperator = [](QChar c) { return operators.contains(c); };
    const auto sign = std::ranges::find_if(term, isOperator);
    if (sign == term.end())
        return {-1, start, cursor - start, term.toString()};
    QueryPlace place{.column = columnNamed(columns, term.first(sign - term.begin()))};
    const auto value = std::find_if_not(sign, term.end(), isOperator);
    const qsizetype from = value - term.begin();
    const qsizetype comma = term.lastIndexOf(u',');
    const QStringView last = term.sliced(std::max(from, comma + 1));
    place.from = cursor - last.size();
    place.length = last.size();
    place.prefix = last.toString().remove(u'"');
    return place;
}

QStringList keyCompletions(const QList<Column> &columns, const QString &prefix)
{
    QStringList keys;
    for (const Column &column : columns) {
        const QString key = store::toQString(column.key);
        const QStringList names = QStringList{key} + store::toQString(column.aliases).split(u' ', Qt::SkipEmptyParts);
        const bool fits = std::ranges::any_of(
            names, [&](const QString &name) { return name.startsWith(prefix, Qt::CaseInsensitive); });
        if (fits)
            keys.append(key + (isAmount(column.type) ? u'>' : u':'));
    }
    return keys;
}

QStringList columnValues(const store::Snapshot &snapshot, const TableSchema &schema, int column, qsizetype limit)
{
    const Column described = schema.columns().at(column);
    QStringList values;
    if (described.type == FieldType::Words) {
        for (const std::string_view word : described.words)
            values.append(store::toQString(word));
        return values;
    }
    if (isAmount(described.type) || described.type == FieldType::Ratio)
        return values;
    std::vector<bool> seen(snapshot.strings ? snapshot.strings->size() + 1 : 1, false);
    std::unordered_set<std::string_view> texts;
    // A table of texts that all differ need not be read to its end.
    const size_t most = static_cast<size_t>(limit) * 4;
    for (const store::Kind kind : schema.kinds()) {
        withTable(snapshot, kind, [&](const auto &table) {
            table.forEach([&](const auto &ref) {
                const RowKey row(kind, ref.slot());
                if (texts.size() >= most || !schema.belongs(snapshot, row))
                    return;
                const FieldValue field = schema.field(snapshot, row, column);
                if (described.type == FieldType::Text) {
                    texts.insert(field.text);
                    return;
                }
                const auto id = static_cast<size_t>(field.id);
                if (id >= seen.size() || seen[id])
                    return;
                seen[id] = true;
                std::string_view text = snapshot.view(field.id);
                if (described.type == FieldType::Interned) {
                    texts.insert(text);
                    return;
                }
                for (; !text.empty(); text.remove_prefix(std::min(text.size(), text.find('\n') + 1)))
                    texts.insert(text.substr(0, text.find('\n')));
            });
        });
    }
    std::vector<std::string_view> ordered(texts.begin(), texts.end());
    std::ranges::sort(ordered, [](std::string_view a, std::string_view b) { return naturalCompare(a, b) < 0; });
    for (const std::string_view text : ordered) {
        if (!text.empty() && values.size() < limit)
            values.append(store::toQString(text));
    }
    return values;
}

} // namespace kdra::models
