// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

namespace kdra::ui {

// The templates that are created without review: the user's choice, kept in the settings. What a cluster offers is
// written by others: there the choice holds for the content that was chosen, and ends when that changes. GUI thread.
class UnreviewedTemplates {
public:
    UnreviewedTemplates();

    bool contains(const environments::Template &of) const;
    void set(const environments::Template &of, bool unreviewed);

private:
    QStringList m_keys;
};

} // namespace kdra::ui
