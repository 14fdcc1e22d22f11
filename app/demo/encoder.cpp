// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/encoder.h"

#include "demo/tableprinter.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::demo {
namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject partial(const QJsonObject &object, const QString &version)
{
    return {{QStringLiteral("apiVersion"), QString(QStringLiteral("meta.k8s.io/") + version)},
        {QStringLiteral("kind"), QStringLiteral("PartialObjectMetadata")},
        {QStringLiteral("metadata"), object.value(QLatin1StringView("metadata"))}};
}

struct Renaming {
    QLatin1StringView core;
    QLatin1StringView event;
};
constexpr Renaming renamings[] = {
    {QLatin1StringView("involvedObject"), QLatin1StringView("regarding")},
    {QLatin1StringView("message"), QLatin1StringView("note")},
    {QLatin1StringView("source"), QLatin1StringView("deprecatedSource")},
    {QLatin1StringView("firstTimestamp"), QLatin1StringView("deprecatedFirstTimestamp")},
    {QLatin1StringView("lastTimestamp"), QLatin1StringView("deprecatedLastTimestamp")},
    {QLatin1StringView("count"), QLatin1StringView("deprecatedCount")},
    {QLatin1StringView("reportingComponent"), QLatin1StringView("reportingController")},
};

} // namespace

QJsonObject toEventsEvent(QJsonObject core)
{
    for (const Renaming &names : renamings) {
        const QJsonValue value = core.take(names.core);
        if (!value.isUndefined())
            core.insert(names.event, value);
    }
    core.insert(QStringLiteral("apiVersion"), QStringLiteral("events.k8s.io/v1"));
    return core;
}

QJsonObject toCoreEvent(QJsonObject event)
{
    for (const Renaming &names : renamings) {
        const QJsonValue value = event.take(names.event);
        if (!value.isUndefined())
            event.insert(names.core, value);
    }
    event.insert(QStringLiteral("apiVersion"), QStringLiteral("v1"));
    return event;
}

ApiResult<Encoder> Encoder::of(const ApiRequest &request, const Resources &resources)
{
    Encoder encoder;
    encoder.m_resources = &resources;
    encoder.m_type = &resources.at(request.type);
    encoder.m_converts = encoder.m_type->storage != encoder.m_type->id;
    encoder.m_includeObject = request.param(QLatin1StringView("includeObject"));
    const QString accept = QString::fromLatin1(request.accept);
    if (accept.trimmed().isEmpty())
        return encoder;
    for (const auto ranges = accept.split(QLatin1Char(',')); const QString &range : ranges) {
        const QStringList parts = range.trimmed().split(QLatin1Char(';'));
        const QString media = parts.first().trimmed().toLower();
        QString as;
        QString version = QStringLiteral("v1");
        for (const auto parameters = parts.sliced(1); const QString &parameter : parameters) {
            const QString key = parameter.section(QLatin1Char('='), 0, 0).trimmed();
            const QString value = parameter.section(QLatin1Char('='), 1).trimmed();
            if (key == QLatin1StringView("as"))
                as = value;
            else if (key == QLatin1StringView("v"))
                version = value;
        }
        if (media != QLatin1StringView("application/json") && media != QLatin1StringView("*/*")
            && media != QLatin1StringView("application/*"))
            continue;
        encoder.m_metaVersion = version;
        if (as == QLatin1StringView("Table"))
            encoder.m_form = Form::Table;
        else if (as == QLatin1StringView("PartialObjectMetadata")
            || as == QLatin1StringView("PartialObjectMetadataList"))
            encoder.m_form = Form::Partial;
        else if (!as.isEmpty())
            continue;
        return encoder;
    }
    return status::notAcceptable(QStringLiteral("only the following media types are accepted: application/json"));
}

QJsonObject Encoder::shown(const StoredObject &object) const
{
    return m_converts ? toEventsEvent(object.object()) : object.object();
}

QByteArray Encoder::one(const StoredObject &object) const
{
    switch (m_form) {
    case Form::Table:
        return table({std::make_shared<StoredObject>(object)},
            {{QStringLiteral("resourceVersion"), QString::number(object.revision)}}, true);
    case Form::Partial:
        return compact(partial(object.object(), m_metaVersion));
    case Form::Object:
        break;
    }
    return m_converts ? compact(shown(object)) : object.json;
}

