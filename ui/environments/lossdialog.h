// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/plan.h"
#include "kube/clustermarks.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace kdra::ui {

class Theme;

// Shows what a change takes away from an environment and asks whether it shall; by the environment's name where data
// goes with it, or the cluster is marked production. Deletes itself.
class LossDialog : public QDialog {
    Q_OBJECT
public:
    struct Words {
        QString title = {}; // "Remove Redis from shop"
        QString text = {}; // what happens, as a sentence
        QString verb = {}; // of the button
    };
    LossDialog(const Theme &theme, const Words &words, const QString &environment, const environments::Loss &loss,
        const kube::Marks &marks, QWidget *parent);

    QTreeWidget &contents() const { return *m_contents; }
    // Hidden unless something has to be typed.
    QLineEdit &confirmation() const { return *m_confirmation; }
    QPushButton &agreeButton() const { return *m_agree; }

Q_SIGNALS:
    void agreed();

private:
    void addGroup(const QString &title, const QStringList &names);

    QTreeWidget *m_contents;
    QLineEdit *m_confirmation;
    QPushButton *m_agree;
};

} // namespace kdra::ui
