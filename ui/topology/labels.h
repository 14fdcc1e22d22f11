// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QStringList>

namespace kdra::ui {

// The value of a label in a set of labels as Meta::labels keeps them ("key=value\n" lines); nullopt when it has none.
std::optional<std::string_view> labelValue(std::string_view labels, std::string_view key);

// Keys of labels by which the nodes (or pods) of a snapshot can be grouped, those of most objects first. Keys that tell
// nearly every object apart (hostnames, hashes) make no groups and are left out. O(objects).
QStringList labelKeys(const store::Snapshot &snapshot, store::Kind kind, int most);

} // namespace kdra::ui
