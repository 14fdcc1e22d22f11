// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

namespace kdra::ui {

// What the colours and glyphs of cells mean.
class Legend : public QWidget {
    Q_OBJECT
public:
    explicit Legend(Theme &theme, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateWords();

    Theme &m_theme;
    QStringList m_words; // by store::Severity
};

} // namespace kdra::ui
