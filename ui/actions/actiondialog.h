// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/runner.h"
#include "kube/clustermarks.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace kdra::ui {

class Theme;

// What a dialog about an action has to know. The runner outlives the dialog.
struct ActionContext {
    const Theme &theme;
    actions::Runner &runner;
    QString cluster; // its name, as the user knows it
    kube::Marks marks;
};

// Says what an order will do and asks whether it shall be done; in a cluster that is marked production, what is
// destructive has to be confirmed by typing. Dialogs that need something entered derive from it. Deletes itself.
class ActionDialog : public QDialog {
    Q_OBJECT
public:
    ActionDialog(const ActionContext &context, actions::Order order, QWidget *parent);

    QPushButton &agreeButton() const { return *m_agree; }
    // Null unless something has to be typed.
    QLineEdit *confirmation() const { return m_confirmation; }
    // What has to be typed: the object's name, or the cluster's when there are several objects.
    QString confirmationText() const;

Q_SIGNALS:
    void agreed(const kdra::actions::Order &order);

protected:
    bool event(QEvent *event) override;

    const ActionContext &context() const { return m_context; }
    actions::Order &order() { return m_order; }
    // Room between the description and the buttons.
    QVBoxLayout &body() { return *m_body; }
    void setDescription(const QString &text);
    // What is in the way of starting, in words; empty when nothing is.
    void setObstacle(const QString &text);
    // What the order does, told anew after it was changed.
    void describeOrder();

private:
    void fit();
    void updateAgree();

    const ActionContext m_context;
    actions::Order m_order;
    QLabel *m_description;
    QLabel *m_obstacle;
    QVBoxLayout *m_body;
    QLineEdit *m_confirmation = nullptr;
    QPushButton *m_agree;
};

// "Drain" of "Drain…": for titles and buttons.
QString plainTitle(actions::ActionId id);

} // namespace kdra::ui
