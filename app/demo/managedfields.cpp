// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/managedfields.h"

#include "demo/fieldset.h"
#include "demo/objectstore.h"

#include <QJsonArray>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

struct Entry {
    QString manager;
    QString operation;
    QString apiVersion;
    QString subresource;
    QString time;
    QJsonObject fields;

    bool is(const Writer &writer, L wantedOperation) const
    {
        return manager == writer.manager && operation == wantedOperation && subresource == writer.subresource;
    }
};

QList<Entry> read(const QJsonObject &object)
{
    QList<Entry> entries;
    for (const QJsonArray managedFields = object.value(L("metadata")).toObject().value(L("managedFields")).toArray();
        const QJsonValue &value : managedFields) {
        const QJsonObject entry = value.toObject();
        entries.append({entry.value(L("manager")).toString(), entry.value(L("operation")).toString(),
            entry.value(L("apiVersion")).toString(), entry.value(L("subresource")).toString(),
            entry.value(L("time")).toString(), entry.value(L("fieldsV1")).toObject()});
    }
    return entries;
}

void write(QJsonObject &object, const QList<Entry> &entries)
{
    QJsonArray list;
    for (const Entry &entry : entries) {
        if (entry.fields.isEmpty())
            continue;
        QJsonObject json{{QStringLiteral("manager"), entry.manager}, {QStringLiteral("operation"), entry.operation},
            {QStringLiteral("apiVersion"), entry.apiVersion}, {QStringLiteral("time"), entry.time},
            {QStringLiteral("fieldsType"), QStringLiteral("FieldsV1")}, {QStringLiteral("fieldsV1"), entry.fields}};
        if (!entry.subresource.isEmpty())
            json.insert(QStringLiteral("subresource"), entry.subresource);
        list.append(json);
    }
    QJsonObject metadata = object.value(L("metadata")).toObject();
    if (list.isEmpty())
        metadata.remove(L("managedFields"));
    else
        metadata.insert(QStringLiteral("managedFields"), list);
    object.insert(QStringLiteral("metadata"), metadata);
}

Entry &entryOf(QList<Entry> &entries, const ResourceType &type, const Writer &writer, L operation)
{
    for (Entry &entry : entries) {
        if (entry.is(writer, operation))
            return entry;
    }
    entries.append({writer.manager, QString(operation), type.apiVersion(), writer.subresource, {}, {}});
    return entries.last();
}

void setFields(Entry &entry, const QJsonObject &fields)
{
    if (entry.fields == fields && !entry.time.isEmpty())
        return;
    entry.fields = fields;
    entry.time = ObjectStore::timestamp();
}

QString describe(const Entry &entry)
{
    QString text = QStringLiteral("conflict with \"%1\"").arg(entry.manager);
    if (!entry.subresource.isEmpty())
        text += QStringLiteral(" with subresource \"%1\"").arg(entry.subresource);
    text += QStringLiteral(" using ") + entry.apiVersion;
    if (entry.operation == L("Update") && !entry.time.isEmpty())
        text += QStringLiteral(" at ") + entry.time;
    return text;
}

std::unexpected<ApiStatus> conflictStatus(const QList<std::pair<QString, QStringList>> &conflicts)
{
    QJsonArray causes;
    QStringList lines;
    qsizetype count = 0;
    for (const auto &[text, paths] : conflicts) {
        count += paths.size();
        for (const QString &path : paths) {
            causes.append(QJsonObject{{QStringLiteral("reason"), QStringLiteral("FieldManagerConflict")},
                {QStringLiteral("message"), text}, {QStringLiteral("field"), path}});
        }
        QString line = text;
        if (paths.size() == 1)
            line += QStringLiteral(": ") + paths.first();
        else
            line.replace(L("conflict with"), L("conflicts with"))
                .append(QStringLiteral(":\n- ") + paths.join(QStringLiteral("\n- ")));
        lines.append(line);
    }
    const QString message = count == 1
        ? QStringLiteral("Apply failed with 1 conflict: %1").arg(lines.first())
        : QStringLiteral("Apply failed with %1 conflicts: %2").arg(count).arg(lines.join(QLatin1Char('\n')));
    return std::unexpected(
        ApiStatus{409, QStringLiteral("Conflict"), message, QJsonObject{{QStringLiteral("causes"), causes}}});
}

} // namespace

ApiResult<QJsonObject> applyConfiguration(
    const ResourceType &type, const QJsonObject &live, const QJsonObject &applied, const Writer &writer)
{
    const bool builtin = !type.custom;
    if (!applied.value(L("metadata")).toObject().value(L("managedFields")).toArray().isEmpty())
        return status::badRequest(QStringLiteral("metadata.managedFields must be nil"));
    QList<Entry> entries = read(live);
    const QJsonObject set = fieldset::of(applied, builtin);
    QJsonObject result = fieldset::overlay(live, applied, builtin);

    const QJsonObject changes = live.isEmpty() ? QJsonObject() : fieldset::changed(live, result, builtin);
    QList<std::pair<QString, QStringList>> conflicts;
    QJsonObject others;
    for (Entry &entry : entries) {
        if (entry.is(writer, L("Apply")))
            continue;
        // Somebody's own updates with the same name (kubectl edit and kubectl apply) conflict like anybody's.
        const QJsonObject conflict = fieldset::intersect(changes, entry.fields);
        const QStringList paths = fieldset::paths(conflict);
        if (!paths.isEmpty()) {
            if (!writer.force)
                conflicts.append({describe(entry), paths});
            entry.fields = fieldset::subtract(entry.fields, conflict);
        }
        others = fieldset::merge(others, entry.fields);
    }
    if (!conflicts.isEmpty())
        return conflictStatus(conflicts);

    Entry &mine = entryOf(entries, type, writer, L("Apply"));
    const QJsonObject givenUp = fieldset::subtract(fieldset::subtract(mine.fields, set), others);
    if (!givenUp.isEmpty())
        result = fieldset::without(result, givenUp, fieldset::merge(others, set));
    setFields(mine, set);
    write(result, entries);
    return result;
}

void trackUpdate(const ResourceType &type, const QJsonObject &old, QJsonObject &now, const Writer &writer)
{
    const bool builtin = !type.custom;
    const QJsonObject metadata = now.value(L("metadata")).toObject();
    // Sending an empty list resets the ownership; anything else that a client says about it is not its business.
    const bool reset = metadata.contains(L("managedFields")) && metadata.value(L("managedFields")).toArray().isEmpty()
        && metadata.value(L("managedFields")).isArray();
    QList<Entry> entries = reset ? QList<Entry>() : read(old);
    const QJsonObject changes = old.isEmpty() ? fieldset::of(now, builtin) : fieldset::changed(old, now, builtin);
    const QJsonObject present = fieldset::of(now, builtin);
    for (Entry &entry : entries) {
        if (!entry.is(writer, L("Update")))
            entry.fields = fieldset::subtract(entry.fields, changes);
        entry.fields = fieldset::intersect(entry.fields, present);
    }
    if (!changes.isEmpty()) {
        Entry &mine = entryOf(entries, type, writer, L("Update"));
        const QJsonObject merged = fieldset::merge(mine.fields, changes);
        mine.time.clear(); // the values changed even where the set of fields did not
        setFields(mine, merged);
    }
    write(now, entries);
}

} // namespace kdra::demo
