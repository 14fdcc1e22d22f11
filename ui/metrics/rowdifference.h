// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

#include <algorithm>
#include <vector>

namespace kdra::ui {

// Turns the rows that are there into the wanted ones, one insertion, removal and move at a time, so that a model need
// not be reset. `idOf` names a row of either list; `change(row, wanted)` is called for each row that stays.
// `Steps`: aboutToInsert(row), inserted(), aboutToRemove(row), removed(), aboutToMove(from, to), moved().
template <class Row, class IdOf, class Steps, class Change>
void applyDifference(std::vector<Row> &rows, std::vector<Row> wanted, const IdOf &idOf, Steps &&steps, Change &&change)
{
    QSet<QString> ids;
    for (const Row &row : wanted)
        ids.insert(idOf(row));
    for (auto row = static_cast<int>(rows.size()) - 1; row >= 0; --row) {
        if (ids.contains(idOf(rows[static_cast<size_t>(row)])))
            continue;
        steps.aboutToRemove(row);
        rows.erase(rows.begin() + row);
        steps.removed();
    }
    for (size_t i = 0; i < wanted.size(); ++i) {
        const QString id = idOf(wanted[i]);
        const auto at = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, rows.size())), rows.end(),
            [&](const Row &row) { return idOf(row) == id; });
        const auto here = rows.begin() + static_cast<std::ptrdiff_t>(i);
        if (at == rows.end()) {
            steps.aboutToInsert(static_cast<int>(i));
            rows.insert(here, std::move(wanted[i]));
            steps.inserted();
            continue;
        }
        if (at != here) {
            steps.aboutToMove(static_cast<int>(at - rows.begin()), static_cast<int>(i));
            std::rotate(here, at, at + 1);
            steps.moved();
        }
        change(static_cast<int>(i), std::move(wanted[i]));
    }
}

} // namespace kdra::ui
