// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kdra::ui {

// A notification of the desktop (org.freedesktop.Notifications). Does not wait for it, and does without where there is
// no such service.
void notifyDesktop(const QString &title, const QString &text);

} // namespace kdra::ui
