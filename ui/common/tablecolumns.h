// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <QTimer>

class QMenu;
class QTableView;

namespace kdra::ui {

struct TableColumn {
    QString key; // what settings call it
    QString title;
    int width = 100; // what it would like to have, in device independent pixels
    bool hidden = false; // to begin with
};

// Which columns of a table are shown, where and how wide; the user's choice is remembered by key, so that it outlives
// versions that have other columns. Columns of words take more where there is room and give way where there is too
// little; once the user has set a width, widths are the user's. The first column cannot be hidden.
class TableColumns : public QObject {
    Q_OBJECT
public:
    explicit TableColumns(QTableView &view);
    ~TableColumns() override;

    // By section. `order`: keys from left to right to begin with; what it leaves out follows.
    void setColumns(QList<TableColumn> columns, const QStringList &order = {});
    // Reads the user's choice from the settings "tables/NAME/…" and writes it there from now on.
    void remember(const QString &name);

    // Sections from left to right.
    QList<int> shown() const;
    void setShown(int section, bool shown);
    // One place to the left (-1) or to the right (1), past hidden ones.
    void move(int section, int direction);
    // As they were before the user changed anything.
    void reset();
    // Check boxes for the columns, and the way back.
    void fill(QMenu &menu);
    void openMenu(const QPoint &globalPosition);

    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void restore();
    void save();
    void saveSort();
    void saveLater();
    void arrange(const QStringList &keys);
    int sectionOf(const QString &key) const;

    QTableView &m_view;
    QList<TableColumn> m_columns;
    QStringList m_order;
    QString m_settings;
    QTimer m_saveLater;
    bool m_userSized = false;
    bool m_arranging = false;
};

} // namespace kdra::ui
