// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/freshnessmodel.h"
#include "models/selection.h"
#include "ui/common/notice.h"

#include <QFrame>
#include <QTimer>

class QAction;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace kdra::ui {

class Banner;
class DenseTable;
class Theme;

// How fresh each kind is: in sentences what is not live and why, then a table of all, then what can be done about it.
// Counts its seconds only while it is open.
class FreshnessPopover : public QFrame {
    Q_OBJECT
public:
    FreshnessPopover(const Theme &theme, models::FreshnessModel &model, QWidget *parent);

    // Become buttons below the table, with the actions' keys; the first is what to do when something is wrong.
    void setConnectionActions(const QList<QAction *> &actions);
    void openUnder(const QWidget &button);

    DenseTable &table() const { return *m_table; }
    // What is said above the table, a sentence a line.
    static QString words(const store::Snapshot &snapshot);
    const QList<QPushButton *> &buttons() const { return m_buttons; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void tell();
    // Takes the height that its sentences ask for; the table gives way where the window has no room for all.
    void fit();
    void tick();

    const Theme &m_theme;
    models::FreshnessModel &m_model;
    models::Selection m_noSelection;
    DenseTable *m_table;
    QVBoxLayout *m_notices;
    QList<Notice> m_told;
    QList<Banner *> m_banners;
    QHBoxLayout *m_row;
    QList<QPushButton *> m_buttons;
    QTimer m_seconds;
    int m_room = 0; // height that there is in the window below the button
};

} // namespace kdra::ui
