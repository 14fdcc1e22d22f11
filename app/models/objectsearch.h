// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/selection.h"

#include <QAbstractListModel>

namespace kdra::models {

// Objects of any kind whose name contains a text, best first: the whole name, then its beginning, then anywhere in it.
// Looked for on a worker; the newest text wins. GUI thread.
class ObjectSearch : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    static constexpr int limit = 40;

    // An empty text finds nothing. Case does not matter (ASCII).
    void search(const store::SnapshotPtr &snapshot, const QString &text);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    // The answer to the newest search is there.
    void answered();

private:
    struct Hit {
        Item item;
        QString name;
        QString ns;
        store::Severity severity = store::Severity::Unknown;
    };
    static QList<Hit> find(const store::Snapshot &snapshot, const QString &text);

    QList<Hit> m_hits;
    Latest m_latest;
};

} // namespace kdra::models
