// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/fleettree.h"

#include "ui/common/celldelegate.h"
#include "ui/common/dropbubble.h"
#include "ui/common/fitglyph.h"
#include "ui/common/templatedrop.h"
#include "ui/common/theme.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QPainter>

namespace kdra::ui {

using namespace std::chrono_literals;
using environments::Fit;
using environments::Target;

namespace {

// The verdict follows the cluster, at most twice a second.
constexpr auto renewal = 500ms;
// A closed site opens under the pointer: not at once, it may only be passing.
constexpr auto patience = 600ms;

QPen framePen(Fit fit, const Palette &palette)
{
    QPen pen(fitColour(fit, palette), 2);
    if (fit == Fit::DoesNotFit || fit == Fit::Unknown)
        pen.setDashPattern({3, 2});
    return pen;
}

// Rows as ever; while a template hangs over the tree each node has the verdict's mark at its end.
class FleetRowDelegate : public CellDelegate {
public:
    FleetRowDelegate(const Theme &theme, const FleetTree &tree, QObject *parent)
        : CellDelegate(theme, parent)
        , m_theme(theme)
        , m_tree(tree)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const std::optional<Fit> aimedAt = m_tree.aimedAt(index);
        const std::optional<Fit> fit = aimedAt ? aimedAt : m_tree.fitOf(index);
        if (!fit) {
            CellDelegate::paint(painter, option, index);
            return;
        }
        constexpr int glyph = 12;
        QStyleOptionViewItem narrow = option;
        narrow.rect.setRight(option.rect.right() - glyph - Metrics::space2);
        painter->save();
        if (!aimedAt && *fit == Fit::DoesNotFit)
            painter->setOpacity(0.4);
        CellDelegate::paint(painter, narrow, index);
        const Palette &palette = m_theme.palette();
        paintFit(*painter,
            QRectF(option.rect.right() - Metrics::space1 - glyph, option.rect.top(), glyph, option.rect.height()), *fit,
            palette);
        if (aimedAt) {
            QColor tint = fitColour(*fit, palette);
            tint.setAlphaF(0.12F);
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setBrush(tint);
            painter->setPen(framePen(*fit, palette));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4);
        }
        painter->restore();
    }

private:
    const Theme &m_theme;
    const FleetTree &m_tree;
};

} // namespace

FleetTree::FleetTree(const Theme &theme, models::Selection &selection, models::FleetTreeModel &model, QWidget *parent)
    : SelectionTree(theme, selection, parent)
    , m_theme(theme)
    , m_model(model)
{
    setItemDelegate(new FleetRowDelegate(theme, *this, this));
    setModel(&model);
    setFinder([&model](const models::Item &item) { return model.indexOf(item); });
}

FleetTree::~FleetTree()
{
    endDrop();
}

void FleetTree::setDropSource(environments::DropSource source)
{
    endDrop();
    m_dropSource = std::move(source);
    setAcceptDrops(bool(m_dropSource));
}

const DropBubble *FleetTree::dropBubble() const
{
    return m_drop ? m_drop->bubble.data() : nullptr;
}

std::optional<Fit> FleetTree::fitOf(const QModelIndex &index) const
{
    const store::Slot slot = m_drop ? m_model.slotOf(index) : store::noSlot;
    return slot == store::noSlot ? std::nullopt : std::optional(m_drop->advice->node(slot));
}

std::optional<Fit> FleetTree::aimedAt(const QModelIndex &index) const
{
    return m_drop && m_drop->row.isValid() && m_drop->row == index ? std::optional(m_drop->verdict.fit) : std::nullopt;
}

// A node, a site; everything else stands for the cluster.
Target FleetTree::targetOf(const QModelIndex &index) const
{
    if (m_model.slotOf(index) != store::noSlot)
        return {.kind = Target::Kind::Node, .name = index.data().toString()};
    const QString site = m_model.siteOf(index);
    return site.isEmpty() ? Target() : Target{.kind = Target::Kind::Site, .name = site};
}

