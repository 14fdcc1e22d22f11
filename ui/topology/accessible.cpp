// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/accessible.h"

#include "ui/topology/canvas.h"
#include "ui/topology/describe.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace kdra::ui {

namespace {

class AccessibleCanvas;
AccessibleCanvas *treeOf(Canvas *canvas);
QAccessibleInterface *interfaceOf(Canvas *canvas, const Stop &stop);

// What groups, tiles, pods and chips have in common.
class AccessiblePart : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    explicit AccessiblePart(Canvas *canvas)
        : m_canvas(canvas)
    {
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *focusChild() const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::TreeItem; }
    void setText(QAccessible::Text, const QString &) override { }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

protected:
    QRect onScreen(const QRect &rect) const { return {m_canvas->mapToGlobal(rect.topLeft()), rect.size()}; }
    QAccessible::State stateOf(const QRect &rect, const models::Item &item, bool current) const
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = !item.isNull();
        state.selected = !item.isNull() && m_canvas->selection().contains(item);
        state.focused = current && m_canvas->hasFocus();
        state.offscreen = !m_canvas->rect().intersects(rect);
        return state;
    }
    static QAccessible::State invalid()
    {
        QAccessible::State state;
        state.invalid = true;
        return state;
    }

    QPointer<Canvas> m_canvas;
};

// A group, a tile or a pod. Made when asked for, never for the whole fleet at once.
class AccessibleStop : public AccessiblePart {
public:
    AccessibleStop(Canvas *canvas, const Stop &stop)
        : AccessiblePart(canvas)
        , m_stop(stop)
    {
    }

    // As it is now: a tile keeps its number when it comes into another group.
    Stop stop() const { return present(scene(), m_stop); }

    bool isValid() const override
    {
        const Stop now = m_canvas ? stop() : Stop();
        return !now.isNull() && now.tile == m_stop.tile && now.cell == m_stop.cell;
    }
    QAccessibleInterface *parent() const override
    {
        const Stop above = outside(stop());
        return above.isNull() ? QAccessible::queryAccessibleInterface(m_canvas) : interfaceOf(m_canvas, above);
    }
    int childCount() const override
    {
        if (!isValid() || m_stop.isPod())
            return 0;
        return m_stop.isTile() ? scene().tile(m_stop.tile).cells.count()
                               : static_cast<int>(tilesOf(scene(), m_stop.group).size());
    }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto at = static_cast<size_t>(index);
        return m_stop.isTile()
            ? interfaceOf(m_canvas, {stop().group, m_stop.tile, occupiedCells(scene().tile(m_stop.tile))[at]})
            : interfaceOf(m_canvas, {m_stop.group, tilesOf(scene(), m_stop.group)[at], -1});
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *part = dynamic_cast<const AccessibleStop *>(child);
        if (!part || !isValid() || outside(part->stop()) != stop())
            return -1;
        const std::vector<int> all =
            m_stop.isTile() ? occupiedCells(scene().tile(m_stop.tile)) : tilesOf(scene(), m_stop.group);
        const auto it = std::ranges::find(all, m_stop.isTile() ? part->m_stop.cell : part->m_stop.tile);
        return it == all.end() ? -1 : static_cast<int>(it - all.begin());
    }
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Description))
            return {};
        const bool name = kind == QAccessible::Name;
        if (m_stop.isPod())
            return name ? podSentence(scene(), m_stop.place()) : podDetails(scene(), m_stop.place());
        if (m_stop.isTile())
            return name ? nodeSentence(scene(), m_stop.tile) : nodeDetails(scene(), m_stop.tile);
        return name ? groupSentence(scene(), m_stop.group) : QString();
    }
    QRect rect() const override { return isValid() ? onScreen(m_canvas->stopOnScreen(stop())) : QRect(); }
    QAccessible::State state() const override
    {
        if (!isValid())
            return invalid();
        QAccessible::State state = stateOf(m_canvas->stopOnScreen(stop()), m_canvas->itemOf(m_stop),
            m_canvas->currentChip() < 0 && m_canvas->currentStop() == stop());
        state.expandable = state.expanded = childCount() > 0;
        return state;
    }
    void doAction(const QString &name) override
    {
        if (!isValid() || !actionNames().contains(name))
            return;
        m_canvas->setFocus();
        m_canvas->goTo(stop(), name == pressAction());
    }

private:
    const Scene &scene() const { return m_canvas->scene(); }

    Stop m_stop;
};

