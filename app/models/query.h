// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "models/column.h"

#include <QList>

#include <memory>
#include <string>
#include <vector>

// The language of the box over a table. Terms are separated by spaces, and a row must satisfy every one:
//
//   web  "two words"        the text is somewhere in the row (TableSchema::matchesText)
//   ns:team-3  ns=team-3    is exactly that; several values mean any of them: ns:a,b
//   status!=Running         is not
//   node~pi-  node!~pi-     contains, does not contain
//   restarts>5 age<=2h memory>1Gi cpu>500m   compares, in the units of the column
//   ready:1/2 ready:no      as many of as many; yes: all of them
//   label:app=web label:app has the label with this value; has the label
//   -status:Running -web    not
//
// Letters of either case are the same (ASCII). Values with spaces, commas or quotes are quoted: "a b", with \" and \\.
// Keys are Column::key and its aliases, in every language the same.
namespace kdra::models {

struct QueryTerm {
    enum class Op : quint8 { Is, Contains, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Value {
        std::string text = {}; // in lower case
        qint64 number = 0;
        qint64 of = anyTotal; // Ratio
    };
    static constexpr qint64 anyTotal = -1;
    static constexpr qint64 whole = -2; // number is 1 for all of them, 0 for not all

    bool negated = false;
    int column = -1; // -1: anywhere in the row
    FieldType type = FieldType::Text;
    Op op = Op::Contains;
    std::vector<Value> values = {}; // any of them
    quint64 bits = 0; // Words: any of them
};

// What is wrong with a query, and with which characters of it (UTF-16, as in QString).
struct QueryError {
    Error error = {};
    qsizetype position = 0;
    qsizetype length = 0;
};

// A query that was understood: a value, immutable, shared between threads. The default accepts everything.
class Query {
public:
    Query() = default;

    // Any thread. Errors say which part is wrong and what is possible there.
    static std::expected<Query, QueryError> parse(const QString &text, const QList<Column> &columns);

    const QString &text() const { return m_text; }
    bool isEmpty() const { return !m_terms || m_terms->empty(); }
    // The cheapest to judge come first.
    std::span<const QueryTerm> terms() const { return m_terms ? std::span(*m_terms) : std::span<const QueryTerm>(); }
    // Rows come and go by themselves as time passes (age<5m).
    bool dependsOnTime() const;
    bool operator==(const Query &other) const { return m_text == other.m_text; }

private:
    QString m_text;
    std::shared_ptr<const std::vector<QueryTerm>> m_terms;
};

// What may follow an operator, for messages and help: "a number with a unit: 500m, 2".
QString valueFormat(const Column &column);

// The column with this key or alias, in letters of either case; -1 when there is none.
int columnNamed(const QList<Column> &columns, QStringView key);

// A value as it has to be written in a query: in quotes when it needs them.
QString quotedValue(const QString &value);

} // namespace kdra::models
