// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/target.h"
#include "kube/discovery.h"

#include <QFuture>
#include <QJsonObject>

namespace kdra::kube {
class ApiClient;
}

namespace kdra::environments {

struct SelectedObjects {
    QString ns = {};
    QList<QJsonObject> objects = {}; // with apiVersion and kind; none is made by the controller of another object
    QStringList notes = {}; // what was left out and why, and what stands for others: whole sentences
};

// What somebody selected, as the server has it: for templateFrom(). What a controller makes is represented by its
// topmost owner, as the pods of a Deployment by the Deployment. Errors: objects of several namespaces, nothing that is
// in a namespace, nothing that could be read. Any thread. The client must outlive the answer.
QFuture<Result<SelectedObjects>> readSelectedObjects(
    kube::ApiClient &client, const kube::ServerApi &api, const QList<actions::Target> &selected);

} // namespace kdra::environments
