// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promqlscan.h"

#include "metrics/placeholder.h"
#include "metrics/promfunctions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

using Kind = PromPiece::Kind;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool is(QStringView word, std::initializer_list<QLatin1StringView> among)
{
    return std::ranges::any_of(
        among, [&](QLatin1StringView one) { return word.compare(one, Qt::CaseInsensitive) == 0; });
}

class Scanner {
public:
    explicit Scanner(QStringView text)
        : m_text(text)
        , m_variable(nextPlaceholder(text, 0))
    {
    }

    QList<PromPiece> all()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at].isSpace())
                ++m_at;
            else
                next();
        }
        return m_pieces;
    }

private:
    QChar charAt(qsizetype at) const { return at < m_text.size() ? m_text[at] : QChar(); }

    void add(Kind kind, qsizetype length, bool open = false)
    {
        m_pieces.append({kind, m_at, length, open});
        m_at += length;
    }

    // A name may hold the beginning of a variable: "node_$what" are two pieces.
    void next()
    {
        while (m_variable && m_variable->at < m_at)
            m_variable = nextPlaceholder(m_text, m_at);
        const QChar c = m_text[m_at];
        if (m_variable && m_variable->at == m_at)
            add(Kind::Variable, m_variable->length);
        else if (c == u'#')
            comment();
        else if (c == u'"' || c == u'\'' || c == u'`')
            string(c);
        else if (isDigit(c) || (c == u'.' && isDigit(charAt(m_at + 1))))
            number();
        else if (isLetter(c) || (c == u':' && inside() != u'['))
            word();
        else
            sign(c);
    }

    void comment()
    {
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        add(Kind::Comment, (end < 0 ? m_text.size() : end) - m_at);
    }

    void string(QChar quote)
    {
        qsizetype end = m_at + 1;
        const bool raw = quote == u'`';
        while (end < m_text.size() && m_text[end] != quote && (raw || m_text[end] != u'\n'))
            end += !raw && m_text[end] == u'\\' && charAt(end + 1) != u'\n' ? 2 : 1;
        const bool closed = end < m_text.size() && m_text[end] == quote;
        add(Kind::String, std::min(closed ? end + 1 : end, m_text.size()) - m_at, !closed);
    }

    qsizetype digitsFrom(qsizetype at) const
    {
        while (isDigit(charAt(at)) || (charAt(at) == u'_' && isDigit(charAt(at + 1))))
            ++at;
        return at;
    }

    // The end of a unit that stands at `at`; 0 for none.
    qsizetype unitAt(qsizetype at) const
    {
        const QChar c = charAt(at);
        if (c == u'm' && charAt(at + 1) == u's')
            return at + 2;
        return QStringView(u"smhdwy").contains(c) && !c.isNull() ? at + 1 : 0;
    }

    void number()
    {
        if (m_text[m_at] == u'0' && (charAt(m_at + 1) == u'x' || charAt(m_at + 1) == u'X')) {
            qsizetype end = m_at + 2;
            while (isDigit(charAt(end)) || (charAt(end).toLower() >= u'a' && charAt(end).toLower() <= u'f'))
                ++end;
            add(Kind::Number, end - m_at);
            return;
        }
        qsizetype end = digitsFrom(m_at);
        if (unitAt(end) > 0) {
            while (unitAt(end) > 0) {
                end = unitAt(end);
                const qsizetype digits = digitsFrom(end);
                if (unitAt(digits) > 0)
                    end = digits;
            }
            add(Kind::Duration, end - m_at);
            return;
        }
        if (charAt(end) == u'.')
            end = digitsFrom(end + 1);
        if (charAt(end) == u'e' || charAt(end) == u'E') {
            const qsizetype sign = charAt(end + 1) == u'+' || charAt(end + 1) == u'-' ? 1 : 0;
            if (isDigit(charAt(end + 1 + sign)))
                end = digitsFrom(end + 1 + sign);
        }
        add(Kind::Number, end - m_at);
    }

    void word()
    {
        qsizetype end = m_at;
        while (isLetter(charAt(end)) || isDigit(charAt(end)) || charAt(end) == u':')
            ++end;
        add(kindOf(m_text.sliced(m_at, end - m_at), end), end - m_at);
    }

    Kind kindOf(QStringView word, qsizetype end) const
    {
        if (inside() == u'{' || m_grouping.contains(m_open.size()))
            return Kind::Label;
        if (inside() == u'[')
            return Kind::Unknown;
        const Kind before = m_pieces.isEmpty() ? Kind::Open : m_pieces.last().kind;
        const QStringView said = m_pieces.isEmpty() ? QStringView() : textOf(m_pieces.last());
        const bool afterValue = before == Kind::Metric || before == Kind::Close || before == Kind::Number
            || before == Kind::Duration || before == Kind::String || before == Kind::Variable;
        if (afterValue && is(word, {"and"_L1, "or"_L1, "unless"_L1, "atan2"_L1}))
            return Kind::Operator;
        if (afterValue && is(word, {"offset"_L1}))
            return Kind::Keyword;
        if ((before == Kind::Aggregation || before == Kind::Close) && is(word, {"by"_L1, "without"_L1}))
            return Kind::Keyword;
        if ((before == Kind::Operator || before == Kind::Keyword) && is(word, {"on"_L1, "ignoring"_L1, "bool"_L1}))
            return Kind::Keyword;
        if (before == Kind::Close && is(word, {"group_left"_L1, "group_right"_L1}))
            return Kind::Keyword;
        if (said == u'@' && is(word, {"start"_L1, "end"_L1}))
            return Kind::Keyword;
        if (is(word, {"inf"_L1, "nan"_L1}))
            return Kind::Number;
        return callKindOf(word, end);
    }

    // By what comes after it.
    Kind callKindOf(QStringView word, qsizetype end) const
    {
        while (charAt(end).isSpace())
            ++end;
        const PromFunction *function = promFunction(word);
        const bool aggregates = function && function->kind == PromFunction::Kind::Aggregation;
        if (charAt(end) == u'(')
            return aggregates ? Kind::Aggregation : Kind::Function;
        qsizetype until = end;
        while (isLetter(charAt(until)))
            ++until;
        if (aggregates && is(m_text.sliced(end, until - end), {"by"_L1, "without"_L1}))
            return Kind::Aggregation;
        return Kind::Metric;
    }

    void sign(QChar c)
    {
        if (c == u'(' || c == u'{' || c == u'[') {
            const bool groups = c == u'(' && !m_pieces.isEmpty() && m_pieces.last().kind == Kind::Keyword
                && is(textOf(m_pieces.last()),
                    {"by"_L1, "without"_L1, "on"_L1, "ignoring"_L1, "group_left"_L1, "group_right"_L1});
            m_open.append(c);
            if (groups)
                m_grouping.append(m_open.size());
            add(Kind::Open, 1);
        } else if (c == u')' || c == u'}' || c == u']') {
            m_grouping.removeAll(m_open.size());
            if (!m_open.isEmpty())
                m_open.removeLast();
            add(Kind::Close, 1);
        } else if (c == u',') {
            add(Kind::Comma, 1);
        } else if (const QStringView two = m_text.sliced(m_at).first(std::min<qsizetype>(2, m_text.size() - m_at));
            is(two, {"=="_L1, "!="_L1, ">="_L1, "<="_L1, "=~"_L1, "!~"_L1})) {
            add(Kind::Operator, 2);
        } else {
            add(QStringView(u"+-*/%^<>=@:").contains(c) ? Kind::Operator : Kind::Unknown, 1);
        }
    }

    // The bracket that is open here; null for none.
    QChar inside() const { return m_open.isEmpty() ? QChar() : m_open.last(); }
    QStringView textOf(const PromPiece &piece) const { return m_text.sliced(piece.at, piece.length); }

    QStringView m_text;
    std::optional<Placeholder> m_variable; // the next one
    qsizetype m_at = 0;
    QList<PromPiece> m_pieces;
    QList<QChar> m_open;
    QList<qsizetype> m_grouping; // how deep the parentheses of by() and its like are
};

} // namespace

