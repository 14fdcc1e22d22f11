// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <span>

namespace kdra::ui {

// What is to be said about kinds that are not live.
struct Notice {
    store::Severity severity = store::Severity::Healthy;
    QString text;
    bool counting = false; // it tells an age: ask again in a second
    bool operator==(const Notice &) const = default;
};
// The most pressing first; none when all of the kinds are live.
QList<Notice> noticesOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds);
// What a page must say about the kinds it shows: the first of them, or an empty text.
Notice noticeOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds);

} // namespace kdra::ui
