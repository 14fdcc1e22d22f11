// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promqlfunctions.h"

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace kdra::demo::promql {
namespace {

// The labels that a grouping or matching clause keeps.
PromLabels kept(const PromLabels &labels, const QStringList &names, bool keepNamed)
{
    PromLabels out;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it) {
        if (it.key() != "__name__"_L1 && names.contains(it.key()) == keepNamed)
            out.insert(it.key(), it.value());
    }
    return out;
}

// Labels as one comparable string.
QString textOf(const PromLabels &labels)
{
    QString out;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        out += it.key() + u'\x1f' + it.value() + u'\x1e';
    return out;
}

PromResult<Value> aggregate(Expr &expr, double time, const PromModel &model)
{
    double parameter = 0;
    if (expr.args.size() == 2) {
        const auto first = evaluate(*expr.args[0], time, model);
        if (!first)
            return first;
        parameter = first->number;
    }
    auto input = evaluate(*expr.args.back(), time, model);
    if (!input)
        return input;
    if (input->scalar)
        return std::unexpected(
            PromError{u"bad_data"_s, u"expected type instant vector in aggregation expression, got scalar"_s});
    struct Group {
        PromLabels labels;
        std::vector<Sample> samples;
    };
    QMap<QString, Group> groups;
    for (Sample &sample : input->vector) {
        const PromLabels labels = !expr.grouped ? PromLabels() : kept(sample.labels, expr.labels, !expr.without);
        Group &group = groups[textOf(labels)];
        group.labels = labels;
        group.samples.push_back(std::move(sample));
    }
    Value out;
    for (auto &[labels, samples] : groups) {
        if (expr.name.endsWith(u'k')) {
            const bool top = expr.name == "topk"_L1;
            std::ranges::stable_sort(
                samples, {}, [top](const Sample &sample) { return top ? -sample.value : sample.value; });
            for (std::size_t i = 0; i < samples.size() && static_cast<double>(i) < parameter; ++i)
                out.vector.push_back(samples[i]);
            continue;
        }
        double sum = 0;
        double low = qInf();
        double high = -qInf();
        for (const Sample &sample : samples) {
            sum += sample.value;
            low = std::min(low, sample.value);
            high = std::max(high, sample.value);
        }
        const auto count = static_cast<double>(samples.size());
        const double value = expr.name == "sum"_L1 ? sum
            : expr.name == "avg"_L1                ? sum / count
            : expr.name == "max"_L1                ? high
            : expr.name == "min"_L1                ? low
            : expr.name == "count"_L1              ? count
                                                   : 1;
        out.vector.push_back({labels, value});
    }
    return out;
}

// nullopt: a comparison that does not hold.
std::optional<double> apply(const QString &op, double a, double b, bool returnBool)
{
    if (op == "+"_L1)
        return a + b;
    if (op == "-"_L1)
        return a - b;
    if (op == "*"_L1)
        return a * b;
    if (op == "/"_L1)
        return a / b;
    if (op == "%"_L1)
        return std::fmod(a, b);
    if (op == "^"_L1)
        return std::pow(a, b);
    const bool holds = op == "=="_L1 ? a == b
        : op == "!="_L1              ? a != b
        : op == ">"_L1               ? a > b
        : op == "<"_L1               ? a < b
        : op == ">="_L1              ? a >= b
                                     : a <= b;
    if (returnBool)
        return holds ? 1 : 0;
    return holds ? std::optional(a) : std::nullopt;
}

bool isComparison(const QString &op)
{
    return op.contains(u'=') || op == ">"_L1 || op == "<"_L1;
}

PromResult<Value> vectors(const Expr &expr, const Value &left, const Value &right)
{
    const auto keyOf = [&](const Sample &sample) { return kept(sample.labels, expr.labels, expr.on); };
    Value out;
    if (expr.name == "and"_L1 || expr.name == "or"_L1 || expr.name == "unless"_L1) {
        QSet<QString> rightKeys;
        QSet<QString> leftKeys;
        const auto insert = [&](QSet<QString> &set, const Value &value) {
            for (const Sample &sample : value.vector)
                set.insert(textOf(keyOf(sample)));
        };
        insert(rightKeys, right);
        insert(leftKeys, left);
        for (const Sample &sample : left.vector) {
            if (expr.name == "or"_L1 || rightKeys.contains(textOf(keyOf(sample))) == (expr.name == "and"_L1))
                out.vector.push_back(sample);
        }
        for (const Sample &sample : right.vector) {
            if (expr.name == "or"_L1 && !leftKeys.contains(textOf(keyOf(sample))))
                out.vector.push_back(sample);
        }
        return out;
    }
    const bool swapped = expr.group == 2; // the right side is the one with many
    const Value &many = swapped ? right : left;
    const Value &one = swapped ? left : right;
    QHash<QString, Sample> ones;
    for (const Sample &sample : one.vector) {
        const QString key = textOf(keyOf(sample));
        if (ones.contains(key))
            return unsupported(
                u"found duplicate series for the match group on the %1 hand-side of the operation;many-to-many matching not allowed: matching labels must be unique on one side"_s
                    .arg(swapped ? u"left"_s : u"right"_s));
        ones.insert(key, sample);
    }
    QSet<QString> seen;
    for (const Sample &sample : many.vector) {
        const PromLabels labels = keyOf(sample);
        const QString key = textOf(labels);
        const auto found = ones.constFind(key);
        if (found == ones.cend())
            continue;
        if (expr.group == 0 && seen.contains(key))
            return unsupported(
                u"multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"_s);
        seen.insert(key);
        const auto value = swapped ? apply(expr.name, found->value, sample.value, expr.returnBool)
                                   : apply(expr.name, sample.value, found->value, expr.returnBool);
        if (value) {
            const bool whole = isComparison(expr.name) && !expr.returnBool;
            PromLabels result = whole ? sample.labels : expr.group != 0 ? withoutName(sample.labels) : labels;
            for (const QString &name : std::as_const(expr.included)) {
                if (const QString other = found->labels.value(name); other.isEmpty())
                    result.remove(name);
                else
                    result.insert(name, other);
            }
            out.vector.push_back({std::move(result), *value});
        }
    }
    return out;
}

PromResult<Value> binary(Expr &expr, double time, const PromModel &model)
{
    const auto left = evaluate(*expr.args[0], time, model);
    if (!left)
        return left;
    const auto right = evaluate(*expr.args[1], time, model);
    if (!right)
        return right;
    const bool set = expr.name == "and"_L1 || expr.name == "or"_L1 || expr.name == "unless"_L1;
    if (set && (left->scalar || right->scalar))
        return std::unexpected(
            PromError{u"bad_data"_s, u"set operator \"%1\" not allowed in binary scalar expression"_s.arg(expr.name)});
    if (left->scalar && right->scalar) {
        if (isComparison(expr.name) && !expr.returnBool)
            return std::unexpected(PromError{u"bad_data"_s, u"comparisons between scalars must use BOOL modifier"_s});
        return Value{.scalar = true,
            .number = apply(expr.name, left->number, right->number, expr.returnBool).value_or(0),
            .vector = {}};
    }
    if (!left->scalar && !right->scalar)
        return vectors(expr, *left, *right);
    Value out;
    const bool filter = isComparison(expr.name) && !expr.returnBool;
    for (const Sample &sample : (left->scalar ? *right : *left).vector) {
        const double a = left->scalar ? left->number : sample.value;
        const double b = left->scalar ? sample.value : right->number;
        if (const auto value = apply(expr.name, a, b, expr.returnBool))
            out.vector.push_back({filter ? sample.labels : withoutName(sample.labels), filter ? sample.value : *value});
    }
    return out;
}

} // namespace

