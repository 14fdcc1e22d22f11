// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/fleetpanel.h"

#include "ui/common/widgets.h"
#include "ui/objects/fleettree.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>

namespace kdra::ui {

FleetPanel::FleetPanel(const Theme &theme, models::Selection &selection, models::FleetTreeModel &model, QWidget *parent)
    : QFrame(parent)
    , m_tree(new FleetTree(theme, selection, model))
    , m_grouping(new QComboBox)
{
    setObjectName(QStringLiteral("side"));
    using Grouping = models::FleetTreeModel::Grouping;
    m_grouping->addItem(tr("By site"), QVariant::fromValue(Grouping::Site));
    m_grouping->addItem(tr("By role"), QVariant::fromValue(Grouping::Role));
    m_grouping->setAccessibleName(tr("Group the fleet"));
    // On Linux a combo box is called by its value.
    m_grouping->setToolTip(tr("Group the fleet"));
    m_grouping->view()->setAccessibleName(tr("Group the fleet"));
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this, &model] {
        const auto grouping = m_grouping->currentData().value<Grouping>();
        model.setGrouping(grouping);
        Q_EMIT groupingChanged(grouping);
    });

    m_tree->setAccessibleName(tr("Fleet"));
    m_tree->expandAll();
    connect(&model, &QAbstractItemModel::modelReset, m_tree, &QTreeView::expandAll);
    connect(&model, &QAbstractItemModel::rowsInserted, m_tree, [this](const QModelIndex &above, int first, int last) {
        for (int row = first; !above.isValid() && row <= last; ++row)
            m_tree->expand(m_tree->model()->index(row, 0));
    });

    auto *head = new QHBoxLayout;
    head->setContentsMargins(Metrics::space3, Metrics::space2, Metrics::space2, Metrics::space2);
    head->addWidget(makeSectionTitle(theme, tr("Fleet")));
    head->addStretch();
    head->addWidget(m_grouping);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_tree, 1);
}

} // namespace kdra::ui
