// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/saveas.h"

namespace kdra::environments {

// A template made of what another tool wrote.
struct ImportedTemplate {
    Template content = {};
    QStringList notes = {}; // what was left out and why: to be shown
};

// Makes one of the YAML that `tool` wrote. `origin`: the directory or the chart. Any thread.
Result<ImportedTemplate> importYaml(
    const QByteArray &yaml, const QString &tool, const SaveAsOptions &options, Source source, const QString &origin);

} // namespace kdra::environments
