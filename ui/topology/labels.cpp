// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/labels.h"

#include "store/labels.h"
#include "store/rowkey.h"

#include <QHash>

#include <algorithm>
#include <map>
#include <set>

namespace kdra::ui {

QStringList labelKeys(const store::Snapshot &snapshot, store::Kind kind, int most)
{
    // Many objects share few sets of labels: count the sets first.
    QHash<StringId, int> sets;
    int objects = 0;
    store::withTable(snapshot, kind, [&](const auto &table) {
        table.forEach([&](const auto &record) {
            ++sets[record->meta.labels];
            ++objects;
        });
    });
    struct Use {
        int objects = 0;
        std::set<std::string_view> values;
    };
    const size_t tooMany = std::max<size_t>(8, std::min<size_t>(400, static_cast<size_t>(objects) / 2));
    std::map<std::string_view, Use> uses;
    for (auto it = sets.cbegin(); it != sets.cend(); ++it) {
        store::forLabels(snapshot.view(it.key()), [&](std::string_view key, std::string_view value) {
            Use &use = uses[key];
            use.objects += it.value();
            if (use.values.size() <= tooMany)
                use.values.insert(value);
        });
    }
    std::vector<std::pair<int, std::string_view>> keys;
    for (const auto &[key, use] : uses) {
        if (use.values.size() <= tooMany)
            keys.emplace_back(-use.objects, key);
    }
    std::ranges::sort(keys);
    QStringList result;
    for (size_t i = 0; i < keys.size() && static_cast<int>(i) < most; ++i)
        result += store::toQString(keys[i].second);
    return result;
}

} // namespace kdra::ui
