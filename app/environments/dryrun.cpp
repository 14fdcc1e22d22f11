// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "base/whenfinished.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/lifecycle.h"
#include "environments/steps.h"
#include "kube/answer.h"
#include "kube/serverapply.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

using Differences = QList<Difference>;

// One object after the other: what is there, and what the server would make of it; then what is there and not wanted
// any more.
class DryRun : public std::enable_shared_from_this<DryRun> {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::DryRun)
public:
    DryRun(kube::ApiClient &client, const kube::ServerApi &api, const Plan &plan)
        : m_client(client)
        , m_api(api)
        , m_plan(plan)
    {
    }

    QFuture<Result<Differences>> run()
    {
        // In a namespace that is not there yet nothing can be tried: a 404 on it says nothing about the objects.
        look(m_plan.namespaces.path({}, m_plan.spec.ns), [](DryRun &self, const Result<QJsonObject> &space) {
            self.m_hasNamespace = space.has_value();
            self.next();
        });
        return m_answer.future();
    }

private:
    using Next = std::function<void(DryRun &, const Result<QJsonObject> &)>;

    void send(kube::Request request, const Next &next)
    {
        onPool(
            m_client.send(std::move(request)), [self = shared_from_this(), next](const Result<kube::Response> &answer) {
                next(*self, actions::objectOf(answer));
            });
    }
    void look(const QString &path, const Next &next) { send(actions::getRequest(path), next); }

    void next()
    {
        if (m_answer.isCanceled())
            return;
        if (m_index == m_plan.objects.size()) {
            readKinds();
            return;
        }
        look(object().path(), [](DryRun &self, const Result<QJsonObject> &there) {
            // What is kept is not touched, whatever it looks like by now.
            if (self.m_plan.kept.contains(self.object().path()))
                self.tell(there ? *there : QJsonObject(), there);
            else
                self.tryOut(there ? *there : QJsonObject());
        });
    }

    void tryOut(const QJsonObject &before)
    {
        QJsonObject wanted = object().object;
        QString path = object().path();
        // Quota and policies of a new namespace are none; the server checks everything else in "default" as well.
        if (!m_hasNamespace && object().resource.namespaced) {
            QJsonObject metadata = wanted.value("metadata"_L1).toObject();
            metadata.insert("namespace"_L1, "default"_L1);
            wanted.insert("metadata"_L1, metadata);
            path = object().resource.path(u"default"_s, object().name());
        }
        send(kube::applyRequest(path, wanted, {.dryRun = true}),
            [before](DryRun &self, const Result<QJsonObject> &after) { self.tell(before, after); });
    }

    void tell(const QJsonObject &before, const Result<QJsonObject> &after)
    {
        Difference difference{.display = object().display(), .before = comparable(before)};
        if (!after) {
            difference.kind = Difference::Kind::Refused;
            difference.error = after.error();
        } else {
            difference.after = comparable(*after);
            difference.kind = before.isEmpty()          ? Difference::Kind::Created
                : difference.before == difference.after ? Difference::Kind::Unchanged
                                                        : Difference::Kind::Changed;
        }
        m_differences.append(difference);
        ++m_index;
        next();
    }

    // The parent knows the kinds of what is there.
    void readKinds()
    {
        look(m_plan.parentPath(), [](DryRun &self, const Result<QJsonObject> &parent) {
            const QJsonValue kinds =
                parent ? valueAt(*parent, {u"metadata"_s, u"annotations"_s, GroupKindsAnnotation}) : QJsonValue();
            if (!parent && parent.error().kind != Error::Kind::NotFound) {
                self.m_answer.give(std::unexpected(parent.error()));
                return;
            }
            self.m_kinds = groupKindsOf(kinds.toString());
            self.findOthers();
        });
    }

    void findOthers()
    {
        while (!m_kinds.isEmpty() && !m_answer.isCanceled()) {
            // A kind that is not served any more has no objects.
            const Result<kube::Resource> resource = resourceOf(m_kinds.takeFirst(), m_api);
            if (!resource)
                continue;
            QUrlQuery query;
            query.addQueryItem(u"labelSelector"_s, PartOfLabel + u'=' + m_plan.id);
            send(actions::getRequest(resource->path(resource->namespaced ? m_plan.spec.ns : QString()), query),
                [resource = *resource](
                    DryRun &self, const Result<QJsonObject> &there) { self.tellOthers(resource, there); });
            return;
        }
        m_answer.give(m_differences);
    }

    void tellOthers(const kube::Resource &resource, const Result<QJsonObject> &there)
    {
        if (!there) {
            m_differences.append({.display = resource.kind, .kind = Difference::Kind::Refused, .error = there.error()});
            findOthers();
            return;
        }
        QSet<QString> planned{m_plan.parentPath()};
        for (const PlannedObject &one : m_plan.objects)
            planned.insert(one.path());
        for (const QJsonValue &item : there->value("items"_L1).toArray()) {
            QJsonObject before = item.toObject();
            const QJsonObject metadata = before.value("metadata"_L1).toObject();
            const QString name = metadata.value("name"_L1).toString();
            if (planned.contains(resource.path(metadata.value("namespace"_L1).toString(), name)))
                continue;
            // Items of a list do not say what they are.
            before.insert("apiVersion"_L1, resource.apiVersion());
            before.insert("kind"_L1, resource.kind);
            m_differences.append({.display = resource.kind + u' ' + name,
                .kind = Difference::Kind::Pruned,
                .before = comparable(before)});
        }
        findOthers();
    }

    // Without what differs each time, and without what is secret.
    QJsonObject comparable(QJsonObject object) const
    {
        QJsonObject metadata = object.value("metadata"_L1).toObject();
        for (const QLatin1StringView field : {"managedFields"_L1, "resourceVersion"_L1, "uid"_L1,
                 "creationTimestamp"_L1, "generation"_L1, "selfLink"_L1})
            metadata.remove(field);
        if (!object.isEmpty()) {
            if (metadata.contains("namespace"_L1))
                metadata.insert("namespace"_L1, m_plan.spec.ns);
            object.insert("metadata"_L1, metadata);
        }
        object.remove("status"_L1);
        if (object.value("kind"_L1).toString() == "Secret"_L1) {
            for (const QLatin1StringView field : {"data"_L1, "stringData"_L1}) {
                QJsonObject data = object.value(field).toObject();
                for (auto one = data.begin(); one != data.end(); ++one)
                    one.value() = tr("(secret)");
                if (!data.isEmpty())
                    object.insert(field, data);
            }
        }
        return object;
    }

    const PlannedObject &object() const { return m_plan.objects[m_index]; }

    kube::ApiClient &m_client;
    const kube::ServerApi m_api;
    const Plan m_plan;
    kube::Answer<Differences> m_answer;
    Differences m_differences;
    qsizetype m_index = 0;
    bool m_hasNamespace = false;
    QStringList m_kinds; // whose objects are still to be looked through
};

} // namespace

QFuture<Result<QList<Difference>>> dryRun(kube::ApiClient &client, const kube::ServerApi &api, const Plan &plan)
{
    return std::make_shared<DryRun>(client, api, plan)->run();
}

} // namespace kdra::environments
