// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;

namespace kdra::ui {

class Theme;

// A check box whose text may take several lines; a click on the text counts, too.
class CheckLine : public QWidget {
    Q_OBJECT
public:
    CheckLine(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    QCheckBox &box() const { return *m_box; }
    QString text() const;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QCheckBox *m_box;
    QLabel *m_text;
};

} // namespace kdra::ui
