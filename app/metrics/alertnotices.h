// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"

#include <QSet>
#include <QTime>

#include <optional>

// Which alerts somebody who does not look at the window is told of. Pure.
namespace kdra::metrics {

// What the user wants to be told, and when not. A value that is remembered.
struct NoticeRules {
    enum class Threshold : quint8 { Nothing, Critical, Warning }; // Warning: critical ones too

    Threshold threshold = Threshold::Critical;
    bool isQuiet = false; // whether there are quiet hours at all
    QTime quietFrom = QTime(22, 0); // local time; from 22:00 to 7:00 goes over midnight
    QTime quietTo = QTime(7, 0); // no longer quiet; the same as quietFrom: all day
    bool criticalBreaksThrough = true;

    bool isQuietAt(QTime time) const;
    // Whether an alert of this severity is told of at some time of the day.
    bool tellsOf(Alert::Severity severity) const;
    // Whether it is told of at that time of the day.
    bool tells(Alert::Severity severity, QTime time) const;
    bool operator==(const NoticeRules &) const = default;
};

// One notification, however many alerts it is about.
struct AlertNotice {
    QString title = {};
    QString text = {}; // plain
    bool operator==(const AlertNotice &) const = default;
};

// Finds what is new from one answer to the next. What was firing in the first answer is no news; what was pending,
// silenced or inhibited before is news when it fires.
class AlertNotices {
public:
    // The alerts that began to fire since the last answer, in their order. Alerts that say only that alerts work are
    // none.
    QList<Alert> take(const QList<Alert> &alerts);
    // The source is another one: the next answer is the first.
    void forget() { m_firing.reset(); }

private:
    std::optional<QSet<QString>> m_firing; // their ids; none: there was no answer yet
};

// What began to fire in quiet hours, for when they are over.
class HeldNotices {
public:
    // Keeps what would be told at another time of the day.
    void hold(const QList<Alert> &news, const NoticeRules &rules, QTime time);
    // Once it is no longer quiet, each once: those that still fire.
    QList<Alert> release(const QList<Alert> &alerts, const NoticeRules &rules, QTime time);

private:
    QSet<QString> m_ids;
};

// What is said about alerts that began to fire; none when there is nothing to say by the rules. `cluster`: as people
// call it. `time`: local.
std::optional<AlertNotice> noticeOf(
    const QList<Alert> &news, const NoticeRules &rules, QTime time, const QString &cluster);
// The same about alerts that began in quiet hours and still fire; none without alerts.
std::optional<AlertNotice> noticeAfterQuiet(const QList<Alert> &released, const QString &cluster);

} // namespace kdra::metrics
