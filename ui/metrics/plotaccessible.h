// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kdra::ui {

// From here on a PlotView is a chart to assistive technologies, with a child for each series that tells its last value.
void installPlotAccessibility();

} // namespace kdra::ui
