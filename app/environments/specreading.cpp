// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/lifecycle.h"
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
    return client.send(actions::getRequest(path))
        .then(QtFuture::Launch::Async, [](const Result<kube::Response> &answer) { return actions::objectOf(answer); });
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

Result<Spec> specOf(const QJsonObject &json, const QString &templateText, const QString &where)
{
    Result<Spec> spec = specFromJson(json);
    if (!spec)
        return spec;
    const QString id = valueAt(json, {u"template"_s, u"id"_s}).toString();
    const Result<TemplatePtr> from = keptTemplate(templateText, id, where);
    if (!from)
        return std::unexpected(from.error());
    spec->from = *from;
    return spec;
}

Result<Spec> specOfParent(const QJsonObject &parent, const QString &where)
{
    const QString text = valueAt(parent, {u"data"_s, SpecKey}).toString();
    return specOf(QJsonDocument::fromJson(text.toUtf8()).object(),
        valueAt(parent, {u"binaryData"_s, TemplateKey}).toString(), where);
}

Result<Spec> specOfNamespace(const QJsonObject &space, const QString &where)
{
    const QString text = valueAt(space, {u"metadata"_s, u"annotations"_s, SpecAnnotation}).toString();
    const QJsonObject kept = QJsonDocument::fromJson(text.toUtf8()).object();
    return specOf(kept.value(SpecKey).toObject(), kept.value(TemplateKey).toString(), where);
}

// Where in the cluster the value of a generated secret is: a Secret that holds it as it is.
struct SecretPlace {
    QString parameter;
    QString secret;
    QString key;
};

// Found by rendering with values that cannot be mistaken.
QList<SecretPlace> secretPlaces(const Spec &spec)
{
    Values values = spec.values;
    QHash<QString, QString> parameters;
    for (const Parameter &one : spec.from->parameters) {
        if (one.type != ParameterType::Secret)
            continue;
        const QString marker = u"kdraSecret%1x"_s.arg(parameters.size());
        values.insert(one.name, marker);
        parameters.insert(marker, one.name);
    }
    QList<SecretPlace> places;
    if (parameters.isEmpty())
        return places;
    // Not completed, as the markers are no values that the template would take.
    const Result<QList<Manifest>> manifests =
        render(*spec.from, values, {.name = spec.name, .ns = spec.ns, .owner = spec.owner, .host = spec.host});
    if (!manifests)
        return places;
    for (const Manifest &manifest : *manifests) {
        if (manifest.object.value("kind"_L1).toString() != "Secret"_L1)
            continue;
        const QJsonObject data = manifest.object.value("stringData"_L1).toObject();
        for (auto one = data.begin(); one != data.end(); ++one) {
            const auto parameter = parameters.constFind(one.value().toString());
            if (parameter != parameters.cend())
                places.append({*parameter, valueAt(manifest.object, {u"metadata"_s, u"name"_s}).toString(), one.key()});
        }
    }
    return places;
}

// Reads the secrets one after the other; one that is not there yet is made anew later.
QFuture<Result<Spec>> withSecrets(
    kube::ApiClient &client, const kube::Resource &secrets, Spec spec, QList<SecretPlace> places)
{
    while (!places.isEmpty() && spec.values.contains(places.first().parameter))
        places.removeFirst();
    if (places.isEmpty())
        return ready<Spec>(std::move(spec));
    const SecretPlace place = places.takeFirst();
    return get(client, secrets.path(spec.ns, place.secret))
        .then(QtFuture::Launch::Async,
            [&client, secrets, spec = std::move(spec), places, place](const Object &secret) mutable {
                if (!secret && secret.error().kind != Error::Kind::NotFound)
                    return ready<Spec>(std::unexpected(secret.error()));
                const QString value = secret ? valueAt(*secret, {u"data"_s, place.key}).toString() : QString();
                if (!value.isEmpty()) {
                    spec.values.insert(place.parameter, QString::fromUtf8(QByteArray::fromBase64(value.toLatin1())));
                }
                return withSecrets(client, secrets, std::move(spec), places);
            })
        .unwrap();
}

} // namespace

QFuture<Result<Spec>> readSpec(kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment)
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
    return get(client, path)
        .then(QtFuture::Launch::Async,
            [&client, secrets = *secrets, hasParent = environment.hasParent, path](const Object &object) {
                if (!object)
                    return ready<Spec>(std::unexpected(object.error()));
                Result<Spec> spec = hasParent ? specOfParent(*object, path) : specOfNamespace(*object, path);
                if (!spec)
                    return ready<Spec>(std::move(spec));
                const QList<SecretPlace> places = secretPlaces(*spec);
                return withSecrets(client, secrets, std::move(*spec), places);
            })
        .unwrap();
}

} // namespace kdra::environments
