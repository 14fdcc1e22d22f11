// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>

#include <functional>

namespace kdra::environments {

// Makes parameters of what people change from one environment to the next: images, replicas, hosts of ingresses, sizes
// of claims; and of the contents of Secrets, always.
class Lifting {
public:
    // Takes and gives an object whose texts are escaped already; what does not fit is noted.
    QJsonObject lift(QJsonObject object);

    const QList<Parameter> &parameters() const { return m_parameters; }
    const QStringList &notes() const { return m_notes; }
    // "storage", "ingress".
    const QStringList &capabilities() const { return m_capabilities; }

private:
    void liftPods(QJsonObject &podSpec, const QString &workload);
    void liftReplicas(QJsonObject &spec, const QString &workload);
    void liftClaim(QJsonObject &claim, const QString &name);
    void liftHosts(QJsonObject &ingress);
    void liftSecret(QJsonObject &secret, const QString &name);
    QString host(const QString &found);
    // "${name}" for a new parameter; nothing when there are enough already or the value would not be accepted.
    QString add(Parameter parameter);
    void need(const QString &capability);

    QList<Parameter> m_parameters;
    QStringList m_notes;
    QStringList m_capabilities;
    QString m_host; // the one that became ${environment.host}
    QMap<QString, QString> m_hosts; // of others: their placeholders
};

} // namespace kdra::environments