bool Matcher::matches(const PromLabels &labels) const
{
    const QString have = labels.value(label);
    switch (op) {
    case Op::Equal:
        return have == value;
    case Op::NotEqual:
        return have != value;
    case Op::Matches:
        return regex.match(have).hasMatch();
    case Op::MatchesNot:
        return !regex.match(have).hasMatch();
    }
    return false;
}

std::vector<PromSeries> select(const Expr &selector, const PromModel &model)
{
    QString metric = selector.name;
    for (const Matcher &matcher : selector.matchers) {
        if (metric.isEmpty() && matcher.label == "__name__"_L1 && matcher.op == Matcher::Op::Equal)
            metric = matcher.value;
    }
    std::vector<PromSeries> all = model.series(metric);
    std::erase_if(all, [&](const PromSeries &series) {
        return !std::ranges::all_of(
            selector.matchers, [&](const Matcher &matcher) { return matcher.matches(series.labels); });
    });
    return all;
}

PromResult<Value> evaluate(Expr &expr, double time, const PromModel &model)
{
    switch (expr.kind) {
    case Expr::Kind::Number:
        return Value{.scalar = true, .number = expr.number, .vector = {}};
    case Expr::Kind::String:
        return unsupported(u"string literals are only supported as parameters"_s);
    case Expr::Kind::Selector: {
        if (expr.range > 0)
            return std::unexpected(PromError{u"bad_data"_s,
                u"invalid expression type \"range vector\" for range query, must be Scalar or instant Vector"_s});
        Value out;
        for (const PromSeries &series : seriesOf(expr, model)) {
            const double value = model.value(series, time - expr.offset);
            if (!std::isnan(value))
                out.vector.push_back({series.labels, value});
        }
        return out;
    }
    case Expr::Kind::Call:
        return call(expr, time, model);
    case Expr::Kind::Aggregate:
        return aggregate(expr, time, model);
    case Expr::Kind::Binary:
        return binary(expr, time, model);
    }
    return Value();
}

} // namespace kdra::demo::promql
