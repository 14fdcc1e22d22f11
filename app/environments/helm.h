// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/importing.h"

#include <QFuture>

namespace kdra::environments {

// A Helm chart, and the form that its values.schema.json stands for.
struct HelmChart {
    QString path = {}; // directory or .tgz
    QString name = {};
    QString description = {};
    QString version = {};
    // Scalars and lists of texts of the schema; nested ones by their path: "service.port". Defaults are the schema's or
    // those of values.yaml; without one the chart decides. Empty for archives and charts without a schema.
    QList<Parameter> parameters = {};
};

// Both: any thread; run on the global pool; can be cancelled.

// Reads a chart. An archive needs the program helm.
QFuture<Result<HelmChart>> readHelmChart(const QString &path);

// A template of what `helm template` makes of the chart with these values (of `chart.parameters`; what is left out is
// the chart's default). The chart's values are settled by that; the release's name and namespace become the
// environment's. Values travel in a private temporary file, never in arguments. Hooks are left out, with a note.
QFuture<Result<ImportedTemplate>> importHelm(const HelmChart &chart, const Values &values);

// The parameters of a values.schema.json. `defaults`: values.yaml. Pure.
QList<Parameter> parametersOfSchema(const QJsonObject &schema, const QJsonObject &defaults);

// {"service.port": 80} as {"service": {"port": 80}}. Pure.
QJsonObject nestedValues(const Values &values);

} // namespace kdra::environments
