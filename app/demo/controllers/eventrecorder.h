// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/random.h"
#include "demo/objects/workload.h"
#include "demo/objectstore.h"

#include <QTimer>

namespace kdra::demo {

// Events as client-go's recorder writes them: the same event about the same object counts up instead of coming again.
// They live an hour, as on a real server.
class EventRecorder : public QObject {
    Q_OBJECT
public:
    explicit EventRecorder(ObjectStore &store, QObject *parent = nullptr);

    void record(const QJsonObject &involved, const EventText &text);

private:
    void expire();

    struct Known {
        QByteArray ns, name;
        QDateTime last;
    };
    ObjectStore &m_store;
    QHash<QString, Known> m_known;
    QTimer m_expiry;
};

} // namespace kdra::demo
