// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/target.h"

#include <QCoreApplication>

#include <unordered_map>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Target)
};

struct UidHash {
    size_t operator()(const store::Uid &uid) const noexcept { return qHash(uid); }
};

QString countOf(store::Kind kind, int count)
{
    switch (kind) {
    case store::Kind::Node:
        return Text::tr("%n node(s)", nullptr, count);
    case store::Kind::Pod:
        return Text::tr("%n pod(s)", nullptr, count);
    case store::Kind::Deployment:
        return Text::tr("%n deployment(s)", nullptr, count);
    case store::Kind::StatefulSet:
        return Text::tr("%n stateful set(s)", nullptr, count);
    case store::Kind::DaemonSet:
        return Text::tr("%n daemon set(s)", nullptr, count);
    case store::Kind::CronJob:
        return Text::tr("%n cron job(s)", nullptr, count);
    default:
        return Text::tr("%n object(s)", nullptr, count);
    }
}

} // namespace

QString Target::uid() const
{
    // A uid that is no UUID was hashed when it was read: the precondition then fails, which is the safe side.
    const auto part = [](quint64 value, int shift, int digits) {
        const quint64 mask = (quint64(1) << (digits * 4)) - 1;
        return QStringLiteral("%1").arg((value >> shift) & mask, digits, 16, QLatin1Char('0'));
    };
    const store::Uid &id = item.uid;
    return QStringList{
        part(id.high, 32, 8), part(id.high, 16, 4), part(id.high, 0, 4), part(id.low, 48, 4), part(id.low, 0, 12)}
        .join(QLatin1Char('-'));
}

QList<store::RowKey> rowsOf(const store::Snapshot &snapshot, const QList<store::Item> &items)
{
    std::unordered_map<store::Uid, qsizetype, UidHash> wanted;
    std::array<bool, store::kindCount> kinds{};
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (items[i].isNull())
            continue;
        wanted.emplace(items[i].uid, i);
        kinds[static_cast<size_t>(items[i].kind)] = true;
    }
    QList<std::optional<store::RowKey>> found(items.size());
    for (const store::KindInfo &info : store::allKinds()) {
        if (!kinds[static_cast<size_t>(info.kind)])
            continue;
        store::withTable(snapshot, info.kind, [&](const auto &table) {
            table.forEach([&](const auto &record) {
                const auto place = wanted.find(record->meta.uid);
                if (place != wanted.end() && items[place->second].kind == info.kind)
                    found[place->second] = store::RowKey(info.kind, record.slot());
            });
        });
    }
    QList<store::RowKey> rows;
    for (const auto &row : std::as_const(found)) {
        if (row)
            rows.append(*row);
    }
    return rows;
}

Result<QList<Target>> targetsOf(
    const store::Snapshot &snapshot, const QList<store::Item> &items, const ResourceLookup &resource)
{
    std::array<std::optional<kube::Resource>, store::kindCount> resources;
    QList<Target> targets;
    for (const QList<store::RowKey> rows = rowsOf(snapshot, items); const store::RowKey row : rows) {
        auto &known = resources[static_cast<size_t>(row.kind())];
        if (!known) {
            Result<kube::Resource> asked = resource(row.kind());
            if (!asked)
                return std::unexpected(std::move(asked.error()));
            known = std::move(*asked);
        }
        const store::AnyRecord record = store::recordAt(snapshot, row);
        targets.append({.item = {row.kind(), record.meta->uid},
            .resource = *known,
            .ns = snapshot.string(record.meta->ns),
            .name = store::toQString(record.name)});
    }
    return targets;
}

QString displayOf(const QList<Target> &targets)
{
    if (targets.size() == 1)
        return targets.first().display();
    if (targets.isEmpty())
        return Text::tr("nothing");
    const store::Kind kind = targets.first().item.kind;
    const bool same = std::ranges::all_of(targets, [kind](const Target &target) { return target.item.kind == kind; });
    return same ? countOf(kind, static_cast<int>(targets.size()))
                : Text::tr("%n object(s)", nullptr, static_cast<int>(targets.size()));
}

} // namespace kdra::actions
