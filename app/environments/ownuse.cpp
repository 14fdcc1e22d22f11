// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/ownuse.h"

#include "environments/labels.h"
#include "store/labels.h"

namespace kdra::environments {
namespace {

using store::Kind;
using Phase = store::PodRecord::Phase;

constexpr std::string_view key(QLatin1StringView label)
{
    return {label.data(), static_cast<size_t>(label.size())};
}

} // namespace

OwnUse::OwnUse(const store::Snapshot &snapshot, const QString &environment, const QString &ns, const QString &part)
{
    const std::string name = environment.toStdString();
    const std::string space = ns.toStdString();
    const std::string ofPart = part.toStdString();
    const auto isOwn = [&](const store::Meta &meta) {
        if (snapshot.view(meta.ns) != space)
            return false;
        const std::string_view labels = snapshot.view(meta.labels);
        return store::labelValue(labels, key(EnvironmentLabel)) == name
            && store::labelValue(labels, key(PartLabel)).value_or(std::string_view()) == ofPart;
    };
    snapshot.table<Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
        // As NodeLoad counts, and quotas do.
        if (pod->phase == Phase::Succeeded || pod->phase == Phase::Failed || !isOwn(pod->meta))
            return;
        const Room taken{pod->cpuMilliRequested, static_cast<qint64>(pod->memoryRequested), 1};
        m_all += taken;
        if (pod->node == StringId::Empty)
            return;
        const std::string_view node = snapshot.view(pod->node);
        m_byNode[node] += taken;
        if (pod->claims.size)
            m_nodesWithClaims.append(store::toQString(node));
    });
    m_nodesWithClaims.sort();
    m_nodesWithClaims.removeDuplicates();
    snapshot.table<Kind::PersistentVolumeClaim>().forEach([&](const store::Ref<store::ClaimRecord> &claim) {
        if (!isOwn(claim->meta))
            return;
        ++m_claims;
        m_boundClaims += claim->volume.size ? 1 : 0;
        m_storage += static_cast<qint64>(claim->capacity);
    });
}

Room OwnUse::on(std::string_view node) const
{
    const auto at = m_byNode.find(node);
    return at == m_byNode.end() ? Room() : at->second;
}

} // namespace kdra::environments
