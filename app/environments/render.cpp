// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/render.h"

#include "environments/decoration.h"
#include "environments/kinds.h"
#include "environments/parameters.h"
#include "environments/rendering.h"
#include "environments/substitution.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qsizetype MaxObjects = 500;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

bool isDnsLabel(const QString &text, qsizetype longest)
{
    static const QRegularExpression label(QStringLiteral(R"(\A[a-z0-9]([a-z0-9-]*[a-z0-9])?\z)"));
    return text.size() <= longest && label.match(text).hasMatch();
}

// Why nothing can be rendered for it; empty when it can.
QString problemOf(const Identity &identity)
{
    static const QRegularExpression host(
        QStringLiteral(R"(\A([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)?\z)"));
    static const QRegularExpression owner(QStringLiteral(R"(\A([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?\z)"));
    for (const QString &name : {identity.name, identity.whole.isEmpty() ? identity.name : identity.whole}) {
        if (!isDnsLabel(name, 40))
            return Text::tr("“%1” cannot be the name of an environment.").arg(name.left(60));
    }
    if (!isDnsLabel(identity.ns, 63))
        return Text::tr("“%1” cannot be the name of a namespace.").arg(identity.ns.left(80));
    if (identity.host.size() > 253 || !host.match(identity.host).hasMatch())
        return Text::tr("“%1” cannot be a host name.").arg(identity.host.left(80));
    if (identity.owner.size() > 63 || !owner.match(identity.owner).hasMatch())
        return Text::tr("“%1” cannot be the name of an owner.").arg(identity.owner.left(80));
    return {};
}

// The line of a field, or of what encloses it.
int lineOf(const YamlNode &root, std::initializer_list<QStringView> path)
{
    const YamlNode *node = &root;
    int line = root.line;
    for (const QStringView key : path) {
        const YamlNode *next = node->isMapping() ? node->find(key) : nullptr;
        if (!next)
            break;
        node = next;
        line = node->line;
    }
    return line;
}

// Holds one object against what a template may contain.
class Gate {
public:
    Gate(const Template &from, const Identity &identity)
        : m_template(from)
        , m_identity(identity)
    {
    }

    // `kept`: a condition leaves it in.
    void check(const Manifest &manifest, const YamlNode &root, bool kept)
    {
        const QJsonObject &object = manifest.object;
        const auto refuse = [&](const QString &what, std::initializer_list<QStringView> path,
                                const QString &remedy = {}) {
            throw refusal(what, manifest.file, lineOf(root, path), remedy);
        };
        for (const QStringView key : {u"apiVersion", u"kind"}) {
            if (object.value(key).toString().isEmpty())
                refuse(Text::tr("The object has no %1.").arg(key), {key});
            // What it asks of the cluster and of the user's rights must not depend on what somebody types.
            if (const YamlNode *node = root.find(key); !node || node->text.contains(L("${")))
                refuse(Text::tr("A placeholder may not stand in %1.").arg(key), {key});
        }
        const QJsonObject metadata = object.value(L("metadata")).toObject();
        const QString name = metadata.value(L("name")).toString();
        if (name.isEmpty())
            refuse(Text::tr("The object has no name."), {u"metadata", u"name"},
                Text::tr("Give it metadata.name, such as ${environment.name}-web."));
        // What the API server takes for a segment of a path; kinds ask for more.
        if (name.size() > 253 || name == L(".") || name == L("..") || name.contains(QLatin1Char('/'))
            || name.contains(QLatin1Char('%')) || name.contains(QChar::Null))
            refuse(Text::tr("“%1” cannot be the name of an object.").arg(name.left(100)), {u"metadata", u"name"});
        const QString kind = kindName(object);
        if (kind == L("Namespace"))
            refuse(Text::tr("A template may not contain a Namespace."), {u"kind"},
                Text::tr("Leave it out: an environment brings its own namespace."));
        if (kind == L("List"))
            refuse(Text::tr("A template may not contain a List."), {u"kind"},
                Text::tr("Write its items as documents of their own, with --- between them."));
        checkScope(kind, metadata.value(L("namespace")), refuse);
        checkClaims(object, metadata, refuse);
        if (!kept)
            return;
        if (const auto at = m_seen.find({kind, name}); at != m_seen.end())
            refuse(Text::tr("There are two objects %1; the other one is at %2.").arg(manifest.display(), *at),
                {u"metadata", u"name"}, Text::tr("Give one of them another name."));
        m_seen.insert({kind, name}, manifest.where());
        if (m_seen.size() > MaxObjects)
            refuse(Text::tr("The template has more than %n objects.", nullptr, int(MaxObjects)), {});
    }

private:
    template <class Refuse> void checkScope(const QString &kind, const QJsonValue &ns, Refuse refuse) const
    {
        const bool declared = m_template.clusterScoped.contains(kind);
        if (!declared && isKnownClusterScoped(kind))
            refuse(Text::tr("%1 is outside of namespaces, and the template does not declare it.").arg(kind), {u"kind"},
                Text::tr("Add it to needs.clusterScoped in template.yaml, or leave the object out."));
        if (ns.isUndefined() || ns.isNull())
            return;
        if (declared)
            refuse(Text::tr("%1 is outside of namespaces, but the object names one.").arg(kind),
                {u"metadata", u"namespace"}, Text::tr("Leave metadata.namespace out."));
        if (ns.toString() != m_identity.ns)
            refuse(Text::tr("The object is for the namespace “%1”; a template may only touch that of its environment.")
                       .arg(ns.toString().left(100)),
                {u"metadata", u"namespace"}, Text::tr("Leave metadata.namespace out."));
    }

