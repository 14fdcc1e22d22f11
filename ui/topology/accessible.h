// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kdra::ui {

// From here on a Canvas is a list of nodes to assistive technologies, each with a sentence about it.
void installCanvasAccessibility();

} // namespace kdra::ui
