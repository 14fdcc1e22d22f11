// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

namespace kdra::demo {

// What the garbage collector and the namespace controller of a real cluster do: dependents go with their owners
// (background, foreground, orphan), and a terminating namespace goes when everything in it has gone.
class Lifecycle : public QObject {
    Q_OBJECT
public:
    Lifecycle(ObjectStore &store, QObject *parent);

private:
    void onChanged(const Change &change);
    void schedule();
    void work();
    void collect(const QByteArray &goneUid);
    void finalize(const ObjectPtr &owner);
    void emptyNamespace(const QByteArray &name);
    void dropFinalizer(const ObjectPtr &object, const QString &finalizer);

    ObjectStore &m_store;
    QSet<QByteArray> m_gone; // uids whose dependents are to be looked at
    QSet<QByteArray> m_finalizing; // uids of owners that wait for their dependents or leave them orphaned
    QSet<QByteArray> m_namespaces; // terminating ones that have changed
    bool m_scheduled = false;
};

} // namespace kdra::demo
