// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quantity.h"
#include "models/query.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::models {

namespace {

using Op = QueryTerm::Op;
using Failure = std::unexpected<QueryError>;

bool isAmount(FieldType type)
{
    return type == FieldType::Count || type == FieldType::Cpu || type == FieldType::Bytes || type == FieldType::Ratio
        || type == FieldType::Age;
}

// Seconds of "90s", "5m", "1h30m", "7d", "2w".
std::optional<qint64> parseSpan(std::string_view text)
{
    qint64 seconds = 0;
    qint64 number = -1;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            number = std::max<qint64>(number, 0) * 10 + (c - '0');
            if (number > 1'000'000'000)
                return {};
            continue;
        }
        const qint64 unit = c == 's' ? 1
            : c == 'm'               ? 60
            : c == 'h'               ? 3600
            : c == 'd'               ? 86400
            : c == 'w'               ? 7 * 86400
                                     : 0;
        if (!unit || number < 0)
            return {};
        seconds += number * unit;
        number = -1;
    }
    return number < 0 && !text.empty() ? std::optional(seconds) : std::nullopt;
}

std::optional<qint64> parseCount(QStringView text)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

class Parser {
    Q_DECLARE_TR_FUNCTIONS(Query)

public:
    Parser(const QString &text, const QList<Column> &columns)
        : m_text(text)
        , m_columns(columns)
    {
    }

