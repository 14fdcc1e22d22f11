// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace kdra::kube {

// Whether a request could change the cluster or what runs in it. `path` as in Request. Asking the API server who one is
// and what one may do is a POST that changes nothing; exec, attach and port-forward are GETs that may change anything.
// A GET through the proxy subresource counts as reading, as that is how metrics are read.
bool mayChange(const QByteArray &verb, const QString &path);

} // namespace kdra::kube
