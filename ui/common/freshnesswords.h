// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/freshnessmodel.h"
#include "store/clusterstore.h"

#include <QString>

namespace kdra::ui {

// How fresh what is shown of a cluster is: the same words wherever they stand.
struct FreshnessWords {
    store::Severity severity = store::Severity::Progressing; // its glyph and colour
    QString text; // "Live", "12 s old", "Not connected"
    QString tip; // a sentence that explains it; may be empty
    bool ages = false; // the words change with time alone, by the second
    bool disconnected = false; // nothing of it is live any more, or yet
};

FreshnessWords freshnessWords(const models::Freshness &freshness, store::ClusterStore::Connection connection);

} // namespace kdra::ui
