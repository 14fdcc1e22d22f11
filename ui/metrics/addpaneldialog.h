// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace kdra::ui {

// Asks how a panel is called and which of the user's dashboards it goes to; a new one, too.
class AddPanelDialog : public QDialog {
    Q_OBJECT
public:
    AddPanelDialog(const metrics::Panel &panel, const QList<metrics::Dashboard> &own, QWidget *parent = nullptr);

    QLineEdit &titleEdit() const { return *m_title; }
    QComboBox &dashboardBox() const { return *m_dashboards; }
    QLineEdit &newEdit() const { return *m_new; }
    QPushButton &addButton() const { return *m_add; }

Q_SIGNALS:
    // The dashboard with the panel below all others.
    void chosen(const kdra::metrics::Dashboard &dashboard);

private:
    void judge();
    void take();

    metrics::Panel m_panel;
    QList<metrics::Dashboard> m_own;
    QLineEdit *m_title;
    QComboBox *m_dashboards;
    QLineEdit *m_new;
    QPushButton *m_add;
};

} // namespace kdra::ui
