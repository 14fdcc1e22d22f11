// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"

#include <QList>
#include <QString>

#include <optional>

namespace kdra::models {

// One line of a section of the inspector; what is empty is not shown.
struct Line {
    QString label;
    QString value;
    QString detail; // smaller, under it; may have several lines
    std::optional<store::Severity> severity;
    Item item; // the object that it leads to
    double fraction = -1; // of a bar, 0 to 1; below 0 there is none
    quint32 since = 0; // seconds since the Unix epoch; shown as an age
    bool operator==(const Line &) const = default;
};

struct Section {
    QString title;
    QList<Line> lines;
    bool operator==(const Section &) const = default;
};
using Sections = QList<Section>;

} // namespace kdra::models
