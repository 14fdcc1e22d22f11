// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleettreemodel.h"

#include <QFrame>

class QComboBox;

namespace kdra::ui {

class FleetTree;
class Theme;

// The fleet as a tree: sites or roles, and their nodes.
class FleetPanel : public QFrame {
    Q_OBJECT
public:
    FleetPanel(
        const Theme &theme, models::Selection &selection, models::FleetTreeModel &model, QWidget *parent = nullptr);

    FleetTree &tree() const { return *m_tree; }

Q_SIGNALS:
    void groupingChanged(kdra::models::FleetTreeModel::Grouping grouping);

private:
    FleetTree *m_tree;
    QComboBox *m_grouping;
};

} // namespace kdra::ui
