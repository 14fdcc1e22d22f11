// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"

#include <QFrame>

namespace kdra::ui {

class Theme;

// How to write a query, and which columns can be asked for: a popover under the box.
class QueryHelp : public QFrame {
    Q_OBJECT
public:
    QueryHelp(const Theme &theme, const QList<models::Column> &columns, QWidget *parent);
    void openUnder(const QWidget &box);
};

} // namespace kdra::ui
