// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environments/createcontext.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace kdra::ui {

class CheckLine;
class Theme;

// Where the pods go: wherever there is room, to a site, or to a node; and which taints they tolerate there.
class PlacementBox : public QWidget {
    Q_OBJECT
public:
    PlacementBox(const Theme &theme, const QStringList &sites, QList<NodeChoice> nodes, QWidget *parent = nullptr);

    void setPlacement(const environments::Placement &placement);
    // From where a template was dropped; anything but a site and a node leaves it to the scheduler.
    void setTarget(const environments::Target &target);
    // Why it is proposed to be put there; empty: not told.
    void setReason(const QString &reason);

    environments::Placement placement() const;
    // For verdicts.
    environments::Target target() const;
    QString problem() const;

    QComboBox &kindBox() const { return *m_kind; }
    QComboBox &siteBox() const { return *m_site; }
    QComboBox &nodeBox() const { return *m_node; }
    QList<QCheckBox *> taintBoxes() const;

Q_SIGNALS:
    void changed();

private:
    environments::Placement::Kind kind() const;
    const NodeChoice *node() const;
    QList<NodeTaint> taints() const;
    QString siteLabel() const;
    void update();
    void showTaints();

    const QList<NodeChoice> m_nodes;
    const Theme &m_theme;
    QComboBox *m_kind;
    QComboBox *m_site;
    QComboBox *m_node;
    QLabel *m_reason;
    QLabel *m_problem;
    QVBoxLayout *m_taintColumn;
    QLabel *m_taintTitle;
    QList<NodeTaint> m_taints; // those that are shown
    QList<CheckLine *> m_taintLines;
    QJsonArray m_tolerations; // that were agreed to before
};

} // namespace kdra::ui
