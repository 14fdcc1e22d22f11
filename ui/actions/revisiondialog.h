// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/preview.h"
#include "ui/actions/actiondialog.h"

class QListWidget;

namespace kdra::ui {

// The revisions of a workload that its rollout can go back to.
class RevisionDialog : public ActionDialog {
    Q_OBJECT
public:
    RevisionDialog(const ActionContext &context, actions::Order order, QWidget *parent);

    QListWidget &revisions() const { return *m_list; }

private:
    void fill(const QList<actions::Revision> &revisions);

    QListWidget *m_list;
};

} // namespace kdra::ui
