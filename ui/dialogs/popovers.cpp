// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/popovers.h"

#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace kdra::ui {

void placeUnder(QWidget &popover, const QWidget &button)
{
    QPoint place = button.mapToGlobal(QPoint(0, button.height() + Metrics::space1));
    // Within the window: its right edge may be the screen's.
    const QWidget *window = button.window();
    const int right = window->mapToGlobal(QPoint(window->width(), 0)).x() - Metrics::space2;
    place.setX(qMin(place.x(), right - popover.width()));
    popover.move(place);
    popover.show();
}

ChoicePopover::ChoicePopover(const Theme &theme, const QString &all, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_all(all)
    , m_edit(new QLineEdit)
    , m_list(new QListView)
{
    setObjectName(QStringLiteral("popover"));
    m_edit->setPlaceholderText(tr("Filter"));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_edit->installEventFilter(this);
    m_filtered.setSourceModel(&m_names);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(&m_filtered);
    m_list->setItemDelegate(new CellDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFixedSize(260, 10 * Metrics::rowHeight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space2, Metrics::space2, Metrics::space2, Metrics::space2);
    column->setSpacing(Metrics::space2);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    connect(m_list, &QListView::clicked, this, &ChoicePopover::choose);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered.setFilterFixedString(text);
        m_list->setCurrentIndex(m_filtered.index(0, 0));
    });
}

void ChoicePopover::openUnder(const QWidget &button, const QStringList &names, const QString &current)
{
    m_names.setStringList(QStringList{m_all} + names);
    m_edit->clear();
    adjustSize();
    placeUnder(*this, button);
    const qsizetype at = current.isEmpty() ? 0 : names.indexOf(current) + 1;
    m_list->setCurrentIndex(m_filtered.index(static_cast<int>(at), 0));
    m_edit->setFocus();
}

void ChoicePopover::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const bool everything = m_filtered.mapToSource(index).row() == 0;
    const QString name = index.data().toString();
    hide();
    Q_EMIT chosen(everything ? QString() : name);
}

bool ChoicePopover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int row = m_list->currentIndex().row();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int next = qBound(0, row + (key == Qt::Key_Down ? 1 : -1), m_filtered.rowCount() - 1);
            m_list->setCurrentIndex(m_filtered.index(next, 0));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace kdra::ui
