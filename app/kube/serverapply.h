// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"

#include <QJsonObject>
#include <QList>

namespace kdra::kube {

struct ApplyOptions {
    QString fieldManager = QStringLiteral("kdra");
    bool force = false; // takes over fields that other managers own
    bool dryRun = false; // dryRun=All: validated, admitted and defaulted, but not kept
    bool background = false;
};

// Server-side apply: PATCH with application/apply-patch+yaml (of which JSON is a part). `path` is the object's.
Request applyRequest(const QString &path, const QJsonObject &object, const ApplyOptions &options = {});

// A field that somebody else manages (metav1.StatusCause, reason FieldManagerConflict).
struct FieldConflict {
    QString manager; // "kubectl-client-side-apply"
    QString field; // ".spec.replicas"
    bool operator==(const FieldConflict &) const = default;
};
// The conflicts of a server-side apply that ended with 409; empty for any other error.
QList<FieldConflict> conflictsOf(const Error &error);

} // namespace kdra::kube
