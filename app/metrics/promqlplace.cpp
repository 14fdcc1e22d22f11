// SPDX-License-Identifier: GPL-3.0-or-later
// What can be written at the cursor of a query.
#include "metrics/placeholder.h"
#include "metrics/promqlscan.h"

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

using Kind = PromPiece::Kind;

// What quotes and backslashes mean; raw strings have none.
QString meaningOf(QStringView written, QChar quote)
{
    if (quote == u'`')
        return written.toString();
    QString out;
    for (qsizetype i = 0; i < written.size(); ++i) {
        if (written[i] == u'\\' && i + 1 < written.size())
            ++i;
        out += written[i];
    }
    return out;
}

bool isWord(Kind kind)
{
    return kind == Kind::Metric || kind == Kind::Label || kind == Kind::Function || kind == Kind::Aggregation
        || kind == Kind::Keyword || kind == Kind::Unknown;
}

class Place {
public:
    Place(QStringView text, qsizetype cursor)
        : m_text(text)
        , m_cursor(std::clamp<qsizetype>(cursor, 0, text.size()))
        , m_pieces(scanPromql(text))
    {
        for (qsizetype i = 0; i < m_pieces.size(); ++i) {
            const PromPiece &piece = m_pieces[i];
            const bool unfinished = piece.kind == Kind::Comment || piece.open;
            if (piece.at >= m_cursor)
                break;
            if (piece.end() > m_cursor
                || (piece.end() == m_cursor && (unfinished || isWord(piece.kind) || isWordOperator(piece)))) {
                m_current = i;
                break;
            }
            m_before = i;
            if (piece.kind == Kind::Open)
                m_open.append(i);
            else if (piece.kind == Kind::Close && !m_open.isEmpty())
                m_open.removeLast();
        }
    }

    PromPlace place() const
    {
        PromPlace out{.at = m_cursor};
        if (m_current >= 0) {
            const PromPiece &piece = m_pieces[m_current];
            if (piece.kind == Kind::String)
                return inString(piece);
            const bool touches = isWord(piece.kind) || isWordOperator(piece);
            // A duration that is being changed is replaced whole.
            if (!touches && piece.kind != Kind::Duration)
                return out;
            out.at = piece.at;
            out.length = piece.length;
            out.prefix = m_text.sliced(piece.at, m_cursor - piece.at).toString();
        } else if (m_before >= 0) {
            // Half a duration ("[5") or half a variable ("[$__r") is a prefix too.
            const PromPiece &piece = m_pieces[m_before];
            const bool half =
                piece.kind == Kind::Number || piece.kind == Kind::Duration || piece.kind == Kind::Variable;
            if (piece.end() == m_cursor && half) {
                if (inside() != u'[')
                    return out;
                out.at = piece.at;
                out.length = piece.length;
                out.prefix = textOf(m_before).toString();
            }
        }
        const QStringView said = beforeWord();
        if (inside() == u'[' || said.compare("offset"_L1, Qt::CaseInsensitive) == 0) {
            out.kind = PromPlace::Kind::Duration;
            return out;
        }
        if (inside() == u'{')
            return inBraces(out);
        if (isGrouping()) {
            out.kind = PromPlace::Kind::Grouping;
            out.selectors = groupedSelectors();
            return out;
        }
        out.kind = isAfterValue() ? PromPlace::Kind::Continuation : PromPlace::Kind::Expression;
        return out;
    }

