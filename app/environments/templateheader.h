// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/substitution.h"

namespace kdra::environments {

// What template.yaml says, in the language of QLocale(); without id, source, origin and files. Throws Refusal.
Template readTemplateHeader(const YamlNode &root);

// A parameter as template.yaml declares it. Throws Refusal.
Parameter readParameter(const YamlNode &node);

} // namespace kdra::environments
