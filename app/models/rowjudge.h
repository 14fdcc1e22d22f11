// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tableschema.h"

namespace kdra::models {

// Whether rows pass a filter. Texts that are interned are compared once and their verdict is remembered by id, so that
// a row costs one look-up a term. One thread; all snapshots it is asked about share `strings`.
class RowJudge {
public:
    // `schema` outlives it.
    RowJudge(const TableSchema &schema, RowFilter filter, std::shared_ptr<const StringPool> strings);

    bool accepts(const store::Snapshot &snapshot, RowKey row);
    const std::shared_ptr<const StringPool> &strings() const { return m_strings; }

private:
    enum class Verdict : quint8 { Unknown, No, Yes };
    bool satisfies(const store::Snapshot &snapshot, RowKey row, size_t term);
    bool satisfiesById(const QueryTerm &term, std::vector<Verdict> &verdicts, StringId id) const;

    const TableSchema *m_schema;
    RowFilter m_filter;
    std::shared_ptr<const StringPool> m_strings;
    std::vector<std::vector<Verdict>> m_verdicts; // by term, by StringId
};

} // namespace kdra::models
