// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <span>

namespace kdra::ui {

// What a page must say about the kinds it shows; empty text when they are live.
struct Notice {
    store::Severity severity = store::Severity::Healthy;
    QString text;
    bool counting = false; // it tells an age: ask again in a second
};
Notice noticeOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds);

} // namespace kdra::ui
