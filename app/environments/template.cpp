// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/template.h"

#include <algorithm>

namespace kdra::environments {

const Parameter *Template::parameter(const QString &wanted) const
{
    const auto at = std::ranges::find(parameters, wanted, &Parameter::name);
    return at == parameters.end() ? nullptr : &*at;
}

Values Template::defaults() const
{
    Values values;
    for (const Parameter &one : parameters) {
        if (!one.defaultValue.isUndefined() && !one.defaultValue.isNull())
            values.insert(one.name, one.defaultValue);
    }
    return values;
}

} // namespace kdra::environments
