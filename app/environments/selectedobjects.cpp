// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/selectedobjects.h"

#include "actions/requests.h"
#include "base/whenfinished.h"
#include "kube/answer.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QMap>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::SaveAs)
};

// Owners of owners; more of them is a mistake in the cluster, such as a circle.
constexpr int deepest = 8;

// An object to be read. Who made it is asked until nobody did.
struct Wanted {
    kube::Resource resource;
    QString name;
    QString uid;
    QString madeBy; // "Pod web-1": what was selected and led to it; empty: it was selected itself
    int depth = 0;

    QString display() const { return resource.kind + u' ' + name; }
};

QJsonObject controllerOf(const QJsonObject &object)
{
    const auto owners = object["metadata"_L1]["ownerReferences"_L1].toArray();
    const auto at = std::ranges::find_if(
        owners, [](const QJsonValue &owner) { return owner.toObject().value("controller"_L1).toBool(); });
    return at == owners.end() ? QJsonObject() : at->toObject();
}

// One object after the other.
class Reading : public std::enable_shared_from_this<Reading> {
public:
    Reading(kube::ApiClient &client, kube::ServerApi api, const QList<actions::Target> &selected)
        : m_client(client)
        , m_api(std::move(api))
    {
        QSet<QString> namespaces;
        for (const actions::Target &target : selected) {
            const Wanted wanted{target.resource, target.name, target.uid(), {}, 0};
            if (!target.resource.namespaced) {
                m_result.notes.append(Text::tr("%1 is left out: it belongs to the cluster, not to one environment.")
                        .arg(wanted.display()));
                continue;
            }
            namespaces.insert(target.ns);
            m_left.append(wanted);
        }
        m_namespaces = namespaces.values();
        m_namespaces.sort();
    }

    QFuture<Result<SelectedObjects>> run()
    {
        if (m_namespaces.size() > 1) {
            m_answer.give(std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("The selected objects are in several namespaces: %1.")
                    .arg(m_namespaces.join(QStringLiteral(", "))),
                .remedy = Text::tr("Select objects of one namespace: an environment has one.")}));
        } else if (m_namespaces.isEmpty()) {
            m_answer.give(std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("Nothing is selected that a template could hold."),
                .remedy = (QStringList(Text::tr("Select workloads, services or configuration.")) + m_result.notes)
                    .join(u' ')}));
        } else {
            m_result.ns = m_namespaces.front();
            next();
        }
        return m_answer.future();
    }

private:
    void next()
    {
        if (m_answer.isCanceled())
            return;
        // Pods have their owners in common: each is read once.
        while (!m_left.isEmpty() && m_read.contains(m_left.front().uid)) {
            const Wanted known = m_left.takeFirst();
            follow(known, m_read.value(known.uid));
        }
        if (m_left.isEmpty()) {
            finish();
            return;
        }
        const Wanted wanted = m_left.takeFirst();
        onPool(m_client.send(actions::getRequest(wanted.resource.path(m_result.ns, wanted.name))),
            [self = shared_from_this(), wanted](const Result<kube::Response> &response) {
                self->take(wanted, actions::objectOf(response));
                self->next();
            });
    }

    void take(const Wanted &wanted, const Result<QJsonObject> &answer)
    {
        if (!answer && answer.error().kind != Error::Kind::NotFound) {
            if (!m_error)
                m_error = answer.error();
            m_result.notes.append(
                Text::tr("%1 is left out: it cannot be read. %2").arg(wanted.display(), answer.error().what));
            return;
        }
        if (!answer || actions::uidOf(*answer) != wanted.uid) {
            m_result.notes.append(wanted.madeBy.isEmpty()
                    ? Text::tr("%1 is left out: it is gone.").arg(wanted.display())
                    : Text::tr("%1 is left out: %2, which made it, is gone.").arg(wanted.madeBy, wanted.display()));
            return;
        }
        QJsonObject object = *answer;
        object.insert("apiVersion"_L1, wanted.resource.apiVersion());
        object.insert("kind"_L1, wanted.resource.kind);
        m_read.insert(wanted.uid, object);
        follow(wanted, object);
    }

    // To whoever made it.
    void follow(const Wanted &wanted, const QJsonObject &object)
    {
        const QJsonObject controller = controllerOf(object);
        if (controller.isEmpty()) {
            if (!m_taken.contains(wanted.uid))
                m_result.objects.append(object);
            m_taken.insert(wanted.uid);
            if (!wanted.madeBy.isEmpty())
                ++m_standsFor[wanted.display()];
            return;
        }
        const QString made = wanted.madeBy.isEmpty() ? wanted.display() : wanted.madeBy;
        const QString apiVersion = controller.value("apiVersion"_L1).toString();
        const QString kind = controller.value("kind"_L1).toString();
        const QString name = controller.value("name"_L1).toString();
        const QString group = apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
        const Result<kube::Resource> resource = m_api.find(group, kind, {apiVersion.section(u'/', -1)});
        if (!resource || !resource->namespaced || wanted.depth >= deepest) {
            m_result.notes.append(Text::tr("%1 is left out: %2 makes it.").arg(made, kind + u' ' + name));
            return;
        }
        m_left.prepend({*resource, name, controller.value("uid"_L1).toString(), made, wanted.depth + 1});
    }

    void finish()
    {
        for (auto one = m_standsFor.begin(); one != m_standsFor.end(); ++one) {
            m_result.notes.append(
                Text::tr("%1 stands for %n selected objects that it makes.", nullptr, one.value()).arg(one.key()));
        }
        if (m_result.objects.isEmpty() && m_error)
            m_answer.give(std::unexpected(*m_error));
        else
            m_answer.give(m_result);
    }

    kube::ApiClient &m_client;
    const kube::ServerApi m_api;
    QList<Wanted> m_left;
    QStringList m_namespaces;
    QHash<QString, QJsonObject> m_read; // by uid
    QSet<QString> m_taken; // their uids
    QMap<QString, int> m_standsFor; // of owners, by what they are called
    SelectedObjects m_result;
    std::optional<Error> m_error;
    kube::Answer<SelectedObjects> m_answer;
};

} // namespace

QFuture<Result<SelectedObjects>> readSelectedObjects(
    kube::ApiClient &client, const kube::ServerApi &api, const QList<actions::Target> &selected)
{
    return std::make_shared<Reading>(client, api, selected)->run();
}

} // namespace kdra::environments
