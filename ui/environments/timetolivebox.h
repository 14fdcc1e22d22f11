// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace kdra::ui {

class Theme;

// How long an environment lives.
class TimeToLiveBox : public QWidget {
    Q_OBJECT
public:
    explicit TimeToLiveBox(const Theme &theme, QWidget *parent = nullptr);

    // 0: for ever.
    void setTimeToLive(std::chrono::seconds time);
    // Nothing while what is typed is no time.
    std::optional<std::chrono::seconds> timeToLive() const;
    QString problem() const;

    QComboBox &choices() const { return *m_choices; }
    QLineEdit &custom() const { return *m_custom; }

Q_SIGNALS:
    void changed();

private:
    void update();

    QComboBox *m_choices;
    QLineEdit *m_custom;
    QLabel *m_end;
    QLabel *m_problem;
};

// The spans that are offered, without "for ever".
const QList<std::chrono::seconds> &offeredSpans();

} // namespace kdra::ui
