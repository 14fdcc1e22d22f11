// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/actiondialog.h"

class QSpinBox;

namespace kdra::ui {

// Asks for a number of replicas.
class ScaleDialog : public ActionDialog {
    Q_OBJECT
public:
    ScaleDialog(const ActionContext &context, actions::Order order, QWidget *parent);

    QSpinBox &replicas() const { return *m_replicas; }

private:
    QSpinBox *m_replicas;
};

} // namespace kdra::ui
