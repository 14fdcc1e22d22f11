// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/dropadvice.h"

#include <QMap>

namespace kdra::tests {

// Says what it was told to say, by name.
class Advice : public environments::DropAdvice {
public:
    store::SnapshotPtr snapshot;
    QMap<QString, environments::Verdict> verdicts; // of nodes, sites, namespaces, environments; "" the cluster
    environments::Verdict otherwise{environments::Fit::Fits, {QStringLiteral("There is room.")}};
    mutable int asked = 0;

    environments::Fit node(store::Slot slot) const override
    {
        const auto node = snapshot->table<store::Kind::Node>().at(slot);
        return node ? verdicts.value(store::toQString(node.name()), otherwise).fit : environments::Fit::Unknown;
    }
    environments::Verdict verdict(const environments::Target &target) const override
    {
        ++asked;
        return verdicts.value(target.name, otherwise);
    }
};

} // namespace kdra::tests
