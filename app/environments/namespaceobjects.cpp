// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/namespaceobjects.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "environments/steps.h"
#include "kube/answer.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

const QStringList wanted{u"ConfigMap"_s, u"Secret"_s, u"PersistentVolumeClaim"_s, u"ServiceAccount"_s,
    u"Role.rbac.authorization.k8s.io"_s, u"RoleBinding.rbac.authorization.k8s.io"_s, u"Service"_s, u"Deployment.apps"_s,
    u"StatefulSet.apps"_s, u"DaemonSet.apps"_s, u"CronJob.batch"_s, u"Job.batch"_s, u"Ingress.networking.k8s.io"_s,
    u"HorizontalPodAutoscaler.autoscaling"_s, u"PodDisruptionBudget.policy"_s};

// One kind after the other.
class Reading : public std::enable_shared_from_this<Reading> {
public:
    Reading(kube::ApiClient &client, const kube::ServerApi &api, const QString &ns)
        : m_client(client)
        , m_namespace(ns)
    {
        for (const QString &kind : wanted) {
            if (const Result<kube::Resource> resource = resourceOf(kind, api))
                m_left.append(*resource);
        }
    }

    QFuture<Result<QList<QJsonObject>>> run()
    {
        next();
        return m_answer.future();
    }

private:
    void next()
    {
        if (m_answer.isCanceled())
            return;
        if (m_left.isEmpty()) {
            if (m_objects.isEmpty() && m_error)
                m_answer.give(std::unexpected(*m_error));
            else
                m_answer.give(m_objects);
            return;
        }
        const kube::Resource resource = m_left.takeFirst();
        onPool(m_client.send(actions::getRequest(resource.path(m_namespace))),
            [self = shared_from_this(), resource](const Result<kube::Response> &response) {
                self->take(resource, actions::objectOf(response));
                self->next();
            });
    }

    // Items of a list do not say what they are.
    void take(const kube::Resource &resource, const Result<QJsonObject> &list)
    {
        if (!list) {
            if (!m_error)
                m_error = list.error();
            return;
        }
        for (const QJsonArray items = list->value("items"_L1).toArray(); const QJsonValue &item : items) {
            QJsonObject object = item.toObject();
            object.insert("apiVersion"_L1, resource.apiVersion());
            object.insert("kind"_L1, resource.kind);
            m_objects.append(object);
        }
    }

    kube::ApiClient &m_client;
    const QString m_namespace;
    QList<kube::Resource> m_left;
    QList<QJsonObject> m_objects;
    std::optional<Error> m_error;
    kube::Answer<QList<QJsonObject>> m_answer;
};

} // namespace

QFuture<Result<QList<QJsonObject>>> readNamespaceObjects(
    kube::ApiClient &client, const kube::ServerApi &api, const QString &ns)
{
    return std::make_shared<Reading>(client, api, ns)->run();
}

} // namespace kdra::environments
