// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace kdra::ui {

class Theme;

// Asks for a silence: which alerts by their labels, how long, and why. What is wrong is said in it, and what was
// written stays. Whoever opens it makes the silence and says how that went. GUI thread.
class SilenceDialog : public QDialog {
    Q_OBJECT
public:
    // `matchers`: to begin with. `alerts`: what the matchers are tried on.
    SilenceDialog(const Theme &theme, const QList<metrics::LabelMatcher> &matchers, const QList<metrics::Alert> &alerts,
        QWidget *parent = nullptr);

    // The alerts are others by now.
    void setAlerts(const QList<metrics::Alert> &alerts);
    // It was made: the dialog closes.
    void succeed();
    // It was not: says why, and lets the user try again.
    void fail(const Error &error);

    // As it stands; startsAt is 0, to be set when it is sent.
    metrics::Silence silence() const;

    struct Row {
        QLineEdit *name = nullptr;
        QComboBox *sign = nullptr;
        QLineEdit *value = nullptr;
        QToolButton *remove = nullptr;
        QWidget *line = nullptr;
    };
    const std::vector<Row> &rows() const { return m_rows; }
    void addRow(const metrics::LabelMatcher &matcher = {});
    QToolButton &addButton() const { return *m_add; }
    QComboBox &lengthBox() const { return *m_length; }
    QLineEdit &customLength() const { return *m_custom; }
    QDateTimeEdit &untilEdit() const { return *m_until; }
    QLineEdit &commentEdit() const { return *m_comment; }
    QLineEdit &creatorEdit() const { return *m_creator; }
    QLabel &countLabel() const { return *m_count; }
    QLabel &problemLabel() const { return *m_problem; }
    QPushButton &silenceButton() const { return *m_make; }

Q_SIGNALS:
    // Its times are set: from now on.
    void silenceRequested(const kdra::metrics::Silence &silence);

private:
    QList<metrics::LabelMatcher> matchers() const;
    // Milliseconds since the epoch; none: it cannot be read.
    std::optional<qint64> end(qint64 now) const;
    void judge();
    void ask();

    const Theme &m_theme;
    QList<metrics::Alert> m_alerts;
    std::vector<Row> m_rows;
    QVBoxLayout *m_lines;
    QToolButton *m_add;
    QLabel *m_count;
    QComboBox *m_length;
    QLineEdit *m_custom;
    QDateTimeEdit *m_until;
    QLineEdit *m_comment;
    QLineEdit *m_creator;
    QLabel *m_problem;
    QPushButton *m_make;
    QString m_refusal; // of the last try; until something is changed
    bool m_busy = false;
};

} // namespace kdra::ui
