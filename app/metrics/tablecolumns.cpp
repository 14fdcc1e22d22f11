// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/patterns.h"
#include "metrics/tableframes.h"

#include <QJsonArray>

namespace kdra::metrics::frames {

using namespace Qt::StringLiterals;

namespace {

// {"names": […], "pattern": "…"}: whether a column is meant.
class Selection {
public:
    explicit Selection(const QJsonObject &from)
        : m_pattern(harmlessPatternOf(from.value("pattern"_L1).toString()))
        , m_hasPattern(!from.value("pattern"_L1).toString().isEmpty())
    {
        for (const QJsonArray all = from.value("names"_L1).toArray(); const QJsonValue &each : all)
            m_names.insert(each.toString());
    }
    bool isEmpty() const { return m_names.isEmpty() && !m_hasPattern; }
    bool contains(const QString &name) const
    {
        return m_names.contains(name) || (m_hasPattern && m_pattern.match(name).hasMatch());
    }

private:
    QSet<QString> m_names;
    QRegularExpression m_pattern;
    bool m_hasPattern;
};

}

void organize(Frame &frame, const QJsonObject &options)
{
    const QJsonObject excluded = options.value("excludeByName"_L1).toObject();
    const QJsonObject included = options.value("includeByName"_L1).toObject();
    const QJsonObject order = options.value("indexByName"_L1).toObject();
    const QJsonObject names = options.value("renameByName"_L1).toObject();
    erase_if(frame.columns, [&](const TableColumn &column) {
        return excluded.value(column.name).toBool() || (!included.isEmpty() && !included.value(column.name).toBool());
    });
    std::ranges::stable_sort(frame.columns, {}, [&](const TableColumn &column) {
        return order.value(column.name).toDouble(std::numeric_limits<double>::max());
    });
    for (TableColumn &column : frame.columns)
        if (const QString name = names.value(column.name).toString(); !name.isEmpty())
            column.name = name;
}

void filterColumns(Frame &frame, const QJsonObject &options)
{
    const Selection include(options.value("include"_L1).toObject());
    const Selection exclude(options.value("exclude"_L1).toObject());
    erase_if(frame.columns, [&](const TableColumn &column) {
        return (!include.isEmpty() && !include.contains(column.name)) || exclude.contains(column.name);
    });
}

void renameByRegex(Frame &frame, const QJsonObject &options)
{
    const QRegularExpression pattern = harmlessPatternOf(options.value("regex"_L1).toString());
    // $1 as JavaScript has it; QString has \1.
    QString replacement = options.value("renamePattern"_L1).toString();
    static const QRegularExpression group(u"\\$(\\d)"_s);
    replacement.replace(group, u"\\\\1"_s);
    for (TableColumn &column : frame.columns)
        column.name.replace(pattern, replacement);
}

Frame labelsToFields(const Frame &frame, const QJsonObject &options)
{
    QSet<QString> kept;
    for (const QJsonArray all = options.value("keepLabels"_L1).toArray(); const QJsonValue &each : all)
        kept.insert(each.toString());
    const QString valueLabel = options.value("valueLabel"_L1).toString();
    Frame out = frame;
    out.columns.clear();
    QList<TableColumn> values;
    for (TableColumn column : frame.columns) {
        if (column.labels.isEmpty()) {
            out.columns.append(column);
            continue;
        }
        const Labels labels = column.labels;
        for (auto it = labels.begin(); it != labels.end(); ++it) {
            if (it.key() == valueLabel || (!kept.isEmpty() && !kept.contains(it.key())) || out.indexOf(it.key()) >= 0)
                continue;
            out.columns.append({.name = it.key(),
                .refId = column.refId,
                .cells = QList<QVariant>(column.cells.size(), QVariant(it.value()))});
        }
        column.name = labels.value(valueLabel, labels.value(u"__name__"_s, valueName));
        column.labels.clear();
        values.append(column);
    }
    out.columns += values;
    numberDuplicates(out);
    return out;
}

} // namespace kdra::metrics::frames
