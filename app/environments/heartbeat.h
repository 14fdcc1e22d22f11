// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/steps.h"

#include <QTimer>

namespace kdra::environments {

// Whoever writes an environment renews the time on its parent, so that everybody sees that somebody is at it; when that
// is given up, the time is taken away, so that everybody may go on at once. A parent that has gone is never made again,
// and one of the same name that somebody else has made is not touched. GUI thread.
class Heartbeat : public QObject {
    Q_OBJECT
public:
    // Ends with the task of the steps.
    Heartbeat(Steps &steps, QObject *parent);
    ~Heartbeat() override;

    // `parent` as the server told of it.
    void start(const QString &parentPath, const QJsonObject &parent);
    void stop();
    // Of the parent that it was started with; empty: it never was. Stays when it ends.
    const QString &parentUid() const { return m_parentUid; }
    // Stops, says on the parent that nobody is at it, and goes on whether that could be said or not: false when the
    // parent is gone. Without `next` nobody waits for it, and it is said even though the task ends meanwhile.
    void giveUp(const std::function<void(bool isThere)> &next = {});

    // What became of the parent's last word.
    enum class End : quint8 { Written, Gone, Replaced };
    // Stops, and merges `patch` into the parent, unless that is gone or being deleted, or another one has its name.
    void finish(const QJsonObject &patch, const std::function<void(const Result<End> &)> &next);

private:
    void beat();
    kube::Request timeRequest(const QJsonValue &time) const;
    void finish(const QJsonObject &patch, const std::function<void(const Result<End> &)> &next, int attempt);

    Steps &m_steps;
    QString m_path;
    QString m_uid; // empty: there is nothing to renew
    QString m_parentUid;
    QTimer m_due;
    QFuture<Result<kube::Response>> m_beat;
};

} // namespace kdra::environments
