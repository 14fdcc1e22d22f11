// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/metadata.h"

#include "actions/preview.h"
#include "actions/requests.h"
#include "base/whenfinished.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Metadata)
};

bool isName(const QString &text)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\\z"));
    return text.size() <= 63 && name.match(text).hasMatch();
}

bool isDomain(const QString &text)
{
    static const QRegularExpression domain(
        QStringLiteral("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\z"));
    return text.size() <= 253 && domain.match(text).hasMatch();
}

} // namespace

QMap<QString, QString> textsOf(const QJsonObject &object, const QString &field)
{
    QMap<QString, QString> texts;
    const QJsonObject map = object.value(u"metadata").toObject().value(field).toObject();
    for (auto it = map.begin(); it != map.end(); ++it)
        texts.insert(it.key(), it.value().toString());
    return texts;
}

QFuture<Result<Metadata>> readMetadata(kube::ApiClient &client, const Target &target)
{
    kube::Request request = getRequest(target.path());
    request.accept = MetadataOnly;
    return onPool(
        client.send(std::move(request)), [target](const Result<kube::Response> &response) -> Result<Metadata> {
            const Result<QJsonObject> object = objectOf(response);
            if (!object)
                return std::unexpected(object.error());
            if (uidOf(*object) != target.uid())
                return std::unexpected(replacedError(target));
            return Metadata{.labels = textsOf(*object, QStringLiteral("labels")),
                .annotations = textsOf(*object, QStringLiteral("annotations"))};
        });
}

MetadataEdit editOf(const QMap<QString, QString> &seen, const QMap<QString, QString> &wanted)
{
    MetadataEdit edit{.seen = seen};
    for (const auto &[key, value] : wanted.asKeyValueRange()) {
        if (!seen.contains(key) || seen.value(key) != value)
            edit.set.insert(key, value);
    }
    for (const auto &[key, value] : seen.asKeyValueRange()) {
        if (!wanted.contains(key))
            edit.removed.append(key);
    }
    return edit;
}

QString annotationProblem(const QString &key)
{
    const qsizetype slash = key.indexOf(QLatin1Char('/'));
    if (key.isEmpty())
        return Text::tr("The key is missing.");
    if (slash >= 0 && !isDomain(key.first(slash)))
        return Text::tr("“%1” must be a domain in small letters, such as example.org.").arg(key.first(slash));
    const QString name = key.mid(slash + 1);
    if (!isName(name))
        return Text::tr(
            "“%1” must have at most 63 letters, digits, “-”, “_” or “.”, and begin and end with a letter or "
            "digit.")
            .arg(name);
    return {};
}

QString labelProblem(const QString &key, const QString &value)
{
    if (const QString problem = annotationProblem(key); !problem.isEmpty())
        return problem;
    if (!value.isEmpty() && !isName(value))
        return Text::tr(
            "The value “%1” must have at most 63 letters, digits, “-”, “_” or “.”, and begin and end with a "
            "letter or digit.")
            .arg(value);
    return {};
}

} // namespace kdra::actions
