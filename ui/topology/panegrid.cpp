// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/panegrid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kdra::ui {

namespace {

// Width to height: somewhat wider than high, as tiles of nodes are.
constexpr double bestShape = 1.4;

// Panes of a row: the first rows are the fuller ones.
int inRow(int count, int rows, int row)
{
    return count / rows + (row < count % rows ? 1 : 0);
}

// Where the part `index` of `parts` begins in `length`, the gaps counted in.
int begin(int length, int gap, int parts, int index)
{
    return static_cast<int>(std::lround(double(length + gap) * index / parts));
}

} // namespace

QList<QRect> packPanes(int count, const QRect &area, int gap)
{
    QList<QRect> best;
    double bestCost = std::numeric_limits<double>::infinity();
    for (int rows = 1; rows <= count; ++rows) {
        QList<QRect> panes;
        double cost = 0;
        for (int row = 0; row < rows; ++row) {
            const int columns = inRow(count, rows, row);
            const int top = begin(area.height(), gap, rows, row);
            const int height = begin(area.height(), gap, rows, row + 1) - gap - top;
            for (int column = 0; column < columns; ++column) {
                const int left = begin(area.width(), gap, columns, column);
                const int width = begin(area.width(), gap, columns, column + 1) - gap - left;
                panes.append({area.x() + left, area.y() + top, std::max(width, 1), std::max(height, 1)});
                cost += std::abs(std::log(double(panes.last().width()) / double(panes.last().height()) / bestShape));
            }
        }
        if (cost < bestCost) {
            bestCost = cost;
            best = panes;
        }
    }
    return best;
}

} // namespace kdra::ui
