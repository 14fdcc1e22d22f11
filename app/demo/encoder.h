// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo {

// The form that the client asked for by Accept: the object itself, a Table, or only metadata.
class Encoder {
public:
    enum class Form { Object, Table, Partial };

    // NotAcceptable when the client wants something that is not served (protobuf alone, say).
    static ApiResult<Encoder> of(const ApiRequest &request, const Resources &resources);

    Form form() const { return m_form; }
    bool isPlain() const { return m_form == Form::Object && !m_converts; }

    // One object as the answer to a GET. Shares the stored bytes when it can.
    QByteArray one(const StoredObject &object) const;
    // The same in a watch event; a Table names its columns in the first event only.
    QByteArray event(const StoredObject &object, bool first) const;
    // A BOOKMARK's object: of the kind, with nothing but a resourceVersion.
    QByteArray bookmark(quint64 revision, bool initialEventsEnd) const;
    // A whole list; `metadata` is its ListMeta. For everything but long plain lists (those are streamed).
    QByteArray list(const std::vector<ObjectPtr> &objects, const QJsonObject &metadata) const;
    // The parts of a plain list around its items.
    QByteArray listHead(const QJsonObject &metadata) const;
    QByteArray item(const StoredObject &object) const;

    // The object as the requested kind shows it (an events.k8s.io Event is a core Event in other words).
    QJsonObject shown(const StoredObject &object) const;

private:
    QByteArray table(const std::vector<ObjectPtr> &objects, const QJsonObject &metadata, bool columns) const;

    const Resources *m_resources = nullptr;
    const ResourceType *m_type = nullptr;
    Form m_form = Form::Object;
    bool m_converts = false;
    QString m_includeObject;
    QString m_metaVersion; // "v1", "v1beta1"
};

// Between core/v1 and events.k8s.io/v1.
QJsonObject toEventsEvent(QJsonObject core);
QJsonObject toCoreEvent(QJsonObject event);

} // namespace kdra::demo
