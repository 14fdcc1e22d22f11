// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/candidates.h"
#include "metrics/endpoint.h"
#include "store/snapshot.h"

namespace kdra::store {
class ClusterStore;
}

// What the choices of a source of metrics, of an Alertmanager and of a Grafana have in common.
namespace kdra::ui {

// The Services of a cluster as its watch knows them.
QList<metrics::ServiceFacts> servicesOf(const store::Snapshot &snapshot);
// Where the user's settings keep something about the metrics of this cluster.
QString metricsSetting(store::ClusterStore *cluster, const QString &what);
// What was kept there; Automatic for what was written by another version, or by hand.
metrics::Choice keptChoice(const QString &setting);
void keepChoice(const QString &setting, const metrics::Choice &choice);

// What logs in at the sources: in the keychain, and until KDRA ends in memory, so that what was typed is good even
// where nothing can be kept. GUI thread.
class SourceSecrets {
public:
    // Nothing where no login is wanted: the keychain may ask the user to unlock it.
    QFuture<Result<metrics::Secrets>> read(metrics::Login login, const QString &setting) const;
    // An Error: the keychain did not take them.
    QFuture<Result<void>> write(const metrics::Secrets &secrets, const QString &setting);

private:
    QHash<QString, metrics::Secrets> m_known; // by setting
};

} // namespace kdra::ui
