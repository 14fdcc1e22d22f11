// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/dashboard.h"

#include <QByteArray>

namespace kdra::metrics {

// The project's own dashboards: JSON that CONTRIBUTING.md describes. Pure; any thread.

inline constexpr int dashboardFormat = 1; // the number under "kdraDashboard"
inline constexpr qsizetype mostDashboardBytes = 8 * 1024 * 1024;
inline constexpr qsizetype mostPanels = 1000; // of a dashboard

// The dashboard in `json`. `origin` names the file in errors, which say the place in it ("$.rows[0].panels[1].unit").
// Texts are in `language` ("de") where the file has a translation into it.
Result<Dashboard> readDashboard(const QByteArray &json, const QString &origin, const QString &language = {});

// What readDashboard() reads as the same dashboard again. Only what differs from the defaults is written. Scoped values
// are not: they belong to a dashboard that is shown.
QByteArray writeDashboard(const Dashboard &dashboard);

// True for what begins like a dashboard of this format, whether it can be read or not.
bool isOwnDashboard(const QByteArray &json);

} // namespace kdra::metrics
