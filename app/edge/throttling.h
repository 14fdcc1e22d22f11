// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>

namespace kdra::edge {

// What slows a Raspberry Pi down, as its firmware tells (vcgencmd get_throttled; its bits 0 to 3, and 16 to 19 for what
// has been since the start).
enum class Throttle : quint32 { UnderVoltage = 1, FrequencyCapped = 2, Throttled = 4, SoftTemperatureLimit = 8 };
inline constexpr std::array allThrottles{
    Throttle::UnderVoltage, Throttle::FrequencyCapped, Throttle::Throttled, Throttle::SoftTemperatureLimit};

struct Throttling {
    quint32 bits = 0;
    bool isNow(Throttle one) const { return bits & static_cast<quint32>(one); }
    bool hasBeen(Throttle one) const { return bits & static_cast<quint32>(one) << 16; }
};

// Of a message that quotes the firmware, "…throttled=0x50005…", as node-problem-detector and the like put it into
// conditions of nodes; nullopt when it does not. Pure; any thread.
std::optional<Throttling> throttlingIn(QStringView message);

// "Under-voltage", translated.
QString throttleName(Throttle one);

} // namespace kdra::edge