    // What would outlast the environment, or take part in what is not its own.
    template <class Refuse>
    static void checkClaims(const QJsonObject &object, const QJsonObject &metadata, Refuse refuse)
    {
        for (const QStringView key : {u"finalizers", u"ownerReferences"}) {
            if (metadata.contains(key))
                refuse(Text::tr("A template may not set metadata.%1.").arg(key), {u"metadata", key},
                    Text::tr("Leave it out: nobody could delete the object, or others would."));
        }
        QStringList pod = podTemplatePath(object.value(L("kind")).toString());
        const QJsonObject ofPods =
            pod.isEmpty() ? QJsonObject() : valueAt(object, pod + QStringList{QStringLiteral("metadata")}).toObject();
        for (const QJsonObject &of : {metadata, ofPods}) {
            for (const QStringView map : {u"labels", u"annotations"}) {
                for (const QStringList names = of.value(map).toObject().keys(); const QString &name : names) {
                    if (name.startsWith(L("applyset.kubernetes.io/")))
                        refuse(Text::tr("A template may not set %1.").arg(name), {u"metadata", map},
                            Text::tr("Leave it out: it says whose the object is, and KDRA sets it."));
                }
            }
        }
        if (const bool isPod = object.value(L("kind")).toString() == L("Pod"); isPod || !pod.isEmpty()) {
            pod += {QStringLiteral("spec"), QStringLiteral("nodeName")};
            if (!valueAt(object, pod).isUndefined())
                refuse(Text::tr("A template may not set nodeName, which passes by the scheduler."), {u"spec"},
                    Text::tr("Leave it out, and choose the node as the placement; or write a nodeSelector."));
        }
    }

    const Template &m_template;
    const Identity &m_identity;
    QMap<std::pair<QString, QString>, QString> m_seen;
};

std::unexpected<Error> invalid(const QString &what, const Template &from, const QString &remedy)
{
    return std::unexpected(Error{.kind = Error::Kind::Invalid, .what = what, .where = from.title, .remedy = remedy});
}

} // namespace

QString Manifest::where() const
{
    return fileAndLine(file, line);
}

QString Manifest::display() const
{
    const QString kind = kindName(object);
    const QString shown = isKnownClusterScoped(kind) ? kind : object.value(L("kind")).toString();
    return shown + QLatin1Char(' ') + object.value(L("metadata")).toObject().value(L("name")).toString();
}

Result<QList<Manifest>> renderUnchecked(const Template &from, const Values &values, const Identity &identity)
{
    QList<TemplateFile> files;
    for (const TemplateFile &file : from.files) {
        if (file.path.startsWith(L("manifests/")))
            files.append(file);
    }
    std::ranges::sort(files, {}, &TemplateFile::path);
    Substitution substitution(from, values, identity);
    Gate gate(from, identity);
    QList<Manifest> manifests;
    try {
        for (const TemplateFile &file : std::as_const(files)) {
            const auto documents = parseYaml(file.content, file.path);
            if (!documents)
                return std::unexpected(documents.error());
            for (const YamlNode &root : *documents) {
                if (!root.isMapping())
                    throw refusal(Text::tr("The document is not a Kubernetes object."), file.path, root.line);
                substitution.document(root, file.path, [&](const QJsonValue &value, bool kept) {
                    Manifest manifest{.object = value.toObject(), .file = file.path, .line = root.line};
                    gate.check(manifest, root, kept);
                    if (kept)
                        manifests.append(std::move(manifest));
                });
            }
        }
    } catch (const Refusal &refused) {
        return std::unexpected(refused.error);
    }
    return manifests;
}

Result<QList<Manifest>> render(const Template &from, const Values &values, const Identity &identity)
{
    if (const QString problem = problemOf(identity); !problem.isEmpty())
        return invalid(problem, from, Text::tr("Use lower case letters, digits and “-”."));
    for (const Parameter &parameter : from.parameters) {
        const QJsonValue value = values.value(parameter.name, QJsonValue::Undefined);
        if (const QString problem = problemOf(parameter, value); !problem.isEmpty())
            return invalid(Text::tr("%1: %2", "a parameter's title, and what is wrong with its value")
                               .arg(parameter.title, problem),
                from, Text::tr("Give “%1” another value.").arg(parameter.title));
    }
    return renderUnchecked(from, values, identity);
}

} // namespace kdra::environments
