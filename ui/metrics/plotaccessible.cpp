// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/plotaccessible.h"

#include "ui/metrics/plotview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace kdra::ui {

namespace {

// One series of a plot. Its words are the content's.
class AccessibleSeries : public QAccessibleInterface {
public:
    AccessibleSeries(PlotView *plot, int index)
        : m_plot(plot)
        , m_index(index)
    {
    }
    bool isValid() const override { return m_plot && m_index < m_plot->summaries().size(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_plot); }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }
    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_plot->summaries().at(m_index) : QString();
    }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect area = m_plot->plotArea().toRect();
        return {m_plot->viewport()->mapToGlobal(area.topLeft()), area.size()};
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.readOnly = true;
        return state;
    }
    int index() const { return m_index; }

private:
    QPointer<PlotView> m_plot;
    int m_index;
};

class AccessiblePlot : public QAccessibleWidget {
public:
    explicit AccessiblePlot(PlotView *plot)
        : QAccessibleWidget(plot, QAccessible::Chart)
    {
    }
    ~AccessiblePlot() override
    {
        for (const QAccessible::Id id : std::as_const(m_parts))
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return int(plot()->summaries().size()); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (const auto it = m_parts.constFind(index); it != m_parts.cend())
            return QAccessible::accessibleInterface(*it);
        auto *made = new AccessibleSeries(plot(), index);
        m_parts.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *series = dynamic_cast<const AccessibleSeries *>(child);
        return series ? series->index() : -1;
    }
    QString text(QAccessible::Text kind) const override
    {
        // What is at the crosshair, when there is one: keys move it.
        if (kind == QAccessible::Value || kind == QAccessible::Description)
            return plot()->crosshairSentence();
        return QAccessibleWidget::text(kind);
    }

private:
    PlotView *plot() const { return static_cast<PlotView *>(object()); }

    mutable QHash<int, QAccessible::Id> m_parts;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *plot = qobject_cast<PlotView *>(object);
    return plot ? new AccessiblePlot(plot) : nullptr;
}

}

void installPlotAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(once);
}

} // namespace kdra::ui
