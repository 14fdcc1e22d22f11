// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/discoveryanswers.h"

#include <QJsonArray>

namespace kdra::demo::discovery {
namespace {

using L = QLatin1StringView;

// Kinds that answer but are not stored.
struct Review {
    const char *group;
    const char *plural;
    const char *kind;
    bool namespaced;
};
constexpr Review reviewKinds[] = {
    {"authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", false},
    {"authentication.k8s.io", "tokenreviews", "TokenReview", false},
    {"authorization.k8s.io", "localsubjectaccessreviews", "LocalSubjectAccessReview", true},
    {"authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false},
    {"authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false},
    {"authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false},
};

QJsonArray strings(std::initializer_list<const char *> list)
{
    QJsonArray array;
    for (const char *text : list)
        array.append(QString::fromLatin1(text));
    return array;
}

QJsonArray allVerbs()
{
    return strings({"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"});
}

struct Subresource {
    QString group;
    QString version;
    QString kind;
    QJsonArray verbs;
};

Subresource describe(const ResourceType &type, const QString &name)
{
    if (name == L("scale"))
        return {QStringLiteral("autoscaling"), QStringLiteral("v1"), QStringLiteral("Scale"),
            strings({"get", "patch", "update"})};
    if (name == L("eviction"))
        return {QStringLiteral("policy"), QStringLiteral("v1"), QStringLiteral("Eviction"), strings({"create"})};
    if (name == L("binding"))
        return {{}, QStringLiteral("v1"), QStringLiteral("Binding"), strings({"create"})};
    if (name == L("log"))
        return {type.group, type.version, type.kind, strings({"get"})};
    if (name == L("finalize"))
        return {type.group, type.version, type.kind, strings({"update"})};
    if (name == L("exec") || name == L("attach") || name == L("portforward"))
        return {type.group, type.version, type.kind + QStringLiteral("Options"), strings({"create", "get"})};
    if (name == L("proxy"))
        return {type.group, type.version, type.kind + QStringLiteral("ProxyOptions"),
            strings({"create", "delete", "get", "patch", "update"})};
    return {type.group, type.version, type.kind, strings({"get", "patch", "update"})};
}

QList<std::pair<QString, QStringList>> groups(const Resources &resources)
{
    QList<std::pair<QString, QStringList>> list;
    const auto add = [&list](const QString &group, const QString &version) {
        const auto found = std::ranges::find(list, group, [](const auto &entry) { return entry.first; });
        if (found == list.end())
            list.append({group, {version}});
        else if (!found->second.contains(version))
            found->second.append(version);
    };
    for (const ResourceType &type : resources.all()) {
        if (!type.group.isEmpty() && !type.plural.isEmpty())
            add(type.group, type.version);
    }
    for (const Review &review : reviewKinds)
        add(QString::fromLatin1(review.group), QStringLiteral("v1"));
    return list;
}

QJsonObject apiGroup(const QString &group, const QStringList &versions)
{
    QJsonArray list;
    for (const QString &version : versions)
        list.append(QJsonObject{{QStringLiteral("groupVersion"), QString(group + QLatin1Char('/') + version)},
            {QStringLiteral("version"), version}});
    return {{QStringLiteral("name"), group}, {QStringLiteral("versions"), list},
        {QStringLiteral("preferredVersion"), list.first()}};
}

QJsonObject resourceList(const Resources &resources, const QString &group, const QString &version)
{
    QJsonArray list;
    for (const ResourceType &type : resources.all()) {
        if (type.group != group || type.version != version || type.plural.isEmpty())
            continue;
        QJsonObject entry{{QStringLiteral("name"), type.plural}, {QStringLiteral("singularName"), type.singular},
            {QStringLiteral("namespaced"), type.namespaced}, {QStringLiteral("kind"), type.kind},
            {QStringLiteral("verbs"), allVerbs()}};
        if (!type.shortNames.isEmpty())
            entry.insert(QStringLiteral("shortNames"), QJsonArray::fromStringList(type.shortNames));
        if (!type.categories.isEmpty())
            entry.insert(QStringLiteral("categories"), QJsonArray::fromStringList(type.categories));
        list.append(entry);
        for (const QString &name : type.subresources) {
            const Subresource sub = describe(type, name);
            QJsonObject subEntry{{QStringLiteral("name"), QString(type.plural + QLatin1Char('/') + name)},
                {QStringLiteral("singularName"), QString()}, {QStringLiteral("namespaced"), type.namespaced},
                {QStringLiteral("kind"), sub.kind}, {QStringLiteral("verbs"), sub.verbs}};
            if (sub.group != type.group || sub.version != type.version) {
                subEntry.insert(QStringLiteral("group"), sub.group);
                subEntry.insert(QStringLiteral("version"), sub.version);
            }
            list.append(subEntry);
        }
    }
    for (const Review &review : reviewKinds) {
        if (group == L(review.group) && version == L("v1"))
            list.append(QJsonObject{{QStringLiteral("name"), QString::fromLatin1(review.plural)},
                {QStringLiteral("singularName"), QString()}, {QStringLiteral("namespaced"), review.namespaced},
                {QStringLiteral("kind"), QString::fromLatin1(review.kind)},
                {QStringLiteral("verbs"), strings({"create"})}});
    }
    return {{QStringLiteral("kind"), QStringLiteral("APIResourceList")},
        {QStringLiteral("apiVersion"), QStringLiteral("v1")},
        {QStringLiteral("groupVersion"), group.isEmpty() ? version : group + QLatin1Char('/') + version},
        {QStringLiteral("resources"), list}};
}

QJsonObject gvk(const QString &group, const QString &version, const QString &kind)
{
    return {{QStringLiteral("group"), group}, {QStringLiteral("version"), version}, {QStringLiteral("kind"), kind}};
}

QJsonObject aggregatedVersion(const Resources &resources, const QString &group, const QString &version)
{
    QJsonArray list;
    for (const ResourceType &type : resources.all()) {
        if (type.group != group || type.version != version || type.plural.isEmpty())
            continue;
        QJsonArray subresources;
        for (const QString &name : type.subresources) {
            const Subresource sub = describe(type, name);
            subresources.append(QJsonObject{{QStringLiteral("subresource"), name},
                {QStringLiteral("responseKind"), gvk(sub.group, sub.version, sub.kind)},
                {QStringLiteral("verbs"), sub.verbs}});
        }
        QJsonObject entry{{QStringLiteral("resource"), type.plural},
            {QStringLiteral("responseKind"), gvk(type.group, type.version, type.kind)},
            {QStringLiteral("scope"), type.namespaced ? QStringLiteral("Namespaced") : QStringLiteral("Cluster")},
            {QStringLiteral("singularResource"), type.singular}, {QStringLiteral("verbs"), allVerbs()}};
        if (!type.shortNames.isEmpty())
            entry.insert(QStringLiteral("shortNames"), QJsonArray::fromStringList(type.shortNames));
        if (!type.categories.isEmpty())
            entry.insert(QStringLiteral("categories"), QJsonArray::fromStringList(type.categories));
        if (!subresources.isEmpty())
            entry.insert(QStringLiteral("subresources"), subresources);
        list.append(entry);
    }
    for (const Review &review : reviewKinds) {
        if (group == L(review.group) && version == L("v1"))
            list.append(QJsonObject{{QStringLiteral("resource"), QString::fromLatin1(review.plural)},
                {QStringLiteral("responseKind"), gvk(group, version, QString::fromLatin1(review.kind))},
                {QStringLiteral("scope"), review.namespaced ? QStringLiteral("Namespaced") : QStringLiteral("Cluster")},
                {QStringLiteral("singularResource"), QString::fromLatin1(review.kind).toLower()},
                {QStringLiteral("verbs"), strings({"create"})}});
    }
    return {{QStringLiteral("version"), version}, {QStringLiteral("resources"), list},
        {QStringLiteral("freshness"), QStringLiteral("Current")}};
}

// v2 or v2beta1 when the client accepts aggregated discovery, else empty.
QString aggregatedAs(const ApiRequest &request, bool compat120)
{
    if (compat120)
        return {};
    for (const auto ranges = request.accept.split(','); const QByteArray &range : ranges) {
        if (!range.contains("as=APIGroupDiscoveryList"))
            continue;
        if (range.contains("v=v2;") || range.endsWith("v=v2"))
            return QStringLiteral("v2");
        if (range.contains("v=v2beta1"))
            return QStringLiteral("v2beta1");
    }
    return {};
}

ApiResponse aggregated(const QString &as, const QJsonArray &items)
{
    ApiResponse response = ApiResponse::of({{QStringLiteral("kind"), QStringLiteral("APIGroupDiscoveryList")},
        {QStringLiteral("apiVersion"), QString(QStringLiteral("apidiscovery.k8s.io/") + as)},
        {QStringLiteral("metadata"), QJsonObject()}, {QStringLiteral("items"), items}});
    response.contentType = "application/json;g=apidiscovery.k8s.io;v=" + as.toLatin1() + ";as=APIGroupDiscoveryList";
    return response;
}

ApiResponse version(bool compat120)
{
    const QString minor = compat120 ? QStringLiteral("20") : QStringLiteral("36");
    return ApiResponse::of({{QStringLiteral("major"), QStringLiteral("1")}, {QStringLiteral("minor"), minor},
        {QStringLiteral("gitVersion"), QString(QStringLiteral("v1.") + minor + QStringLiteral(".2"))},
        {QStringLiteral("gitCommit"), QStringLiteral("demo")},
        {QStringLiteral("gitTreeState"), QStringLiteral("clean")},
        {QStringLiteral("buildDate"), QStringLiteral("2026-01-01T00:00:00Z")},
        {QStringLiteral("goVersion"), QStringLiteral("none")}, {QStringLiteral("compiler"), QStringLiteral("gc")},
        {QStringLiteral("platform"), QStringLiteral("linux/amd64")}});
}

} // namespace

ApiResult<ApiResponse> answer(const ApiRequest &request, const Resources &resources, bool compat120)
{
    const QStringList &parts = request.segments;
    const QString first = parts.value(0);
    if (first == L("version"))
        return version(compat120);
    if (first == L("healthz") || first == L("readyz") || first == L("livez"))
        return ApiResponse{200, QByteArrayLiteral("text/plain; charset=utf-8"), QByteArrayLiteral("ok"), {}, nullptr};
    if (parts.isEmpty())
        return ApiResponse::of({{QStringLiteral("paths"),
            strings({"/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz",
                "/version"})}});
    const QString as = aggregatedAs(request, compat120);
    const QList<std::pair<QString, QStringList>> all = groups(resources);
    if (first == L("api") && parts.size() == 1) {
        if (!as.isEmpty()) {
            return aggregated(as,
                {QJsonObject{
                    {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("creationTimestamp"), QJsonValue()}}},
                    {QStringLiteral("versions"), QJsonArray{aggregatedVersion(resources, {}, QStringLiteral("v1"))}}}});
        }
        return ApiResponse::of(
            {{QStringLiteral("kind"), QStringLiteral("APIVersions")}, {QStringLiteral("versions"), strings({"v1"})},
                {QStringLiteral("serverAddressByClientCIDRs"), QJsonArray()}});
    }
    if (first == L("apis") && parts.size() == 1) {
        QJsonArray list;
        for (const auto &[group, versions] : all) {
            if (as.isEmpty()) {
                list.append(apiGroup(group, versions));
                continue;
            }
            QJsonArray versionList;
            for (const QString &v : versions)
                versionList.append(aggregatedVersion(resources, group, v));
            list.append(QJsonObject{
                {QStringLiteral("metadata"),
                    QJsonObject{{QStringLiteral("name"), group}, {QStringLiteral("creationTimestamp"), QJsonValue()}}},
                {QStringLiteral("versions"), versionList}});
        }
        if (!as.isEmpty())
            return aggregated(as, list);
        return ApiResponse::of({{QStringLiteral("kind"), QStringLiteral("APIGroupList")},
            {QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("groups"), list}});
    }
    if (first == L("api") && parts.size() == 2 && parts.at(1) == L("v1"))
        return ApiResponse::of(resourceList(resources, {}, QStringLiteral("v1")));
    if (first == L("apis")) {
        const auto found = std::ranges::find(all, parts.at(1), [](const auto &entry) { return entry.first; });
        if (found != all.end() && parts.size() == 2) {
            QJsonObject group = apiGroup(found->first, found->second);
            group.insert(QStringLiteral("kind"), QStringLiteral("APIGroup"));
            group.insert(QStringLiteral("apiVersion"), QStringLiteral("v1"));
            return ApiResponse::of(group);
        }
        if (found != all.end() && parts.size() == 3 && found->second.contains(parts.at(2)))
            return ApiResponse::of(resourceList(resources, found->first, parts.at(2)));
    }
    return status::noSuchPath();
}

} // namespace kdra::demo::discovery
