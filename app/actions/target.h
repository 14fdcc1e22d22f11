// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/objectref.h"
#include "store/rowkey.h"

#include <QList>

#include <functional>

namespace kdra::actions {

// One object that something can be done to: all that is needed to name it to the API server, and to be sure that it is
// still the same one.
struct Target {
    store::Item item = {};
    kube::Resource resource = {}; // as this server serves the kind
    QString ns = {};
    QString name = {};

    // metadata.uid as text, for preconditions: a new object of the same name is another object.
    QString uid() const;
    QString path(const QString &subresource = {}) const { return resource.path(ns, name, subresource); }
    // "team-3/web", "pi-007": for sentences.
    QString display() const { return ns.isEmpty() ? name : ns + QLatin1Char('/') + name; }
    bool operator==(const Target &) const = default;
};

// How a kind is served: store::ClusterStore::resource.
using ResourceLookup = std::function<Result<kube::Resource>(store::Kind)>;

// Where the items are now, in the order given and without those that are gone. One pass over each kind's records.
QList<store::RowKey> rowsOf(const store::Snapshot &snapshot, const QList<store::Item> &items);

// The items as targets, without those that are gone. An Error when the server does not serve one of the kinds.
Result<QList<Target>> targetsOf(
    const store::Snapshot &snapshot, const QList<store::Item> &items, const ResourceLookup &resource);

// "team-3/web", "12 pods": what a task or a question is about.
QString displayOf(const QList<Target> &targets);

} // namespace kdra::actions
