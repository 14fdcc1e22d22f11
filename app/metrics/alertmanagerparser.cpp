// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alertmanager.h"
#include "metrics/answerparser.h"
#include "metrics/json.h"

#include <QCoreApplication>

namespace kdra::metrics::parse {

using namespace Qt::StringLiterals;
using json::Value;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Alertmanager)
};

// Strings, or objects with a name (receivers).
QStringList namesOf(Value value)
{
    QStringList names;
    json::elements(value, [&](Value element) {
        json::fields(element, [&](std::string_view key, Value field) {
            if (key == "name")
                names += json::string(field);
        });
    });
    return names;
}

void readStatus(Value value, ManagedAlert &alert)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "state")
            alert.state = json::string(field);
        else if (key == "silencedBy")
            alert.silencedBy = json::strings(field);
        else if (key == "inhibitedBy")
            alert.inhibitedBy = json::strings(field);
        else if (key == "mutedBy")
            alert.mutedBy = json::strings(field);
    });
}

ManagedAlert readAlert(Value value)
{
    ManagedAlert alert;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "labels")
            alert.labels = json::labels(field);
        else if (key == "annotations")
            alert.annotations = json::labels(field);
        else if (key == "fingerprint")
            alert.fingerprint = json::string(field);
        else if (key == "status")
            readStatus(field, alert);
        else if (key == "receivers")
            alert.receivers = namesOf(field);
        else if (key == "generatorURL")
            alert.generatorUrl = json::string(field);
        else if (key == "startsAt")
            alert.startsAt = json::time(field);
        else if (key == "endsAt")
            alert.endsAt = json::time(field);
    });
    return alert;
}

LabelMatcher readMatcher(Value value)
{
    LabelMatcher matcher;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "name")
            matcher.name = json::string(field);
        else if (key == "value")
            matcher.value = json::string(field);
        else if (key == "isRegex")
            matcher.isRegex = json::boolean(field);
        else if (key == "isEqual")
            matcher.isEqual = json::boolean(field);
    });
    return matcher;
}

Silence readSilence(Value value)
{
    Silence silence;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "id")
            silence.id = json::string(field);
        else if (key == "matchers")
            json::elements(field, [&](Value element) { silence.matchers += readMatcher(element); });
        else if (key == "startsAt")
            silence.startsAt = json::time(field);
        else if (key == "endsAt")
            silence.endsAt = json::time(field);
        else if (key == "createdBy")
            silence.createdBy = json::string(field);
        else if (key == "comment")
            silence.comment = json::string(field);
        else if (key == "status")
            json::fields(field, [&](std::string_view name, Value part) {
                if (name == "state")
                    silence.state = json::string(part);
            });
    });
    return silence;
}

// A list at the root of the document.
template <class T> Result<QList<T>> readList(Reply &&reply, T (*read)(Value))
{
    if (reply.httpStatus >= 400)
        return std::unexpected(errorOf(reply));
    QByteArray &body = reply.body;
    body.reserve(body.size() + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
    const auto size = static_cast<size_t>(body.size());
    QList<T> list;
    try {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document =
            parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING);
        for (auto element : document.get_array())
            list += read(json::unwrap(element));
        return list;
    } catch (const simdjson::simdjson_error &) {
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("This is not the answer of an Alertmanager, or it is cut off."),
            .where = reply.where,
            .remedy = Text::tr("Check the address and its path, and whether a sign-in page is in between.")});
    }
}

} // namespace

Result<QList<ManagedAlert>> managedAlerts(Reply &&reply)
{
    return readList<ManagedAlert>(std::move(reply), readAlert);
}

Result<QList<Silence>> silences(Reply &&reply)
{
    return readList<Silence>(std::move(reply), readSilence);
}

} // namespace kdra::metrics::parse