bool FleetTree::beginDrop(const QString &templateId)
{
    endDrop();
    std::shared_ptr<const environments::DropAdvice> advice;
    if (!templateId.isEmpty() && m_dropSource)
        advice = m_dropSource(templateId);
    if (!advice)
        return false;
    m_drop.emplace();
    m_drop->templateId = templateId;
    m_drop->advice = std::move(advice);
    // The tree is narrow: the verdict lies over what is beside it.
    m_drop->bubble = new DropBubble(m_theme, window());
    m_renewal.start(renewal, this);
    viewport()->update();
    return true;
}

void FleetTree::endDrop()
{
    if (!m_drop)
        return;
    // Not at once: the parent may be at its children, as when it is hidden.
    if (DropBubble *bubble = m_drop->bubble) {
        bubble->hide();
        bubble->deleteLater();
    }
    m_drop.reset();
    m_renewal.stop();
    m_opening.stop();
    viewport()->update();
}

void FleetTree::aim(const QModelIndex &index)
{
    const Target target = targetOf(index);
    const QModelIndex row = target.kind == Target::Kind::Cluster ? QModelIndex() : index;
    if (target != m_drop->target || row != m_drop->row || !m_drop->isJudged) {
        m_drop->target = target;
        m_drop->row = row;
        judge(true);
    }
    placeBubble();
}

void FleetTree::judge(bool moved)
{
    Drop &drop = *m_drop;
    const environments::Verdict verdict = drop.advice->verdict(drop.target);
    const bool changed = moved || verdict != drop.verdict;
    drop.verdict = verdict;
    drop.isJudged = true;
    if (!changed)
        return;
    drop.bubble->tell(verdict, dropSentence(drop.target, verdict), drop.target.name,
        drop.byKey ? tr("Arrow keys choose. Tab goes to the canvas. Enter drops, Esc cancels.") : QString());
    viewport()->update();
    placeBubble();
    if (drop.byKey)
        announce(this, drop.bubble->spoken());
}

void FleetTree::renewAdvice()
{
    auto advice = m_dropSource(m_drop->templateId);
    if (!advice || advice == m_drop->advice)
        return;
    m_drop->advice = std::move(advice);
    viewport()->update();
    judge(false);
}

void FleetTree::placeBubble()
{
    QRect anchor = heldByPointer.translated(m_drop->point);
    if (m_drop->byKey)
        anchor = m_drop->row.isValid() ? visualRect(m_drop->row) : visualRect(currentIndex());
    DropBubble &bubble = *m_drop->bubble;
    const QWidget &room = *bubble.parentWidget();
    constexpr int margin = Metrics::space1;
    anchor.moveTopLeft(viewport()->mapTo(&room, anchor.topLeft()));
    bubble.place(anchor, room.rect().adjusted(margin, margin, -margin, -margin));
    if (bubble.isHidden()) {
        bubble.show();
        bubble.raise();
    }
}

void FleetTree::paintEvent(QPaintEvent *event)
{
    SelectionTree::paintEvent(event);
    if (!m_drop || m_drop->row.isValid() || !m_drop->isJudged)
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(framePen(m_drop->verdict.fit, m_theme.palette()));
    painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(2, 2, -2, -2), Metrics::radius, Metrics::radius);
}

void FleetTree::dragEnterEvent(QDragEnterEvent *event)
{
    if (!(event->possibleActions() & Qt::CopyAction) || !beginDrop(templateIn(event->mimeData())))
        return;
    m_drop->point = event->position().toPoint();
    aim(indexAt(m_drop->point));
    // Accepted whatever the verdict: what follows is judged row by row.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FleetTree::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_drop || m_drop->byKey)
        return;
    // Scrolls near the edges.
    SelectionTree::dragMoveEvent(event);
    const QModelIndex before = indexAt(m_drop->point);
    m_drop->point = event->position().toPoint();
    const QModelIndex index = indexAt(m_drop->point);
    aim(index);
    if (!m_model.hasChildren(index) || !index.isValid() || isExpanded(index))
        m_opening.stop();
    else if (index != before || !m_opening.isActive())
        m_opening.start(patience, this);
    // The pointer's shape says no where it does not fit; the bubble says why.
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(m_drop->verdict.fit != Fit::DoesNotFit);
}

