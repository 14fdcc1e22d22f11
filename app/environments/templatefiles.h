// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>

// The files of a template: what they may be called and hold, and how they are kept in a cluster. Pure; any thread.
namespace kdra::environments {

// Of all files of a template. As one ConfigMap, or packed beside other things of an environment, they stay below the
// 1 MiB that a ConfigMap may hold.
constexpr qsizetype MaxTemplateBytes = 512 * 1024;
constexpr qsizetype MaxTemplateFiles = 200;

// Refuses other paths than template.yaml and manifests/NAME.yaml (or .yml), the same path twice, and too much of it.
Result<void> checkTemplateFiles(const QList<TemplateFile> &files, const QString &origin);

// All of them as one JSON text, and back. What packTemplateFiles gave is at most twice as large as the files.
// Refuses more than a template may have before it takes it apart. Files that are not UTF-8 are no templates: they do
// not survive.
QByteArray packTemplateFiles(const QList<TemplateFile> &files);
Result<QList<TemplateFile>> unpackTemplateFiles(const QByteArray &packed);

// A template shared in a cluster is a ConfigMap with TemplateLabel (labels.h); its data holds the files as they are,
// with "__" for "/": "manifests__10-web.yaml".
QJsonObject configMapData(const QList<TemplateFile> &files);
Result<QList<TemplateFile>> filesOfConfigMap(const QJsonObject &configMap);

} // namespace kdra::environments
