// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/preview.h"
#include "ui/actions/actiondialog.h"

#include <QStandardItemModel>

class QCheckBox;

namespace kdra::ui {

// Shows what becomes of each pod of the nodes, as the server knows them now, and asks for what has to be agreed to.
class DrainDialog : public ActionDialog {
    Q_OBJECT
public:
    DrainDialog(const ActionContext &context, actions::Order order, QWidget *parent);

    QCheckBox &force() const { return *m_force; }
    QCheckBox &deleteLocalData() const { return *m_deleteLocalData; }

private:
    void ask();
    void show(const actions::DrainPreview &preview, const QString &node);
    void judge();

    QStandardItemModel m_pods;
    QList<actions::DrainPreview> m_previews;
    QStringList m_texts;
    QString m_failure;
    QCheckBox *m_force;
    QCheckBox *m_deleteLocalData;
};

} // namespace kdra::ui
