// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/discovery.h"

#include "base/whenfinished.h"
#include "kube/answer.h"
#include "kube/apiclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::Discovery)
};

constexpr char aggregatedAccept[] = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                                    "application/json";

QJsonObject objectOf(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}
QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1StringView(key)).toString();
}
// const: a loop over it must not detach.
const QJsonArray list(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1StringView(key)).toArray();
}

Error malformed(const QString &what, const QString &where)
{
    return Error{.kind = Error::Kind::Protocol,
        .what = what,
        .where = where,
        .remedy = Text::tr("Check that the address in the kubeconfig is the one of a Kubernetes API server.")};
}

// One discovery: /version, /api and /apis at once, then what is missing; resources keep the server's order.
class Discovery : public std::enable_shared_from_this<Discovery> {
public:
    explicit Discovery(ApiClient &client)
        : m_client(client)
    {
    }
    QFuture<Result<ServerApi>> run();

private:
    template <class Use> void get(const QString &path, const QByteArray &accept, Use &&use);
    void groups(const QString &root, const Result<Response> &result);
    void aggregated(const QJsonArray &items, const QString &root);
    void requestVersion(const QString &group, const QString &version);
    void addVersion(qsizetype slot, const QString &group, const QString &version, const QJsonObject &resources);
    void done();

    ApiClient &m_client;
    Answer<ServerApi> m_answer;
    ServerApi m_api;
    QList<QList<Resource>> m_slots[2]; // [core, groups]: a slot for each group-version, in the order of preference
    int m_pending = 0;
    int m_failedRoots = 0;
};

template <class Use> void Discovery::get(const QString &path, const QByteArray &accept, Use &&use)
{
    ++m_pending;
    // Continuations run on the client's thread, so they need no lock.
    whenFinished(m_client.send(Request{.path = path, .accept = accept}), &m_client,
        [self = shared_from_this(), use = std::forward<Use>(use)](const Result<Response> &result) {
            use(result);
            if (--self->m_pending == 0)
                self->done();
        });
}

QFuture<Result<ServerApi>> Discovery::run()
{
    // The first step runs on the client's thread too: an answer must not come before all three are asked.
    QMetaObject::invokeMethod(&m_client, [self = shared_from_this()] {
        Discovery &d = *self;
        d.get(QStringLiteral("/version"), "application/json", [&d](const Result<Response> &result) {
            if (!result) {
                // Some installations hide the version; only what stops everything else ends the discovery.
                d.m_api.partial.append(result.error());
                return;
            }
            const QJsonObject version = objectOf(*result);
            d.m_api.gitVersion = text(version, "gitVersion");
            d.m_api.platform = text(version, "platform");
            if (d.m_api.gitVersion.isEmpty())
                d.m_api.partial.append(
                    malformed(Text::tr("The server does not say its version."), QStringLiteral("/version")));
        });
        for (const QString &root : {QStringLiteral("/api"), QStringLiteral("/apis")})
            d.get(root, aggregatedAccept, [&d, root](const Result<Response> &result) { d.groups(root, result); });
    });
    return m_answer.future();
}

void Discovery::groups(const QString &root, const Result<Response> &result)
{
    if (!result) {
        m_api.partial.append(result.error());
        ++m_failedRoots;
        return;
    }
    const QJsonObject answer = objectOf(*result);
    const QString kind = text(answer, "kind");
    if (kind == QLatin1StringView("APIGroupDiscoveryList")) {
        aggregated(list(answer, "items"), root);
    } else if (kind == QLatin1StringView("APIVersions")) {
        for (const QJsonValue &version : list(answer, "versions"))
            requestVersion({}, version.toString());
    } else if (kind == QLatin1StringView("APIGroupList")) {
        for (const QJsonValue &value : list(answer, "groups")) {
            const QJsonObject group = value.toObject();
            const QString preferred = text(group.value(QLatin1StringView("preferredVersion")).toObject(), "version");
            if (!preferred.isEmpty())
                requestVersion(text(group, "name"), preferred);
            for (const QJsonValue &version : list(group, "versions")) {
                if (const QString name = text(version.toObject(), "version"); name != preferred)
                    requestVersion(text(group, "name"), name);
            }
        }
    } else {
        m_api.partial.append(malformed(Text::tr("The answer is not a list of Kubernetes APIs."), root));
        ++m_failedRoots;
    }
}

