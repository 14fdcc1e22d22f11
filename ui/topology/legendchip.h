// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/topology/paintstyle.h"

#include <QAbstractButton>

namespace kdra::ui {

// One step of the legend: its colour, what it means and how many pods have it, as a button. Checked: part of a filter.
class LegendChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit LegendChip(const Theme &theme, QWidget *parent = nullptr);

    void setMeaning(const QString &meaning, const CellLook &look);
    void setCount(quint32 count);
    // `filtered`: there is a filter, this step may be outside it.
    void setState(bool filtered, bool included);
    QSize sizeHint() const override;

    static constexpr int height = 24;

Q_SIGNALS:
    // By mouse or key; `more`: with Ctrl held.
    void chosen(bool more);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    // What is checked follows from the filter, not from the click.
    void nextCheckState() override { }

private:
    void updateName();

    const Theme &m_theme;
    CellLook m_look;
    QString m_meaning;
    QString m_countText;
    quint32 m_count = 0;
    bool m_filtered = false;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace kdra::ui
