// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

// One category a room; switch with QT_LOGGING_RULES="kdra.kube.debug=true". Never log tokens, keys or Secret data.
namespace kdra::log {
Q_DECLARE_LOGGING_CATEGORY(base)
Q_DECLARE_LOGGING_CATEGORY(kube)
Q_DECLARE_LOGGING_CATEGORY(store)
Q_DECLARE_LOGGING_CATEGORY(demo)
Q_DECLARE_LOGGING_CATEGORY(ui)
} // namespace kdra::log
