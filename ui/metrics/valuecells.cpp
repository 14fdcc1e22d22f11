// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/valuecells.h"

#include "metrics/ticks.h"

#include <QLocale>

#include <cmath>

namespace kdra::ui {

using namespace Qt::StringLiterals;

namespace {

// Where the scale of a number without limits ends.
std::pair<double, double> rangeOf(const metrics::PanelSeries &series, const std::vector<metrics::PanelSeries> &all)
{
    double low = 0;
    double high = 0;
    if (series.unit.name() == "percent"_L1) {
        high = 100;
    } else if (series.unit.name() == "percentunit"_L1) {
        high = 1;
    } else {
        for (const metrics::PanelSeries &one : all) {
            if (one.statistics.count > 0) {
                low = std::min(low, one.statistics.min);
                high = std::max(high, one.statistics.max);
            }
        }
        const metrics::AxisRange range = metrics::niceRange({.low = low, .high = high}, 4, series.unit, false);
        low = range.low;
        high = range.high;
    }
    low = series.field.min.value_or(low);
    high = series.field.max.value_or(high);
    return {low, high > low ? high : low + 1};
}

}

std::vector<ValueCell> valueCells(const metrics::Panel &panel, const metrics::PanelData &data, const Palette &palette)
{
    std::vector<ValueCell> cells;
    for (size_t i = 0; i < data.series.size(); ++i) {
        const metrics::PanelSeries &series = data.series[i];
        ValueCell cell{.name = series.name, .value = series.statistics.of(panel.reduction), .series = i};
        // Counting has no unit.
        cell.text = panel.reduction == metrics::Reduction::Count ? QLocale().toString(cell.value, 'f', 0)
                                                                 : series.text(cell.value);
        std::tie(cell.low, cell.high) = rangeOf(series, data.series);
        const metrics::AxisRange range{cell.low, cell.high, false};
        cell.part = std::clamp(range.part(cell.value), 0.0, 1.0);
        if (std::isnan(cell.value))
            cell.part = std::numeric_limits<double>::quiet_NaN();
        const QString color = series.colorOf(cell.value);
        cell.colour = namedColour(color, palette);
        if (const auto severity = severityOfColour(color); severity && *severity != store::Severity::Healthy)
            cell.severity = severity;
        if (!cell.colour)
            cell.colour = namedColour(series.color, palette);
        cells.push_back(std::move(cell));
    }
    return cells;
}

QString cellsSentence(const std::vector<ValueCell> &cells)
{
    constexpr size_t most = 24;
    QStringList parts;
    for (size_t i = 0; i < std::min(most, cells.size()); ++i)
        parts.append(u"%1: %2"_s.arg(cells[i].name, cells[i].text));
    return parts.join(u", "_s);
}

} // namespace kdra::ui
