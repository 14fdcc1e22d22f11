// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace kdra::metrics {

// PromQL as it is being written: never wrong, only unfinished. Pure; any thread. Positions are in UTF-16 units, as
// QString counts. The grammar: https://prometheus.io/docs/prometheus/latest/querying/basics/

// A part of a query. What is between pieces is blank.
struct PromPiece {
    enum class Kind : quint8 {
        Metric,
        Label,
        Function, // any word before a parenthesis that is nothing else
        Aggregation,
        Keyword, // by, without, on, ignoring, group_left, group_right, offset, bool; start and end after @
        Operator, // and, or, unless, atan2, too; @ and the colon of a subquery
        Number,
        Duration,
        String, // with its quotes
        Comment,
        Variable, // Grafana's $x, ${x}, [[x]]; in strings they are part of the string
        Open, // ( { [
        Close, // ) } ]
        Comma,
        Unknown, // belongs to no query
    };
    Kind kind = Kind::Unknown;
    qsizetype at = 0;
    qsizetype length = 0;
    bool open = false; // of a string: the quote that ends it is missing
    qsizetype end() const { return at + length; }
    bool operator==(const PromPiece &) const = default;
};

QList<PromPiece> scanPromql(QStringView text);

// The bracket beside a cursor and its partner; `other` is -1 when that is missing.
struct BracketPair {
    qsizetype at = 0;
    qsizetype other = -1;
    bool operator==(const BracketPair &) const = default;
};
std::optional<BracketPair> bracketAt(QStringView text, const QList<PromPiece> &pieces, qsizetype cursor);

// What can be written at a cursor, and what it takes the place of.
struct PromPlace {
    enum class Kind : quint8 {
        None, // in a comment, a number, a text
        Expression, // a metric, a function, an aggregation
        Continuation, // after something that has a value: an operator, a word such as "by" or "offset"
        LabelName, // in braces
        LabelValue, // in quotes, or where they should be
        Grouping, // a label's name in by(), without(), on(), ignoring(), group_left(), group_right()
        Duration, // in brackets, or after "offset"
    };
    Kind kind = Kind::None;
    qsizetype at = 0; // what is replaced
    qsizetype length = 0;
    QString prefix = {}; // what of it is before the cursor, as it is meant: without quotes and backslashes
    QString label = {}; // of LabelValue
    QChar quote = {}; // of LabelValue: the quote that has been opened; null: none has
    bool closed = false; // of LabelValue: the other quote is there
    // Of what the labels are, as match[] of the API takes it: the metric with its other matchers. Empty: of anything.
    QStringList selectors = {};
    bool operator==(const PromPlace &) const = default;
};
PromPlace promPlace(QStringView text, qsizetype cursor);

// The innermost function or aggregation that the cursor is in the parentheses of; empty for none.
QString callAround(QStringView text, qsizetype cursor);

// A label's value as it is written between such quotes.
QString quotedText(const QString &value, QChar quote);

// The place in `written` that the place `at` of `asked` comes from; `asked` is the same with variables put in.
qsizetype placeInWritten(const QString &written, const QString &asked, qsizetype at);
// Where the line and column of a server's error are (from 1; bytes of UTF-8, as Go counts): at most the text's end.
// `message` is what the server says there: Prometheus counts a parenthesis that is one too many by the place behind it.
qsizetype placeOf(const QString &text, int line, int column, QStringView message = {});

} // namespace kdra::metrics
