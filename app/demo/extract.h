// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

#include <memory>

namespace kdra::demo {

// Reads what the store indexes out of an object's bytes, with simdjson. Values that repeat (namespaces, labels, node
// names) share their bytes.
class Extractor {
public:
    Extractor();
    ~Extractor();

    // Fills everything of `object` but type, revision and json.
    void extract(const ResourceType &type, StoredObject &object);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kdra::demo
