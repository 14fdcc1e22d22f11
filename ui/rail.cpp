// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rail.h"

#include "ui/common/theme.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

namespace kdra::ui {

Rail::Rail(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(88);
    m_column->setContentsMargins(Metrics::space1 + 2, Metrics::space2, Metrics::space1 + 2, Metrics::space2);
    m_column->setSpacing(Metrics::space1);
    m_column->addStretch();
}

void Rail::addPage(QAction *action)
{
    // The button follows its action's tool tip.
    action->setToolTip(
        QStringLiteral("%1 (%2)").arg(QString(action->text()).replace(QStringLiteral("&&"), QStringLiteral("&")),
            action->shortcut().toString(QKeySequence::NativeText)));
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("railButton"));
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize(QSize(20, 20));
    button->setFont(m_theme.font(Theme::FontRole::Small));
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(52);
    button->setFocusPolicy(Qt::TabFocus);
    m_column->insertWidget(m_column->count() - 1, button);
}

} // namespace kdra::ui
