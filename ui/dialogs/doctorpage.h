// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "doctor/doctor.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;

namespace kdra::ui {

class DoctorStepRow;
class Theme;

// The connection doctor: its steps live, what failed unfolded.
class DoctorPage : public QFrame {
    Q_OBJECT
public:
    explicit DoctorPage(const Theme &theme, QWidget *parent = nullptr);

    // Begins at once; without a value, or on the way out, whatever runs is cancelled. Times may be shortened.
    void setConfig(const std::optional<kube::ClientConfig> &config, const doctor::Deadlines &deadlines = {});

    doctor::Doctor &doctor() { return m_doctor; }
    QPushButton &runButton() const { return *m_run; }
    QPushButton &copyButton() const { return *m_copy; }
    QPushButton &closeButton() const { return *m_close; }
    const QList<DoctorStepRow *> &rows() const { return m_rows; }

Q_SIGNALS:
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void runAgain();
    void update(int step);
    void updateVerdict();

    std::optional<kube::ClientConfig> m_config;
    doctor::Deadlines m_deadlines;
    doctor::Doctor m_doctor;
    QLabel *m_subject;
    QLabel *m_verdict;
    QList<DoctorStepRow *> m_rows;
    QPushButton *m_run;
    QPushButton *m_copy;
    QPushButton *m_close;
};

} // namespace kdra::ui
