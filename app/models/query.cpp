// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/query.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::models {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Query", text);
}

QLatin1StringView latin1(std::string_view text)
{
    return QLatin1StringView(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

bool Query::dependsOnTime() const
{
    return std::ranges::any_of(terms(), [](const QueryTerm &term) { return term.type == FieldType::Age; });
}

int columnNamed(const QList<Column> &columns, QStringView key)
{
    const auto isKey = [&](QLatin1StringView name) { return key.compare(name, Qt::CaseInsensitive) == 0; };
    for (int i = 0; i < columns.size(); ++i) {
        const Column &column = columns.at(i);
        if (column.key.empty())
            continue;
        if (isKey(latin1(column.key)))
            return i;
        for (const auto aliases = latin1(column.aliases).tokenize(u' ', Qt::SkipEmptyParts);
            const auto alias : aliases) {
            if (isKey(alias))
                return i;
        }
    }
    return -1;
}

QString valueFormat(const Column &column)
{
    switch (column.type) {
    case FieldType::Text:
    case FieldType::Interned:
        return translated(QT_TRANSLATE_NOOP("Query", "A text; in quotation marks when it has spaces or commas."));
    case FieldType::Words: {
        QStringList words;
        for (const std::string_view word : column.words)
            words.append(QString(latin1(word)));
        return translated(QT_TRANSLATE_NOOP("Query", "One of: %1.")).arg(words.join(QStringLiteral(", ")));
    }
    case FieldType::Labels:
        return translated(QT_TRANSLATE_NOOP("Query", "A label: app=web, or app for any value."));
    case FieldType::Count:
        return translated(QT_TRANSLATE_NOOP("Query", "A whole number."));
    case FieldType::Cpu:
        return translated(QT_TRANSLATE_NOOP("Query", "Cores: 2, 0.5 or 500m."));
    case FieldType::Bytes:
        return translated(QT_TRANSLATE_NOOP("Query", "Bytes: 512Mi, 1Gi, 1G."));
    case FieldType::Ratio:
        return translated(QT_TRANSLATE_NOOP("Query", "A number, as many of as many (1/2), yes (all), or no."));
    case FieldType::Age:
        return translated(QT_TRANSLATE_NOOP("Query", "A time with units: 90s, 5m, 2h, 1h30m, 7d, 2w."));
    }
    Q_UNREACHABLE_RETURN({});
}

QString quotedValue(const QString &value)
{
    const auto isPlain = [](QChar c) { return !c.isSpace() && c != u',' && c != u'"'; };
    if (!value.isEmpty() && std::ranges::all_of(value, isPlain))
        return value;
    QString text = value;
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

} // namespace kdra::models
