// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/namespaces.h"

#include "demo/objects/json.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void NamespaceController::observe(const Change &change)
{
    if (change.type == kind::Namespace && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
}

void NamespaceController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QString ns = QString::fromUtf8(key.name);
    if (!store().get(kind::ServiceAccount, key.name, "default")) {
        (void)store().create(
            kind::ServiceAccount, {{u"metadata"_s, QJsonObject{{u"name"_s, u"default"_s}, {u"namespace"_s, ns}}}});
    }
    if (!store().get(kind::ConfigMap, key.name, "kube-root-ca.crt")) {
        (void)store().create(kind::ConfigMap,
            {{u"metadata"_s, QJsonObject{{u"name"_s, u"kube-root-ca.crt"_s}, {u"namespace"_s, ns}}},
                {u"data"_s,
                    QJsonObject{
                        {u"ca.crt"_s, u"-----BEGIN CERTIFICATE-----\nMIIDEMO\n-----END CERTIFICATE-----\n"_s}}}});
    }
}

} // namespace kdra::demo
