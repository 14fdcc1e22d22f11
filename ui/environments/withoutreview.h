// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace kdra::ui {

class CreateSheet;

// Why an environment is not made from the sheet's defaults without somebody looking at it first, as a sentence; empty:
// nothing speaks against it, as far as the sheet knows yet.
QString reasonToReview(const CreateSheet &sheet);

// Creates what the sheet proposes as soon as its plan is there and is known to fit, without showing it. Where something
// speaks against that, the sheet says what, and `ask` is called to show it.
void createWithoutReview(CreateSheet &sheet, const std::function<void()> &ask);

} // namespace kdra::ui
