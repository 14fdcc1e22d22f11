// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "base/whenfinished.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/lifecycle.h"
#include "environments/rendering.h"
#include "environments/templatefiles.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::SpecReading)
};

using Object = Result<QJsonObject>;

QFuture<Object> get(kube::ApiClient &client, const QString &path)
{
    return onPool(client.send(actions::getRequest(path)),
        [](const Result<kube::Response> &answer) { return actions::objectOf(answer); });
}

template <class T> QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

Result<TemplatePtr> keptTemplate(const QString &base64, const QString &id, const QString &where)
{
    const QByteArray packed = QByteArray::fromBase64(base64.toLatin1());
    // The first four bytes say how much memory will be asked for: they come from the cluster.
    constexpr quint32 most = 4 * MaxTemplateBytes;
    if (packed.size() < 4 || qFromBigEndian<quint32>(packed.constData()) > most) {
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("The template that is kept with the environment cannot be read."),
            .where = where,
            .remedy = Text::tr("It has been edited. The environment can still be deleted.")});
    }
    return unpackTemplateFiles(qUncompress(packed))
        .and_then([&](const QList<TemplateFile> &files) { return readTemplate(files, Source::Cluster, where); })
        .transform([&](Template read) -> TemplatePtr {
            read.id = id;
            return std::make_shared<const Template>(std::move(read));
        });
}

using Templates = std::function<QString(const QString &key)>;

Result<Spec> specOf(const QJsonObject &json, const Templates &templates, const QString &where)
{
    Result<Spec> spec = specFromJson(json);
    if (!spec)
        return spec;
    const QStringList id{u"template"_s, u"id"_s};
    const Result<TemplatePtr> first = keptTemplate(templates(TemplateKey), valueAt(json, id).toString(), where);
    if (!first)
        return std::unexpected(first.error());
    spec->from = *first;
    const QJsonArray parts = json.value("parts"_L1).toArray();
    for (qsizetype i = 0; i < spec->parts.size(); ++i) {
        Part &part = spec->parts[i];
        const Result<TemplatePtr> from =
            keptTemplate(templates(templateKey(*spec, part)), valueAt(parts[i].toObject(), id).toString(), where);
        if (!from)
            return std::unexpected(from.error());
        part.from = *from;
    }
    return spec;
}

Result<Spec> specOfParent(const QJsonObject &parent, QLatin1StringView key, const QString &where)
{
    const QJsonValue text = valueAt(parent, {u"data"_s, key});
    if (key == FormerSpecKey && !text.isString()) {
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("What the environment was before is not known."),
            .where = where,
            .remedy = Text::tr("Resume the change, or delete the environment.")});
    }
    Result<Spec> spec = specOf(
        QJsonDocument::fromJson(text.toString().toUtf8()).object(),
        [&](const QString &name) { return valueAt(parent, {u"binaryData"_s, name}).toString(); }, where);
    if (spec)
        spec->noted = valueAt(parent, {u"metadata"_s, u"annotations"_s, PlanAnnotation}).toString();
    return spec;
}

Result<Spec> specOfNamespace(const QJsonObject &space, const QString &where)
{
    const QString text = valueAt(space, {u"metadata"_s, u"annotations"_s, SpecAnnotation}).toString();
    const QJsonObject kept = QJsonDocument::fromJson(text.toUtf8()).object();
    return specOf(
        kept.value(SpecKey).toObject(), [&](const QString &name) { return kept.value(name).toString(); }, where);
}

// Where in the cluster the value of a generated secret is: a Secret that holds it as it is.
struct SecretPlace {
    QString part; // name; empty: of the first template
    QString parameter;
    QString secret;
    QString key;
};

