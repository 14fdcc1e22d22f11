// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promqlfunctions.h"

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace kdra::demo::promql {
namespace {

constexpr double ScrapeSeconds = 15;

std::optional<double> overRange(
    const QString &function, const PromSeries &series, double start, double end, const PromModel &model)
{
    if (function == "rate"_L1 || function == "increase"_L1 || function == "delta"_L1 || function == "irate"_L1
        || function == "deriv"_L1) {
        const double from = function == "irate"_L1 ? end - ScrapeSeconds : start;
        const double first = model.value(series, from);
        const double last = model.value(series, end);
        if (std::isnan(first) || std::isnan(last) || end <= from)
            return std::nullopt;
        const double change =
            function == "delta"_L1 || function == "deriv"_L1 ? last - first : std::max(0.0, last - first);
        return function == "increase"_L1 || function == "delta"_L1 ? change : change / (end - from);
    }
    double sum = 0;
    double low = qInf();
    double high = -qInf();
    double last = 0;
    int count = 0;
    const double step = std::max(ScrapeSeconds, (end - start) / 120);
    for (double time = std::ceil(start / step) * step; time <= end; time += step) {
        const double value = model.value(series, time);
        if (std::isnan(value))
            continue;
        sum += value;
        low = std::min(low, value);
        high = std::max(high, value);
        last = value;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    if (function == "avg_over_time"_L1)
        return sum / count;
    if (function == "max_over_time"_L1)
        return high;
    if (function == "min_over_time"_L1)
        return low;
    if (function == "sum_over_time"_L1)
        return sum;
    if (function == "count_over_time"_L1)
        return count;
    return last; // last_over_time
}

// As Prometheus does it (promql/quantile.go): linear within the bucket, the lower bound of the last one at the end.
Value histogramQuantile(double quantile, const std::vector<Sample> &buckets)
{
    struct Bucket {
        double bound = 0;
        double count = 0;
    };
    struct Histogram {
        PromLabels labels;
        std::vector<Bucket> buckets;
    };
    QMap<QString, Histogram> histograms;
    for (const Sample &sample : buckets) {
        const QString le = sample.labels.value(u"le"_s);
        PromLabels labels = withoutName(sample.labels);
        labels.remove(u"le"_s);
        QString key;
        for (auto it = labels.cbegin(); it != labels.cend(); ++it)
            key += it.key() + u'\x1f' + it.value() + u'\x1e';
        Histogram &histogram = histograms[key];
        histogram.labels = labels;
        histogram.buckets.push_back({le == "+Inf"_L1 ? qInf() : le.toDouble(), sample.value});
    }
    Value out;
    for (Histogram &histogram : histograms) {
        std::ranges::sort(histogram.buckets, {}, &Bucket::bound);
        const std::vector<Bucket> &all = histogram.buckets;
        if (all.size() < 2 || !std::isinf(all.back().bound) || all.back().count <= 0)
            continue;
        const double rank = quantile * all.back().count;
        std::size_t at = 0;
        while (at + 1 < all.size() - 1 && all[at].count < rank)
            ++at;
        const Bucket below = at == 0 ? Bucket() : all[at - 1];
        const double within = all[at].count - below.count;
        const bool beyond = all[at].count < rank || within <= 0;
        out.vector.push_back({histogram.labels,
            beyond ? all[at].bound : below.bound + (all[at].bound - below.bound) * (rank - below.count) / within});
    }
    return out;
}

// label_replace(v, destination, replacement, source, regex).
PromResult<Value> labelReplace(const Expr &expr, Value value)
{
    for (std::size_t i = 1; i < 5; ++i)
        if (expr.args[i]->kind != Expr::Kind::String)
            return std::unexpected(
                PromError{u"bad_data"_s, u"expected type string in call to function \"label_replace\""_s});
    const QRegularExpression regex(QRegularExpression::anchoredPattern(expr.args[4]->name));
    QString replacement = expr.args[2]->name;
    replacement.replace(QRegularExpression(u"\\$\\{?(\\d+)\\}?"_s), u"\\\\1"_s); // as QString::replace() has it
    for (Sample &sample : value.vector) {
        QString text = sample.labels.value(expr.args[3]->name);
        if (!regex.match(text).hasMatch())
            continue;
        text.replace(regex, replacement);
        if (text.isEmpty())
            sample.labels.remove(expr.args[1]->name);
        else
            sample.labels.insert(expr.args[1]->name, text);
    }
    return value;
}

bool isRangeFunction(const QString &name)
{
    static const QStringList all{u"rate"_s, u"irate"_s, u"increase"_s, u"delta"_s, u"deriv"_s, u"avg_over_time"_s,
        u"max_over_time"_s, u"min_over_time"_s, u"sum_over_time"_s, u"count_over_time"_s, u"last_over_time"_s};
    return all.contains(name);
}

} // namespace

std::unexpected<PromError> unsupported(const QString &message)
{
    return std::unexpected(PromError{u"execution"_s, message});
}

PromLabels withoutName(PromLabels labels)
{
    labels.remove(u"__name__"_s);
    return labels;
}

const std::vector<PromSeries> &seriesOf(Expr &selector, const PromModel &model)
{
    if (!selector.series)
        selector.series = std::make_shared<std::vector<PromSeries>>(select(selector, model));
    return *selector.series;
}

PromResult<Value> call(Expr &expr, double time, const PromModel &model)
{
    const QString &name = expr.name;
    const auto wrongArguments = [&] {
        return std::unexpected(PromError{u"bad_data"_s, u"invalid arguments in call to function \"%1\""_s.arg(name)});
    };
    if (name == "time"_L1)
        return Value{.scalar = true, .number = time, .vector = {}};
    if (isRangeFunction(name)) {
        if (expr.args.size() != 1 || expr.args[0]->kind != Expr::Kind::Selector || expr.args[0]->range <= 0)
            return std::unexpected(PromError{u"bad_data"_s,
                u"expected type range vector in call to function \"%1\", got instant vector"_s.arg(name)});
        Expr &selector = *expr.args[0];
        const double end = time - selector.offset;
        Value out;
        for (const PromSeries &series : seriesOf(selector, model)) {
            if (const auto value = overRange(name, series, end - selector.range, end, model))
                out.vector.push_back({withoutName(series.labels), *value});
        }
        return out;
    }
    if (name == "label_replace"_L1) {
        if (expr.args.size() != 5)
            return wrongArguments();
        auto value = evaluate(*expr.args[0], time, model);
        return value ? labelReplace(expr, *std::move(value)) : value;
    }
    std::vector<Value> args;
    for (const ExprPtr &arg : expr.args) {
        auto value = evaluate(*arg, time, model);
        if (!value)
            return value;
        args.push_back(std::move(*value));
    }
    const auto scalarAt = [&](std::size_t index) { return args.size() > index ? args[index].number : 0; };
    if (name == "vector"_L1 && args.size() == 1 && args[0].scalar)
        return Value{.scalar = false, .number = 0, .vector = {{{}, args[0].number}}};
    if (name == "scalar"_L1 && args.size() == 1)
        return Value{
            .scalar = true, .number = args[0].vector.size() == 1 ? args[0].vector[0].value : qQNaN(), .vector = {}};
    if ((name == "sort"_L1 || name == "sort_desc"_L1) && args.size() == 1) {
        const bool down = name == "sort_desc"_L1;
        std::ranges::stable_sort(
            args[0].vector, {}, [down](const Sample &sample) { return down ? -sample.value : sample.value; });
        return args[0];
    }
    if (name == "histogram_quantile"_L1 && args.size() == 2)
        return histogramQuantile(scalarAt(0), args[1].vector);
    if (name == "absent"_L1 && args.size() == 1) {
        Value out;
        if (args[0].vector.empty())
            out.vector.push_back({{}, 1});
        return out;
    }
    std::function<double(double)> map;
    if (name == "abs"_L1)
        map = [](double x) { return std::abs(x); };
    else if (name == "ceil"_L1)
        map = [](double x) { return std::ceil(x); };
    else if (name == "floor"_L1)
        map = [](double x) { return std::floor(x); };
    else if (name == "round"_L1)
        map = [unit = args.size() > 1 ? scalarAt(1) : 1](double x) { return std::floor(x / unit + 0.5) * unit; };
    else if (name == "sqrt"_L1)
        map = [](double x) { return std::sqrt(x); };
    else if (name == "clamp"_L1 && args.size() == 3)
        map = [low = scalarAt(1), high = scalarAt(2)](double x) { return std::max(low, std::min(high, x)); };
    else if (name == "clamp_min"_L1 && args.size() == 2)
        map = [low = scalarAt(1)](double x) { return std::max(low, x); };
    else if (name == "clamp_max"_L1 && args.size() == 2)
        map = [high = scalarAt(1)](double x) { return std::min(high, x); };
    else
        return unsupported(u"function \"%1\" is not supported by the demo's Prometheus"_s.arg(name));
    if (args.empty() || args[0].scalar)
        return wrongArguments();
    for (Sample &sample : args[0].vector)
        sample = {withoutName(sample.labels), map(sample.value)};
    return args[0];
}

} // namespace kdra::demo::promql