    QString callAround() const
    {
        for (qsizetype i = m_open.size() - 1; i >= 0; --i) {
            const qsizetype before = m_open[i] - 1;
            if (before >= 0 && (m_pieces[before].kind == Kind::Function || m_pieces[before].kind == Kind::Aggregation))
                return textOf(before).toString();
            // "sum by (a) (": the group is between.
            if (before < 0 || m_pieces[before].kind != Kind::Close)
                continue;
            const qsizetype head = openerOf(before) - 2;
            if (head >= 0 && m_pieces[head].kind == Kind::Aggregation)
                return textOf(head).toString();
        }
        return {};
    }

private:
    QStringView textOf(qsizetype piece) const { return m_text.sliced(m_pieces[piece].at, m_pieces[piece].length); }
    bool isWordOperator(const PromPiece &piece) const
    {
        return piece.kind == Kind::Operator && m_text[piece.at].isLetter();
    }
    // The text before the word at the cursor.
    QStringView beforeWord() const { return m_before < 0 ? QStringView() : textOf(m_before); }
    QChar inside() const { return m_open.isEmpty() ? QChar() : m_text[m_pieces[m_open.last()].at]; }
    bool isGrouping() const
    {
        return inside() == u'(' && m_open.last() > 0 && m_pieces[m_open.last() - 1].kind == Kind::Keyword;
    }
    bool isAfterValue() const
    {
        if (m_before < 0)
            return false;
        const PromPiece &piece = m_pieces[m_before];
        switch (piece.kind) {
        case Kind::Metric:
        case Kind::Number:
        case Kind::String:
        case Kind::Duration:
        case Kind::Aggregation: // "sum b": by or without
            return true;
        case Kind::Variable:
            return piece.end() < m_cursor;
        case Kind::Close: {
            // After "sum by (a)", and after "on (a)", comes another expression.
            const qsizetype opener = openerOf(m_before);
            return !(opener > 0 && m_pieces[opener - 1].kind == Kind::Keyword && !isAfterAggregated(opener - 1));
        }
        default:
            return false;
        }
    }
    // "sum(a) by (b)": the value is complete.
    bool isAfterAggregated(qsizetype keyword) const { return keyword > 0 && m_pieces[keyword - 1].kind == Kind::Close; }

