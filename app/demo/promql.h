// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promseries.h"

#include <QRegularExpression>
#include <QStringList>

#include <expected>
#include <memory>

// A part of PromQL: selectors with matchers, offset and ranges; the common functions; aggregations with by and without;
// arithmetic, comparisons and set operators with on, ignoring, group_left and group_right.
namespace kdra::demo::promql {

struct PromError {
    QString type; // "bad_data": does not parse; "execution": parses, but is not supported or does not make sense
    QString message;
};
template <class T> using PromResult = std::expected<T, PromError>;

struct Matcher {
    enum class Op { Equal, NotEqual, Matches, MatchesNot };
    QString label;
    Op op = Op::Equal;
    QString value;
    QRegularExpression regex;
    bool matches(const PromLabels &labels) const;
};

struct Expr;
using ExprPtr = std::shared_ptr<Expr>;
struct Expr {
    enum class Kind { Number, String, Selector, Call, Aggregate, Binary };
    Kind kind = Kind::Number;
    double number = 0;
    QString name; // function, aggregation or operator; a selector's metric; a string's text
    std::vector<Matcher> matchers;
    double range = 0; // seconds; > 0: a range vector
    double offset = 0; // seconds
    std::vector<ExprPtr> args; // an aggregation's parameter comes first
    bool without = false; // aggregation
    bool grouped = false; // by or without was given
    QStringList labels; // of by, without, on, ignoring
    bool on = false; // binary: on(labels), else ignoring(labels)
    int group = 0; // 1: group_left, 2: group_right
    QStringList included; // labels that group_left and group_right take from the other side
    bool returnBool = false;
    std::shared_ptr<std::vector<PromSeries>> series; // a selector's, once for all steps of a query
};

PromResult<ExprPtr> parse(const QString &text);
// "15s", "1h30m", "0.5"; seconds.
std::optional<double> parseDuration(QStringView text);

struct Sample {
    PromLabels labels;
    double value = 0;
};
struct Value {
    bool scalar = false;
    double number = 0;
    std::vector<Sample> vector;
};

PromResult<Value> evaluate(Expr &expr, double time, const PromModel &model);
// The series a selector names; for /api/v1/series too.
std::vector<PromSeries> select(const Expr &selector, const PromModel &model);

} // namespace kdra::demo::promql
