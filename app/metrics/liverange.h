// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"

#include <optional>

namespace kdra::metrics {

// The columns of one query over a window that moves on: asks only for what is new, and for the newest points once more
// (late scrapes change them), and lets go of what has left the window. Series may come and go; where one has no points
// there is a gap. A value without a clock of its own; one thread at a time, any thread.
//
//   if (const auto range = live.missing(window))
//       whenFinished(client.range(expr, *range), context, [=](const Result<Answer> &answer) { if (answer)
//       live.take(*range, *answer); });
class LiveRange {
public:
    // `overlap`: how far back points may still change, in milliseconds; two scrapes of the usual 30 s.
    explicit LiveRange(qint64 overlap = 60'000)
        : m_overlap(overlap)
    {
    }

    // What to ask the server for so that the window is covered; nothing when no point is missing. `window` comes from
    // snapped(), in the server's time. The whole of it after another step, a jump of the window, or reset().
    std::optional<Range> missing(const Range &window) const;

    // The answer to `asked`, a range that missing() gave; `window` may have moved on since, by whole steps. An answer
    // that the server calls partial is shown, and the whole is asked for again when the window has moved on by a
    // minute: a server that is ill is not helped by more. One with another step than the window's is dropped.
    void take(const Range &asked, const Range &window, const Answer &answer);

    // The whole window, with the warnings of the last answer. Shared: readers keep what they have.
    const Answer &answer() const { return m_answer; }
    const Range &window() const { return m_window; }

    // The newest point of any series; 0 without one. A window that ends well after it shows a source that went silent.
    qint64 newest() const;

    // For another query, other variables, another server.
    void reset();

private:
    qint64 m_overlap;
    Range m_window;
    qint64 m_covered = 0; // the last point that has been answered; 0: nothing has
    qint64 m_wholeAt = 0; // the window's end at which all is asked for again; 0: nothing was partial
    Answer m_answer;
};

} // namespace kdra::metrics
