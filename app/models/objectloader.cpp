// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/objectloader.h"

#include "base/whenfinished.h"
#include "models/documentsections.h"
#include "models/yaml.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::models {

ObjectLoader::ObjectLoader(QObject *parent)
    : QObject(parent)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ObjectLoader::fetch);
}

void ObjectLoader::look(const Item &item, const QString &ns, const QString &name, quint64 version)
{
    if (item == m_item && version == m_version)
        return;
    const bool same = item == m_item;
    m_item = item;
    m_ns = ns;
    m_name = name;
    m_version = version;
    if (item.isNull() || !m_fetch) {
        m_soon.stop();
        m_latest.cancel();
        m_state = State::Nothing;
        m_document = {};
        Q_EMIT changed();
        return;
    }
    if (same) {
        // An object in turmoil is not fetched for each of its versions.
        if (!m_soon.isActive())
            m_soon.start(1500);
        return;
    }
    m_latest.cancel();
    m_document = {};
    m_state = State::Loading;
    // Walking through a table with the arrow keys does not fetch each row.
    m_soon.start(120);
    Q_EMIT changed();
}

void ObjectLoader::retry()
{
    if (m_item.isNull())
        return;
    m_state = State::Loading;
    Q_EMIT changed();
    fetch();
}

void ObjectLoader::fetch()
{
    const auto token = m_latest.next();
    m_request.cancel();
    m_request = m_fetch(m_item.kind, m_ns, m_name);
    whenFinished(onPool(m_request,
                     [](Result<kube::Response> response) -> Result<ObjectDocument> {
                         if (!response)
                             return std::unexpected(std::move(response.error()));
                         return parseDocument(response->body);
                     }),
        this, [this, token](Result<ObjectDocument> document) {
            if (!token.isCurrent())
                return;
            if (document) {
                m_state = State::Ready;
                m_document = std::move(*document);
            } else {
                m_state = State::Failed;
                m_error = std::move(document.error());
            }
            Q_EMIT changed();
        });
}

Result<ObjectDocument> parseDocument(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument parsed = QJsonDocument::fromJson(json, &problem);
    if (!parsed.isObject()) {
        Error error;
        error.kind = Error::Kind::Protocol;
        error.what = QCoreApplication::translate("models", "The server's answer is not a Kubernetes object.");
        error.where = problem.errorString();
        error.remedy = QCoreApplication::translate("models", "Try again; if it stays, a proxy may be in the way.");
        return std::unexpected(std::move(error));
    }
    ObjectDocument document;
    const QJsonObject object = parsed.object();
    document.yaml = toYaml(readable(object));
    document.sections = sectionsOf(object);
    for (const QJsonArray conditions = object.value(u"status").toObject().value(u"conditions").toArray();
        const QJsonValue &value : conditions) {
        const QJsonObject condition = value.toObject();
        document.conditions.append({condition.value(u"type").toString(), condition.value(u"status").toString(),
            condition.value(u"reason").toString(), condition.value(u"message").toString(),
            secondsOf(condition.value(u"lastTransitionTime"))});
    }
    return document;
}

} // namespace kdra::models
