// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "kube/apiclient.h"
#include "models/section.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <functional>

namespace kdra::models {

// One of status.conditions of an object.
struct Condition {
    QString type;
    QString status; // True, False, Unknown
    QString reason;
    QString message;
    quint32 since = 0; // lastTransitionTime
    bool operator==(const Condition &) const = default;
};

// What is fetched of an object when somebody looks at it.
struct ObjectDocument {
    QString yaml;
    QList<Condition> conditions;
    Sections sections; // in the words of its kind
};

// How to ask for an object: by kind, namespace and name.
using ObjectFetch =
    std::function<QFuture<Result<kube::Response>>(store::Kind kind, const QString &ns, const QString &name)>;

// Fetches the full object that is looked at, again when it has changed; parses it on a worker. GUI thread.
class ObjectLoader : public QObject {
    Q_OBJECT
public:
    enum class State { Nothing, Loading, Ready, Failed };

    explicit ObjectLoader(QObject *parent = nullptr);

    void setFetch(ObjectFetch fetch) { m_fetch = std::move(fetch); }
    // Look at this object as of this version; a null item at nothing. The same object in a new version is fetched again
    // after a moment, and the old document stays until then.
    void look(const Item &item, const QString &ns, const QString &name, quint64 version);
    void retry();

    State state() const { return m_state; }
    const ObjectDocument &document() const { return m_document; }
    const Error &error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    void fetch();

    ObjectFetch m_fetch;
    Item m_item;
    QString m_ns;
    QString m_name;
    quint64 m_version = 0;
    State m_state = State::Nothing;
    ObjectDocument m_document;
    Error m_error;
    Latest m_latest;
    QFuture<Result<kube::Response>> m_request;
    QTimer m_soon;
};

// The document of an object's JSON; an Error when it is none. Any thread.
Result<ObjectDocument> parseDocument(const QByteArray &json);

} // namespace kdra::models
