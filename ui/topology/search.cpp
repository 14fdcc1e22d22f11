// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/search.h"

#include <algorithm>

namespace kdra::ui {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Names of Kubernetes objects are ASCII (RFC 1123).
bool containsLower(std::string_view text, std::string_view needle)
{
    return std::ranges::search(text, needle, {}, lower).begin() != text.end();
}

} // namespace

SearchResult search(const Scene &scene, const QString &text)
{
    SearchResult result;
    const std::string needle = text.trimmed().toLower().toStdString();
    if (needle.empty())
        return result;
    result.tiles.assign(scene.tiles().size(), false);
    const store::Snapshot &snapshot = *scene.snapshot();
    const auto &pods = snapshot.table<store::Kind::Pod>();
    const auto add = [&](PodPlace place) {
        if (result.places.size() < SearchResult::most)
            result.places.push_back(place);
    };
    for (const int index : scene.layout().order()) {
        const NodeTile &tile = scene.tile(index);
        bool found = false;
        if (tile.name.contains(QString::fromStdString(needle), Qt::CaseInsensitive)) {
            found = true;
            ++result.nodes;
            add({index, -1});
        }
        for (int cell = 0; cell < tile.cells.used(); ++cell) {
            const store::Slot slot = tile.cells.podAt(cell);
            if (slot == store::noSlot)
                continue;
            const auto pod = pods.at(slot);
            if (containsLower(pod.name(), needle) || containsLower(snapshot.view(pod->meta.ns), needle)) {
                found = true;
                ++result.pods;
                add({index, cell});
            }
        }
        result.tiles[static_cast<size_t>(index)] = found;
    }
    return result;
}

} // namespace kdra::ui