QByteArray Encoder::event(const StoredObject &object, bool first) const
{
    if (m_form != Form::Table)
        return one(object);
    return table({std::make_shared<StoredObject>(object)},
        {{QStringLiteral("resourceVersion"), QString::number(object.revision)}}, first);
}

QByteArray Encoder::bookmark(quint64 revision, bool initialEventsEnd) const
{
    QJsonObject metadata{{QStringLiteral("resourceVersion"), QString::number(revision)}};
    metadata.insert(QStringLiteral("creationTimestamp"), QJsonValue());
    if (initialEventsEnd)
        metadata.insert(QStringLiteral("annotations"),
            QJsonObject{{QStringLiteral("k8s.io/initial-events-end"), QStringLiteral("true")}});
    QJsonObject object{{QStringLiteral("apiVersion"), m_type->apiVersion()}, {QStringLiteral("kind"), m_type->kind},
        {QStringLiteral("metadata"), metadata}};
    if (m_form == Form::Partial)
        object = partial(object, m_metaVersion);
    if (m_form == Form::Table)
        return table({}, metadata, false);
    return compact(object);
}

QByteArray Encoder::listHead(const QJsonObject &metadata) const
{
    const QString kind =
        m_form == Form::Partial ? QStringLiteral("PartialObjectMetadataList") : m_type->kind + QStringLiteral("List");
    const QString version =
        m_form == Form::Partial ? QStringLiteral("meta.k8s.io/") + m_metaVersion : m_type->apiVersion();
    return "{\"kind\":\"" + kind.toUtf8() + "\",\"apiVersion\":\"" + version.toUtf8()
        + "\",\"metadata\":" + compact(metadata) + ",\"items\":[";
}

QByteArray Encoder::item(const StoredObject &object) const
{
    if (m_form == Form::Partial)
        return compact(partial(object.object(), m_metaVersion));
    if (m_converts) {
        QJsonObject json = shown(object);
        json.remove(QLatin1StringView("apiVersion"));
        json.remove(QLatin1StringView("kind"));
        return compact(json);
    }
    if (m_type->custom)
        return object.json;
    // Items of a built-in list do not repeat apiVersion and kind.
    const qsizetype head = m_type->head().size() - QByteArrayView("\"metadata\":{\"resourceVersion\":\"").size();
    QByteArray bytes;
    bytes.reserve(object.json.size());
    bytes += '{';
    bytes += QByteArrayView(object.json).sliced(head);
    return bytes;
}

QByteArray Encoder::list(const std::vector<ObjectPtr> &objects, const QJsonObject &metadata) const
{
    if (m_form == Form::Table)
        return table(objects, metadata, true);
    QByteArray out = listHead(metadata);
    bool first = true;
    for (const ObjectPtr &object : objects) {
        if (!std::exchange(first, false))
            out += ',';
        out += item(*object);
    }
    return out + "]}\n";
}

QByteArray Encoder::table(const std::vector<ObjectPtr> &objects, const QJsonObject &metadata, bool columns) const
{
    const TablePrinter &printer = TablePrinter::of(*m_type);
    QJsonArray rows;
    for (const ObjectPtr &object : objects) {
        const QJsonObject json = object->object();
        QJsonObject row{{QStringLiteral("cells"), printer.cells(json)}};
        if (m_includeObject == QLatin1StringView("Object"))
            row.insert(QStringLiteral("object"), shown(*object));
        else if (m_includeObject != QLatin1StringView("None"))
            row.insert(QStringLiteral("object"), partial(json, QStringLiteral("v1")));
        rows.append(row);
    }
    QJsonObject answer{{QStringLiteral("kind"), QStringLiteral("Table")},
        {QStringLiteral("apiVersion"), QString(QStringLiteral("meta.k8s.io/") + m_metaVersion)},
        {QStringLiteral("metadata"), metadata}, {QStringLiteral("rows"), rows}};
    answer.insert(QStringLiteral("columnDefinitions"), columns ? QJsonValue(printer.columns()) : QJsonValue());
    return compact(answer);
}

} // namespace kdra::demo
