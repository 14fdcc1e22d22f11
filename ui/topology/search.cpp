// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/search.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cstring>

namespace kdra::ui {

using store::Kind;

namespace {

// Names of Kubernetes objects are ASCII (RFC 1123).
constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// A text that is looked for many times; lower case. Its first letter is found by memchr, which looks at many at once.
class Needle {
public:
    explicit Needle(std::string text)
        : m_text(std::move(text))
    {
    }
    bool isIn(std::string_view hay) const
    {
        if (hay.size() < m_text.size())
            return false;
        return isIn(hay, m_text.front())
            || (upper(m_text.front()) != m_text.front() && isIn(hay, upper(m_text.front())));
    }

private:
    bool isIn(std::string_view hay, char first) const
    {
        const char *at = hay.data();
        const char *end = hay.data() + (hay.size() - m_text.size() + 1);
        while (at < end) {
            at = static_cast<const char *>(std::memchr(at, first, static_cast<size_t>(end - at)));
            if (!at)
                return false;
            if (std::equal(m_text.begin() + 1, m_text.end(), at + 1, [](char a, char b) { return a == lower(b); }))
                return true;
            ++at;
        }
        return false;
    }

    std::string m_text;
};

// Calls function(part) for each part between separators; those that are empty are left out.
template <class Function> void forParts(std::string_view text, char separator, Function function)
{
    while (!text.empty()) {
        const size_t end = std::min(text.find(separator), text.size());
        if (const std::string_view part = text.substr(0, end); !part.empty())
            function(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Both "key=value\n" lines sorted by key: whether the labels have every line of the selector.
bool selects(std::string_view selector, std::string_view labels)
{
    if (selector.empty())
        return false;
    bool all = true;
    forParts(selector, '\n', [&](std::string_view line) {
        bool found = false;
        forParts(labels, '\n', [&](std::string_view label) { found = found || label == line; });
        all = all && found;
    });
    return all;
}

// Which objects without a place match, and which pods belong to them.
class Related {
public:
    Related(const store::Snapshot &snapshot, const Needle &needle, SearchResult &result)
        : m_snapshot(snapshot)
        , m_needle(needle)
    {
        snapshot.table<Kind::Namespace>().forEach(
            [&](const auto &one) { result.namespaces += needle.isIn(one.name()); });
        findWorkloads(result);
        findServices(result);
    }

    bool has(const store::PodRecord &pod)
    {
        if (inNamespace(pod.meta.ns) || (!pod.meta.owner.isNull() && m_owners.contains(pod.meta.owner)))
            return true;
        const auto selectors = m_selectors.constFind(pod.meta.ns);
        if (selectors == m_selectors.cend())
            return false;
        // Few label sets are worn by many pods.
        const quint64 key = quint64(pod.meta.ns) << 32 | quint64(pod.meta.labels);
        auto known = m_selected.constFind(key);
        if (known == m_selected.cend()) {
            const std::string_view labels = m_snapshot.view(pod.meta.labels);
            const bool yes = std::ranges::any_of(
                *selectors, [&](StringId selector) { return selects(m_snapshot.view(selector), labels); });
            known = m_selected.insert(key, yes);
        }
        return *known;
    }

private:
    void findWorkloads(SearchResult &result)
    {
        const auto find = [&](const auto &table) {
            table.forEach([&](const auto &one) {
                const bool named = m_needle.isIn(one.name());
                result.workloads += named && one->meta.owner.isNull();
                // A Deployment's ReplicaSets and a CronJob's Jobs come after their owners.
                if (named || m_owners.contains(one->meta.owner))
                    m_owners.insert(one->meta.uid);
            });
        };
        find(m_snapshot.table<Kind::Deployment>());
        find(m_snapshot.table<Kind::ReplicaSet>());
        find(m_snapshot.table<Kind::StatefulSet>());
        find(m_snapshot.table<Kind::DaemonSet>());
        find(m_snapshot.table<Kind::CronJob>());
        find(m_snapshot.table<Kind::Job>());
    }

    void findServices(SearchResult &result)
    {
        // Of each namespace, the services that a matching ingress leads to.
        QHash<StringId, QSet<QByteArray>> led;
        m_snapshot.table<Kind::Ingress>().forEach([&](const auto &ingress) {
            if (!m_needle.isIn(ingress.name()))
                return;
            ++result.services;
            forParts(ingress.text(ingress->services), ',', [&](std::string_view name) {
                led[ingress->meta.ns].insert(QByteArray(name.data(), static_cast<qsizetype>(name.size())));
            });
        });
        m_snapshot.table<Kind::Service>().forEach([&](const auto &service) {
            const std::string_view name = service.name();
            const bool named = m_needle.isIn(name);
            result.services += named;
            const auto names = led.constFind(service->meta.ns);
            if (named
                || (names != led.cend()
                    && names->contains(QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size())))))
                m_selectors[service->meta.ns].push_back(service->selector);
        });
    }

    bool inNamespace(StringId ns)
    {
        const auto index = static_cast<size_t>(ns);
        if (index >= m_namespaces.size())
            m_namespaces.resize(index + 1, Unasked);
        if (m_namespaces[index] == Unasked)
            m_namespaces[index] = m_needle.isIn(m_snapshot.view(ns)) ? Yes : No;
        return m_namespaces[index] == Yes;
    }

    enum Answer : quint8 { Unasked, No, Yes };
    const store::Snapshot &m_snapshot;
    const Needle &m_needle;
    std::vector<Answer> m_namespaces; // by StringId
    QSet<store::Uid> m_owners;
    QHash<StringId, std::vector<StringId>> m_selectors; // of services, by namespace
    QHash<quint64, bool> m_selected; // by namespace and label set
};

} // namespace

SearchResult search(const Scene &scene, const QString &text)
{
    SearchResult result;
    const QString wanted = text.trimmed().toLower();
    if (wanted.isEmpty())
        return result;
    result.tiles.assign(scene.tiles().size(), false);
    const store::Snapshot &snapshot = *scene.snapshot();
    const Needle needle(wanted.toStdString());
    Related related(snapshot, needle, result);
    const auto &pods = snapshot.table<Kind::Pod>();
    const auto add = [&](PodPlace place) {
        if (result.places.size() < SearchResult::most)
            result.places.push_back(place);
    };
    for (const int index : scene.layout().order()) {
        const NodeTile &tile = scene.tile(index);
        bool found = false;
        if (tile.name.contains(wanted, Qt::CaseInsensitive)) {
            found = true;
            ++result.nodes;
            add({index, -1});
        }
        for (int cell = 0; cell < tile.cells.used(); ++cell) {
            const store::Slot slot = tile.cells.podAt(cell);
            if (slot == store::noSlot)
                continue;
            const auto pod = pods.at(slot);
            if (needle.isIn(pod.name()) || related.has(*pod)) {
                found = true;
                ++result.pods;
                add({index, cell});
            }
        }
        result.tiles[static_cast<size_t>(index)] = found;
    }
    return result;
}

} // namespace kdra::ui
