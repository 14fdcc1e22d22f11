// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace kdra::ui {

class Theme;

// Says that environments have expired and that nothing deletes them, with the button that mends it.
class ReaperNotice : public QFrame {
    Q_OBJECT
public:
    explicit ReaperNotice(const Theme &theme, QWidget *parent = nullptr);

    // Hidden for 0.
    void setExpired(int count);
    QString text() const;
    QPushButton &button() const { return *m_button; }

Q_SIGNALS:
    void installRequested();

private:
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace kdra::ui
