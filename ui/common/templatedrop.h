// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"

#include <QRect>

class QMimeData;
class QObject;

// What the views that a template can be dropped on have in common.
namespace kdra::ui {

// The id of the template that is dragged; empty: something else is.
QString templateIn(const QMimeData *data);

// What the pointer and the picture that hangs on it cover, around the pointer's position.
inline constexpr QRect heldByPointer(10, -12, 24, 62);

// "Fits on pi-007", "Fits in site Berlin, but it is tight", "Does not fit in this cluster".
QString dropSentence(const environments::Target &target, const environments::Verdict &verdict);

// To be read out, by whoever reads the screen; `urgent`: at once.
void announce(QObject *widget, const QString &text, bool urgent = false);

} // namespace kdra::ui