void FleetTree::dragLeaveEvent(QDragLeaveEvent *event)
{
    SelectionTree::dragLeaveEvent(event);
    if (m_drop && !m_drop->byKey)
        endDrop();
}

void FleetTree::dropEvent(QDropEvent *event)
{
    if (!m_drop || m_drop->byKey)
        return;
    m_drop->point = event->position().toPoint();
    aim(indexAt(m_drop->point));
    stopAutoScroll();
    if (m_drop->verdict.fit != Fit::DoesNotFit) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        drop();
    } else {
        event->ignore();
        endDrop();
    }
}

// Told from the event loop: what comes of it may be a dialog, and the drag is still under way.
void FleetTree::drop()
{
    QMetaObject::invokeMethod(
        this, [this, id = m_drop->templateId, target = m_drop->target] { Q_EMIT templateDropped(id, target); },
        Qt::QueuedConnection);
    endDrop();
}

void FleetTree::pickUp(const QString &templateId, const QString &title)
{
    if (!beginDrop(templateId))
        return;
    m_drop->byKey = true;
    m_drop->title = title;
    setFocus(Qt::OtherFocusReason);
    announce(this, tr("%1 is picked up.").arg(title));
    if (!currentIndex().isValid())
        selectionModel()->setCurrentIndex(m_model.index(0, 0), QItemSelectionModel::NoUpdate);
    scrollTo(currentIndex());
    aim(currentIndex());
}

// True when the key belongs to what is picked up.
bool FleetTree::dropKey(QKeyEvent *event)
{
    if (!m_drop || !m_drop->byKey || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)))
        return false;
    static const QHash<int, CursorAction> moves{{Qt::Key_Up, MoveUp}, {Qt::Key_Down, MoveDown},
        {Qt::Key_Left, MoveLeft}, {Qt::Key_Right, MoveRight}, {Qt::Key_Home, MoveHome}, {Qt::Key_End, MoveEnd},
        {Qt::Key_PageUp, MovePageUp}, {Qt::Key_PageDown, MovePageDown}};
    if (const auto move = moves.constFind(event->key()); move != moves.cend()) {
        // Where the keyboard is, is not yet a choice of what to look at.
        if (const QModelIndex to = moveCursor(*move, Qt::NoModifier); to.isValid()) {
            selectionModel()->setCurrentIndex(to, QItemSelectionModel::NoUpdate);
            scrollTo(to);
        }
        aim(currentIndex());
        return true;
    }
    switch (event->key()) {
    case Qt::Key_Escape:
        endDrop();
        announce(this, tr("Nothing was dropped."));
        Q_EMIT dropCancelled();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_drop->verdict.fit == Fit::DoesNotFit)
            announce(this, m_drop->bubble->spoken(), true);
        else
            drop();
        return true;
    case Qt::Key_Space:
        return true;
    default:
        return false;
    }
}

void FleetTree::keyPressEvent(QKeyEvent *event)
{
    if (dropKey(event))
        event->accept();
    else
        SelectionTree::keyPressEvent(event);
}

// Where nobody takes it, it stays.
bool FleetTree::focusNextPrevChild(bool next)
{
    if (!m_drop || !m_drop->byKey)
        return SelectionTree::focusNextPrevChild(next);
    Q_EMIT handedOver(QString(m_drop->templateId), QString(m_drop->title));
    return true;
}

void FleetTree::focusOutEvent(QFocusEvent *event)
{
    // What is held ends with the attention; menus and other windows come back.
    if (m_drop && m_drop->byKey && event->reason() != Qt::PopupFocusReason
        && event->reason() != Qt::ActiveWindowFocusReason)
        endDrop();
    SelectionTree::focusOutEvent(event);
}

void FleetTree::hideEvent(QHideEvent *event)
{
    endDrop();
    SelectionTree::hideEvent(event);
}

void FleetTree::timerEvent(QTimerEvent *event)
{
    if (event->id() == m_renewal.id()) {
        if (m_drop)
            renewAdvice();
    } else if (event->id() == m_opening.id()) {
        m_opening.stop();
        if (m_drop)
            expand(indexAt(m_drop->point));
    } else {
        SelectionTree::timerEvent(event);
    }
}

} // namespace kdra::ui
