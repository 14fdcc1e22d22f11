// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/freshnessmodel.h"
#include "models/selection.h"

#include <QFrame>
#include <QSortFilterProxyModel>
#include <QStringListModel>
#include <QTimer>

class QLineEdit;
class QListView;

namespace kdra::ui {

class DenseTable;
class Theme;

// How fresh each kind is. Counts its seconds only while it is open.
class FreshnessPopover : public QFrame {
    Q_OBJECT
public:
    FreshnessPopover(const Theme &theme, models::FreshnessModel &model, QWidget *parent);
    void openUnder(const QWidget &button);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    models::Selection m_noSelection;
    DenseTable *m_table;
    QTimer m_seconds;
};

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
