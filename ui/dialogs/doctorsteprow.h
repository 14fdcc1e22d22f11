// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "doctor/step.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace kdra::ui {

class ElidedLabel;
class GlyphLabel;
class Theme;

// One step of the doctor: glyph, title, result and time in a line; cause, remedy and details under it when unfolded.
class DoctorStepRow : public QFrame {
    Q_OBJECT
public:
    DoctorStepRow(const Theme &theme, QWidget *parent = nullptr);

    void setStep(const doctor::Step &step);
    bool isUnfolded() const;
    QToolButton &foldButton() const { return *m_fold; }

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    void unfold(bool on);

    GlyphLabel *m_glyph;
    QLabel *m_title;
    ElidedLabel *m_summary;
    QLabel *m_state;
    QLabel *m_time;
    QToolButton *m_fold;
    QWidget *m_body;
    QLabel *m_cause;
    QLabel *m_remedyTitle;
    QLabel *m_remedy;
    QLabel *m_details;
};

} // namespace kdra::ui
