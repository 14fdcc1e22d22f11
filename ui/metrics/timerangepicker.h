// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/timerange.h"

#include <QToolButton>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace kdra::ui {

class Theme;

// A button that says which time range is shown, with a popup to choose another one: usual ranges, or both ends in
// words; in the user's time or in UTC.
class TimeRangePicker : public QToolButton {
    Q_OBJECT
public:
    explicit TimeRangePicker(const Theme &theme, QWidget *parent = nullptr);

    const metrics::TimeRange &range() const { return m_range; }
    void setRange(const metrics::TimeRange &range);
    // Of the user, or UTC.
    QTimeZone zone() const;
    void setUtc(bool utc);
    bool isUtc() const { return m_utc; }

    void openPopup();
    QFrame &popup() const { return *m_popup; }
    QListWidget &presets() const { return *m_presets; }
    QLineEdit &fromEdit() const { return *m_from; }
    QLineEdit &toEdit() const { return *m_to; }
    QPushButton &applyButton() const { return *m_apply; }

Q_SIGNALS:
    // The user chose it.
    void chosen(const kdra::metrics::TimeRange &range);
    void zoneChosen(bool utc);

private:
    void choose(const metrics::TimeRange &range);
    void chooseTyped();
    void judge();
    void say();

    metrics::TimeRange m_range;
    bool m_utc = false;
    QFrame *m_popup;
    QListWidget *m_presets;
    QLineEdit *m_from;
    QLineEdit *m_to;
    QCheckBox *m_utcBox;
    QLabel *m_problem;
    QPushButton *m_apply;
};

} // namespace kdra::ui
