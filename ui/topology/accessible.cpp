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

// One tile of a canvas.
class AccessibleNode : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleNode(Canvas *canvas, int tile)
        : m_canvas(canvas)
        , m_tile(tile)
    {
    }

    bool isValid() const override
    {
        return m_canvas && m_tile < m_canvas->scene().layout().tileCount()
            && m_canvas->scene().layout().tileGroup(m_tile) >= 0;
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *focusChild() const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return nodeSentence(m_canvas->scene(), m_tile);
        case QAccessible::Description:
            return nodeToolTip(m_canvas->scene(), m_tile);
        default:
            return {};
        }
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect rect = m_canvas->tileOnScreen(m_tile);
        return {m_canvas->mapToGlobal(rect.topLeft()), rect.size()};
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.focused = isValid() && m_canvas->hasFocus() && m_canvas->currentTile() == m_tile;
        state.offscreen = !isValid() || !m_canvas->rect().intersects(m_canvas->tileOnScreen(m_tile));
        state.invalid = !isValid();
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_canvas->setFocus();
        m_canvas->setCurrentTile(m_tile);
        if (name == pressAction())
            m_canvas->frameTile(m_tile);
    }

private:
    QPointer<Canvas> m_canvas;
    int m_tile;
};

// The canvas: its children are the tiles in reading order.
class AccessibleCanvas : public QAccessibleWidget {
public:
    explicit AccessibleCanvas(Canvas *canvas)
        : QAccessibleWidget(canvas, QAccessible::List)
    {
    }
    ~AccessibleCanvas() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(order().size()); }
    QAccessibleInterface *child(int index) const override
    {
        return index >= 0 && index < childCount() ? forTile(order()[static_cast<size_t>(index)]) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (auto it = m_children.cbegin(); it != m_children.cend(); ++it) {
            if (QAccessible::accessibleInterface(*it) == child) {
                const auto place = std::ranges::find(order(), it.key());
                return place == order().end() ? -1 : static_cast<int>(place - order().begin());
            }
        }
        return -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPointF point = canvas()->mapFromGlobal(QPoint(x, y));
        const int tile = canvas()->scene().layout().tileAt(canvas()->camera().view().toWorld(point));
        return tile < 0 ? nullptr : forTile(tile);
    }
    QAccessibleInterface *focusChild() const override
    {
        return canvas()->hasFocus() && canvas()->currentTile() >= 0 ? forTile(canvas()->currentTile()) : nullptr;
    }

    QAccessibleInterface *forTile(int tile) const
    {
        const auto it = m_children.constFind(tile);
        if (it != m_children.cend())
            return QAccessible::accessibleInterface(*it);
        auto *child = new AccessibleNode(canvas(), tile);
        m_children.insert(tile, QAccessible::registerAccessibleInterface(child));
        return child;
    }

private:
    Canvas *canvas() const { return static_cast<Canvas *>(object()); }
    const std::vector<int> &order() const { return canvas()->scene().layout().order(); }

    mutable QHash<int, QAccessible::Id> m_children; // by tile
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *canvas = qobject_cast<Canvas *>(object);
    if (!canvas)
        return nullptr;
    auto *interface = new AccessibleCanvas(canvas);
    QObject::connect(canvas, &Canvas::currentTileChanged, canvas, [canvas](int tile) {
        auto *list = dynamic_cast<AccessibleCanvas *>(QAccessible::queryAccessibleInterface(canvas));
        if (!list || tile < 0 || !canvas->hasFocus())
            return;
        QAccessibleEvent event(list->forTile(tile), QAccessible::Focus);
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
