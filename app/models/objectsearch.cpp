// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/objectsearch.h"

#include "base/naturalcompare.h"
#include "base/whenfinished.h"
#include "models/roles.h"
#include "models/tableschema.h"

#include <QtConcurrent>

#include <algorithm>

namespace kdra::models {

namespace {

// What somebody looks for by name; the others are read where they belong to something.
bool isSearched(store::Kind kind)
{
    switch (kind) {
    case store::Kind::Event:
    case store::Kind::Lease:
    case store::Kind::EndpointSlice:
    case store::Kind::ResourceQuota:
    case store::Kind::LimitRange:
    case store::Kind::ApplySet:
    case store::Kind::SharedTemplate:
        return false;
    default:
        return true;
    }
}

struct Candidate {
    int rank = 0;
    store::Kind kind = store::Kind::Node;
    store::Slot slot = 0;
    std::string_view name;

    bool operator<(const Candidate &other) const
    {
        if (rank != other.rank)
            return rank < other.rank;
        if (kind != other.kind)
            return kind < other.kind;
        return naturalCompare(name, other.name) < 0;
    }
};

} // namespace

QList<ObjectSearch::Hit> ObjectSearch::find(const store::Snapshot &snapshot, const QString &text)
{
    const std::string lower = text.toLower().toStdString();
    std::vector<Candidate> found;
    for (const store::KindInfo &info : store::allKinds()) {
        if (!isSearched(info.kind))
            continue;
        withTable(snapshot, info.kind, [&](const auto &table) {
            table.forEach([&](const auto &record) {
                const std::string_view name = record.name();
                if (!containsFolded(name, lower))
                    return;
                const bool begins = containsFolded(name.substr(0, lower.size()), lower);
                const int rank = begins ? (name.size() == lower.size() ? 0 : 1) : 2;
                found.push_back({rank, info.kind, record.slot(), name});
            });
        });
    }
    const auto end = found.begin() + std::min<std::ptrdiff_t>(limit, std::ssize(found));
    std::partial_sort(found.begin(), end, found.end());
    found.erase(end, found.end());
    QList<Hit> hits;
    for (const Candidate &candidate : found) {
        const AnyRecord record = recordAt(snapshot, {candidate.kind, candidate.slot});
        hits.append({{candidate.kind, record.meta->uid}, store::toQString(record.name),
            snapshot.string(record.meta->ns), record.meta->severity});
    }
    return hits;
}

void ObjectSearch::search(const store::SnapshotPtr &snapshot, const QString &text)
{
    const Latest::Token token = m_latest.next();
    const auto take = [this](QList<Hit> hits) {
        beginResetModel();
        m_hits = std::move(hits);
        endResetModel();
        Q_EMIT answered();
    };
    if (!snapshot || text.isEmpty()) {
        take({});
        return;
    }
    whenFinished(QtConcurrent::run([snapshot, text] { return find(*snapshot, text); }), this,
        [token, take](const QList<Hit> &hits) {
            if (token.isCurrent())
                take(hits);
        });
}

int ObjectSearch::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant ObjectSearch::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Hit &hit = m_hits[index.row()];
    switch (role) {
    case Qt::DisplayRole: {
        const QString where = store::kindName(hit.item.kind) + (hit.ns.isEmpty() ? QString() : u' ' + hit.ns);
        return tr("%1  ·  %2", "name · kind and namespace").arg(hit.name, where);
    }
    case SeverityRole:
        return static_cast<int>(hit.severity);
    case ItemRole:
        return QVariant::fromValue(hit.item);
    default:
        return {};
    }
}

} // namespace kdra::models
