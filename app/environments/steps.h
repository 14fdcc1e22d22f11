// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/procedure.h"
#include "environments/plan.h"

#include <QDeadlineTimer>

namespace kdra::environments {

// What the jobs of environments have in common: requests that are repeated when the server cannot be reached, and
// members of an ApplySet. Everything that is written is idempotent, so that it may be written twice. GUI thread.
class Steps : public actions::Procedure {
    Q_OBJECT
public:
    using Procedure::Procedure;

    using Handler = Procedure::Handler;
    // Sends it, again and again when there was no answer or a 5xx, for two minutes: as long as an API server that is
    // started anew by its node may take.
    void ask(const kube::Request &request, const Handler &handler);
    void stop() override;
    void tell(const QString &text) { say(text); }
    void remember(const QString &text) { note(text); }
    store::ClusterStore &cluster() { return store(); }

    // One object that is part of an environment, as the server told of it.
    struct Member {
        kube::Resource resource = {};
        QString ns = {};
        QString name = {};
        QString uid = {};
        QString path() const { return resource.path(ns, name); }
        QString display() const { return resource.kind + QLatin1Char(' ') + name; }
    };
    using Members = QList<Member>;
    // Its parent ConfigMap goes to `next`; the task fails when there is none. Sets parentPath().
    void readParent(const QString &ns, const QString &name, std::function<void(const QJsonObject &)> next);
    const QString &parentPath() const { return m_parentPath; }
    // All objects of these kinds ("Deployment.apps") with this label, in the namespace or outside of namespaces. Kinds
    // that are not served (any more) have none.
    void list(const QStringList &groupKinds, const QString &ns, const QString &selector,
        std::function<void(const Result<Members> &)> next);

Q_SIGNALS:
    // The task has ended.
    void stopped();

private:
    void ask(
        const kube::Request &request, const Handler &handler, QDeadlineTimer patience, std::chrono::milliseconds pause);
    struct Listing;
    void listNext(const std::shared_ptr<Listing> &listing);

    QString m_parentPath;
};

// An object that was written, and as what version.
struct Written {
    store::Item item = {};
    quint64 version = 0; // metadata.resourceVersion: a number in every server there is (KEP-5504)
};

// "kind.group" of what the server serves: "Deployment.apps", "Secret".
QString groupKindOf(const kube::Resource &resource);
// Of a kind that the store watches as a whole; none of others.
std::optional<store::Kind> watchedKindOf(const kube::Resource &resource);
Result<kube::Resource> resourceOf(const QString &groupKind, const kube::ServerApi &api);

} // namespace kdra::environments
