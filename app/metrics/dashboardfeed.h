// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "metrics/liverange.h"
#include "metrics/panelseries.h"
#include "metrics/timerange.h"
#include "metrics/variablefeed.h"

#include <QTimer>

namespace kdra::metrics {

// What a panel shows now.
struct PanelState {
    QList<PanelAnswer> answers = {}; // the last good ones, by query
    QMap<QString, Error> errors = {}; // by query, of the last asking; what was known before stays
    bool loading = false; // somebody waits for it: the first answers, or another range
    qint64 behind = 0; // milliseconds that a live range goes on after the newest point; 0: no more than usual
    qint64 asOf = 0; // when the answers were asked for, milliseconds since the epoch; 0: never
};

// Asks for what the panels of a dashboard show: for those that are seen, for as many points as they are wide, again and
// again while the range moves with the clock; then only for what is new. A panel has at most one asking under way; the
// newest wins. GUI thread; answers are parsed elsewhere.
class DashboardFeed : public QObject {
    Q_OBJECT
public:
    explicit DashboardFeed(QObject *parent = nullptr);
    ~DashboardFeed() override;

    // Null: nothing is asked, what was answered stays.
    void setClient(std::shared_ptr<PromClient> client);
    // `wanted` and `pinned`: as VariableFeed::start().
    void setDashboard(const Dashboard &dashboard, const QMap<QString, QStringList> &wanted = {},
        const QMap<QString, QStringList> &pinned = {});
    void setRange(const TimeRange &range, const QTimeZone &zone);
    const TimeRange &range() const { return m_range; }
    // How often a live range is asked for again; 0: only by refresh().
    void setInterval(std::chrono::milliseconds interval);
    std::chrono::milliseconds interval() const { return m_interval; }
    // The panels that are seen, by id, with the pixels that they have for time. Others are not asked for.
    void setSeen(const QMap<int, int> &widths);
    void refresh();

    VariableFeed &variables() { return m_variables; }
    // As it was set, and with its repeats as they are now; titles and texts are interpolated.
    const Dashboard &dashboard() const { return m_dashboard; }
    const Dashboard &expanded() const { return m_expanded; }
    // The panel with everything put in, as it was asked last.
    std::optional<Panel> panel(int id) const;
    PanelState state(int id) const { return m_states.value(id).shown; }
    // What the range means now.
    Moments moments() const { return m_moments; }
    // When the last answers were asked for; and why nothing that is seen was answered the last time.
    qint64 freshAt() const { return m_freshAt; }
    const std::optional<Error> &failure() const { return m_failure; }
    // In a sentence, that the server's clock is another one; empty: it is not.
    QString clockNote() const { return m_client ? m_client->clockNote() : QString(); }
    // Why the range means nothing.
    const std::optional<Error> &rangeError() const { return m_rangeError; }

Q_SIGNALS:
    // There is another list of panels.
    void expandedChanged();
    void momentsChanged();
    void panelChanged(int id);
    // freshAt() or failure().
    void freshnessChanged();

private:
    struct Asked {
        PanelState shown;
        quint64 round = 0;
        int open = 0; // queries without an answer
        QList<PanelAnswer> answers; // of the round under way
        QMap<QString, Error> errors;
        QString question; // what was asked, the ends of the range aside: another one is another picture
        Moments of; // the ends of the range that was asked for last
        bool again = false; // the range has become another one meanwhile
        bool asks = false; // the server has been asked
        int answered = 0; // queries of the round under way, asked or known already
        std::optional<Error> failure; // why the last round came to nothing
        QList<QFuture<Result<Answer>>> futures;
        QHash<QString, LiveRange> live; // by query: what is kept while only what is new is asked for
        QHash<QString, Range> windows; // by query: all of it
    };

    void expand();
    void updateMoments();
    void askFor(int id, bool again);
    void take(
        int id, quint64 round, const QString &refId, const std::optional<Range> &range, const Result<Answer> &answer);
    void settle(int id);
    qint64 behind(const Asked &asked) const;
    void updateFailure();
    void askScrapes();
    void cancel(Asked &asked);
    Scope scopeOf(const Panel &panel, int width) const;

    std::shared_ptr<PromClient> m_client;
    Dashboard m_dashboard;
    Dashboard m_expanded;
    QMap<QString, QStringList> m_pinned;
    VariableFeed m_variables;
    TimeRange m_range;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    Moments m_moments;
    std::chrono::milliseconds m_interval{};
    QTimer m_timer;
    QMap<int, int> m_seen;
    QHash<int, Panel> m_panels; // of m_expanded
    QHash<int, Asked> m_states;
    qint64 m_scrapeInterval; // milliseconds
    Latest m_scrapes;
    std::optional<Error> m_rangeError;
    qint64 m_freshAt = 0;
    std::optional<Error> m_failure;
};

} // namespace kdra::metrics
