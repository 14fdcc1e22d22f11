// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace kdra::environments {

// kube-janitor's way to write a time to live: "30m", "24h", "7d", "2w"; "forever" and the empty text are none.
// Synopsis: parseTimeToLive(u"7d") == std::chrono::hours(168)
std::optional<std::chrono::seconds> parseTimeToLive(const QString &text);
// In the largest unit that has no remainder; rounded up to whole minutes. Zero: "forever".
QString timeToLiveText(std::chrono::seconds time);

} // namespace kdra::environments