    // The piece that opens what `closer` closes; -1 for none.
    qsizetype openerOf(qsizetype closer) const
    {
        int depth = 0;
        for (qsizetype i = closer; i >= 0; --i) {
            depth += m_pieces[i].kind == Kind::Close ? 1 : m_pieces[i].kind == Kind::Open ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return -1;
    }
    // The piece that closes what `opener` opens; the number of pieces when it is open.
    qsizetype closerOf(qsizetype opener) const
    {
        int depth = 0;
        for (qsizetype i = opener; i < m_pieces.size(); ++i) {
            depth += m_pieces[i].kind == Kind::Open ? 1 : m_pieces[i].kind == Kind::Close ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return m_pieces.size();
    }

    // `metric{…}` with the matchers that are complete, without the one that `except` is in; -1: with all.
    QString selectorAt(qsizetype metric, qsizetype brace, qsizetype except) const
    {
        QStringList matchers;
        bool picks = metric >= 0;
        if (brace >= 0) {
            const qsizetype close = closerOf(brace);
            for (qsizetype i = brace + 1; i + 2 <= close && i + 2 < m_pieces.size(); ++i) {
                const bool whole = m_pieces[i].kind == Kind::Label && m_pieces[i + 1].kind == Kind::Operator
                    && m_pieces[i + 2].kind == Kind::String && !m_pieces[i + 2].open;
                if (!whole || (except >= i && except <= i + 2))
                    continue;
                // What a variable stands for is not known here.
                if (nextPlaceholder(textOf(i + 2), 0))
                    continue;
                picks = picks || (textOf(i + 1) == u'=' && m_pieces[i + 2].length > 2);
                matchers.append(m_text.sliced(m_pieces[i].at, m_pieces[i + 2].end() - m_pieces[i].at).toString());
            }
        }
        // Servers refuse what could be everything.
        if (!picks)
            return {};
        const QString name = metric >= 0 ? textOf(metric).toString() : QString();
        return matchers.isEmpty() ? name : name + u'{' + matchers.join(u',') + u'}';
    }

    // The metric before a brace; -1 for none, and for one that a variable is part of.
    qsizetype metricBefore(qsizetype brace) const
    {
        const qsizetype metric = brace - 1;
        if (metric < 0 || m_pieces[metric].kind != Kind::Metric)
            return -1;
        const bool isPart = metric > 0 && m_pieces[metric - 1].kind == Kind::Variable
            && m_pieces[metric - 1].end() == m_pieces[metric].at;
        return isPart ? -1 : metric;
    }

    QStringList selectorHere(qsizetype except) const
    {
        const qsizetype brace = m_open.last();
        const QString selector = selectorAt(metricBefore(brace), brace, except);
        return selector.isEmpty() ? QStringList() : QStringList{selector};
    }

    PromPlace inBraces(PromPlace out) const
    {
        const qsizetype last = m_before;
        const bool afterOperator = last >= 0 && m_pieces[last].kind == Kind::Operator;
        if (afterOperator && last > 0 && m_pieces[last - 1].kind == Kind::Label) {
            // Its quotes are still to come.
            out.kind = PromPlace::Kind::LabelValue;
            out.label = textOf(last - 1).toString();
            out.selectors = selectorHere(last);
            return out;
        }
        if (last >= 0 && (m_pieces[last].kind == Kind::Comma || m_pieces[last].kind == Kind::Open)) {
            out.kind = PromPlace::Kind::LabelName;
            out.selectors = selectorHere(m_current);
        }
        return out;
    }

    PromPlace inString(const PromPiece &piece) const
    {
        PromPlace out{.at = m_cursor};
        const qsizetype index = m_current;
        const bool isValue = inside() == u'{' && index >= 2 && m_pieces[index - 1].kind == Kind::Operator
            && m_pieces[index - 2].kind == Kind::Label;
        if (!isValue)
            return out;
        out.kind = PromPlace::Kind::LabelValue;
        out.label = textOf(index - 2).toString();
        out.quote = m_text[piece.at];
        out.closed = !piece.open;
        out.at = piece.at + 1;
        // What an open string has swallowed after the cursor may be the rest of the query.
        out.length = (piece.open ? m_cursor : piece.end() - 1) - out.at;
        QStringView written = m_text.sliced(out.at, m_cursor - out.at);
        // Of a regular expression's branches, the one at the cursor.
        if (textOf(index - 1).endsWith(u'~')) {
            const qsizetype bar = written.lastIndexOf(u'|');
            const qsizetype end = piece.open ? m_cursor : m_text.indexOf(u'|', m_cursor);
            out.at += bar + 1;
            written = written.sliced(bar + 1);
            const qsizetype until = piece.open ? m_cursor : piece.end() - 1;
            out.length = (end >= 0 && end < until ? end : until) - out.at;
        }
        out.prefix = meaningOf(written, out.quote);
        out.selectors = selectorHere(index);
        return out;
    }

    // What by() and its like can name: the labels of what is aggregated, or of the metric on the left.
    QStringList groupedSelectors() const
    {
        const qsizetype opener = m_open.last();
        const qsizetype keyword = opener - 1;
        qsizetype from = -1;
        qsizetype to = -1;
        const QStringView word = textOf(keyword);
        const bool aggregates =
            word.compare("by"_L1, Qt::CaseInsensitive) == 0 || word.compare("without"_L1, Qt::CaseInsensitive) == 0;
        if (aggregates && keyword > 0 && m_pieces[keyword - 1].kind == Kind::Close) {
            to = keyword - 1;
            from = openerOf(to);
        } else if (aggregates) {
            const qsizetype close = closerOf(opener);
            if (close + 1 < m_pieces.size() && m_pieces[close + 1].kind == Kind::Open) {
                from = close + 1;
                to = closerOf(from);
            }
        } else {
            to = keyword;
            from = m_open.size() > 1 ? m_open[m_open.size() - 2] : 0;
        }
        QStringList out;
        for (qsizetype i = std::max<qsizetype>(from, 0); i < to && i < m_pieces.size(); ++i) {
            if (m_pieces[i].kind != Kind::Metric)
                continue;
            const bool braces = i + 1 < m_pieces.size() && m_text[m_pieces[i + 1].at] == u'{';
            const qsizetype metric = metricBefore(i + 1);
            const QString selector = selectorAt(metric, braces ? i + 1 : -1, -1);
            if (!selector.isEmpty() && !out.contains(selector))
                out.append(selector);
        }
        return out;
    }

    QStringView m_text;
    qsizetype m_cursor;
    QList<PromPiece> m_pieces;
    qsizetype m_current = -1; // the piece that the cursor is in
    qsizetype m_before = -1; // the last piece before the cursor and m_current
    QList<qsizetype> m_open; // pieces that are open at the cursor
};

} // namespace

PromPlace promPlace(QStringView text, qsizetype cursor)
{
    return Place(text, cursor).place();
}

QString callAround(QStringView text, qsizetype cursor)
{
    return Place(text, cursor).callAround();
}

QString quotedText(const QString &value, QChar quote)
{
    // A raw string cannot hold its own quote.
    if (quote == u'`')
        return value;
    QString out;
    for (const QChar c : value) {
        if (c == u'\\' || c == quote)
            out += u'\\';
        if (c == u'\n')
            out += u"\\n"_s;
        else
            out += c;
    }
    return out;
}

} // namespace kdra::metrics
