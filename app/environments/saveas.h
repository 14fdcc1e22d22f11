// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>

namespace kdra::environments {

// How the new template is called.
struct SaveAsOptions {
    QString name = {}; // a DNS label
    QString title = {}; // empty: the name
    QString description = {};
    QString icon = {};
    QString category = {};
    QStringList tags = {};
    // Texts in the objects that stand for ${environment.name} and ${environment.namespace}: a Helm release's. Empty:
    // none.
    QString environmentName = {};
    QString environmentNamespace = {};
};

struct SavedTemplate {
    QList<TemplateFile> files = {}; // what readTemplate() accepts
    QStringList notes = {}; // what was left out and why, in whole sentences: to be shown
};

// "Save as template": a template of objects of a cluster as the API server gives them. Server-set fields go, as do
// objects that others make; the contents of Secrets become secrets made at random (their values are never in the
// result); images, replicas, hosts and sizes become parameters; "${" is escaped. Names of objects stay. Pure; any
// thread. Errors: nothing remains, or what readTemplate() refuses.
Result<SavedTemplate> templateFrom(const QList<QJsonObject> &objects, const SaveAsOptions &options);

// A DNS label for a template, of any text.
QString templateNameFrom(const QString &text);

} // namespace kdra::environments
