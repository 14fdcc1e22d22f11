// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAction;
class QVBoxLayout;

namespace kdra::ui {

class Theme;

// The rail on the left: one button a page. Pages are actions, so that keys, menu and palette reach them too.
class Rail : public QFrame {
    Q_OBJECT
public:
    explicit Rail(const Theme &theme, QWidget *parent = nullptr);
    // A checkable action; its icon over its text.
    void addPage(QAction *action);

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
};

} // namespace kdra::ui
