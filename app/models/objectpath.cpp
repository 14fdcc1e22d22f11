// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/objectpath.h"

#include <QStringList>

namespace kdra::models {

std::optional<ObjectPath> ObjectPath::parse(const QString &text)
{
    const QStringList parts = text.split(u'/');
    if (parts.size() < 2 || parts.size() > 3 || parts.contains(QString()))
        return std::nullopt;
    const QString kind = parts.first().toLower();
    for (const store::KindInfo &info : store::allKinds()) {
        const QString one = QString::fromLatin1(info.name).toLower();
        // The plurals of all watched kinds are made in one of these ways.
        if (kind != one && kind != one + u's' && kind != one + QLatin1StringView("es")
            && kind != one.chopped(1) + QLatin1StringView("ies"))
            continue;
        return ObjectPath{info.kind, parts.size() == 3 ? parts[1] : QString(), parts.last()};
    }
    return std::nullopt;
}

Item objectAt(const store::Snapshot &snapshot, const ObjectPath &path)
{
    const std::string name = path.name.toStdString();
    const std::string ns = path.ns.toStdString();
    Item found;
    withTable(snapshot, path.kind, [&](const auto &table) {
        table.forEach([&](const auto &record) {
            if (found.isNull() && record.name() == name && (ns.empty() || snapshot.view(record->meta.ns) == ns))
                found = {path.kind, record->meta.uid};
        });
    });
    return found;
}

} // namespace kdra::models
