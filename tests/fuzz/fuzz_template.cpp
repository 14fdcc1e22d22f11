// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the files of a template, with a 0x01 between template.yaml and its manifest: an answer or an Error that
// says where, never a crash; and what is accepted stays in its namespace.
#include "environments/kinds.h"
#include "environments/parameters.h"
#include "environments/render.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace kdra::environments;
    const QByteArray all(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype cut = all.indexOf('\x01');
    const QByteArray header =
        cut < 0 ? "apiVersion: kdra.dev/v1\nkind: EnvironmentTemplate\nname: a\ntitle: A\n" : all.first(cut);
    const QByteArray manifest = all.sliced(cut + 1);
    const auto read =
        readTemplate({{QStringLiteral("template.yaml"), header}, {QStringLiteral("manifests/a.yaml"), manifest}},
            Source::Cluster, QStringLiteral("ConfigMap a/b"));
    if (!read) {
        if (read.error().what.isEmpty() || read.error().where.isEmpty())
            std::abort();
        return 0;
    }
    const auto values = completeValues(*read, {});
    if (!values)
        return 0; // a parameter has no default
    const Identity identity{.name = QStringLiteral("e"), .ns = QStringLiteral("n"), .owner = {}, .host = {}};
    const auto rendered = render(*read, *values, identity);
    if (!rendered)
        return 0; // two conditions that only now hold
    for (const Manifest &one : *rendered) {
        const QString kind = kindName(one.object);
        const QString ns =
            one.object.value(QLatin1StringView("metadata")).toObject().value(QLatin1StringView("namespace")).toString();
        if ((isKnownClusterScoped(kind) && !read->clusterScoped.contains(kind)) || (!ns.isEmpty() && ns != identity.ns))
            std::abort();
    }
    return 0;
}
