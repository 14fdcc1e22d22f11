// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/groupingmenu.h"

#include "ui/common/widgets.h"
#include "ui/topology/canvas.h"
#include "ui/topology/labels.h"

namespace kdra::ui {

GroupingMenu::GroupingMenu(Canvas &canvas, QWidget *parent)
    : QMenu(parent)
    , m_canvas(canvas)
{
    connect(this, &QMenu::aboutToShow, this, &GroupingMenu::fill);
}

QString GroupingMenu::current() const
{
    switch (m_canvas.scene().grouping()) {
    case Grouping::Site:
        return tr("Site");
    case Grouping::Role:
        return tr("Role");
    case Grouping::Namespace:
        return tr("Namespace");
    case Grouping::Workload:
        return tr("Workload");
    case Grouping::NodeLabel:
    case Grouping::PodLabel:
        break;
    }
    return m_canvas.scene().groupingLabel();
}

void GroupingMenu::offer(QMenu &menu, const QString &text, Grouping grouping, const QString &label)
{
    QAction *action = menu.addAction(unmnemonic(text));
    action->setCheckable(true);
    action->setChecked(m_canvas.scene().grouping() == grouping && m_canvas.scene().groupingLabel() == label);
    connect(action, &QAction::triggered, this, [this, grouping, label] { m_canvas.setGrouping(grouping, label); });
}

void GroupingMenu::fill()
{
    clear();
    addMenuSection(*this, tr("Nodes"));
    offer(*this, tr("Site"), Grouping::Site);
    offer(*this, tr("Role"), Grouping::Role);
    const store::Snapshot &snapshot = *m_canvas.scene().snapshot();
    const auto offerLabels = [&](const QString &title, store::Kind kind, Grouping grouping) {
        QMenu *menu = addMenu(title);
        for (const QString &key : labelKeys(snapshot, kind, mostKeys))
            offer(*menu, key, grouping, key);
        menu->setEnabled(!menu->isEmpty());
    };
    offerLabels(tr("Label of nodes"), store::Kind::Node, Grouping::NodeLabel);
    addMenuSection(*this, tr("Workloads"));
    offer(*this, tr("Namespace"), Grouping::Namespace);
    offer(*this, tr("Kind of workload"), Grouping::Workload);
    offerLabels(tr("Label of pods"), store::Kind::Pod, Grouping::PodLabel);
}

} // namespace kdra::ui
