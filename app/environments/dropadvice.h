// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"

#include <functional>
#include <memory>

namespace kdra::environments {

// What is said of a template while it hangs over a view: the part of a planner that a drop asks. GUI thread; each
// answer in far less than a frame.
class DropAdvice {
public:
    virtual ~DropAdvice() = default;
    // By the node's slot in the snapshot's table; Unknown where nothing is known.
    virtual Fit node(store::Slot slot) const = 0;
    virtual Verdict verdict(const Target &target) const = 0;
};

// Who has the advice of the moment for a template; null: there is no such template, nothing can be dropped. The same
// pointer as before stands for the same advice.
using DropSource = std::function<std::shared_ptr<const DropAdvice>(const QString &templateId)>;

// What a template is called while it is dragged: its id in UTF-8.
inline constexpr QLatin1StringView templateMimeType("application/x-kdra-template");

} // namespace kdra::environments
