// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QColor>
#include <QList>
#include <QObject>
#include <QTimeZone>

#include <array>
#include <optional>

namespace kdra::ui {

// The span of time that plots show: milliseconds since the epoch.
struct TimeSpan {
    qint64 from = 0;
    qint64 to = 1;
    qint64 length() const { return to - from; }
    bool operator==(const TimeSpan &) const = default;
};

// Who knows of a mark. Each origin has a list of its own.
enum class MarkOrigin : quint8 { Cluster, Dashboard, Alerts };
inline constexpr std::size_t markOrigins = 3;

// Something that happened, shown as a mark in every plot of a page.
struct EventMark {
    qint64 time = 0; // milliseconds since the epoch
    store::Severity severity = store::Severity::Progressing; // its glyph
    QString kind = {}; // "Rollout"
    QString text = {}; // plain
    qint64 end = 0; // of what lasted; 0: a moment
    QColor colour = {}; // its author's; invalid: that of the severity
    qint64 until() const { return std::max(time, end); }
    bool operator==(const EventMark &) const = default;
};

// What the plots of a page have in common: the time at the pointer, the span that is shown, marks, the time zone. Plots
// read it, and write what the user does in them. GUI thread.
class ViewState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const TimeSpan &span() const { return m_span; }
    // The page's own: a refresh of a live page, the time-range picker. Forgets nothing that the user zoomed out of.
    void setSpan(const TimeSpan &span);
    // The user's, in a plot. What was shown before can be gone back to; with `remember` false it is not (panning).
    void zoomTo(const TimeSpan &span, bool remember = true);
    // To what was shown before the last zoom; without one, emits resetRequested().
    void back();
    bool canGoBack() const { return !m_history.isEmpty(); }
    // A new page, or another choice in the picker: nothing to go back to.
    void forget() { m_history.clear(); }

    std::optional<qint64> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<qint64> time);

    // Of all origins, in the order of time; none while they are hidden.
    const QList<EventMark> &marks() const { return m_marks; }
    void setMarks(const QList<EventMark> &marks, MarkOrigin origin = MarkOrigin::Cluster);
    void setMarksShown(bool on);

    const QTimeZone &zone() const { return m_zone; }
    void setZone(const QTimeZone &zone);

    // Nobody looks closer than this.
    static constexpr qint64 shortest = 1000;

Q_SIGNALS:
    void spanChanged();
    // The user chose it: a live page stops following, and asks for the data of the span.
    void spanChosen(const kdra::ui::TimeSpan &span);
    void resetRequested();
    void crosshairChanged();
    void marksChanged();
    void zoneChanged();

private:
    void mergeMarks();

    TimeSpan m_span;
    QList<TimeSpan> m_history;
    std::optional<qint64> m_crosshair;
    std::array<QList<EventMark>, markOrigins> m_marksOf;
    QList<EventMark> m_marks;
    bool m_marksShown = true;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
};

} // namespace kdra::ui
