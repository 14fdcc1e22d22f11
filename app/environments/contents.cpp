// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "base/whenfinished.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/lifecycle.h"
#include "environments/steps.h"
#include "kube/answer.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// Looks for members by the kinds that the parent names, and for strangers by the kinds that people put into namespaces.
class Inventory : public std::enable_shared_from_this<Inventory> {
public:
    Inventory(kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment)
        : m_client(client)
        , m_api(api)
        , m_environment(environment)
    {
    }

    QFuture<Result<Contents>> run()
    {
        const Result<kube::Resource> configMaps = m_api.find({}, u"ConfigMap"_s);
        if (!configMaps || !m_environment.hasParent) {
            lookAt({});
            return m_answer.future();
        }
        get(configMaps->path(m_environment.ns, m_environment.parent),
            [](Inventory &self, const Result<QJsonObject> &parent) {
                const QJsonValue kinds =
                    parent ? valueAt(*parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation}) : QJsonValue();
                if (!parent && parent.error().kind != Error::Kind::NotFound)
                    self.m_answer.give(std::unexpected(parent.error()));
                else
                    self.lookAt(groupKindsOf(kinds.toString()));
            });
        return m_answer.future();
    }

private:
    using Next = std::function<void(Inventory &, const Result<QJsonObject> &)>;

    void get(const QString &path, const Next &next, const QUrlQuery &query = {})
    {
        onPool(m_client.send(actions::getRequest(path, query)),
            [self = shared_from_this(), next](
                const Result<kube::Response> &answer) { next(*self, actions::objectOf(answer)); });
    }

    void lookAt(const QStringList &groupKinds)
    {
        static const QStringList usual{u"Deployment.apps"_s, u"StatefulSet.apps"_s, u"DaemonSet.apps"_s, u"Job.batch"_s,
            u"CronJob.batch"_s, u"Service"_s, u"Ingress.networking.k8s.io"_s, u"ConfigMap"_s, u"Secret"_s,
            u"PersistentVolumeClaim"_s};
        m_kinds = groupKinds;
        for (const QString &kind : m_environment.ownNamespace ? usual : QStringList{u"PersistentVolumeClaim"_s}) {
            if (!m_kinds.contains(kind))
                m_kinds.append(kind);
        }
        next();
    }

    void next()
    {
        while (!m_kinds.isEmpty()) {
            const Result<kube::Resource> resource = resourceOf(m_kinds.takeFirst(), m_api);
            if (!resource)
                continue;
            // Strangers are looked for in the environment's own namespace only.
            QUrlQuery query;
            if (!resource->namespaced)
                query.addQueryItem(u"labelSelector"_s, PartOfLabel + u'=' + m_environment.id);
            get(
                resource->path(resource->namespaced ? m_environment.ns : QString()),
                [resource = *resource](Inventory &self, const Result<QJsonObject> &list) { self.take(resource, list); },
                query);
            return;
        }
        for (QStringList *one : {&m_contents.members, &m_contents.claims, &m_contents.strangers})
            one->sort();
        m_answer.give(m_contents);
    }

    void take(const kube::Resource &resource, const Result<QJsonObject> &list)
    {
        // What may not be listed is not told: deleting will say it.
        const QJsonArray items = list ? list->value("items"_L1).toArray() : QJsonArray();
        for (const QJsonValue &item : items) {
            const QJsonObject metadata = item.toObject().value("metadata"_L1).toObject();
            const QJsonObject labels = metadata.value("labels"_L1).toObject();
            const QString name = metadata.value("name"_L1).toString();
            const QString display = resource.kind + u' ' + name;
            const bool isPart = labels.value(PartOfLabel).toString() == m_environment.id
                || labels.value(EnvironmentLabel).toString() == m_environment.name;
            if (isPart && resource.kind == "PersistentVolumeClaim"_L1)
                m_contents.claims.append(display);
            else if (isPart && name != m_environment.parent)
                m_contents.members.append(display);
            else if (!isPart && resource.namespaced && m_environment.ownNamespace
                && !isAutomatic(resource, item.toObject()))
                m_contents.strangers.append(display);
        }
        next();
    }

    // What the control plane puts into every namespace, and what controllers made.
    static bool isAutomatic(const kube::Resource &resource, const QJsonObject &object)
    {
        const QJsonObject metadata = object.value("metadata"_L1).toObject();
        const QString name = metadata.value("name"_L1).toString();
        return !metadata.value("ownerReferences"_L1).toArray().isEmpty()
            || (resource.kind == "ConfigMap"_L1 && name == "kube-root-ca.crt"_L1)
            || object.value("type"_L1).toString() == "kubernetes.io/service-account-token"_L1;
    }

    kube::ApiClient &m_client;
    const kube::ServerApi m_api;
    const Environment m_environment;
    kube::Answer<Contents> m_answer;
    Contents m_contents;
    QStringList m_kinds;
};

} // namespace

QFuture<Result<Contents>> readContents(
    kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment)
{
    return std::make_shared<Inventory>(client, api, environment)->run();
}

} // namespace kdra::environments
