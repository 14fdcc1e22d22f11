// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/bookmarkdialog.h"

#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace kdra::ui {

BookmarkDialog::BookmarkDialog(Bookmarks &bookmarks, QWidget *parent)
    : QDialog(parent)
    , m_bookmarks(bookmarks)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Views"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space4, Metrics::space4, Metrics::space4, Metrics::space4);
    m_list->setAccessibleName(tr("Views"));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    for (const Bookmark &bookmark : bookmarks.all()) {
        auto *item = new QListWidgetItem(bookmark.name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_list->setCurrentRow(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *rename = buttons->addButton(tr("&Rename"), QDialogButtonBox::ActionRole);
    m_remove = buttons->addButton(tr("&Delete"), QDialogButtonBox::DestructiveRole);
    column->addWidget(m_list);
    column->addWidget(buttons);

    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        const int row = m_list->row(item);
        m_bookmarks.rename(static_cast<size_t>(row), item->text());
        // An empty name is not taken.
        item->setText(m_bookmarks.all()[static_cast<size_t>(row)].name);
        Q_EMIT changed();
    });
    connect(rename, &QPushButton::clicked, this, [this] {
        if (QListWidgetItem *item = m_list->currentItem())
            m_list->editItem(item);
    });
    connect(m_remove, &QPushButton::clicked, this, &BookmarkDialog::removeCurrent);
    connect(new QShortcut(QKeySequence::Delete, m_list), &QShortcut::activated, this, &BookmarkDialog::removeCurrent);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void BookmarkDialog::removeCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_bookmarks.remove(static_cast<size_t>(row));
    delete m_list->takeItem(row);
    m_remove->setEnabled(m_list->count() > 0);
    Q_EMIT changed();
}

} // namespace kdra::ui
