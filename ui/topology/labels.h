// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QStringList>

namespace kdra::ui {

// Keys of labels by which the nodes (or pods) of a snapshot can be grouped, those of most objects first. Keys that tell
// nearly every object apart (hostnames, hashes) make no groups and are left out. O(objects).
QStringList labelKeys(const store::Snapshot &snapshot, store::Kind kind, int most);

} // namespace kdra::ui
