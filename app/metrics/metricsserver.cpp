// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metricsserver.h"

#include "base/quantity.h"
#include "base/whenfinished.h"
#include "kube/apiclient.h"
#include "metrics/json.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::MetricsServer)
};

struct Usage {
    double cpu = 0; // cores
    double memory = 0; // bytes
};

// CPU comes in nanocores ("2318746n"), which are finer than the milli of quantities.
double coresOf(std::string_view text)
{
    const std::string number(text.substr(0, text.find_first_not_of("0123456789.")));
    const std::string_view unit = text.substr(number.size());
    const double value = std::strtod(number.c_str(), nullptr);
    if (unit == "n")
        return value / 1e9;
    if (unit == "u")
        return value / 1e6;
    return unit.empty() ? value : double(parseQuantityMilli(text).value_or(0)) / 1000;
}

Usage readUsage(json::Value value)
{
    Usage usage;
    json::fields(value, [&](std::string_view key, json::Value field) {
        if (key == "cpu")
            usage.cpu = coresOf(json::text(field));
        else if (key == "memory")
            usage.memory = double(parseQuantity(json::text(field)).value_or(0));
    });
    return usage;
}

struct Columns {
    std::vector<Series> cpu;
    std::vector<Series> memory;

    void add(const Labels &labels, qint64 time, const Usage &usage)
    {
        cpu.push_back({.labels = labels, .times = {time}, .values = {usage.cpu}});
        memory.push_back({.labels = labels, .times = {time}, .values = {usage.memory}});
    }
};

Answer vectorOf(std::vector<Series> series)
{
    return {.type = Answer::Type::Vector, .series = std::make_shared<const std::vector<Series>>(std::move(series))};
}

// Calls item(value, columns) for each item of the list.
Result<ResourceUse> readList(QByteArray body, void (*item)(json::Value, Columns &))
{
    body.reserve(body.size() + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
    const auto size = static_cast<size_t>(body.size());
    Columns columns;
    try {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document =
            parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING);
        for (auto field : document.get_object()) {
            const std::string_view key = field.escaped_key();
            const json::Value value = json::unwrap(field.value());
            if (key == "items")
                json::elements(value, [&](json::Value element) { item(element, columns); });
        }
    } catch (const simdjson::simdjson_error &) {
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("The answer of metrics-server is cut off or is not JSON."),
            .where = u"metrics.k8s.io/v1beta1"_s,
            .remedy = Text::tr("Look at the log of metrics-server in the namespace kube-system.")});
    }
    return ResourceUse{.cpu = vectorOf(std::move(columns.cpu)), .memory = vectorOf(std::move(columns.memory))};
}

struct Item {
    QString name, ns;
    qint64 time = 0;
    Usage usage;
    QList<std::pair<QString, Usage>> containers;
};

Item readItem(json::Value value)
{
    Item item;
    json::fields(value, [&](std::string_view key, json::Value field) {
        if (key == "metadata") {
            json::fields(field, [&](std::string_view name, json::Value part) {
                if (name == "name")
                    item.name = json::string(part);
                else if (name == "namespace")
                    item.ns = json::string(part);
            });
        } else if (key == "timestamp") {
            item.time = json::time(field);
        } else if (key == "usage") {
            item.usage = readUsage(field);
        } else if (key == "containers") {
            json::elements(field, [&](json::Value element) {
                std::pair<QString, Usage> container;
                json::fields(element, [&](std::string_view name, json::Value part) {
                    if (name == "name")
                        container.first = json::string(part);
                    else if (name == "usage")
                        container.second = readUsage(part);
                });
                item.containers += container;
            });
        }
    });
    return item;
}

Error explained(Error error)
{
    if (error.kind == Error::Kind::NotFound) {
        error.what = Text::tr("This cluster has no metrics-server.");
        error.remedy = Text::tr("Install metrics-server, or a Prometheus, which knows the past too.");
    } else if (error.kind == Error::Kind::Server) {
        error.remedy =
            Text::tr("metrics-server is installed and does not answer: look at its pods in the namespace kube-system.");
    }
    return error;
}

QFuture<Result<ResourceUse>> use(kube::ApiClient &client, const QString &path, Result<ResourceUse> (*parse)(QByteArray))
{
    return onPool(client.send({.path = u"/apis/metrics.k8s.io/v1beta1/"_s + path, .background = true}),
        [parse](const Result<kube::Response> &response) -> Result<ResourceUse> {
            if (!response)
                return std::unexpected(explained(response.error()));
            return parse(response->body);
        });
}

} // namespace

Result<ResourceUse> parseNodeMetrics(QByteArray body)
{
    return readList(std::move(body), [](json::Value value, Columns &columns) {
        const Item item = readItem(value);
        columns.add({{u"node"_s, item.name}}, item.time, item.usage);
    });
}

Result<ResourceUse> parsePodMetrics(QByteArray body)
{
    return readList(std::move(body), [](json::Value value, Columns &columns) {
        const Item item = readItem(value);
        for (const auto &[container, usage] : item.containers)
            columns.add(
                {{u"namespace"_s, item.ns}, {u"pod"_s, item.name}, {u"container"_s, container}}, item.time, usage);
    });
}

Answer largest(const Answer &vector, const QStringList &by, qsizetype most, const QHash<QString, double> &whole)
{
    struct Sum {
        qint64 time = 0;
        double value = 0;
    };
    QMap<QStringList, Sum> sums;
    for (const Series &one : *vector.series) {
        if (one.values.empty())
            continue;
        QStringList key;
        for (const QString &label : by)
            key.append(one.labels.value(label));
        Sum &sum = sums[key];
        sum.time = std::max(sum.time, one.times.back());
        sum.value += one.values.back();
    }
    std::vector<Series> out;
    for (auto it = sums.begin(); it != sums.end(); ++it) {
        const double all = whole.isEmpty() ? 1 : whole.value(it.key().first(), 0);
        if (all <= 0)
            continue;
        Labels labels;
        for (qsizetype i = 0; i < by.size(); ++i)
            labels.insert(by[i], it.key()[i]);
        out.push_back({.labels = labels, .times = {it->time}, .values = {it->value / all}});
    }
    std::ranges::stable_sort(out, std::greater(), [](const Series &one) { return one.values.front(); });
    if (std::ssize(out) > most)
        out.resize(static_cast<std::size_t>(most));
    return vectorOf(std::move(out));
}

QFuture<Result<ResourceUse>> nodeUse(kube::ApiClient &client)
{
    return use(client, u"nodes"_s, parseNodeMetrics);
}

QFuture<Result<ResourceUse>> podUse(kube::ApiClient &client, const QString &ns)
{
    const QString where =
        ns.isEmpty() ? QString() : u"namespaces/"_s + QString::fromLatin1(QUrl::toPercentEncoding(ns)) + u'/';
    return use(client, where + u"pods"_s, parsePodMetrics);
}

} // namespace kdra::metrics