// A related object without a place on the canvas.
class AccessibleChipPart : public AccessiblePart {
public:
    AccessibleChipPart(Canvas *canvas, int index)
        : AccessiblePart(canvas)
        , m_index(index)
    {
    }
    bool isValid() const override { return m_canvas && m_index < m_canvas->chips().size(); }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Button; }
    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_canvas->chips().at(m_index).name : QString();
    }
    QRect rect() const override { return isValid() ? onScreen(m_canvas->chips().at(m_index).rect) : QRect(); }
    QAccessible::State state() const override
    {
        if (!isValid())
            return invalid();
        const ui::AccessibleChip chip = m_canvas->chips().at(m_index);
        return stateOf(chip.rect, chip.item, m_canvas->currentChip() == m_index);
    }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_canvas->setFocus();
        if (name == pressAction())
            m_canvas->pressChip(m_index, false);
        else if (name == setFocusAction())
            m_canvas->setCurrentChip(m_index);
    }
    int index() const { return m_index; }

private:
    int m_index;
};

// The canvas: its children are the groups, then the chips of relations.
class AccessibleCanvas : public QAccessibleWidget {
public:
    explicit AccessibleCanvas(Canvas *canvas)
        : QAccessibleWidget(canvas, QAccessible::Tree)
    {
    }
    ~AccessibleCanvas() override
    {
        for (const QAccessible::Id id : std::as_const(m_parts))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        return static_cast<int>(groups().size()) + static_cast<int>(canvas()->chips().size());
    }
    QAccessibleInterface *child(int index) const override
    {
        const std::vector<int> all = groups();
        const auto count = static_cast<int>(all.size());
        if (index < 0 || index >= childCount())
            return nullptr;
        return index < count ? forStop({all[static_cast<size_t>(index)], -1, -1}) : forChip(index - count);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const std::vector<int> all = groups();
        if (const auto *chip = dynamic_cast<const AccessibleChipPart *>(child))
            return static_cast<int>(all.size()) + chip->index();
        const auto *part = dynamic_cast<const AccessibleStop *>(child);
        const auto it = part && part->stop().isGroup() ? std::ranges::find(all, part->stop().group) : all.end();
        return it == all.end() ? -1 : static_cast<int>(it - all.begin());
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = canvas()->mapFromGlobal(QPoint(x, y));
        const QList<ui::AccessibleChip> chips = canvas()->chips();
        for (int i = 0; i < chips.size(); ++i) {
            if (chips[i].rect.contains(point))
                return forChip(i);
        }
        const Stop stop = canvas()->stopAt(point);
        return stop.isNull() ? nullptr : forStop(stop);
    }
    QAccessibleInterface *focusChild() const override
    {
        if (!canvas()->hasFocus())
            return nullptr;
        if (canvas()->currentChip() >= 0)
            return forChip(canvas()->currentChip());
        const Stop stop = canvas()->currentStop();
        return stop.isNull() ? nullptr : forStop(stop);
    }

    QAccessibleInterface *forStop(const Stop &stop) const
    {
        return part(keyOf(stop), [&] { return new AccessibleStop(canvas(), stop); });
    }
    QAccessibleInterface *forChip(int index) const
    {
        return part(keyOfChip(index), [&] { return new AccessibleChipPart(canvas(), index); });
    }

private:
    template <class Make> QAccessibleInterface *part(quint64 key, Make make) const
    {
        const auto it = m_parts.constFind(key);
        if (it != m_parts.cend())
            return QAccessible::accessibleInterface(*it);
        QAccessibleInterface *made = make();
        m_parts.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    // Groups, tiles and pods count from 1 here, 0 being none; a tile is the same one in whatever group.
    static quint64 keyOf(const Stop &stop)
    {
        return stop.tile < 0 ? quint64(stop.group + 1) << 52 : quint64(stop.tile + 1) << 28 | quint64(stop.cell + 1);
    }
    static quint64 keyOfChip(int index) { return quint64(1) << 63 | quint64(index); }
    Canvas *canvas() const { return static_cast<Canvas *>(object()); }
    std::vector<int> groups() const { return groupsOf(canvas()->scene()); }

    mutable QHash<quint64, QAccessible::Id> m_parts;
};

AccessibleCanvas *treeOf(Canvas *canvas)
{
    return dynamic_cast<AccessibleCanvas *>(QAccessible::queryAccessibleInterface(canvas));
}

QAccessibleInterface *interfaceOf(Canvas *canvas, const Stop &stop)
{
    const AccessibleCanvas *tree = treeOf(canvas);
    return tree ? tree->forStop(stop) : nullptr;
}

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *canvas = qobject_cast<Canvas *>(object);
    if (!canvas)
        return nullptr;
    auto *interface = new AccessibleCanvas(canvas);
    QObject::connect(canvas, &Canvas::currentStopChanged, canvas, [canvas] {
        const AccessibleCanvas *tree = treeOf(canvas);
        QAccessibleInterface *current = tree ? tree->focusChild() : nullptr;
        if (!current)
            return;
        QAccessibleEvent event(current, QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    });
    return interface;
}

} // namespace

void installCanvasAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(once);
}

} // namespace kdra::ui
