// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QHash>
#include <QStringList>

namespace kdra::ui {

// What fires on one node.
struct TileAlert {
    int count = 0;
    store::Severity worst = store::Severity::Unknown;
    QStringList lines; // for people, the worst first
    bool operator==(const TileAlert &) const = default;
};
using TileAlerts = QHash<QString, TileAlert>; // by the name of the node

} // namespace kdra::ui
