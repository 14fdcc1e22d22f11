// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promdataparser.h"

#include "metrics/answerparser.h"
#include "metrics/duration.h"
#include "metrics/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace kdra::metrics::parse {

using namespace Qt::StringLiterals;
using json::Value;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Answer)
};

// Calls data(value) for the "data" of an answer and other(key, value) for what is beside it.
template <class T, class Data, class Other> Result<T> read(Reply &&reply, T result, Data data, Other other)
{
    if (reply.httpStatus >= 400)
        return std::unexpected(errorOf(reply));
    QByteArray &body = reply.body;
    body.reserve(body.size() + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
    const auto size = static_cast<size_t>(body.size());
    bool success = false;
    try {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document =
            parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING);
        for (auto field : document.get_object()) {
            const std::string_view key = field.escaped_key();
            const Value value = json::unwrap(field.value());
            if (key == "data")
                data(value, result);
            else if (key == "status")
                success = json::text(value) == "success";
            else
                other(key, value, result);
        }
    } catch (const simdjson::simdjson_error &) {
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("The answer of the metrics server is cut off or is not JSON."),
            .where = reply.where,
            .remedy = Text::tr("Try again; if it happens each time, look at what is between here and the server.")});
    }
    if (!success)
        return std::unexpected(errorOf(reply));
    return result;
}

template <class T, class Data> Result<T> read(Reply &&reply, T result, Data data)
{
    return read(std::move(reply), std::move(result), data, [](std::string_view, Value, T &) { });
}

template <class T> void readNotes(std::string_view key, Value value, Listing<T> &listing)
{
    if (key == "warnings")
        listing.warnings = json::strings(value);
    else if (key == "infos")
        listing.infos = json::strings(value);
}

qint64 secondsToMs(Value value)
{
    const double seconds = json::number(value);
    return std::isfinite(seconds) && std::abs(seconds) < 1e12 ? std::llround(seconds * 1000) : 0;
}

RuleAlert readAlert(Value value)
{
    RuleAlert alert;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "labels")
            alert.labels = json::labels(field);
        else if (key == "annotations")
            alert.annotations = json::labels(field);
        else if (key == "state")
            alert.state = json::string(field).toLower();
        else if (key == "activeAt")
            alert.since = json::time(field);
        else if (key == "value")
            alert.value = json::string(field);
    });
    return alert;
}

Rule readRule(Value value)
{
    Rule rule;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "name")
            rule.name = json::string(field);
        else if (key == "query")
            rule.query = json::string(field);
        else if (key == "type")
            rule.alerting = json::text(field) == "alerting";
        else if (key == "state")
            rule.state = json::string(field).toLower();
        else if (key == "health")
            rule.health = json::string(field);
        else if (key == "lastError")
            rule.error = json::string(field);
        else if (key == "duration")
            rule.holdFor = secondsToMs(field);
        else if (key == "labels")
            rule.labels = json::labels(field);
        else if (key == "annotations")
            rule.annotations = json::labels(field);
        else if (key == "lastEvaluation")
            rule.lastEvaluation = json::time(field);
        else if (key == "alerts")
            json::elements(field, [&](Value alert) { rule.alerts += readAlert(alert); });
    });
    return rule;
}

RuleGroup readGroup(Value value)
{
    RuleGroup group;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "name")
            group.name = json::string(field);
        else if (key == "file")
            group.file = json::string(field);
        else if (key == "interval")
            group.interval = secondsToMs(field);
        else if (key == "rules")
            json::elements(field, [&](Value rule) { group.rules += readRule(rule); });
    });
    return group;
}

Target readTarget(Value value)
{
    Target target;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "labels")
            target.labels = json::labels(field);
        else if (key == "scrapePool")
            target.pool = json::string(field);
        else if (key == "scrapeUrl")
            target.url = json::string(field);
        else if (key == "health")
            target.health = json::string(field);
        else if (key == "lastError")
            target.error = json::string(field);
        else if (key == "lastScrape")
            target.lastScrape = json::time(field);
        else if (key == "scrapeInterval")
            target.scrapeInterval = durationOf(json::string(field)).value_or(0);
    });
    return target;
}

} // namespace

