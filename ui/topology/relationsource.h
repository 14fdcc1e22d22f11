// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/relationmap.h"

#include <QBasicTimer>
#include <QObject>

namespace kdra::ui {

// Finds what the selection is related to, on another thread; the newest question wins. While the answer to one is being
// worked out, the last of those that come is kept and asked next: a stream of batches costs no more than one at a time.
// GUI thread.
class RelationSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // One item: what belongs to it. Two: the way between them. None: ready() comes at once, with nothing.
    void ask(const store::SnapshotPtr &snapshot, const QList<store::Item> &items);
    // The same question again, for things have changed; at most a few times a second.
    void refresh(const store::SnapshotPtr &snapshot);
    bool isAsked() const { return !m_items.isEmpty(); }

    // The work itself. Any thread; O(objects).
    static Related find(const store::SnapshotPtr &snapshot, const QList<store::Item> &items);

Q_SIGNALS:
    void ready(const kdra::ui::Related &related);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void start();

    store::SnapshotPtr m_snapshot;
    QList<store::Item> m_items;
    QBasicTimer m_pause; // between refreshes
    quint64 m_question = 0;
    bool m_working = false;
    bool m_waiting = false; // to be asked when the present work is done
    bool m_stale = false; // to be asked when the pause is over
};

} // namespace kdra::ui
