// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "doctor/step.h"
#include "kube/kubeconfig.h"

namespace kdra::doctor {

// Takes the secrets of one configuration, and whatever looks like one, out of texts: a plugin's or a proxy's words may
// hold them.
class Redaction {
public:
    explicit Redaction(const kube::ClientConfig &config);

    // Secrets that came up on the way: an exec plugin's token.
    void add(const QString &secret);

    QString clean(QString text) const;
    Step clean(Step step) const;

private:
    QStringList m_secrets; // longest first
};

} // namespace kdra::doctor
