// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

// Kubernetes resource quantities: "250m", "1Gi", "1e3" (apimachinery resource.Quantity).
namespace kdra {

// The quantity in thousandths, rounded up as Kubernetes does: "250m" -> 250, "2" -> 2000, "100n" -> 1.
// nullopt when it is not a quantity; clamped to the range of qint64.
std::optional<qint64> parseQuantityMilli(std::string_view text);

// The quantity in whole units (bytes for memory), rounded up: "1Gi" -> 1073741824, "100m" -> 1.
std::optional<qint64> parseQuantity(std::string_view text);

// "1.5 GiB", "640 MiB"; `bytes` >= 0. In the default QLocale.
QString formatBytes(qint64 bytes);

// "0.25", "4": cores from thousandths of a core. In the default QLocale.
QString formatCores(qint64 milli);

} // namespace kdra
