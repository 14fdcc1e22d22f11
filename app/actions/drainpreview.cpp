// SPDX-License-Identifier: GPL-3.0-or-later
// Which pods of a node a drain evicts: the filters of k8s.io/kubectl/pkg/drain.
#include "actions/drain.h"
#include "actions/requests.h"
#include "base/whenfinished.h"

#include <QCoreApplication>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::DrainPreview)
};

using Fate = DrainedPod::Fate;

QString controllerKind(const QJsonObject &metadata)
{
    for (const QJsonArray owners = metadata.value(u"ownerReferences").toArray(); const QJsonValue &value : owners) {
        const QJsonObject owner = value.toObject();
        if (owner.value(u"controller").toBool())
            return owner.value(u"kind").toString();
    }
    return {};
}

DrainedPod read(const QJsonObject &pod)
{
    const QJsonObject metadata = pod.value(u"metadata").toObject();
    const QString phase = pod.value(u"status").toObject().value(u"phase").toString();
    const QString controller = controllerKind(metadata);
    DrainedPod out{.ns = metadata.value(u"namespace").toString(),
        .name = metadata.value(u"name").toString(),
        .uid = metadata.value(u"uid").toString()};
    if (metadata.value(u"annotations").toObject().contains(QLatin1StringView("kubernetes.io/config.mirror"))) {
        out.fate = Fate::Mirror;
    } else if (phase == QLatin1StringView("Succeeded") || phase == QLatin1StringView("Failed")) {
        out.fate = Fate::Finished;
    } else {
        out.fate = controller == QLatin1StringView("DaemonSet") ? Fate::DaemonSet
            : controller.isEmpty()                              ? Fate::Unmanaged
                                                                : Fate::Evicted;
        const QJsonArray volumes = pod.value(u"spec").toObject().value(u"volumes").toArray();
        out.localData = std::ranges::any_of(
            volumes, [](const QJsonValue &volume) { return volume.toObject().contains(u"emptyDir"); });
    }
    return out;
}

// "team/a, team/b and 3 more"
QString namesOf(const QList<DrainedPod> &pods)
{
    constexpr qsizetype Shown = 3;
    QStringList names;
    for (const DrainedPod &pod : pods.first(std::min(pods.size(), Shown)))
        names.append(pod.display());
    const QString list = names.join(QStringLiteral(", "));
    return pods.size() <= Shown ? list
                                : Text::tr("%1 and %n more", nullptr, static_cast<int>(pods.size() - Shown)).arg(list);
}

// These are no members: lupdate finds the context of Text only in free functions.
QString textOf(const DrainPreview &preview, const QString &node)
{
    const int evicted = preview.evictedCount();
    QStringList sentences{evicted > 0
            ? Text::tr("Takes no more pods on %1 and evicts %n pod(s).", nullptr, evicted).arg(node)
            : Text::tr("Takes no more pods on %1; there is nothing to evict.").arg(node)};
    if (const int daemons = preview.count(Fate::DaemonSet); daemons > 0)
        sentences.append(Text::tr("%n pod(s) of daemon sets stay.", nullptr, daemons));
    if (const int mirrors = preview.count(Fate::Mirror); mirrors > 0)
        sentences.append(Text::tr("%n static pod(s) stay.", nullptr, mirrors));
    if (const int local = preview.localDataCount(); local > 0)
        sentences.append(Text::tr("%n pod(s) lose local data.", nullptr, local));
    if (const int unmanaged = preview.count(Fate::Unmanaged); unmanaged > 0)
        sentences.append(Text::tr("%n pod(s) will not be made anew by anybody.", nullptr, unmanaged));
    return sentences.join(QLatin1Char(' '));
}

QStringList obstaclesOf(const DrainPreview &preview, const DrainOptions &options)
{
    QList<DrainedPod> unmanaged;
    QList<DrainedPod> local;
    for (const DrainedPod &pod : preview.pods) {
        if (pod.fate == Fate::Unmanaged && !options.force)
            unmanaged.append(pod);
        if (!pod.stays() && pod.localData && !options.deleteEmptyDirData)
            local.append(pod);
    }
    QStringList sentences;
    if (!unmanaged.isEmpty())
        sentences.append(Text::tr(
            "%n pod(s) have no controller that would make them anew: %1.", nullptr, static_cast<int>(unmanaged.size()))
                .arg(namesOf(unmanaged)));
    if (!local.isEmpty())
        sentences.append(Text::tr(
            "%n pod(s) would lose the data of their emptyDir volumes: %1.", nullptr, static_cast<int>(local.size()))
                .arg(namesOf(local)));
    return sentences;
}

} // namespace

int DrainPreview::count(Fate fate) const
{
    return static_cast<int>(std::ranges::count(pods, fate, &DrainedPod::fate));
}

int DrainPreview::evictedCount() const
{
    return static_cast<int>(std::ranges::count_if(pods, [](const DrainedPod &pod) { return !pod.stays(); }));
}

int DrainPreview::localDataCount() const
{
    return static_cast<int>(
        std::ranges::count_if(pods, [](const DrainedPod &pod) { return !pod.stays() && pod.localData; }));
}

QString DrainPreview::text(const QString &node) const
{
    return textOf(*this, node);
}

QStringList DrainPreview::obstacles(const DrainOptions &options) const
{
    return obstaclesOf(*this, options);
}

DrainPreview readPods(const QJsonObject &podList)
{
    DrainPreview preview;
    for (const QJsonArray items = podList.value(u"items").toArray(); const QJsonValue &item : items)
        preview.pods.append(read(item.toObject()));
    std::ranges::sort(preview.pods,
        [](const DrainedPod &a, const DrainedPod &b) { return std::tie(a.ns, a.name) < std::tie(b.ns, b.name); });
    return preview;
}

kube::Request podsOfNodeRequest(const QString &node)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("fieldSelector"), QStringLiteral("spec.nodeName=") + node);
    return getRequest(QStringLiteral("/api/v1/pods"), query);
}

QFuture<Result<DrainPreview>> previewDrain(kube::ApiClient &client, const QString &node)
{
    return onPool(
        client.send(podsOfNodeRequest(node)), [](const Result<kube::Response> &response) -> Result<DrainPreview> {
            const Result<QJsonObject> list = objectOf(response);
            if (!list)
                return std::unexpected(list.error());
            return readPods(*list);
        });
}

} // namespace kdra::actions