    std::expected<std::vector<QueryTerm>, QueryError> run()
    {
        std::vector<QueryTerm> terms;
        for (skipSpaces(); m_at < m_text.size(); skipSpaces()) {
            auto term = readTerm();
            if (!term)
                return Failure(term.error());
            if (!term->values.empty())
                terms.push_back(*std::move(term));
        }
        // An integer compare settles most rows before a text has to be searched.
        const auto cost = [](const QueryTerm &term) {
            return term.column < 0 ? 2 : term.type == FieldType::Text ? 1 : 0;
        };
        std::ranges::stable_sort(terms, {}, cost);
        return terms;
    }

private:
    static bool isSpace(QChar c) { return c.isSpace(); }
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }
    void skipSpaces()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }
    Failure fail(qsizetype from, const QString &what, const QString &remedy) const
    {
        return Failure(
            {{.kind = Error::Kind::Invalid, .what = what, .where = tr("character %1").arg(from + 1), .remedy = remedy},
                from, std::max<qsizetype>(m_at - from, 1)});
    }

    // The length of the operator that begins here; 0 when none does.
    qsizetype operatorLength() const
    {
        const QChar first = peek();
        const QChar second = peek(1);
        if (first == u'!')
            return second == u'=' || second == u'~' ? 2 : 0;
        if (first == u'=')
            return second == u'=' || second == u'~' ? 2 : 1;
        if (first == u'<' || first == u'>')
            return second == u'=' ? 2 : 1;
        return first == u':' || first == u'~' ? 1 : 0;
    }
    bool isOperator() const { return operatorLength() > 0; }

    // An operator, or a colon before one: "restarts:>5" is as good as "restarts>5".
    QStringView readOperator()
    {
        if (peek() == u':') {
            ++m_at;
            if (!isOperator() || peek() == u':')
                return QStringView(m_text).sliced(m_at - 1, 1);
        }
        const qsizetype length = operatorLength();
        m_at += length;
        return QStringView(m_text).sliced(m_at - length, length);
    }

    // One value or word: up to a space (and a comma), or quoted.
    std::expected<QString, QueryError> readText(bool value)
    {
        QString text;
        while (m_at < m_text.size() && !isSpace(peek()) && !(value && peek() == u',')) {
            if (peek() != u'"') {
                text += m_text[m_at++];
                continue;
            }
            const qsizetype opened = m_at++;
            while (m_at < m_text.size() && peek() != u'"') {
                if (peek() == u'\\' && (peek(1) == u'"' || peek(1) == u'\\'))
                    ++m_at;
                text += m_text[m_at++];
            }
            if (m_at >= m_text.size())
                return fail(opened, tr("The quotation mark is not closed."), tr("Close it with another one."));
            ++m_at;
        }
        return text;
    }

    std::expected<QueryTerm, QueryError> readTerm()
    {
        QueryTerm term;
        const qsizetype from = m_at;
        if (peek() == u'-') {
            term.negated = true;
            ++m_at;
        }
        const qsizetype keyFrom = m_at;
        while (m_at < m_text.size() && !isSpace(peek()) && peek() != u'"' && !isOperator())
            ++m_at;
        if (isOperator())
            return readComparison(std::move(term), keyFrom);
        m_at = keyFrom;
        auto text = readText(false);
        if (!text)
            return Failure(text.error());
        // A lone "-" is the beginning of something.
        if (!text->isEmpty())
            term.values.push_back({.text = text->toLower().toStdString()});
        Q_ASSERT(m_at > from);
        return term;
    }

    std::expected<QueryTerm, QueryError> readComparison(QueryTerm term, qsizetype keyFrom)
    {
        const QStringView key = QStringView(m_text).sliced(keyFrom, m_at - keyFrom);
        term.column = columnNamed(m_columns, key);
        if (term.column < 0) {
            const QString what = key.isEmpty() ? tr("A column is missing before “%1”.").arg(peek())
                                               : tr("There is no column “%1”.").arg(key);
            if (key.isEmpty())
                ++m_at;
            return fail(keyFrom, what,
                tr("Columns are: %1. To search for the text itself, put it in quotation marks.").arg(keys()));
        }
        const Column &column = m_columns.at(term.column);
        term.type = column.type;
        const qsizetype operatorFrom = m_at;
        const QStringView sign = readOperator();
        if (auto error = setOperator(term, sign); !error)
            return fail(operatorFrom, tr("“%1” cannot be compared with “%2”.").arg(key, sign), operators(column.type));
        return readValues(std::move(term), column, keyFrom);
    }

    static bool setOperator(QueryTerm &term, QStringView sign)
    {
        const QChar first = sign.front();
        const QChar last = sign.back();
        const bool amount = isAmount(term.type);
        if (first == u'<' || first == u'>') {
            const bool orEqual = last == u'=';
            term.op =
                first == u'<' ? (orEqual ? Op::LessOrEqual : Op::Less) : (orEqual ? Op::GreaterOrEqual : Op::Greater);
            return amount;
        }
        term.negated ^= first == u'!';
        term.op = last == u'~' ? Op::Contains : Op::Is;
        // Nothing is exactly two hours old for longer than a second.
        return term.op == Op::Contains ? !amount : term.type != FieldType::Age;
    }

    std::expected<QueryTerm, QueryError> readValues(QueryTerm term, const Column &column, qsizetype keyFrom)
    {
        for (;;) {
            const qsizetype from = m_at;
            auto text = readText(true);
            if (!text)
                return Failure(text.error());
            const QStringView written = QStringView(m_text).sliced(from, m_at - from);
            if (written.isEmpty()) {
                const QStringView before = QStringView(m_text).sliced(keyFrom, from - keyFrom);
                return fail(keyFrom, tr("A value is missing after “%1”.").arg(before), valueFormat(column));
            }
            auto value = valueOf(*text, column, term);
            if (!value)
                return fail(
                    from, tr("“%1” is no value for “%2”.").arg(written, toText(column.key)), valueFormat(column));
            term.values.push_back(*std::move(value));
            if (peek() != u',' || m_at >= m_text.size())
                return term;
            if (term.op != Op::Is && term.op != Op::Contains) {
                const qsizetype comma = m_at++;
                return fail(comma, tr("A comparison takes one value."), tr("Leave the comma out."));
            }
            ++m_at;
        }
    }

    static std::optional<QueryTerm::Value> valueOf(const QString &text, const Column &column, QueryTerm &term)
    {
        QueryTerm::Value value{.text = text.toLower().toStdString()};
        const std::string exact = text.toStdString();
        std::optional<qint64> number = 0;
        switch (column.type) {
        case FieldType::Text:
        case FieldType::Interned:
        case FieldType::Labels:
            break;
        case FieldType::Words: {
            const quint64 bits = wordBits(text, column, term.op);
            term.bits |= bits;
            // A part of no word matches nothing; a word that there is not is a mistake.
            return bits || term.op == Op::Contains ? std::optional(value) : std::nullopt;
        }
        case FieldType::Count:
            number = parseCount(text);
            break;
        case FieldType::Cpu:
            number = parseQuantityMilli(exact);
            break;
        case FieldType::Bytes:
            number = parseQuantity(exact);
            break;
        case FieldType::Age:
            number = parseSpan(exact);
            break;
        case FieldType::Ratio:
            return ratioOf(text, term.op);
        }
        if (!number)
            return {};
        value.number = *number;
        return value;
    }

    static quint64 wordBits(const QString &text, const Column &column, Op op)
    {
        quint64 bits = 0;
        for (size_t i = 0; i < column.words.size(); ++i) {
            const QString word = toText(column.words[i]);
            if (op == Op::Is ? word.compare(text, Qt::CaseInsensitive) == 0 : word.contains(text, Qt::CaseInsensitive))
                bits |= quint64(1) << i;
        }
        return bits;
    }

    static std::optional<QueryTerm::Value> ratioOf(const QString &text, Op op)
    {
        const bool yes = text.compare(QLatin1StringView("yes"), Qt::CaseInsensitive) == 0;
        if (op == Op::Is && (yes || text.compare(QLatin1StringView("no"), Qt::CaseInsensitive) == 0))
            return QueryTerm::Value{.number = yes, .of = QueryTerm::whole};
        const qsizetype slash = text.indexOf(u'/');
        const std::optional<qint64> some = parseCount(QStringView(text).first(slash < 0 ? text.size() : slash));
        if (slash < 0)
            return some ? std::optional(QueryTerm::Value{.number = *some}) : std::nullopt;
        const std::optional<qint64> all = parseCount(QStringView(text).sliced(slash + 1));
        return op == Op::Is && some && all && *all >= 0 ? std::optional(QueryTerm::Value{.number = *some, .of = *all})
                                                        : std::nullopt;
    }

    static QString toText(std::string_view text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

    QString keys() const
    {
        QStringList keys;
        for (const Column &column : m_columns)
            keys.append(toText(column.key));
        return keys.join(QStringLiteral(", "));
    }

    static QString operators(FieldType type)
    {
        if (type == FieldType::Age)
            return tr("Possible here: >, >=, <, <=.");
        return isAmount(type) ? tr("Possible here: =, !=, >, >=, <, <=.") : tr("Possible here: = or :, !=, ~, !~.");
    }

    const QString &m_text;
    const QList<Column> &m_columns;
    qsizetype m_at = 0;
};

} // namespace

std::expected<Query, QueryError> Query::parse(const QString &text, const QList<Column> &columns)
{
    auto terms = Parser(text, columns).run();
    if (!terms)
        return std::unexpected(std::move(terms).error());
    Query query;
    query.m_text = text.trimmed();
    query.m_terms = std::make_shared<const std::vector<QueryTerm>>(*std::move(terms));
    return query;
}

} // namespace kdra::models
