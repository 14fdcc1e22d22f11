// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QIcon>

// A template in words, and its icon.
namespace kdra::ui {

class Theme;

// The template's icon in the theme's colours; a general one when there is none of its name.
QIcon templateIcon(const Theme &theme, const environments::Template &of);
// In the user's language when it is one of those that templates are filed under, else as written.
QString categoryName(const QString &category);
// Where categories come in a list; those that are not known after all others.
int categoryRank(const QString &category);
// What it is made for and needs: "edge", "storage".
QStringList templateBadges(const environments::Template &of);
// "your folder", "shared"; empty for what is built in.
QString sourceName(environments::Source source);

} // namespace kdra::ui
