// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace kdra {

// "a2" before "a10"; ASCII letters without regard to case first, then exactly. Less than, equal to, greater than zero.
int naturalCompare(std::string_view a, std::string_view b);

} // namespace kdra
