// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"

#include <QScrollArea>

#include <optional>

class QFormLayout;
class QLabel;
class QPushButton;

namespace kdra::ui {

class GlyphLabel;
class Theme;

// Everything that is known of one alert, and what can be done about it. Texts of the cluster are shown as plain text.
// GUI thread.
class AlertDetails : public QScrollArea {
    Q_OBJECT
public:
    explicit AlertDetails(const Theme &theme, QWidget *parent = nullptr);

    // None: nothing is selected. `silences`: what may silence it. `others`: what may inhibit it.
    void setAlert(const std::optional<metrics::Alert> &alert, const QList<metrics::Silence> &silences = {},
        const QList<metrics::Alert> &others = {});
    const std::optional<metrics::Alert> &alert() const { return m_alert; }
    // Why nothing may be silenced; empty: it may.
    void setSilencingProblem(const QString &problem);
    // `now`: milliseconds since the epoch.
    void setNow(qint64 now);

    QPushButton &silenceButton() const { return *m_silence; }
    QPushButton &expireButton() const { return *m_expire; }
    QPushButton &placeButton() const { return *m_showPlace; }
    QPushButton &queryButton() const { return *m_showQuery; }
    QPushButton &runbookButton() const { return *m_runbook; }
    // All that is said, one line each: for tests.
    QStringList texts() const;

Q_SIGNALS:
    void silenceRequested();
    void expireRequested(const QStringList &ids);
    void placeRequested();
    void queryRequested();

private:
    void fill();
    void addSection(const QString &title);
    void addRow(const QString &name, const QString &value);
    void addQuery(const QString &query);
    void updateButtons();

    const Theme &m_theme;
    std::optional<metrics::Alert> m_alert;
    QList<metrics::Silence> m_silences;
    QList<metrics::Alert> m_others;
    QString m_problem;
    GlyphLabel *m_glyph;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_summary;
    QLabel *m_hint;
    QWidget *m_body;
    QWidget *m_rows = nullptr; // built anew for another alert
    QFormLayout *m_form = nullptr;
    QPushButton *m_silence;
    QPushButton *m_expire;
    QPushButton *m_showPlace;
    QPushButton *m_showQuery;
    QPushButton *m_runbook;
    qint64 m_now = 0;
};

} // namespace kdra::ui
