// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kdra::demo {

class ObjectStore;
struct DemoOptions;

// Fills an empty store with the demo's cluster; with options.populate off only with what every cluster has. The same
// options make the same cluster, but for its ages, which count from now. Nobody is told of the objects: call before
// the server listens and before the controllers start.
void populate(ObjectStore &store, const DemoOptions &options);

} // namespace kdra::demo
