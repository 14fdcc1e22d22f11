// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promapi.h"

#include "demo/objects/json.h"
#include "demo/promql.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr double MaxPoints = 11000;

PromAnswer success(const QJsonValue &data)
{
    return {
        200, QJsonDocument(QJsonObject{{u"status"_s, u"success"_s}, {u"data"_s, data}}).toJson(QJsonDocument::Compact)};
}

PromAnswer failure(const QString &type, const QString &message, int status = 0)
{
    return {status                   ? status
            : type == "execution"_L1 ? 422
                                     : 400,
        QJsonDocument(QJsonObject{{u"status"_s, u"error"_s}, {u"errorType"_s, type}, {u"error"_s, message}})
            .toJson(QJsonDocument::Compact)};
}

PromAnswer failure(const promql::PromError &error)
{
    return failure(error.type, error.message);
}

QString number(double value)
{
    if (std::isnan(value))
        return u"NaN"_s;
    if (std::isinf(value))
        return value > 0 ? u"+Inf"_s : u"-Inf"_s;
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QJsonObject objectOf(const PromLabels &labels)
{
    QJsonObject out;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        out.insert(it.key(), it.value());
    return out;
}

QJsonArray pointOf(double time, double value)
{
    return {time, number(value)};
}

double now()
{
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

// A time parameter: seconds since the epoch or RFC 3339.
std::optional<double> timeParameter(const QUrlQuery &query, const QString &name)
{
    const QString text = query.queryItemValue(name, QUrl::FullyDecoded);
    bool ok = false;
    if (const double seconds = text.toDouble(&ok); ok)
        return seconds;
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(static_cast<double>(time.toMSecsSinceEpoch()) / 1000) : std::nullopt;
}

QString parameter(const QUrlQuery &query, const QString &name)
{
    // In a form and in a URL alike, a plus is a space.
    return QUrl::fromPercentEncoding(query.queryItemValue(name, QUrl::FullyEncoded).replace(u'+', u' ').toUtf8());
}

// The series of all match[] parameters; of everything without one.
promql::PromResult<std::vector<PromSeries>> matched(const QUrlQuery &query, const PromModel &model)
{
    const QStringList selectors = query.allQueryItemValues(u"match[]"_s, QUrl::FullyDecoded);
    if (selectors.isEmpty())
        return model.series({});
    std::vector<PromSeries> out;
    for (const QString &text : selectors) {
        const auto expr = promql::parse(text);
        if (!expr)
            return std::unexpected(expr.error());
        if ((*expr)->kind != promql::Expr::Kind::Selector)
            return std::unexpected(
                promql::PromError{u"bad_data"_s, u"invalid parameter \"match[]\": not a series selector"_s});
        for (PromSeries &series : promql::select(**expr, model))
            out.push_back(std::move(series));
    }
    return out;
}

std::vector<PromSeries> seriesOf(const std::vector<PromAlert> &alerts)
{
    std::vector<PromSeries> out;
    for (const PromAlert &alert : alerts) {
        PromSeries &one = out.emplace_back();
        one.labels = alert.labels;
        one.labels.insert(u"__name__"_s, u"ALERTS"_s);
        one.labels.insert(u"alertstate"_s, alert.firing ? u"firing"_s : u"pending"_s);
        one.base = 1;
        one.since = alert.firing ? alert.firingAt : alert.activeAt;
    }
    return out;
}

} // namespace

PromApi::PromApi(const ObjectStore &store, quint32 seed, double storyOrigin)
    : m_model(store, seed, storyOrigin)
    , m_rules(m_model)
{
    m_model.setAlerts([this] { return seriesOf(m_rules.alerts(now())); });
}

PromAnswer PromApi::handle(const QString &path, const QUrlQuery &parameters) const
{
    const QString what = path.sliced(qMin<qsizetype>(path.size(), 8));
    if (what == "query"_L1)
        return query(parameters);
    if (what == "query_range"_L1)
        return queryRange(parameters);
    if (what == "series"_L1)
        return series(parameters);
    if (what == "labels"_L1)
        return labelNames(parameters);
    if (what.startsWith("label/"_L1) && what.endsWith("/values"_L1))
        return labelValues(what.sliced(6, what.size() - 13), parameters);
    if (what == "metadata"_L1)
        return metadata();
    if (what == "targets"_L1)
        return targets();
    if (what == "alerts"_L1 || what == "rules"_L1)
        return alerts(what == "rules"_L1);
    if (what == "status/buildinfo"_L1)
        return success(
            QJsonObject{{u"version"_s, u"3.7.1"_s}, {u"revision"_s, u"61350f015563ffb8b31b5e4a0b1fcc9d7d5e1a5c"_s},
                {u"branch"_s, u"HEAD"_s}, {u"buildUser"_s, u"root@demo"_s}, {u"buildDate"_s, u"20251016-14:37:41"_s},
                {u"goVersion"_s, u"go1.25.2"_s}});
    return failure(u"not_found"_s, u"path not found"_s, 404);
}

PromAnswer PromApi::query(const QUrlQuery &parameters) const
{
    const auto expr = promql::parse(parameter(parameters, u"query"_s));
    if (!expr)
        return failure(expr.error());
    const double time = timeParameter(parameters, u"time"_s).value_or(now());
    if ((*expr)->kind == promql::Expr::Kind::Selector && (*expr)->range > 0) {
        QJsonArray result;
        for (const PromSeries &one : promql::select(**expr, m_model)) {
            QJsonArray values;
            for (double at = std::ceil((time - (*expr)->range) / 15) * 15; at <= time; at += 15) {
                if (const double value = m_model.value(one, at); !std::isnan(value))
                    values.append(pointOf(at, value));
            }
            result.append(QJsonObject{{u"metric"_s, objectOf(one.labels)}, {u"values"_s, values}});
        }
        return success(QJsonObject{{u"resultType"_s, u"matrix"_s}, {u"result"_s, result}});
    }
    const auto value = promql::evaluate(**expr, time, m_model);
    if (!value)
        return failure(value.error());
    if (value->scalar)
        return success(QJsonObject{{u"resultType"_s, u"scalar"_s}, {u"result"_s, pointOf(time, value->number)}});
    QJsonArray result;
    for (const promql::Sample &sample : value->vector)
        result.append(QJsonObject{{u"metric"_s, objectOf(sample.labels)}, {u"value"_s, pointOf(time, sample.value)}});
    return success(QJsonObject{{u"resultType"_s, u"vector"_s}, {u"result"_s, result}});
}

PromAnswer PromApi::queryRange(const QUrlQuery &parameters) const
{
    const auto start = timeParameter(parameters, u"start"_s);
    const auto end = timeParameter(parameters, u"end"_s);
    const auto step = promql::parseDuration(parameter(parameters, u"step"_s));
    for (const auto &[name, given] :
        {std::pair{u"start"_s, start.has_value()}, {u"end"_s, end.has_value()}, {u"step"_s, step.has_value()}}) {
        if (!given)
            return failure(u"bad_data"_s,
                u"invalid parameter \"%1\": cannot parse \"%2\" to a valid value"_s.arg(
                    name, parameter(parameters, name)));
    }
    if (*end < *start)
        return failure(u"bad_data"_s, u"invalid parameter \"end\": end timestamp must not be before start time"_s);
    if (*step <= 0)
        return failure(u"bad_data"_s,
            u"invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer"_s);
    if ((*end - *start) / *step > MaxPoints)
        return failure(u"bad_data"_s,
            u"exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)"_s);
    const auto expr = promql::parse(parameter(parameters, u"query"_s));
    if (!expr)
        return failure(expr.error());
    struct Line {
        PromLabels labels;
        QJsonArray values;
    };
    QMap<QString, Line> lines;
    for (int i = 0; *start + i * *step <= *end; ++i) {
        const double time = *start + i * *step;
        const auto value = promql::evaluate(**expr, time, m_model);
        if (!value)
            return failure(value.error());
        if (value->scalar)
            lines[QString()].values.append(pointOf(time, value->number));
        for (const promql::Sample &sample : value->vector) {
            QString key;
            for (auto it = sample.labels.cbegin(); it != sample.labels.cend(); ++it)
                key += it.key() + u'\x1f' + it.value() + u'\x1e';
            Line &line = lines[key];
            line.labels = sample.labels;
            line.values.append(pointOf(time, sample.value));
        }
    }
    QJsonArray result;
    for (const Line &line : std::as_const(lines))
        result.append(QJsonObject{{u"metric"_s, objectOf(line.labels)}, {u"values"_s, line.values}});
    return success(QJsonObject{{u"resultType"_s, u"matrix"_s}, {u"result"_s, result}});
}

PromAnswer PromApi::series(const QUrlQuery &parameters) const
{
    if (!parameters.hasQueryItem(u"match[]"_s))
        return failure(u"bad_data"_s, u"no match[] parameter provided"_s);
    const auto found = matched(parameters, m_model);
    if (!found)
        return failure(found.error());
    QJsonArray out;
    for (const PromSeries &one : *found)
        out.append(objectOf(one.labels));
    return success(out);
}

PromAnswer PromApi::labelNames(const QUrlQuery &parameters) const
{
    const auto found = matched(parameters, m_model);
    if (!found)
        return failure(found.error());
    QMap<QString, bool> names;
    for (const PromSeries &one : *found) {
        for (const auto keys = one.labels.keys(); const QString &name : keys)
            names.insert(name, true);
    }
    return success(QJsonArray::fromStringList(names.keys()));
}

PromAnswer PromApi::labelValues(const QString &label, const QUrlQuery &parameters) const
{
    const auto found = matched(parameters, m_model);
    if (!found)
        return failure(found.error());
    QMap<QString, bool> values;
    for (const PromSeries &one : *found) {
        if (one.labels.contains(label))
            values.insert(one.labels.value(label), true);
    }
    return success(QJsonArray::fromStringList(values.keys()));
}

PromAnswer PromApi::metadata() const
{
    QJsonObject out;
    for (const PromMetric &metric : m_model.metrics()) {
        out.insert(QString::fromLatin1(metric.name),
            QJsonArray{QJsonObject{{u"type"_s, QString::fromLatin1(metric.type)},
                {u"help"_s, QString::fromLatin1(metric.help)}, {u"unit"_s, QString()}}});
    }
    return success(out);
}

PromAnswer PromApi::targets() const
{
    QJsonArray active;
    const double time = now();
    for (const PromSeries &one : m_model.series(u"up"_s)) {
        const bool up = m_model.value(one, time) > 0;
        active.append(QJsonObject{{u"labels"_s, objectOf(one.labels)}, {u"scrapePool"_s, one.labels.value(u"job"_s)},
            {u"scrapeUrl"_s, QString(u"http://"_s + one.labels.value(u"instance"_s) + u"/metrics"_s)},
            {u"health"_s, up ? u"up"_s : u"down"_s}, {u"lastError"_s, up ? QString() : u"context deadline exceeded"_s},
            {u"scrapeInterval"_s, u"15s"_s}, {u"lastScrape"_s, timestamp(QDateTime::currentDateTimeUtc())}});
    }
    return success(QJsonObject{{u"activeTargets"_s, active}, {u"droppedTargets"_s, QJsonArray()}});
}

PromAnswer PromApi::alerts(bool asRules) const
{
    const std::vector<PromAlert> &raised = m_rules.alerts(now());
    QJsonArray all;
    QJsonArray rules;
    for (const PromRule &rule : PromRules::rules()) {
        QJsonArray mine;
        bool firing = false;
        for (const PromAlert &alert : raised) {
            if (alert.rule != &rule)
                continue;
            firing = firing || alert.firing;
            mine.append(QJsonObject{{u"labels"_s, objectOf(alert.labels)},
                {u"annotations"_s, objectOf(alert.annotations)},
                {u"state"_s, alert.firing ? u"firing"_s : u"pending"_s},
                {u"activeAt"_s,
                    timestamp(
                        QDateTime::fromSecsSinceEpoch(static_cast<qint64>(alert.activeAt), QTimeZone(QTimeZone::UTC)))},
                {u"value"_s, number(alert.value)}});
        }
        for (const QJsonValue &alert : std::as_const(mine))
            all.append(alert);
        rules.append(QJsonObject{{u"name"_s, QString::fromLatin1(rule.name)},
            {u"query"_s, QString::fromLatin1(rule.expr)}, {u"type"_s, u"alerting"_s}, {u"health"_s, u"ok"_s},
            {u"state"_s,
                mine.isEmpty() ? u"inactive"_s
                    : firing   ? u"firing"_s
                               : u"pending"_s},
            {u"duration"_s, rule.holdSeconds}, {u"keepFiringFor"_s, rule.keepSeconds},
            {u"labels"_s, QJsonObject{{u"severity"_s, QString::fromLatin1(rule.severity)}}},
            {u"annotations"_s, QJsonObject{{u"summary"_s, QString::fromUtf8(rule.summary)}}}, {u"alerts"_s, mine}});
    }
    if (!asRules)
        return success(QJsonObject{{u"alerts"_s, all}});
    return success(QJsonObject{{u"groups"_s,
        QJsonArray{QJsonObject{{u"name"_s, u"demo"_s}, {u"file"_s, u"/etc/prometheus/rules/demo.yaml"_s},
            {u"interval"_s, 15}, {u"rules"_s, rules}}}}});
}

} // namespace kdra::demo
