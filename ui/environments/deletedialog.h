// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/lifecycle.h"
#include "kube/clustermarks.h"

#include <QDialog>
#include <QFuture>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace kdra::ui {

class Theme;

// Shows what goes with an environment and asks whether it shall; by its name where data goes with it, or the cluster is
// marked production. Deletes itself.
class DeleteDialog : public QDialog {
    Q_OBJECT
public:
    using Answer = Result<environments::Contents>;
    // `rollsBack`: it is incomplete, and what there is of it is taken back. An invalid future: what goes is not known.
    DeleteDialog(const Theme &theme, const environments::Environment &environment, const kube::Marks &marks,
        bool rollsBack, const QFuture<Answer> &contents, QWidget *parent);

    QTreeWidget &contents() const { return *m_contents; }
    // Hidden unless something has to be typed.
    QLineEdit &confirmation() const { return *m_confirmation; }
    QPushButton &deleteButton() const { return *m_delete; }

Q_SIGNALS:
    void agreed();

private:
    void tell(const Answer &contents);
    void addGroup(const QString &title, const QStringList &names);
    void judge();

    const environments::Environment m_environment;
    const bool m_production;
    bool m_known = false; // what goes, or that nobody can say
    bool m_weighty = false; // data goes, others' objects go, or nobody knows
    QLabel *m_status;
    QTreeWidget *m_contents;
    QLabel *m_ask;
    QLineEdit *m_confirmation;
    QPushButton *m_delete;
};

} // namespace kdra::ui
