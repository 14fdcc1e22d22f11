// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"
#include "ui/metrics/seriescolours.h"

namespace kdra::ui {

// One number of a stat, gauge or bar gauge panel.
struct ValueCell {
    QString name = {};
    QString text = {}; // as the panel writes it
    double value = 0;
    double part = 0; // of its range, 0 to 1; NaN for no number
    double low = 0; // the range
    double high = 1;
    std::optional<QColor> colour = {}; // of its threshold or mapping
    std::optional<store::Severity> severity = {}; // says the same without colour, for what is not well
    size_t series = 0; // of the data
};

std::vector<ValueCell> valueCells(const metrics::Panel &panel, const metrics::PanelData &data, const Palette &palette);

// "web: 31 %, db: 12 %", at most a few dozen of them.
QString cellsSentence(const std::vector<ValueCell> &cells);

} // namespace kdra::ui
