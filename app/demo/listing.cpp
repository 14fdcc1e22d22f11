// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/listing.h"

#include "demo/stream.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

// Lists of more objects than this are streamed instead of being put together in memory.
constexpr std::size_t StreamFrom = 1000;

Cause forbidden(L field, const QString &why)
{
    return {QString(field), QStringLiteral("FieldValueForbidden"), QStringLiteral("Forbidden: ") + why};
}

Cause notSupported(const QString &value, const QString &supported)
{
    return {QStringLiteral("resourceVersionMatch"), QStringLiteral("FieldValueNotSupported"),
        QStringLiteral("Unsupported value: \"%1\": supported values: %2").arg(value, supported)};
}

struct Continue {
    quint64 revision = 0;
    QByteArray after;
};

QString encode(const Continue &token)
{
    const QJsonObject json{{QStringLiteral("v"), QStringLiteral("meta.k8s.io/v1")},
        {QStringLiteral("rv"), static_cast<qint64>(token.revision)},
        {QStringLiteral("start"), QString(QString::fromUtf8(token.after) + QChar(u'\0'))}};
    return QString::fromLatin1(QJsonDocument(json)
            .toJson(QJsonDocument::Compact)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

ApiResult<Continue> decode(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(
        QByteArray::fromBase64(text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))
                                 .object();
    Continue token{static_cast<quint64>(json.value(L("rv")).toInteger()), json.value(L("start")).toString().toUtf8()};
    if (json.value(L("v")).toString() != L("meta.k8s.io/v1") || token.after.isEmpty())
        return status::badRequest(QStringLiteral("continue key is not valid: unexpected end of JSON input"));
    if (token.after.endsWith('\0'))
        token.after.chop(1);
    return token;
}

std::unexpected<ApiStatus> expiredContinue()
{
    return status::expired(QStringLiteral(
        "The provided continue parameter is too old to display a consistent list result. You must start a new list "
        "without the continue parameter."));
}

class ListSource : public Source {
public:
    ListSource(Encoder encoder, std::vector<ObjectPtr> objects, const QJsonObject &metadata)
        : m_encoder(std::move(encoder))
        , m_objects(std::move(objects))
        , m_head(m_encoder.listHead(metadata))
    {
    }

    Next pull(Framer &out) override
    {
        if (m_next == m_objects.size() + 1)
            return Next::End;
        if (!m_head.isEmpty())
            out.raw(std::exchange(m_head, {}));
        if (m_next < m_objects.size()) {
            if (m_next > 0)
                out.raw(",");
            out.raw(m_encoder.item(*std::exchange(m_objects[m_next], nullptr)));
        } else {
            out.raw("]}\n");
        }
        ++m_next;
        return Next::Data;
    }

private:
    Encoder m_encoder;
    std::vector<ObjectPtr> m_objects;
    QByteArray m_head;
    std::size_t m_next = 0;
};

} // namespace

ApiResult<void> validateListOptions(const ApiRequest &request)
{
    if (const QString limit = request.param(L("limit")); !limit.isEmpty()) {
        bool number = false;
        limit.toLongLong(&number);
        if (!number)
            return status::badRequest(QStringLiteral("strconv.ParseInt: parsing \"%1\": invalid syntax").arg(limit));
    }
    const QString match = request.param(L("resourceVersionMatch"));
    const QString revision = request.param(L("resourceVersion"));
    QList<Cause> causes;
    if (request.has(L("sendInitialEvents")))
        causes.append(forbidden(L("sendInitialEvents"), QStringLiteral("sendInitialEvents is forbidden for list")));
    if (!match.isEmpty()) {
        if (revision.isEmpty())
            causes.append(forbidden(L("resourceVersionMatch"),
                QStringLiteral("resourceVersionMatch is forbidden unless resourceVersion is provided")));
        if (request.has(L("continue")))
            causes.append(forbidden(L("resourceVersionMatch"),
                QStringLiteral("resourceVersionMatch is forbidden when continue is provided")));
        if (match != L("Exact") && match != L("NotOlderThan"))
            causes.append(notSupported(match, QStringLiteral("\"Exact\", \"NotOlderThan\"")));
        else if (match == L("Exact") && revision == L("0"))
            causes.append(forbidden(L("resourceVersionMatch"),
                QStringLiteral("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")));
    }
    if (!request.param(L("continue")).isEmpty() && !revision.isEmpty() && revision != L("0"))
        return status::badRequest(QStringLiteral("specifying resource version is not allowed when using continue"));
    if (!causes.isEmpty())
        return status::invalidOptions(QStringLiteral("ListOptions"), causes);
    return {};
}

ApiResult<void> validateWatchOptions(const ApiRequest &request, bool streamingLists)
{
    const QString match = request.param(L("resourceVersionMatch"));
    const bool sendInitialEvents = request.has(L("sendInitialEvents")) && streamingLists;
    QList<Cause> causes;
    if (!streamingLists) { // 1.20 does not know sendInitialEvents and never looks at it
        if (!match.isEmpty())
            causes.append(
                forbidden(L("resourceVersionMatch"), QStringLiteral("resourceVersionMatch is forbidden for watch")));
    } else {
        if (sendInitialEvents && match != L("NotOlderThan"))
            causes.append(forbidden(L("resourceVersionMatch"),
                QStringLiteral("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")));
        if (!match.isEmpty()) {
            if (!sendInitialEvents)
                causes.append(forbidden(L("resourceVersionMatch"),
                    QStringLiteral(
                        "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")));
            if (match != L("NotOlderThan"))
                causes.append(notSupported(match, QStringLiteral("\"NotOlderThan\"")));
            if (!request.param(L("continue")).isEmpty())
                causes.append(forbidden(L("resourceVersionMatch"),
                    QStringLiteral("resourceVersionMatch is forbidden when continue is provided")));
        }
    }
    if (!causes.isEmpty())
        return status::invalidOptions(QStringLiteral("ListOptions"), causes);
    return {};
}

ApiResult<Filter> filterOf(const ApiRequest &request, const Resources &resources)
{
    Filter filter;
    filter.ns = resources.at(request.type).namespaced ? request.ns.toUtf8() : QByteArray();
    const auto labels = LabelSelector::parse(request.param(L("labelSelector")));
    if (!labels)
        return std::unexpected(labels.error());
    QString fieldText = request.param(L("fieldSelector"));
    if (!request.name.isEmpty()) // a watch of one object by its path
        fieldText = QStringLiteral("metadata.name=") + request.name;
    const TypeId storage = resources.at(request.type).storage;
    const auto fields = FieldSelector::parse(fieldText, resources.at(storage));
    if (!fields)
        return std::unexpected(fields.error());
    filter.labels = *labels;
    filter.fields = *fields;
    return filter;
}

ApiResult<quint64> revisionOf(const ApiRequest &request, const ObjectStore &store)
{
    const QString text = request.param(L("resourceVersion"));
    if (text.isEmpty())
        return 0;
    bool ok = false;
    const quint64 revision = text.toULongLong(&ok);
    if (!ok)
        return status::badRequest(
            QStringLiteral("Invalid value: \"%1\": strconv.ParseUint: parsing \"%1\": invalid syntax").arg(text));
    if (revision > store.revision()) {
        ApiStatus tooLarge{504, QStringLiteral("Timeout"),
            QStringLiteral("Timeout: Too large resource version: %1, current: %2").arg(revision).arg(store.revision()),
            {}};
        tooLarge.details.insert(QStringLiteral("causes"),
            QJsonArray{QJsonObject{{QStringLiteral("reason"), QStringLiteral("ResourceVersionTooLarge")},
                {QStringLiteral("message"), QStringLiteral("Too large resource version")}}});
        tooLarge.details.insert(QStringLiteral("retryAfterSeconds"), 1);
        return std::unexpected(tooLarge);
    }
    return revision;
}

ApiResult<ApiResponse> listObjects(const ApiRequest &request, const ObjectStore &store)
{
    const auto encoder = Encoder::of(request, store.resources());
    if (!encoder)
        return std::unexpected(encoder.error());
    if (const auto valid = validateListOptions(request); !valid)
        return std::unexpected(valid.error());
    const auto filter = filterOf(request, store.resources());
    if (!filter)
        return std::unexpected(filter.error());
    const auto asked = revisionOf(request, store);
    if (!asked)
        return std::unexpected(asked.error());

    Continue from{store.revision(), {}};
    if (const QString token = request.param(L("continue")); !token.isEmpty()) {
        const auto decoded = decode(token);
        if (!decoded)
            return std::unexpected(decoded.error());
        from = *decoded;
        if (from.revision < store.compactedRevision() && from.revision != store.revision())
            return expiredContinue();
    } else if (request.param(L("resourceVersionMatch")) == L("Exact")) {
        from.revision = *asked;
        if (from.revision < store.compactedRevision())
            return status::expired(QStringLiteral("The resourceVersion for the provided list is too old."));
    }
    std::vector<ObjectPtr> objects = from.revision == store.revision() && from.after.isEmpty()
        ? store.list(request.type, filter->ns)
        : store.listAt(request.type, filter->ns, from.revision, from.after);
    if (!filter->isEmpty())
        std::erase_if(objects, [&filter](const ObjectPtr &object) { return !filter->matches(*object); });

    QJsonObject metadata{{QStringLiteral("resourceVersion"), QString::number(from.revision)}};
    const auto limit = static_cast<std::size_t>(std::max(0, request.param(L("limit")).toInt()));
    // A real server ignores the limit of a list from its cache; so does this one.
    if (limit > 0 && objects.size() > limit && request.param(L("resourceVersion")) != L("0")) {
        metadata.insert(QStringLiteral("continue"), encode({from.revision, objects[limit - 1]->key()}));
        if (filter->isEmpty())
            metadata.insert(QStringLiteral("remainingItemCount"), static_cast<qint64>(objects.size() - limit));
        objects.resize(limit);
    }
    ApiResponse response;
    if (objects.size() > StreamFrom && encoder->form() != Encoder::Form::Table)
        response.stream = std::make_shared<ListSource>(*encoder, std::move(objects), metadata);
    else
        response.body = encoder->list(objects, metadata);
    return response;
}

} // namespace kdra::demo
