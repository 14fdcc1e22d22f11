// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/revisions.h"

#include "base/whenfinished.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Revision)
};

constexpr QLatin1StringView RevisionKey("deployment.kubernetes.io/revision");
constexpr QLatin1StringView ChangeCause("kubernetes.io/change-cause");

bool keepsReplicaSets(const Target &target)
{
    return target.item.kind == store::Kind::Deployment;
}

QJsonObject annotationsOf(const QJsonObject &object)
{
    return object.value(u"metadata").toObject().value(u"annotations").toObject();
}

bool isOwnedBy(const QJsonObject &object, const QString &uid)
{
    const QJsonArray owners = object.value(u"metadata").toObject().value(u"ownerReferences").toArray();
    return std::ranges::any_of(owners, [&uid](const QJsonValue &owner) {
        return owner.toObject().value(u"uid").toString() == uid && owner.toObject().value(u"controller").toBool();
    });
}

// The template without what its controller adds to the copy it keeps.
QJsonObject bareTemplate(QJsonObject podTemplate)
{
    podTemplate.remove(QStringLiteral("$patch"));
    QJsonObject metadata = podTemplate.value(u"metadata").toObject();
    QJsonObject labels = metadata.value(u"labels").toObject();
    labels.remove(QStringLiteral("pod-template-hash"));
    metadata.insert(QStringLiteral("labels"), labels);
    metadata.remove(QStringLiteral("creationTimestamp")); // always null
    podTemplate.insert(QStringLiteral("metadata"), metadata);
    return podTemplate;
}

QStringList imagesOf(const QJsonObject &podTemplate)
{
    QStringList images;
    for (const QJsonArray containers = podTemplate.value(u"spec").toObject().value(u"containers").toArray();
        const QJsonValue &container : containers)
        images.append(container.toObject().value(u"image").toString());
    return images;
}

Revision revisionOf(const QJsonObject &object, bool replicaSet)
{
    const QJsonObject metadata = object.value(u"metadata").toObject();
    const QJsonObject spec = (replicaSet ? object : object.value(u"data").toObject()).value(u"spec").toObject();
    const QJsonObject podTemplate = bareTemplate(spec.value(u"template").toObject());
    return {.number = replicaSet ? annotationsOf(object).value(RevisionKey).toString().toLongLong()
                                 : object.value(u"revision").toInteger(),
        .name = metadata.value(u"name").toString(),
        .images = imagesOf(podTemplate),
        .changeCause = annotationsOf(object).value(ChangeCause).toString(),
        .created = QDateTime::fromString(metadata.value(u"creationTimestamp").toString(), Qt::ISODate),
        .podTemplate = podTemplate};
}

} // namespace

kube::Request revisionsRequest(const QJsonObject &workload, const Target &target)
{
    const bool replicaSets = keepsReplicaSets(target);
    const kube::Resource resource{.group = target.resource.group,
        .version = target.resource.version,
        .plural = replicaSets ? QStringLiteral("replicasets") : QStringLiteral("controllerrevisions"),
        .kind = replicaSets ? QStringLiteral("ReplicaSet") : QStringLiteral("ControllerRevision")};
    // Fewer to read; whose they are is looked at in each.
    QStringList labels;
    const QJsonObject matching =
        workload.value(u"spec").toObject().value(u"selector").toObject().value(u"matchLabels").toObject();
    for (auto it = matching.begin(); it != matching.end(); ++it)
        labels.append(it.key() + QLatin1Char('=') + it.value().toString());
    QUrlQuery query;
    if (!labels.isEmpty())
        query.addQueryItem(QStringLiteral("labelSelector"), labels.join(QLatin1Char(',')));
    return getRequest(resource.path(target.ns), query);
}

QList<Revision> readRevisionList(const QJsonObject &list, const QJsonObject &workload, const Target &target)
{
    const QJsonObject wanted = bareTemplate(workload.value(u"spec").toObject().value(u"template").toObject());
    QList<Revision> revisions;
    for (const QJsonArray items = list.value(u"items").toArray(); const QJsonValue &item : items) {
        if (isOwnedBy(item.toObject(), uidOf(workload)))
            revisions.append(revisionOf(item.toObject(), keepsReplicaSets(target)));
    }
    std::ranges::sort(revisions, std::ranges::greater(), &Revision::number);
    const auto current = std::ranges::find(revisions, wanted, &Revision::podTemplate);
    if (current != revisions.end())
        current->current = true;
    return revisions;
}

Result<Revision> revisionToRestore(const QList<Revision> &revisions, int number, const Target &target)
{
    const auto found = std::ranges::find_if(revisions,
        [number](const Revision &revision) { return number > 0 ? revision.number == number : !revision.current; });
    if (found == revisions.end())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = number > 0 ? Text::tr("%1 has no revision %2.").arg(target.display(), QLocale().toString(number))
                               : Text::tr("%1 has no revision before the current one.").arg(target.display()),
            .where = target.path(),
            .remedy =
                Text::tr("Old revisions are kept up to revisionHistoryLimit; choose one of those that are left.")});
    if (found->current)
        return std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("%1 is at revision %2 already.").arg(target.display(), QLocale().toString(found->number)),
            .where = target.path(),
            .remedy = Text::tr("Choose another revision.")});
    return *found;
}

QFuture<Result<QList<Revision>>> readRevisions(kube::ApiClient &client, const Target &target)
{
    using Revisions = Result<QList<Revision>>;
    return unwrapped(onPool(client.send(getRequest(target.path())),
        [&client, target](const Result<kube::Response> &response) -> QFuture<Revisions> {
            const Result<QJsonObject> workload = objectOf(response);
            if (!workload || uidOf(*workload) != target.uid())
                return QtFuture::makeReadyValueFuture(
                    Revisions(std::unexpected(workload ? replacedError(target) : workload.error())));
            return onPool(client.send(revisionsRequest(*workload, target)),
                [workload = *workload, target](const Result<kube::Response> &answer) -> Revisions {
                    const Result<QJsonObject> list = objectOf(answer);
                    if (!list)
                        return std::unexpected(list.error());
                    return readRevisionList(*list, workload, target);
                });
        }));
}

} // namespace kdra::actions
