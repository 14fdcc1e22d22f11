// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/authz.h"

namespace kdra::demo::authz {
namespace {

using L = QLatin1StringView;

bool isAdmin(const QString &user)
{
    return user == L("admin") || user == L("system:admin");
}

const QStringList &readVerbs()
{
    static const QStringList verbs{QStringLiteral("get"), QStringLiteral("list"), QStringLiteral("watch")};
    return verbs;
}

QString teamNamespace()
{
    return QStringLiteral("team-anna");
}

// What any authenticated user may: ask what it may.
bool isSelfReview(const Action &action)
{
    return action.verb == L("create") && action.resource.startsWith(L("selfsubject"));
}

QJsonObject rule(const QStringList &verbs, const QStringList &groups, const QStringList &resources)
{
    return {{QStringLiteral("verbs"), QJsonArray::fromStringList(verbs)},
        {QStringLiteral("apiGroups"), QJsonArray::fromStringList(groups)},
        {QStringLiteral("resources"), QJsonArray::fromStringList(resources)}};
}

} // namespace

QString userOf(const QString &token)
{
    static const QStringList users{
        QStringLiteral("admin"), QStringLiteral("viewer"), QStringLiteral("nobody"), QStringLiteral("team")};
    return users.contains(token) ? token : QString();
}

QStringList groupsOf(const QString &user)
{
    if (user == L("system:anonymous"))
        return {QStringLiteral("system:unauthenticated")};
    QStringList groups{QStringLiteral("system:authenticated")};
    if (isAdmin(user))
        groups.prepend(QStringLiteral("system:masters"));
    return groups;
}

ApiResult<QString> authenticate(const ApiRequest &request, bool requireToken)
{
    if (!request.authorization.isEmpty()) {
        const QByteArray &header = request.authorization;
        QString user =
            header.toLower().startsWith("bearer ") ? userOf(QString::fromUtf8(header.mid(7).trimmed())) : QString();
        if (user.isEmpty())
            return status::unauthorized();
        return user;
    }
    return requireToken ? QStringLiteral("system:anonymous") : QStringLiteral("system:admin");
}

bool allowed(const QString &user, const Action &action)
{
    if (isAdmin(user))
        return true;
    if (user == L("system:anonymous"))
        return false;
    if (isSelfReview(action))
        return true;
    if (user == L("viewer"))
        return readVerbs().contains(action.verb) && action.resource != L("secrets");
    if (user == L("team"))
        return action.ns == teamNamespace() && (action.resource != L("namespaces") || action.verb == L("get"));
    return false;
}

bool allowedPath(const QString &user, const QString &path)
{
    if (isAdmin(user))
        return true;
    if (path == L("/version") || path == L("/healthz") || path == L("/readyz") || path == L("/livez"))
        return true;
    return user != L("system:anonymous")
        && (path.startsWith(L("/api")) || path.startsWith(L("/openapi")) || path.startsWith(L("/version")));
}

ApiResult<void> authorize(const ApiRequest &request, const Resources &resources)
{
    if (request.type < 0) {
        if (allowedPath(request.user, request.path))
            return {};
        ApiStatus refused{403, QStringLiteral("Forbidden"),
            QStringLiteral("forbidden: User \"%1\" cannot %2 path \"%3\"")
                .arg(request.user, QString::fromLatin1(request.method).toLower(), request.path),
            {}};
        return std::unexpected(refused);
    }
    const ResourceType &type = resources.at(request.type);
    const QString resource =
        request.subresource.isEmpty() ? type.plural : type.plural + QLatin1Char('/') + request.subresource;
    if (allowed(request.user, {request.verb, type.group, resource, request.ns, request.name}))
        return {};
    const QString scope = request.ns.isEmpty() || !type.namespaced
        ? QStringLiteral("at the cluster scope")
        : QStringLiteral("in the namespace \"%1\"").arg(request.ns);
    return status::forbidden(type, request.name,
        QStringLiteral("User \"%1\" cannot %2 resource \"%3\" in API group \"%4\" %5")
            .arg(request.user, request.verb, resource, type.group, scope));
}

QJsonArray rules(const QString &user, const QString &ns)
{
    const QStringList any{QStringLiteral("*")};
    QJsonArray list;
    if (isAdmin(user) || (user == L("team") && ns == teamNamespace()))
        list.append(rule(any, any, any));
    if (user == L("viewer")) {
        // There is no "all but": Secrets live in the core group, whose other kinds are named.
        list.append(rule(readVerbs(), {QString()},
            {QStringLiteral("nodes"), QStringLiteral("pods"), QStringLiteral("pods/log"), QStringLiteral("pods/status"),
                QStringLiteral("namespaces"), QStringLiteral("services"), QStringLiteral("services/proxy"),
                QStringLiteral("configmaps"), QStringLiteral("serviceaccounts"), QStringLiteral("persistentvolumes"),
                QStringLiteral("persistentvolumeclaims"), QStringLiteral("events"), QStringLiteral("endpoints"),
                QStringLiteral("resourcequotas"), QStringLiteral("limitranges"),
                QStringLiteral("replicationcontrollers")}));
        list.append(rule(readVerbs(),
            {QStringLiteral("apps"), QStringLiteral("batch"), QStringLiteral("autoscaling"), QStringLiteral("policy"),
                QStringLiteral("networking.k8s.io"), QStringLiteral("discovery.k8s.io"),
                QStringLiteral("coordination.k8s.io"), QStringLiteral("events.k8s.io"),
                QStringLiteral("storage.k8s.io"), QStringLiteral("rbac.authorization.k8s.io"),
                QStringLiteral("cilium.io")},
            any));
    }
    list.append(rule({QStringLiteral("create")}, {QStringLiteral("authorization.k8s.io")},
        {QStringLiteral("selfsubjectaccessreviews"), QStringLiteral("selfsubjectrulesreviews")}));
    return list;
}

} // namespace kdra::demo::authz