void Discovery::aggregated(const QJsonArray &items, const QString &root)
{
    auto &slots_ = m_slots[root == QLatin1StringView("/api") ? 0 : 1];
    for (const QJsonValue &item : items) {
        const QJsonObject group = item.toObject();
        const QString groupName = text(group.value(QLatin1StringView("metadata")).toObject(), "name");
        for (const QJsonValue &value : list(group, "versions")) {
            const QJsonObject version = value.toObject();
            const QString versionName = text(version, "version");
            if (text(version, "freshness") == QLatin1StringView("Stale"))
                m_api.partial.append(Error{.kind = Error::Kind::Server,
                    .what = Text::tr("The API %1/%2 does not answer the API server; what is known of it may be old.")
                        .arg(groupName, versionName),
                    .where = root});
            QList<Resource> resources;
            for (const QJsonValue &entry : list(version, "resources")) {
                const QJsonObject resource = entry.toObject();
                const QJsonObject kind = resource.value(QLatin1StringView("responseKind")).toObject();
                resources.append(Resource{.group = groupName,
                    .version = versionName,
                    .plural = text(resource, "resource"),
                    .kind = text(kind, "kind"),
                    .namespaced = text(resource, "scope") == QLatin1StringView("Namespaced")});
            }
            slots_.append(std::move(resources));
        }
    }
}

void Discovery::requestVersion(const QString &group, const QString &version)
{
    const bool core = group.isEmpty();
    const qsizetype slot = m_slots[core ? 0 : 1].size();
    m_slots[core ? 0 : 1].append(QList<Resource>());
    const QString path =
        core ? QStringLiteral("/api/") + version : QStringLiteral("/apis/") + group + QLatin1Char('/') + version;
    get(path, "application/json", [this, slot, group, version, path](const Result<Response> &result) {
        if (!result)
            m_api.partial.append(result.error());
        else if (const QJsonObject answer = objectOf(*result);
            text(answer, "kind") == QLatin1StringView("APIResourceList"))
            addVersion(slot, group, version, answer);
        else
            m_api.partial.append(malformed(Text::tr("The answer is not a list of resources."), path));
    });
}

void Discovery::addVersion(qsizetype slot, const QString &group, const QString &version, const QJsonObject &resources)
{
    QList<Resource> &found = m_slots[group.isEmpty() ? 0 : 1][slot];
    for (const QJsonValue &value : list(resources, "resources")) {
        const QJsonObject resource = value.toObject();
        const QString plural = text(resource, "name");
        if (plural.contains(QLatin1Char('/')))
            continue; // a subresource
        found.append(Resource{.group = group,
            .version = version,
            .plural = plural,
            .kind = text(resource, "kind"),
            .namespaced = resource.value(QLatin1StringView("namespaced")).toBool()});
    }
}

void Discovery::done()
{
    for (const auto &group : m_slots) {
        for (const QList<Resource> &resources : group)
            m_api.resources.append(resources);
    }
    m_api.resources.removeIf(
        [](const Resource &r) { return r.kind.isEmpty() || r.plural.isEmpty() || r.version.isEmpty(); });
    if (m_api.resources.isEmpty()) {
        // Nothing to work with: the reason is the answer.
        m_answer.give(
            std::unexpected(m_api.partial.isEmpty() ? malformed(Text::tr("The server serves no APIs."),
                                                          m_client.server().toDisplayString(QUrl::RemoveUserInfo))
                                                    : m_api.partial.constLast()));
        return;
    }
    m_answer.give(std::move(m_api));
}

} // namespace

Result<Resource> ServerApi::find(const QString &group, const QString &kind, const QStringList &versions) const
{
    const Resource *best = nullptr;
    qsizetype bestRank = versions.size() + 1;
    for (const Resource &resource : resources) {
        if (resource.group != group || resource.kind != kind)
            continue;
        const qsizetype known = versions.indexOf(resource.version);
        const qsizetype rank = known < 0 ? versions.size() : known;
        if (rank < bestRank) {
            best = &resource;
            bestRank = rank;
        }
    }
    if (best)
        return *best;
    return std::unexpected(Error{.kind = Error::Kind::NotFound,
        .what = Text::tr("The server does not serve the kind %1.")
            .arg(group.isEmpty() ? kind : kind + QLatin1Char('.') + group),
        .where = gitVersion});
}

QFuture<Result<ServerApi>> discover(ApiClient &client)
{
    return std::make_shared<Discovery>(client)->run();
}

} // namespace kdra::kube