Result<Answer> answer(Reply &&reply, const Limits &limits)
{
    // A gateway's sign-in page comes with 200.
    const auto first = std::ranges::find_if_not(reply.body, [](char c) { return std::isspace(uchar(c)); });
    if (reply.httpStatus >= 400 || first == reply.body.cend() || *first != '{'
        || reply.body.startsWith("{\"status\":\"error"))
        return std::unexpected(errorOf(reply));
    return parseAnswer(reply.body, reply.where, limits);
}

Result<Names> names(Reply &&reply)
{
    return read(
        std::move(reply), Names(), [](Value data, Names &out) { out.items = json::strings(data); }, readNotes<QString>);
}

Result<LabelSets> labelSets(Reply &&reply)
{
    return read(
        std::move(reply), LabelSets(),
        [](Value data, LabelSets &out) {
            json::elements(data, [&](Value element) { out.items += json::labels(element); });
        },
        readNotes<Labels>);
}

Result<MetadataByName> metadata(Reply &&reply)
{
    return read(std::move(reply), MetadataByName(), [](Value data, MetadataByName &out) {
        simdjson::ondemand::object object;
        if (data.get_object().get(object) != simdjson::SUCCESS)
            return;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
            // Targets may differ about a metric; the first one speaks.
            json::elements(json::unwrap(field.value()), [&](Value element) {
                if (out.contains(name))
                    return;
                Metadata &metadata = out[name];
                json::fields(element, [&](std::string_view what, Value value) {
                    if (what == "type")
                        metadata.type = json::string(value);
                    else if (what == "help")
                        metadata.help = json::string(value);
                    else if (what == "unit")
                        metadata.unit = json::string(value);
                });
            });
        }
    });
}

Result<QList<Target>> targets(Reply &&reply)
{
    return read(std::move(reply), QList<Target>(), [](Value data, QList<Target> &out) {
        json::fields(data, [&](std::string_view key, Value field) {
            if (key == "activeTargets")
                json::elements(field, [&](Value element) { out += readTarget(element); });
        });
    });
}

Result<QList<RuleGroup>> rules(Reply &&reply)
{
    return read(std::move(reply), QList<RuleGroup>(), [](Value data, QList<RuleGroup> &out) {
        json::fields(data, [&](std::string_view key, Value field) {
            if (key == "groups")
                json::elements(field, [&](Value element) { out += readGroup(element); });
        });
    });
}

Result<QList<RuleAlert>> alerts(Reply &&reply)
{
    return read(std::move(reply), QList<RuleAlert>(), [](Value data, QList<RuleAlert> &out) {
        json::fields(data, [&](std::string_view key, Value field) {
            if (key == "alerts")
                json::elements(field, [&](Value element) { out += readAlert(element); });
        });
    });
}

Result<BuildInfo> buildInfo(Reply &&reply)
{
    return read(std::move(reply), BuildInfo(), [](Value data, BuildInfo &out) {
        QString application;
        bool built = false;
        json::fields(data, [&](std::string_view key, Value field) {
            if (key == "version")
                out.version = json::string(field);
            else if (key == "revision")
                out.revision = json::string(field);
            else if (key == "application")
                application = json::string(field);
            else if (key == "goVersion")
                built = true;
        });
        // Mimir and Cortex say who they are; VictoriaMetrics gives a version of Prometheus for Grafana's sake and
        // nothing else; Thanos has been at version 0 all its life.
        if (application.contains("Mimir"_L1))
            out.flavor = Flavor::Mimir;
        else if (application.contains("Cortex"_L1))
            out.flavor = Flavor::Cortex;
        else if (!built && !out.version.isEmpty())
            out.flavor = Flavor::VictoriaMetrics;
        else if (out.version.startsWith("0."_L1))
            out.flavor = Flavor::Thanos;
        else if (!out.version.isEmpty())
            out.flavor = Flavor::Prometheus;
    });
}

} // namespace kdra::metrics::parse
