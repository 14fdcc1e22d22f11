// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <optional>

namespace kdra::ui {

// How a series is told from others: a colour that is no severity, and, when there are more series than colours, a
// pattern of dashes.
struct SeriesLook {
    QColor colour;
    int dash = 0; // of dashPatterns
    bool operator==(const SeriesLook &) const = default;
};
SeriesLook seriesLook(int index, const Palette &palette);

// Lengths of dash and space in turn, in device independent pixels; none for a whole line.
inline constexpr int dashPatterns = 4;
const QList<int> &dashPattern(int dash);

// What Grafana calls colours ("green", "dark-red", "#rrggbb", "rgba(…)") by the theme's tokens; none for what is no
// colour.
std::optional<QColor> namedColour(const QString &name, const Palette &palette);

// The severity that a colour of a threshold stands for, whose glyph says the same without colour: red fails, orange and
// yellow warn, green is healthy. None for others.
std::optional<store::Severity> severityOfColour(const QString &name);

// Between two colours: 0 is `a`, 1 is `b`.
QColor mixed(const QColor &a, const QColor &b, double part);
// Near black or white: what can be read on a colour, by WCAG's contrast.
QColor readableOn(const QColor &ground);
// From the least to the most of palette.scale.
QColor scaleColour(double part, const Palette &palette);

} // namespace kdra::ui
