// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promql.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace kdra::demo::promql {
namespace {

bool isAggregation(const QString &word)
{
    static const QStringList all{
        u"sum"_s, u"avg"_s, u"max"_s, u"min"_s, u"count"_s, u"group"_s, u"topk"_s, u"bottomk"_s};
    return all.contains(word);
}

class Parser {
public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
    }

    PromResult<ExprPtr> whole()
    {
        ExprPtr expr = binary(0);
        skip();
        if (m_error.isEmpty() && m_at < m_text.size())
            fail(u"unexpected character: '%1'"_s.arg(m_text.at(m_at)));
        if (!m_error.isEmpty())
            return std::unexpected(PromError{u"bad_data"_s,
                u"invalid parameter \"query\": 1:%1: parse error: %2"_s.arg(m_errorAt + 1).arg(m_error)});
        return expr;
    }

private:
    void fail(const QString &message)
    {
        if (!m_error.isEmpty())
            return;
        m_error = message;
        m_errorAt = m_at;
        m_at = m_text.size(); // nothing more is read
    }
    void skip()
    {
        bool comment = false;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text.at(m_at);
            comment = c == u'#' || (comment && c != u'\n');
            if (!comment && !c.isSpace())
                return;
        }
    }
    bool take(QStringView token)
    {
        skip();
        if (!QStringView(m_text).sliced(m_at).startsWith(token))
            return false;
        m_at += token.size();
        return true;
    }
    void expect(QStringView token)
    {
        if (!take(token))
            fail(m_at >= m_text.size()
                    ? u"unexpected end of input"_s
                    : u"unexpected character: '%1', expected \"%2\""_s.arg(m_text.at(m_at)).arg(token));
    }
    QString peekWord()
    {
        skip();
        qsizetype end = m_at;
        while (end < m_text.size()
            && (m_text.at(end).isLetterOrNumber() || m_text.at(end) == u'_' || m_text.at(end) == u':'))
            ++end;
        return end > m_at && !m_text.at(m_at).isDigit() ? m_text.mid(m_at, end - m_at) : QString();
    }
    bool takeWord(QStringView word)
    {
        if (peekWord().compare(word, Qt::CaseInsensitive) != 0)
            return false;
        m_at += word.size();
        return true;
    }

    struct Operator {
        QString name;
        int precedence = -1;
    };
    Operator peekOperator()
    {
        skip();
        const QStringView rest = QStringView(m_text).sliced(m_at);
        for (const auto &[name, precedence] :
            {std::pair{u"=="_s, 2}, {u"!="_s, 2}, {u">="_s, 2}, {u"<="_s, 2}, {u">"_s, 2}, {u"<"_s, 2}, {u"+"_s, 3},
                {u"-"_s, 3}, {u"*"_s, 4}, {u"/"_s, 4}, {u"%"_s, 4}, {u"^"_s, 5}}) {
            if (rest.startsWith(name))
                return {name, precedence};
        }
        const QString word = peekWord().toLower();
        if (word == "or"_L1)
            return {word, 0};
        if (word == "and"_L1 || word == "unless"_L1)
            return {word, 1};
        return {};
    }

    ExprPtr binary(int minimum)
    {
        ExprPtr left = unary();
        for (;;) {
            const Operator op = peekOperator();
            if (!m_error.isEmpty() || op.precedence < minimum)
                return left;
            m_at += op.name.size();
            auto expr = std::make_shared<Expr>();
            expr->kind = Expr::Kind::Binary;
            expr->name = op.name;
            if (takeWord(u"bool"))
                expr->returnBool = true;
            if (const bool on = takeWord(u"on"); on || takeWord(u"ignoring")) {
                expr->on = on;
                expr->labels = labelList();
                if (const bool toLeft = takeWord(u"group_left"); toLeft || takeWord(u"group_right")) {
                    expr->group = toLeft ? 1 : 2;
                    skip();
                    if (m_at < m_text.size() && m_text.at(m_at) == u'(')
                        expr->included = labelList();
                }
            }
            ExprPtr right = binary(op.name == "^"_L1 ? op.precedence : op.precedence + 1);
            expr->args = {left, right};
            left = expr;
        }
    }

    ExprPtr unary()
    {
        if (take(u"-")) {
            auto expr = std::make_shared<Expr>();
            expr->kind = Expr::Kind::Binary;
            expr->name = u"*"_s;
            auto minus = std::make_shared<Expr>();
            minus->number = -1;
            expr->args = {minus, binary(5)};
            return expr;
        }
        take(u"+");
        return suffixed(primary());
    }

    ExprPtr suffixed(ExprPtr expr)
    {
        for (;;) {
            if (take(u"[")) {
                expr->range = duration();
                if (take(u":"))
                    fail(u"subqueries are not supported"_s);
                expect(u"]");
                if (expr->kind != Expr::Kind::Selector)
                    fail(u"ranges only allowed for vector selectors"_s);
            } else if (takeWord(u"offset")) {
                expr->offset = duration();
            } else {
                return expr;
            }
        }
    }

    double duration()
    {
        skip();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text.at(m_at).isLetterOrNumber())
            ++m_at;
        const auto seconds = parseDuration(QStringView(m_text).sliced(start, m_at - start));
        if (!seconds)
            fail(u"not a valid duration string: \"%1\""_s.arg(m_text.mid(start, m_at - start)));
        return seconds.value_or(0);
    }

    QString string()
    {
        skip();
        const QChar quote = m_at < m_text.size() ? m_text.at(m_at) : QChar();
        if (quote != u'"' && quote != u'\'' && quote != u'`') {
            fail(u"unexpected end of input, expected string"_s);
            return {};
        }
        QString out;
        for (++m_at; m_at < m_text.size() && m_text.at(m_at) != quote; ++m_at) {
            if (m_text.at(m_at) == u'\\' && quote != u'`' && m_at + 1 < m_text.size())
                ++m_at;
            out += m_text.at(m_at);
        }
        expect(QString(quote));
        return out;
    }

    QStringList labelList()
    {
        QStringList out;
        expect(u"(");
        while (!take(u")") && m_error.isEmpty()) {
            const QString word = peekWord();
            if (word.isEmpty())
                fail(u"unexpected character in grouping opts, expected label"_s);
            m_at += word.size();
            out.append(word);
            take(u",");
        }
        return out;
    }

    ExprPtr primary()
    {
        auto expr = std::make_shared<Expr>();
        skip();
        if (m_at >= m_text.size()) {
            fail(u"unexpected end of input"_s);
            return expr;
        }
        const QChar first = m_text.at(m_at);
        if (take(u"(")) {
            expr = binary(0);
            expect(u")");
            return expr;
        }
        if (first.isDigit() || first == u'.') {
            static const QRegularExpression number(u"\\G(0x[0-9a-fA-F]+|[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?)"_s);
            const auto match = number.match(m_text, m_at);
            m_at += std::max<qsizetype>(1, match.capturedLength());
            expr->number = match.captured().toDouble();
            return expr;
        }
        if (first == u'"' || first == u'\'' || first == u'`') {
            expr->kind = Expr::Kind::String;
            expr->name = string();
            return expr;
        }
        const QString word = peekWord();
        if (word.isEmpty() && first != u'{') {
            fail(u"unexpected character: '%1'"_s.arg(first));
            return expr;
        }
        m_at += word.size();
        if (word.compare("inf"_L1, Qt::CaseInsensitive) == 0 || word.compare("nan"_L1, Qt::CaseInsensitive) == 0) {
            expr->number = word.toLower() == "inf"_L1 ? qInf() : qQNaN();
            return expr;
        }
        if (isAggregation(word.toLower()))
            return aggregate(word.toLower());
        skip();
        if (m_at < m_text.size() && m_text.at(m_at) == u'(' && !word.isEmpty()) {
            expr->kind = Expr::Kind::Call;
            expr->name = word;
            arguments(*expr);
            return expr;
        }
        return selector(word);
    }

    void arguments(Expr &expr)
    {
        expect(u"(");
        while (!take(u")") && m_error.isEmpty()) {
            expr.args.push_back(binary(0));
            if (!take(u",")) {
                expect(u")");
                return;
            }
        }
    }

    void grouping(Expr &expr)
    {
        const bool without = takeWord(u"without");
        if (!without && !takeWord(u"by"))
            return;
        expr.without = without;
        expr.grouped = true;
        expr.labels = labelList();
    }

    ExprPtr aggregate(const QString &name)
    {
        auto expr = std::make_shared<Expr>();
        expr->kind = Expr::Kind::Aggregate;
        expr->name = name;
        grouping(*expr);
        arguments(*expr);
        grouping(*expr);
        const std::size_t wanted = name.endsWith(u'k') ? 2 : 1;
        if (expr->args.size() != wanted)
            fail(u"wrong number of arguments for aggregate expression provided, expected %1, got %2"_s.arg(wanted).arg(
                expr->args.size()));
        return expr;
    }

    ExprPtr selector(const QString &metric)
    {
        auto expr = std::make_shared<Expr>();
        expr->kind = Expr::Kind::Selector;
        expr->name = metric;
        if (!take(u"{"))
            return expr;
        while (!take(u"}") && m_error.isEmpty()) {
            Matcher matcher;
            matcher.label = peekWord();
            if (matcher.label.isEmpty())
                fail(m_at >= m_text.size() ? u"unexpected end of input inside braces"_s
                                           : u"unexpected character inside braces: '%1'"_s.arg(m_text.at(m_at)));
            m_at += matcher.label.size();
            if (take(u"=~"))
                matcher.op = Matcher::Op::Matches;
            else if (take(u"!~"))
                matcher.op = Matcher::Op::MatchesNot;
            else if (take(u"!="))
                matcher.op = Matcher::Op::NotEqual;
            else
                expect(u"=");
            matcher.value = string();
            if (matcher.op == Matcher::Op::Matches || matcher.op == Matcher::Op::MatchesNot) {
                matcher.regex.setPattern(QRegularExpression::anchoredPattern(matcher.value));
                if (!matcher.regex.isValid())
                    fail(u"error parsing regexp: "_s + matcher.regex.errorString());
            }
            expr->matchers.push_back(matcher);
            if (!take(u",")) {
                expect(u"}");
                break;
            }
        }
        return expr;
    }

    QString m_text;
    qsizetype m_at = 0;
    QString m_error;
    qsizetype m_errorAt = 0;
};

} // namespace

std::optional<double> parseDuration(QStringView text)
{
    bool plain = false;
    if (const double seconds = text.toDouble(&plain); plain)
        return seconds;
    static const QRegularExpression part(u"\\G(\\d+)(ms|s|m|h|d|w|y)"_s);
    double out = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = part.matchView(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        static const QHash<QString, double> units{{u"ms"_s, 0.001}, {u"s"_s, 1}, {u"m"_s, 60}, {u"h"_s, 3600},
            {u"d"_s, 86400}, {u"w"_s, 604800}, {u"y"_s, 31536000}};
        out += match.captured(1).toDouble() * units.value(match.captured(2));
        at += match.capturedLength();
    }
    return text.isEmpty() ? std::nullopt : std::optional(out);
}

PromResult<ExprPtr> parse(const QString &text)
{
    return Parser(text).whole();
}

} // namespace kdra::demo::promql
