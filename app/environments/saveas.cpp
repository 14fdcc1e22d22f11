// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/saveas.h"

#include "environments/kinds.h"
#include "environments/lifting.h"
#include "environments/placeholders.h"
#include "environments/serverfields.h"
#include "environments/yamlwriter.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::SaveAs)
};

// A key that starts with "$" would be read as "$when" is.
QString escapedKey(const QString &key)
{
    const bool directive = key.size() > 1 && key.front() == u'$' && (key[1].isLetter() || key[1] == u'$');
    return directive ? QLatin1Char('$') + escaped(key) : escaped(key);
}

QJsonValue escapedTree(const QJsonValue &value, const QString &ns, const SaveAsOptions &options)
{
    if (value.isString()) {
        QString text = escaped(value.toString());
        if (!options.environmentName.isEmpty())
            text.replace(options.environmentName, L("${environment.name}"));
        if (!options.environmentNamespace.isEmpty())
            text.replace(options.environmentNamespace, L("${environment.namespace}"));
        if (!ns.isEmpty()) // names of services: web.team.svc, web.team.svc.cluster.local
            text.replace(
                QLatin1Char('.') + ns + QStringLiteral(".svc"), QStringLiteral(".${environment.namespace}.svc"));
        return text;
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const auto old = value.toArray(); const QJsonValue &one : old)
            array.append(escapedTree(one, ns, options));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject old = value.toObject();
    for (auto one = old.begin(); one != old.end(); ++one)
        object.insert(escapedKey(one.key()), escapedTree(*one, ns, options));
    return object;
}

// Subjects of role bindings name the namespace of their service account.
void useOwnNamespace(QJsonObject &object, const QString &ns)
{
    QJsonArray subjects = object.value(L("subjects")).toArray();
    for (QJsonValueRef one : subjects) {
        QJsonObject subject = one.toObject();
        if (!ns.isEmpty() && subject.value(L("namespace")).toString() == ns)
            subject.insert(L("namespace"), QStringLiteral("${environment.namespace}"));
        one = subject;
    }
    if (!subjects.isEmpty())
        object.insert(L("subjects"), subjects);
}

QString fileOf(const QString &kind)
{
    static const QStringList config = {QStringLiteral("ConfigMap"), QStringLiteral("Secret"),
        QStringLiteral("ServiceAccount"), QStringLiteral("LimitRange"), QStringLiteral("ResourceQuota")};
    static const QStringList workloads = {QStringLiteral("Pod"), QStringLiteral("Job.batch"),
        QStringLiteral("CronJob.batch"), QStringLiteral("ReplicationController")};
    if (config.contains(kind) || kind.endsWith(L(".rbac.authorization.k8s.io")))
        return QStringLiteral("manifests/10-config.yaml");
    if (kind == L("PersistentVolumeClaim"))
        return QStringLiteral("manifests/20-storage.yaml");
    if (kind == L("Service"))
        return QStringLiteral("manifests/30-services.yaml");
    if (kind.endsWith(L(".apps")) || workloads.contains(kind))
        return QStringLiteral("manifests/40-workloads.yaml");
    return QStringLiteral("manifests/50-others.yaml");
}

} // namespace

QString templateNameFrom(const QString &text)
{
    QString name;
    for (const QChar c : text.toLower()) {
        if (c.unicode() < 0x80 && c.isLetterOrNumber())
            name += c;
        else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-')))
            name += QLatin1Char('-');
    }
    name.truncate(40);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("template") : name;
}

Result<SavedTemplate> templateFrom(const QList<QJsonObject> &objects, const SaveAsOptions &options)
{
    SavedTemplate saved;
    Template header{.name = options.name,
        .title = options.title.isEmpty() ? options.name : options.title,
        .description = options.description,
        .icon = options.icon,
        .category = options.category,
        .tags = options.tags,
        .version = QStringLiteral("1.0.0")};
    Lifting lifting;
    QMap<QString, QList<QJsonObject>> files;
    int made = 0;
    for (const QJsonObject &object : objects) {
        if (isMadeByController(object)) {
            ++made;
            continue;
        }
        if (const QString reason = reasonToLeaveOut(object); !reason.isEmpty()) {
            saved.notes.append(reason);
            continue;
        }
        const QString kind = kindName(object);
        const QString ns = object.value(L("metadata")).toObject().value(L("namespace")).toString();
        if ((ns.isEmpty() && isKnownClusterScoped(kind)) && !header.clusterScoped.contains(kind))
            header.clusterScoped.append(kind);
        QJsonObject clean = escapedTree(withoutServerFields(object), ns, options).toObject();
        if (kind.endsWith(L("Binding.rbac.authorization.k8s.io")))
            useOwnNamespace(clean, ns);
        files[fileOf(kind)].append(lifting.lift(clean));
    }
    if (made > 0)
        saved.notes.append(
            Text::tr("%n objects are left out: their controllers make them.", "such as pods of a Deployment", made));
    saved.notes += lifting.notes();
    if (files.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("Nothing remains that a template could hold."),
            .where = options.name,
            .remedy = Text::tr("Choose what makes the objects, such as the Deployment and not its pods.")
                + (saved.notes.isEmpty() ? QString() : QLatin1Char(' ') + saved.notes.join(QLatin1Char(' ')))});
    header.parameters = lifting.parameters();
    header.capabilities = lifting.capabilities();
    saved.files.append({QStringLiteral("template.yaml"), templateHeader(header)});
    for (auto file = files.begin(); file != files.end(); ++file)
        saved.files.append({file.key(), yamlDocuments(*file)});
    if (const auto read = readTemplate(saved.files, Source::Folder, options.name); !read)
        return std::unexpected(read.error());
    return saved;
}

} // namespace kdra::environments
