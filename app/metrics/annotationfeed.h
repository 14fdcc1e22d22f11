// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/annotations.h"
#include "metrics/liverange.h"
#include "metrics/newest.h"

#include <memory>
#include <vector>

namespace kdra::metrics {

class DashboardFeed;
class PromClient;

// Asks for what the annotations of a feed's dashboard find in its range, again and again as its range moves on, and
// then only for what is new; while they are seen. At most one question of each annotation is under way. GUI thread;
// answers are parsed and searched elsewhere.
class AnnotationFeed : public QObject {
    Q_OBJECT
public:
    explicit AnnotationFeed(DashboardFeed &feed, QObject *parent = nullptr);
    ~AnnotationFeed() override;

    // Null: nothing is asked.
    void setClient(std::shared_ptr<PromClient> client);
    void setSeen(bool on);

    // What came of one annotation that is not switched off.
    struct Found {
        QString name = {};
        QList<Occurrence> occurrences = {};
        std::optional<Error> error = {}; // of the last asking
    };
    QList<Found> found() const;

Q_SIGNALS:
    void changed();

private:
    struct Asked {
        Annotation annotation; // with its variables put in
        qint64 step = 0; // milliseconds
        LiveRange live;
        Newest<Answer> asking;
        Latest searches;
        Found found;
    };
    void ask();
    void take(Asked &asked, const Range &range, const Range &window, const Result<Answer> &answer);

    DashboardFeed &m_feed;
    std::shared_ptr<PromClient> m_client;
    std::vector<std::unique_ptr<Asked>> m_asked;
    bool m_seen = false;
};

} // namespace kdra::metrics
