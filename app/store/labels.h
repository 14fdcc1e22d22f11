// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

// Sets of labels as Meta::labels keeps them: "key=value\n" lines, sorted by key.
namespace kdra::store {

// Calls function(key, value) for each label.
template <class Function> void forLabels(std::string_view labels, Function function)
{
    while (!labels.empty()) {
        const size_t end = std::min(labels.find('\n'), labels.size());
        const std::string_view line = labels.substr(0, end);
        if (const size_t equals = line.find('='); equals != std::string_view::npos)
            function(line.substr(0, equals), line.substr(equals + 1));
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
}

// The value of a label; nullopt when the set has none of that key.
inline std::optional<std::string_view> labelValue(std::string_view labels, std::string_view key)
{
    std::optional<std::string_view> found;
    forLabels(labels, [&](std::string_view name, std::string_view value) {
        if (name == key)
            found = value;
    });
    return found;
}

} // namespace kdra::store
