// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"
#include "models/alertmarks.h"
#include "models/selection.h"
#include "store/snapshot.h"

namespace kdra::ui {

// What of a cluster an alert is about. Null and empty when it is not there, or the labels do not say.
struct AlertTarget {
    models::Item item; // the pod, else the workload, else the node
    QString environment; // of the pod, else as the labels say
    QString ns; // of the environment
};
AlertTarget targetOf(const metrics::AlertPlace &place, const store::Snapshot &snapshot);

// What fires, by what it is about. Any thread. O(objects of the kinds that the alerts speak of).
models::AlertMarks alertMarks(const QList<metrics::Alert> &alerts, const store::Snapshot &snapshot);

} // namespace kdra::ui
