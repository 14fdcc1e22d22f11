// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/repeats.h"

#include <QCoreApplication>

#include <array>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Repeats)
};

constexpr int columns = 24;

// The values that something repeats for; none when there is no such variable, and it is shown once as it is.
QStringList valuesFor(const QString &variable, const Scope &scope)
{
    const auto chosen = scope.variables.constFind(variable);
    return variable.isEmpty() || chosen == scope.variables.constEnd() ? QStringList() : chosen->values;
}

QStringList limited(QStringList values, const QString &variable, QStringList &notes)
{
    if (values.size() > mostRepeats) {
        notes.append(Text::tr("“%1” has %2 values; panels are repeated for the first %3 of them.")
                .arg(variable)
                .arg(values.size())
                .arg(mostRepeats));
        values.resize(mostRepeats);
    }
    return values;
}

class Ids {
public:
    explicit Ids(const Dashboard &dashboard)
    {
        for (const Row &row : dashboard.rows)
            for (const Panel &panel : row.panels)
                m_last = std::max(m_last, panel.id);
    }
    int next() { return ++m_last; }

private:
    int m_last = 0;
};

// The copies of one panel, laid out from its place.
QList<Panel> copies(const Panel &panel, const QStringList &values, bool firstKeepsId, Ids &ids)
{
    QList<Panel> out;
    const int perRow =
        panel.repeatDown ? 1 : std::min(static_cast<int>(values.size()), std::clamp(panel.repeatPerRow, 1, columns));
    for (int i = 0; i < values.size(); ++i) {
        Panel copy = panel;
        copy.repeat.clear();
        copy.scoped.insert(panel.repeat, {values[i]});
        if (!panel.repeatDown) {
            copy.grid.width = columns / perRow;
            copy.grid.x = i % perRow * copy.grid.width;
        }
        copy.grid.y = panel.grid.y + i / perRow * panel.grid.height;
        if (i > 0 || !firstKeepsId)
            copy.id = ids.next();
        out.append(copy);
    }
    return out;
}

// `row` with its panels repeated. `firstKeepsId`: it is not itself a further copy.
Row repeated(const Row &row, const Scope &outer, bool firstKeepsId, Ids &ids, QStringList &notes)
{
    Row out = row;
    out.panels.clear();
    const Scope scope = narrowed(outer, row.scoped);
    QList<Panel> sorted = row.panels;
    std::ranges::stable_sort(sorted, {}, [](const Panel &panel) { return std::pair(panel.grid.y, panel.grid.x); });
    int lower = 0; // what repeats add to the height above
    int y = 0;
    int height = 0; // of the repeats that begin at `y`
    for (Panel &panel : sorted) {
        if (panel.grid.y != y) {
            lower += height;
            height = 0;
            y = panel.grid.y;
        }
        panel.grid.y += lower;
        for (auto it = row.scoped.begin(); it != row.scoped.end(); ++it)
            panel.scoped.insert(it.key(), it.value());
        const QStringList values = limited(valuesFor(panel.repeat, scope), panel.repeat, notes);
        if (values.isEmpty()) {
            if (!firstKeepsId)
                panel.id = ids.next();
            out.panels.append(panel);
            continue;
        }
        const QList<Panel> all = copies(panel, values, firstKeepsId, ids);
        height = std::max(height, all.last().grid.y - panel.grid.y);
        out.panels += all;
    }
    compact(out.panels);
    return out;
}

}

void compact(QList<Panel> &panels)
{
    std::ranges::stable_sort(panels, {}, [](const Panel &panel) { return std::pair(panel.grid.y, panel.grid.x); });
    std::array<int, columns> floor{}; // how far each column is filled
    for (Panel &panel : panels) {
        panel.grid.width = std::clamp(panel.grid.width, 1, columns);
        panel.grid.x = std::clamp(panel.grid.x, 0, columns - panel.grid.width);
        panel.grid.height = std::max(1, panel.grid.height);
        const auto from = floor.begin() + panel.grid.x;
        panel.grid.y = *std::max_element(from, from + panel.grid.width);
        std::fill(from, from + panel.grid.width, panel.grid.y + panel.grid.height);
    }
}

Dashboard expanded(const Dashboard &dashboard, const Scope &scope)
{
    Dashboard out = dashboard;
    out.rows.clear();
    Ids ids(dashboard);
    for (const Row &row : dashboard.rows) {
        const QStringList values = limited(valuesFor(row.repeat, scope), row.repeat, out.notes);
        if (values.isEmpty()) {
            out.rows.append(repeated(row, scope, true, ids, out.notes));
            continue;
        }
        for (qsizetype i = 0; i < values.size(); ++i) {
            Row copy = row;
            copy.repeat.clear();
            copy.scoped.insert(row.repeat, {values[i]});
            out.rows.append(repeated(copy, scope, i == 0, ids, out.notes));
        }
    }
    return out;
}

} // namespace kdra::metrics
