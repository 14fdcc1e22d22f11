// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/viewstate.h"

#include <algorithm>

namespace kdra::ui {

namespace {
constexpr qsizetype longestHistory = 50;
// Of a QDateTime that every calendar can tell.
constexpr qint64 latest = 100'000'000'000'000;
}

void ViewState::setSpan(const TimeSpan &span)
{
    if (span == m_span || span.to <= span.from)
        return;
    m_span = span;
    Q_EMIT spanChanged();
}

void ViewState::zoomTo(const TimeSpan &span, bool remember)
{
    TimeSpan wanted{std::clamp(span.from, -latest, latest), std::clamp(span.to, -latest, latest)};
    if (wanted.to < wanted.from)
        std::swap(wanted.from, wanted.to);
    if (wanted.length() < shortest) {
        wanted.from = wanted.from + wanted.length() / 2 - shortest / 2;
        wanted.to = wanted.from + shortest;
    }
    if (wanted == m_span)
        return;
    if (remember) {
        m_history.append(m_span);
        if (m_history.size() > longestHistory)
            m_history.removeFirst();
    }
    m_span = wanted;
    Q_EMIT spanChanged();
    Q_EMIT spanChosen(m_span);
}

void ViewState::back()
{
    if (m_history.isEmpty()) {
        Q_EMIT resetRequested();
        return;
    }
    zoomTo(m_history.takeLast(), false);
}

void ViewState::setCrosshair(std::optional<qint64> time)
{
    if (time == m_crosshair)
        return;
    m_crosshair = time;
    Q_EMIT crosshairChanged();
}

void ViewState::setMarks(const QList<EventMark> &marks, MarkOrigin origin)
{
    m_marksOf.at(static_cast<std::size_t>(origin)) = marks;
    mergeMarks();
}

void ViewState::setMarksShown(bool on)
{
    m_marksShown = on;
    mergeMarks();
}

void ViewState::mergeMarks()
{
    QList<EventMark> merged;
    if (m_marksShown) {
        for (const QList<EventMark> &marks : m_marksOf)
            merged += marks;
        std::ranges::stable_sort(merged, {}, &EventMark::time);
    }
    if (merged == m_marks)
        return;
    m_marks = std::move(merged);
    Q_EMIT marksChanged();
}

void ViewState::setZone(const QTimeZone &zone)
{
    if (!zone.isValid() || zone == m_zone)
        return;
    m_zone = zone;
    Q_EMIT zoneChanged();
}

} // namespace kdra::ui
