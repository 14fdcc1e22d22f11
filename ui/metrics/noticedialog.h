// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alertnotices.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QTimeEdit;

namespace kdra::ui {

class Theme;

// Asks which alerts the desktop is to tell of, and when not. GUI thread.
class NoticeDialog : public QDialog {
    Q_OBJECT
public:
    NoticeDialog(const Theme &theme, const metrics::NoticeRules &rules, QWidget *parent = nullptr);

    metrics::NoticeRules rules() const;

    QComboBox &thresholdBox() const { return *m_threshold; }
    QCheckBox &quietBox() const { return *m_quiet; }

Q_SIGNALS:
    void chosen(const kdra::metrics::NoticeRules &rules);

private:
    void enable();

    QComboBox *m_threshold;
    QCheckBox *m_quiet;
    QTimeEdit *m_from;
    QTimeEdit *m_to;
    QCheckBox *m_breaksThrough;
};

} // namespace kdra::ui
