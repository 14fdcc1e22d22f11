// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alertmarks.h"

#include <QToolButton>

namespace kdra::ui {

class Theme;

// What fires on something, in one line with the glyph of the worst; hidden while nothing does. A click is for seeing
// them among all alerts.
class AlertLine : public QToolButton {
    Q_OBJECT
public:
    explicit AlertLine(const Theme &theme, QWidget *parent = nullptr);

    void setMark(const models::AlertMark &mark);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    // `id`: of the worst alert.
    void followed(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    models::AlertMark m_mark;
};

} // namespace kdra::ui
