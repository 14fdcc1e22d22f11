// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/bookmarks.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace kdra::ui {

// Renames bookmarks (F2, or a double click) and deletes them (Del).
class BookmarkDialog : public QDialog {
    Q_OBJECT
public:
    BookmarkDialog(Bookmarks &bookmarks, QWidget *parent);

Q_SIGNALS:
    void changed();

private:
    void removeCurrent();

    Bookmarks &m_bookmarks;
    QListWidget *m_list;
    QPushButton *m_remove;
};

} // namespace kdra::ui
