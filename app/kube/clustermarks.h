// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <QFuture>
#include <QObject>

namespace kdra::kube {

// What the user has marked a cluster as. Both may be set.
struct Marks {
    bool production = false; // what is destructive has to be confirmed by typing
    bool readOnly = false; // see ApiClient::setReadOnly
    bool operator==(const Marks &) const = default;
};

// "Production, read-only"; empty when there is no mark.
QString marksText(const Marks &marks);

// The marks of clusters, by server and context, in a settings file; no secrets. GUI thread; the file is read and
// written on a pool thread.
class ClusterMarks : public QObject {
    Q_OBJECT
public:
    // `file`: an INI file of its own; made when needed.
    explicit ClusterMarks(QString file, QObject *parent = nullptr);

    // Errors when the file is there but cannot be read: then nobody knows whether the cluster was marked read-only.
    QFuture<Result<Marks>> read(const ClientConfig &config) const;
    QFuture<Result<void>> write(const ClientConfig &config, const Marks &marks);

Q_SIGNALS:
    // Written, successfully.
    void changed();

private:
    QString m_file;
};

} // namespace kdra::kube
