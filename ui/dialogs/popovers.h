// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QSortFilterProxyModel>
#include <QStringListModel>

class QLineEdit;
class QListView;

namespace kdra::ui {

class Theme;

// Shows the popover below the button, within its window.
void placeUnder(QWidget &popover, const QWidget &button);

// Chooses one of many names, with a filter.
class ChoicePopover : public QFrame {
    Q_OBJECT
public:
    // `all` is the choice of everything, shown first and chosen as an empty string.
    ChoicePopover(const Theme &theme, const QString &all, QWidget *parent);
    void openUnder(const QWidget &button, const QStringList &names, const QString &current);
    QLineEdit &edit() const { return *m_edit; }

Q_SIGNALS:
    void chosen(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();

    QString m_all;
    QStringListModel m_names;
    QSortFilterProxyModel m_filtered;
    QLineEdit *m_edit;
    QListView *m_list;
};

} // namespace kdra::ui
