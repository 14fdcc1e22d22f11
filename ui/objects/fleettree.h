// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/dropadvice.h"
#include "models/fleettreemodel.h"
#include "ui/common/itemviews.h"

#include <QBasicTimer>
#include <QPointer>

namespace kdra::ui {

class DropBubble;

// The fleet's sites and nodes, on which templates can be dropped as on the canvas: with the mouse, or picked up with
// the keyboard. While one hangs over it, nodes that it does not fit on are dimmed, and closed sites open under it.
class FleetTree : public SelectionTree {
    Q_OBJECT
public:
    FleetTree(
        const Theme &theme, models::Selection &selection, models::FleetTreeModel &model, QWidget *parent = nullptr);
    ~FleetTree() override;

    // As the canvas has it. Null: none are taken.
    void setDropSource(environments::DropSource source);
    // Hangs a template over the tree for the keyboard: arrows walk, Enter drops, Esc cancels. Takes the focus.
    void pickUp(const QString &templateId, const QString &title);
    // The verdict that is shown; null while nothing hangs over the tree.
    const DropBubble *dropBubble() const;
    // Of the row itself while something hangs over the tree; nothing for what is no node.
    std::optional<environments::Fit> fitOf(const QModelIndex &index) const;
    // The verdict, on the row that letting go would mean.
    std::optional<environments::Fit> aimedAt(const QModelIndex &index) const;

Q_SIGNALS:
    // Where it may fit.
    void templateDropped(const QString &templateId, const kdra::environments::Target &target);
    // Tab, while one hangs over the tree for the keyboard: whoever has another view for it picks it up there.
    void handedOver(const QString &templateId, const QString &title);
    // Esc, by key: nothing was dropped.
    void dropCancelled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Drop {
        QString templateId;
        QString title; // by key
        std::shared_ptr<const environments::DropAdvice> advice;
        QPersistentModelIndex row; // invalid: the whole cluster
        environments::Target target;
        environments::Verdict verdict;
        bool isJudged = false;
        bool byKey = false;
        QPoint point; // the pointer, in the viewport
        QPointer<DropBubble> bubble;
    };
    bool beginDrop(const QString &templateId);
    void endDrop();
    void aim(const QModelIndex &index);
    void judge(bool moved);
    void renewAdvice();
    void placeBubble();
    void drop();
    bool dropKey(QKeyEvent *event);
    environments::Target targetOf(const QModelIndex &index) const;

    const Theme &m_theme;
    models::FleetTreeModel &m_model;
    environments::DropSource m_dropSource;
    std::optional<Drop> m_drop;
    QBasicTimer m_renewal;
    QBasicTimer m_opening;
};

} // namespace kdra::ui
