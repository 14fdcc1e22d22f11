// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"

#include <QByteArray>

namespace kdra::metrics {

// A field of CSV as RFC 4180 quotes it. What a spreadsheet would take for a formula begins with an apostrophe.
QByteArray csvField(const QString &text);

// Series beside each other, a row for each time that one of them has: ISO 8601 in UTC, and numbers as exact as they
// are.
QByteArray csvOf(const PanelData &data);

} // namespace kdra::metrics
