// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowjudge.h"

#include <algorithm>

namespace kdra::models {

namespace {

using Op = QueryTerm::Op;

bool equalsFolded(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && containsFolded(text, lower);
}

bool matchesText(const QueryTerm &term, std::string_view text)
{
    return std::ranges::any_of(term.values, [&](const QueryTerm::Value &value) {
        return term.op == Op::Is ? equalsFolded(text, value.text) : containsFolded(text, value.text);
    });
}

// "app=web" is a label, "app" any label of that key.
bool matchesLabel(const QueryTerm &term, std::string_view line)
{
    return std::ranges::any_of(term.values, [&](const QueryTerm::Value &value) {
        if (term.op == Op::Contains)
            return containsFolded(line, value.text);
        const bool keyOnly = value.text.find('=') == std::string::npos;
        return equalsFolded(keyOnly ? line.substr(0, line.find('=')) : line, value.text);
    });
}

bool matchesLabels(const QueryTerm &term, std::string_view lines)
{
    while (!lines.empty()) {
        const size_t end = lines.find('\n');
        if (matchesLabel(term, lines.substr(0, end)))
            return true;
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    return false;
}

bool compares(qint64 number, Op op, qint64 with)
{
    switch (op) {
    case Op::Less:
        return number < with;
    case Op::LessOrEqual:
        return number <= with;
    case Op::Greater:
        return number > with;
    case Op::GreaterOrEqual:
        return number >= with;
    case Op::Is:
    case Op::Contains:
        break;
    }
    return number == with;
}

bool matchesAmount(const QueryTerm &term, const FieldValue &field, qint64 now)
{
    return std::ranges::any_of(term.values, [&](const QueryTerm::Value &value) {
        if (term.type == FieldType::Age)
            return field.number != 0 && compares(now - field.number, term.op, value.number);
        if (value.of == QueryTerm::whole)
            return (field.number >= field.of) == (value.number != 0);
        return compares(field.number, term.op, value.number)
            && (value.of == QueryTerm::anyTotal || field.of == value.of);
    });
}

} // namespace

RowJudge::RowJudge(const TableSchema &schema, RowFilter filter, std::shared_ptr<const StringPool> strings)
    : m_schema(&schema)
    , m_filter(std::move(filter))
    , m_strings(std::move(strings))
    , m_verdicts(m_filter.query.terms().size())
{
}

bool RowJudge::accepts(const store::Snapshot &snapshot, RowKey row)
{
    if (!m_schema->accepts(snapshot, row, m_filter))
        return false;
    for (size_t term = 0; term < m_verdicts.size(); ++term) {
        if (satisfies(snapshot, row, term) == m_filter.query.terms()[term].negated)
            return false;
    }
    return true;
}

bool RowJudge::satisfiesById(const QueryTerm &term, std::vector<Verdict> &verdicts, StringId id) const
{
    const auto at = static_cast<size_t>(id);
    if (at >= verdicts.size())
        verdicts.resize(std::max<size_t>(at + 1, m_strings->size()), Verdict::Unknown);
    if (verdicts[at] == Verdict::Unknown) {
        const std::string_view text = m_strings->view(id);
        const bool matches = term.type == FieldType::Labels ? matchesLabels(term, text) : matchesText(term, text);
        verdicts[at] = matches ? Verdict::Yes : Verdict::No;
    }
    return verdicts[at] == Verdict::Yes;
}

bool RowJudge::satisfies(const store::Snapshot &snapshot, RowKey row, size_t index)
{
    const QueryTerm &term = m_filter.query.terms()[index];
    if (term.column < 0)
        return m_schema->matchesText(snapshot, row, term.values.front().text);
    const FieldValue field = m_schema->field(snapshot, row, term.column);
    switch (term.type) {
    case FieldType::Interned:
    case FieldType::Labels:
        return satisfiesById(term, m_verdicts[index], field.id);
    case FieldType::Text:
        return matchesText(term, field.text);
    case FieldType::Words:
        return (static_cast<quint64>(field.number) & term.bits) != 0;
    default:
        return matchesAmount(term, field, m_filter.now);
    }
}

} // namespace kdra::models
