// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/json.h"

#include <array>

namespace kdra::demo {

// What differs between the pods of one workload, in the order of PodShape's fields.
struct PodValues {
    QByteArray name, ns, owner, ownerUid, hash, node, hostIp, podIp, uid, containerId, token, ordinal, app;
    QByteArray created, started, reported; // metav1.Time
};

// Thousands of similar pods as bytes: one is built like any other, with fields where they differ, then filled.
class PodShape {
public:
    // `pod` was built with "$name", "$ns", ... as values, with BornAt for its times, and with `$uid` as its uid.
    explicit PodShape(const QJsonObject &pod);
    PodShape() = default;

    // After ObjectStore::begin().
    void append(QByteArray &out, const PodValues &values) const;

    // Give these to bindPod(), runPod() and completePod() for a shape.
    static QDateTime createdAt();
    static QDateTime startedAt();
    static QDateTime finishedAt();

private:
    ByteTemplate m_text;
};

// What follows `"metadata":{"resourceVersion":"N",` in an object's bytes (see ObjectStore::begin).
QByteArray loadable(const QJsonObject &object);

} // namespace kdra::demo
