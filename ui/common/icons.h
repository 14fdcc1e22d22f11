// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace kdra::ui {

class Theme;

// An icon in the theme's colours that follows it: one of resources/icons, else Breeze's of that name. `theme` must
// outlive it.
QIcon icon(const Theme &theme, const QString &name);
// Whether there is one of that name.
bool hasIcon(const QString &name);

} // namespace kdra::ui
