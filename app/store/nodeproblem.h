// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace kdra::store {

// Whether a node's condition of this type is bad when true: those of node-problem-detector are. Others may be good news
// (EtcdIsVoter), or anything.
bool isNodeProblem(std::string_view type);

} // namespace kdra::store