// Found by rendering with values that cannot be mistaken.
QList<SecretPlace> secretPlaces(const Spec &spec, const Part &part)
{
    Values values = part.values;
    QHash<QString, QString> parameters;
    for (const Parameter &one : part.from->parameters) {
        if (one.type != ParameterType::Secret)
            continue;
        const QString marker = u"kdraSecret%1x"_s.arg(parameters.size());
        values.insert(one.name, marker);
        parameters.insert(marker, one.name);
    }
    QList<SecretPlace> places;
    if (parameters.isEmpty())
        return places;
    // Unchecked, as the markers are no values that the template would take.
    const Result<QList<Manifest>> manifests = renderUnchecked(*part.from, values,
        {.name = part.name, .ns = spec.ns, .owner = spec.owner, .host = part.host, .whole = spec.name});
    if (!manifests)
        return places;
    for (const Manifest &manifest : *manifests) {
        if (manifest.object.value("kind"_L1).toString() != "Secret"_L1)
            continue;
        const QJsonObject data = manifest.object.value("stringData"_L1).toObject();
        for (auto one = data.begin(); one != data.end(); ++one) {
            const auto parameter = parameters.constFind(one.value().toString());
            if (parameter != parameters.cend())
                places.append({part.name == spec.name ? QString() : part.name, *parameter,
                    valueAt(manifest.object, {u"metadata"_s, u"name"_s}).toString(), one.key()});
        }
    }
    return places;
}

Values &valuesOf(Spec &spec, const QString &part)
{
    const auto at = std::ranges::find(spec.parts, part, &Part::name);
    return at == spec.parts.end() ? spec.values : at->values;
}

// Reads the secrets one after the other; one that is not there yet is made anew later.
QFuture<Result<Spec>> withSecrets(
    kube::ApiClient &client, const kube::Resource &secrets, Spec spec, QList<SecretPlace> places)
{
    while (!places.isEmpty() && valuesOf(spec, places.first().part).contains(places.first().parameter))
        places.removeFirst();
    if (places.isEmpty())
        return ready<Spec>(std::move(spec));
    const SecretPlace place = places.takeFirst();
    const QFuture<Object> asked = get(client, secrets.path(spec.ns, place.secret));
    return unwrapped(
        onPool(asked, [&client, secrets, spec = std::move(spec), places, place](const Object &secret) mutable {
            if (!secret && secret.error().kind != Error::Kind::NotFound)
                return ready<Spec>(std::unexpected(secret.error()));
            const QString value = secret ? valueAt(*secret, {u"data"_s, place.key}).toString() : QString();
            if (!value.isEmpty()) {
                valuesOf(spec, place.part)
                    .insert(place.parameter, QString::fromUtf8(QByteArray::fromBase64(value.toLatin1())));
            }
            return withSecrets(client, secrets, std::move(spec), places);
        }));
}

QFuture<Result<Spec>> readSpec(
    kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment, QLatin1StringView key)
{
    const Result<kube::Resource> configMaps = api.find({}, u"ConfigMap"_s);
    const Result<kube::Resource> namespaces = api.find({}, u"Namespace"_s);
    const Result<kube::Resource> secrets = api.find({}, u"Secret"_s);
    for (const Result<kube::Resource> *one : {&configMaps, &namespaces, &secrets}) {
        if (!*one)
            return ready<Spec>(std::unexpected(one->error()));
    }
    const QString path = environment.hasParent ? configMaps->path(environment.ns, environment.parent)
                                               : namespaces->path({}, environment.ns);
    return unwrapped(onPool(get(client, path),
        [&client, secrets = *secrets, hasParent = environment.hasParent, name = environment.name, ns = environment.ns,
            path, key](const Object &object) {
            if (!object)
                return ready<Spec>(std::unexpected(object.error()));
            Result<Spec> spec = hasParent ? specOfParent(*object, key, path) : specOfNamespace(*object, path);
            if (!spec)
                return ready<Spec>(std::move(spec));
            // Whoever may write here must not have others read and write elsewhere for him.
            if (spec->name != name || spec->ns != ns) {
                return ready<Spec>(std::unexpected(Error{.kind = Error::Kind::Protocol,
                    .what = Text::tr("What is noted there is of the environment %1 in %2, not of %3 in %4.")
                        .arg(spec->name.left(100), spec->ns.left(100), name, ns),
                    .where = path,
                    .remedy = Text::tr("It has been edited. The environment can still be deleted.")}));
            }
            QList<SecretPlace> places;
            for (const Part &part : allParts(*spec))
                places += secretPlaces(*spec, part);
            return withSecrets(client, secrets, std::move(*spec), places);
        }));
}

} // namespace

QFuture<Result<Spec>> readSpec(kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment)
{
    return readSpec(client, api, environment, SpecKey);
}

QFuture<Result<Spec>> readFormerSpec(
    kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment)
{
    return readSpec(client, api, environment, FormerSpecKey);
}

} // namespace kdra::environments
