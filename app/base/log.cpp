// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

namespace kdra::log {
Q_LOGGING_CATEGORY(base, "kdra.base", QtInfoMsg)
Q_LOGGING_CATEGORY(kube, "kdra.kube", QtInfoMsg)
Q_LOGGING_CATEGORY(store, "kdra.store", QtInfoMsg)
Q_LOGGING_CATEGORY(demo, "kdra.demo", QtInfoMsg)
Q_LOGGING_CATEGORY(ui, "kdra.ui", QtInfoMsg)
} // namespace kdra::log
