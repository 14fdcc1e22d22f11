// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

namespace kdra::metrics {

// A regular expression as Grafana's files have it: "/…/flags", or bare. A bare one has to match all of a text when
// `wholly`. Its effort is limited: it comes from a file of others, and is tried on many values. The same patterns that
// JavaScript takes, almost; check isValid().
QRegularExpression patternOf(const QString &text, bool wholly = false);

// The same; what is no regular expression finds nothing.
QRegularExpression harmlessPatternOf(const QString &text);

} // namespace kdra::metrics
