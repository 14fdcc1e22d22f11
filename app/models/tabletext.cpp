// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tabletext.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kdra::models {

namespace {

// What a command can be about: for an event, the object.
struct Target {
    std::string_view ns;
    QString kind; // as kubectl takes it: "pod"
    QString name;
};

std::optional<Target> targetOf(const store::Snapshot &snapshot, RowKey row)
{
    const AnyRecord record = recordAt(snapshot, row);
    if (!record)
        return {};
    if (row.kind() == store::Kind::Event) {
        const auto event = snapshot.table<store::Kind::Event>().at(row.slot());
        return Target{snapshot.view(record.meta->ns), snapshot.string(event->regardingKind).toLower(),
            store::toQString(event.text(event->regardingName))};
    }
    return Target{snapshot.view(record.meta->ns), store::kindName(row.kind()).toLower(), store::toQString(record.name)};
}

QString verbName(KubectlVerb verb)
{
    switch (verb) {
    case KubectlVerb::Get:
        return QStringLiteral("get");
    case KubectlVerb::Describe:
        return QStringLiteral("describe");
    case KubectlVerb::Delete:
        return QStringLiteral("delete");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString tsvLine(const QStringList &cells)
{
    QString line;
    bool first = true;
    for (const QString &cell : cells) {
        if (!std::exchange(first, false))
            line += u'\t';
        const qsizetype from = line.size();
        line += cell;
        for (qsizetype i = from; i < line.size(); ++i) {
            if (line[i] == u'\t' || line[i] == u'\n' || line[i] == u'\r')
                line[i] = u' ';
        }
    }
    return line;
}

QString asTsv(const store::Snapshot &snapshot, const TableSchema &schema, std::span<const RowKey> rows,
    const QList<int> &columns, bool header, qint64 now)
{
    QString text;
    const auto add = [&text](const QStringList &cells) {
        if (!text.isEmpty())
            text += u'\n';
        text += tsvLine(cells);
    };
    if (header) {
        QStringList titles;
        const QList<Column> all = schema.columns();
        for (const int column : columns)
            titles.append(all.at(column).title);
        add(titles);
    }
    for (const RowKey row : rows) {
        if (!recordAt(snapshot, row))
            continue;
        QStringList cells;
        cells.reserve(columns.size());
        for (const int column : columns)
            cells.append(schema.display(snapshot, row, column, now).toString());
        add(cells);
    }
    return text;
}

QString asNames(const store::Snapshot &snapshot, std::span<const RowKey> rows)
{
    QStringList names;
    for (const RowKey row : rows) {
        if (const auto target = targetOf(snapshot, row))
            names.append(target->name);
    }
    return names.join(u'\n');
}

QString shellQuoted(const QString &word)
{
    constexpr QLatin1StringView harmless("_@%+=:,./-");
    const auto isHarmless = [&](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || harmless.contains(c);
    };
    // A word that begins with "-" would be an option; kubectl takes none of these as a name.
    if (!word.isEmpty() && std::ranges::all_of(word, isHarmless))
        return word;
    QString quoted = word;
    quoted.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + quoted + u'\'';
}

QString asKubectl(
    const store::Snapshot &snapshot, std::span<const RowKey> rows, KubectlVerb verb, const QString &context)
{
    std::map<std::string_view, QList<Target>> byNamespace;
    for (const RowKey row : rows) {
        if (auto target = targetOf(snapshot, row))
            byNamespace[target->ns].append(*std::move(target));
    }
    QStringList lines;
    for (const auto &[ns, targets] : byNamespace) {
        QStringList words = {QStringLiteral("kubectl")};
        if (!ns.empty())
            words << QStringLiteral("-n") << shellQuoted(store::toQString(ns));
        words << verbName(verb);
        const bool oneKind = std::ranges::all_of(targets, [&](const Target &t) { return t.kind == targets[0].kind; });
        if (oneKind)
            words << shellQuoted(targets[0].kind);
        for (const Target &target : targets)
            words << shellQuoted(oneKind ? target.name : target.kind + u'/' + target.name);
        if (!context.isEmpty())
            words << QStringLiteral("--context") << shellQuoted(context);
        lines.append(words.join(u' '));
    }
    return lines.join(u'\n');
}

} // namespace kdra::models
