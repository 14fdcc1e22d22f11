// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a kubeconfig: an answer or an Error, never a crash, and no context that resolves to nonsense.
#include "kube/kubeconfig.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using kdra::kube::Kubeconfig;
    const QByteArray yaml(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto config = Kubeconfig::parse(yaml, QStringLiteral("/fuzz/config"));
    if (!config) {
        if (config.error().what.isEmpty() || config.error().where.isEmpty())
            std::abort();
        return 0;
    }
    for (const QStringList names = config->contextNames(); const QString &name : names) {
        const auto resolved = config->resolve(name);
        if (resolved && resolved->cluster.server.host().isEmpty())
            std::abort();
    }
    return 0;
}
