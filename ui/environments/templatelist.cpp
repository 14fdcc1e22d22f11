// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/templatelist.h"

#include "ui/common/theme.h"
#include "ui/environments/templatecard.h"
#include "ui/environments/templatemodel.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>

namespace kdra::ui {

TemplateList::TemplateList(const Theme &theme, TemplateModel &model, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_cards(new TemplateCardDelegate(theme, this))
{
    setModel(&model);
    setItemDelegate(m_cards);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setResizeMode(Adjust);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    // The button of a card shows where the pointer is.
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractItemView::doubleClicked, this, &TemplateList::choose);
    connect(m_cards, &TemplateCardDelegate::buttonPressed, this, &TemplateList::choose);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

environments::TemplatePtr TemplateList::current() const
{
    return currentIndex().isValid() ? m_model.at(currentIndex().row()) : nullptr;
}

void TemplateList::choose(const QModelIndex &index)
{
    if (const environments::TemplatePtr of = index.isValid() ? m_model.at(index.row()) : nullptr)
        Q_EMIT chosen(of->id);
}

void TemplateList::startDrag(Qt::DropActions)
{
    const environments::TemplatePtr of = current();
    if (!of)
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(m_model.mimeData({currentIndex()}));
    drag->setPixmap(dragPicture(m_theme, *of, devicePixelRatioF()));
    // Below the pointer: what it points at stays to be seen.
    drag->setHotSpot({-10, -14});
    drag->exec(Qt::CopyAction);
    Q_EMIT dragEnded();
}

void TemplateList::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(currentIndex());
        return;
    case Qt::Key_Space:
        if (const environments::TemplatePtr of = current())
            Q_EMIT pickedUp(of->id, of->title);
        return;
    default:
        break;
    }
    const QString text = event->text();
    if (plain && text.size() == 1 && text.front().isPrint()) {
        Q_EMIT typed(text);
        return;
    }
    QListView::keyPressEvent(event);
}

void TemplateList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const environments::TemplatePtr of = index.isValid() ? m_model.at(index.row()) : nullptr;
    if (!of)
        return;
    setCurrentIndex(index);
    Q_EMIT menuRequested(of->id, byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
    event->accept();
}

} // namespace kdra::ui
