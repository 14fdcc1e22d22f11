// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/variablefeed.h"

#include <QFrame>

class QHBoxLayout;

namespace kdra::ui {

class Theme;

// The menus above a dashboard, one for each variable that is not hidden. Hidden itself when there are none.
class VariableBar : public QFrame {
    Q_OBJECT
public:
    VariableBar(const Theme &theme, metrics::VariableFeed &variables, QWidget *parent = nullptr);

    // The widget in which this variable is chosen: a QComboBox, a QToolButton with a menu of check marks, or a
    // QLineEdit; null where there is none.
    QWidget *chooser(const QString &variable) const { return m_choosers.value(variable); }

private:
    void rebuild();
    void fill(const metrics::Variable &variable, QWidget &chooser);
    QWidget *makeChooser(const metrics::Variable &variable);

    const Theme &m_theme;
    metrics::VariableFeed &m_variables;
    QHBoxLayout *m_row;
    QMap<QString, QWidget *> m_choosers;
    QList<metrics::Variable> m_built; // what the choosers were made for
};

} // namespace kdra::ui
