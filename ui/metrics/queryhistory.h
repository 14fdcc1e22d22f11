// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace kdra::ui {

class Theme;

// The queries that were run before, of all clusters, the newest first: a button with a popup to search them, take one,
// remove one (Delete) or all. Kept in the user's settings. GUI thread.
class QueryHistory : public QToolButton {
    Q_OBJECT
public:
    explicit QueryHistory(const Theme &theme, QWidget *parent = nullptr);

    static constexpr qsizetype most = 100;
    static QStringList queries();
    // They become the newest; blank ones are left out.
    static void keep(const QStringList &queries);

    void openPopup();
    QFrame &popup() const { return *m_popup; }
    QLineEdit &searchEdit() const { return *m_search; }
    QListWidget &list() const { return *m_list; }
    QPushButton &removeButton() const { return *m_remove; }
    QPushButton &clearButton() const { return *m_clear; }

Q_SIGNALS:
    void chosen(const QString &query);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose();
    void removeCurrent();

    QFrame *m_popup;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_nothing;
    QPushButton *m_use;
    QPushButton *m_remove;
    QPushButton *m_clear;
};

} // namespace kdra::ui