QList<PromPiece> scanPromql(QStringView text)
{
    return Scanner(text).all();
}

std::optional<BracketPair> bracketAt(QStringView text, const QList<PromPiece> &pieces, qsizetype cursor)
{
    const auto isBracket = [](const PromPiece &one) { return one.kind == Kind::Open || one.kind == Kind::Close; };
    // The one before the cursor, as one has just written it; else the one after.
    auto found = std::ranges::find_if(pieces, [&](const auto &one) { return isBracket(one) && one.end() == cursor; });
    if (found == pieces.end())
        found = std::ranges::find_if(pieces, [&](const auto &one) { return isBracket(one) && one.at == cursor; });
    if (found == pieces.end())
        return {};
    BracketPair pair{.at = found->at};
    QList<qsizetype> open;
    for (const PromPiece &piece : pieces) {
        if (piece.kind == Kind::Open)
            open.append(piece.at);
        if (piece.kind != Kind::Close)
            continue;
        constexpr QStringView opening = u"({[";
        constexpr QStringView closing = u")}]";
        const bool fits = !open.isEmpty() && opening.indexOf(text[open.last()]) == closing.indexOf(text[piece.at]);
        if (fits && (piece.at == pair.at || open.last() == pair.at))
            pair.other = piece.at == pair.at ? open.last() : piece.at;
        if (!open.isEmpty())
            open.removeLast();
    }
    return pair;
}

qsizetype placeInWritten(const QString &written, const QString &asked, qsizetype at)
{
    // What is between variables is the same in both.
    qsizetype from = 0;
    qsizetype to = 0;
    while (const auto variable = nextPlaceholder(written, from)) {
        const qsizetype literal = variable->at - from;
        if (at < to + literal)
            return from + (at - to);
        from = variable->at + variable->length;
        const auto after = nextPlaceholder(written, from);
        const QString rest = written.sliced(from, (after ? after->at : written.size()) - from);
        const qsizetype found =
            rest.isEmpty() ? (after ? to + literal : asked.size()) : asked.indexOf(rest, to + literal);
        if (found < 0 || at < found)
            return variable->at;
        to = found;
    }
    return std::clamp<qsizetype>(from + at - to, 0, written.size());
}

qsizetype placeOf(const QString &text, int line, int column, QStringView message)
{
    qsizetype at = 0;
    for (int i = 1; i < line; ++i) {
        const qsizetype next = text.indexOf(u'\n', at);
        if (next < 0)
            return text.size();
        at = next + 1;
    }
    const qsizetype end = text.indexOf(u'\n', at);
    const QByteArray bytes = text.sliced(at, (end < 0 ? text.size() : end) - at).toUtf8();
    at += QString::fromUtf8(bytes.first(std::clamp<qsizetype>(column - 1, 0, bytes.size()))).size();
    const bool isThere = at < text.size() && text[at] == u')';
    const bool isBehind = !isThere && at > 0 && text[at - 1] == u')' && message.contains(u"')'");
    return isBehind ? at - 1 : at;
}

} // namespace kdra::metrics
