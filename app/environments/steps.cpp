// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/steps.h"

#include "actions/requests.h"
#include "store/clusterstore.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

constexpr std::chrono::minutes Patience(2);
constexpr std::chrono::milliseconds FirstPause(500); // doubled each time
constexpr std::chrono::milliseconds LongestPause(5000);

// The server, or the way to it, is in trouble: what was asked may or may not have been done.
bool mayPass(const Error &error)
{
    // What the server cannot put together with what is there (schema errors of old servers) will not pass.
    if (error.what.contains("typed patch"_L1))
        return false;
    return error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout
        || error.kind == Error::Kind::Server;
}

} // namespace

QString groupKindOf(const kube::Resource &resource)
{
    return resource.group.isEmpty() ? resource.kind : resource.kind + u'.' + resource.group;
}

std::optional<store::Kind> watchedKindOf(const kube::Resource &resource)
{
    for (const store::KindInfo &info : store::allKinds()) {
        // A part of a collection does not know of all its objects.
        const bool isWhole =
            QByteArrayView(info.labelSelector).isEmpty() && QByteArrayView(info.fixedNamespace).isEmpty();
        if (isWhole && resource.kind == QLatin1StringView(info.apiKind)
            && resource.group == QLatin1StringView(info.group))
            return info.kind;
    }
    return {};
}

Result<kube::Resource> resourceOf(const QString &groupKind, const kube::ServerApi &api)
{
    const qsizetype dot = groupKind.indexOf(u'.');
    return dot < 0 ? api.find({}, groupKind) : api.find(groupKind.mid(dot + 1), groupKind.left(dot));
}

void Steps::ask(const kube::Request &request, const Handler &handler)
{
    ask(request, handler, QDeadlineTimer(Patience), FirstPause);
}

void Steps::ask(
    const kube::Request &request, const Handler &handler, QDeadlineTimer patience, std::chrono::milliseconds pause)
{
    send(request, [this, request, handler, patience, pause](const Result<QJsonObject> &answer) {
        if (answer || !mayPass(answer.error()) || patience.hasExpired()) {
            handler(answer);
            return;
        }
        note(tr("%1 Trying again.").arg(answer.error().what));
        QTimer::singleShot(pause, this, [this, request, handler, patience, pause] {
            ask(request, handler, patience, std::min(2 * pause, LongestPause));
        });
    });
}

void Steps::stop()
{
    Procedure::stop();
    Q_EMIT stopped();
}

void Steps::readParent(const QString &ns, const QString &name, std::function<void(const QJsonObject &)> next)
{
    const Result<kube::Resource> configMaps = store().api().find({}, u"ConfigMap"_s);
    if (!configMaps) {
        fail(configMaps.error(), configMaps.error().what);
        return;
    }
    m_parentPath = configMaps->path(ns, name);
    ask(actions::getRequest(m_parentPath), [this, next = std::move(next)](const Result<QJsonObject> &parent) {
        if (parent)
            next(*parent);
        else
            fail(parent.error(), parent.error().what);
    });
}

struct Steps::Listing {
    QList<kube::Resource> left;
    QString ns;
    QString selector;
    Members found;
    std::function<void(const Result<Members> &)> next;
};

void Steps::list(const QStringList &groupKinds, const QString &ns, const QString &selector,
    std::function<void(const Result<Members> &)> next)
{
    auto listing = std::make_shared<Listing>(Listing{{}, ns, selector, {}, std::move(next)});
    for (const QString &groupKind : groupKinds) {
        if (const Result<kube::Resource> resource = resourceOf(groupKind, store().api()))
            listing->left.append(*resource);
    }
    listNext(listing);
}

void Steps::listNext(const std::shared_ptr<Listing> &listing)
{
    if (listing->left.isEmpty()) {
        listing->next(listing->found);
        return;
    }
    const kube::Resource resource = listing->left.takeFirst();
    QUrlQuery query;
    query.addQueryItem(u"labelSelector"_s, QString::fromLatin1(QUrl::toPercentEncoding(listing->selector)));
    kube::Request request = actions::getRequest(resource.path(resource.namespaced ? listing->ns : QString()), query);
    request.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    ask(request, [this, listing, resource](const Result<QJsonObject> &answer) {
        // Taken away meanwhile (a CustomResourceDefinition): then there is none.
        if (!answer && answer.error().kind != Error::Kind::NotFound) {
            listing->next(std::unexpected(answer.error()));
            return;
        }
        const QJsonArray items = answer ? answer->value("items"_L1).toArray() : QJsonArray();
        for (const QJsonValue &item : items) {
            const QJsonObject metadata = item.toObject().value("metadata"_L1).toObject();
            listing->found.append({resource, metadata.value("namespace"_L1).toString(),
                metadata.value("name"_L1).toString(), metadata.value("uid"_L1).toString()});
        }
        listNext(listing);
    });
}

} // namespace kdra::environments
