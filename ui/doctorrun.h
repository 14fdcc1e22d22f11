// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/options.h"

namespace kdra::ui {

// --doctor: examines the connection without a window and prints what it found. Runs the event loop.
// Exit status 0 when all is in order, 1 when something failed or needs attention, 2 without a usable kubeconfig.
int runDoctor(const Options &options);

} // namespace kdra::ui
