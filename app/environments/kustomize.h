// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/importing.h"

#include <QFuture>

namespace kdra::environments {

// A template of what `kustomize build DIRECTORY` (or `kubectl kustomize`, where that is not installed) makes, as it
// makes it now: later changes of the directory need another import. Any thread; runs on the global pool; can be
// cancelled.
QFuture<Result<ImportedTemplate>> importKustomize(const QString &directory);

} // namespace kdra::environments
