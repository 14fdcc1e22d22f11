// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace kdra::models {

// What the models say beside Qt's own roles. Severities and items, never colours.
enum Role {
    SeverityRole = Qt::UserRole + 1, // int(store::Severity)
    ItemRole, // models::Item
    SortRole, // qint64 or QString, for proxies that sort
    FractionRole, // double 0..1 for a bar behind a number; invalid when there is none
};

} // namespace kdra::models
