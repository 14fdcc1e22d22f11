// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordsections.h"

#include "models/cells.h"
#include "models/format.h"
#include "relations/neighbours.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::models {

namespace {

using store::Kind;
using store::Severity;

// A panel that is 324 px wide is no place for a thousand links.
constexpr qsizetype mostLines = 10;

class RecordSections {
    Q_DECLARE_TR_FUNCTIONS(Inspector)

public:
    RecordSections(const store::Snapshot &snapshot, RowKey row)
        : m_snapshot(snapshot)
        , m_row(row)
        , m_neighbours(snapshot)
    {
    }

    Sections all()
    {
        Sections sections;
        switch (m_row.kind()) {
        case Kind::Deployment:
            sections = {rollout(Kind::Deployment), revisions()};
            break;
        case Kind::StatefulSet:
        case Kind::DaemonSet:
            sections = {rollout(m_row.kind())};
            break;
        case Kind::CronJob:
            sections = {jobs()};
            break;
        case Kind::Service:
            sections = {endpoints()};
            break;
        default:
            break;
        }
        sections.removeIf([](const Section &section) { return section.lines.isEmpty(); });
        return sections;
    }

private:
    Line link(RowKey row) const
    {
        const store::AnyRecord record = store::recordAt(m_snapshot, row);
        Line line;
        line.label = kindTitle(row.kind());
        line.value = store::toQString(record.name);
        line.severity = record.meta->severity;
        line.item = {row.kind(), record.meta->uid};
        return line;
    }

    // "and 7 more"
    void limit(Section &section, qsizetype most = mostLines) const
    {
        if (section.lines.size() <= most)
            return;
        const auto left = static_cast<int>(section.lines.size() - most);
        section.lines.resize(most);
        Line more;
        more.detail = tr("and %n more", nullptr, left);
        section.lines.append(more);
    }

    Section rollout(Kind kind) const
    {
        const auto workload = store::withTable(m_snapshot, kind, [&](const auto &table) {
            if constexpr (requires { table.at(0)->updated; })
                return table.at(m_row.slot());
            else
                return store::Ref<store::WorkloadRecord>();
        });
        Section section{tr("Rollout"), {}};
        if (!workload)
            return section;
        const auto bar = [&](const QString &label, quint32 value) {
            Line line;
            line.label = label;
            line.value = tr("%1 of %2").arg(number(value), number(workload->desired));
            line.fraction = workload->desired ? std::min(1.0, double(value) / workload->desired) : 1;
            section.lines.append(line);
        };
        bar(tr("Updated"), workload->updated);
        bar(tr("Ready"), workload->ready);
        bar(tr("Available"), workload->available);
        return section;
    }

    Section revisions() const
    {
        struct Revision {
            store::Ref<store::WorkloadRecord> set;
            RowKey row;
        };
        std::vector<Revision> found;
        for (const relations::Step &step : m_neighbours.ownedBy(std::array{m_row})) {
            if (step.to.kind() == Kind::ReplicaSet)
                found.push_back({m_snapshot.table<Kind::ReplicaSet>().at(step.to.slot()), step.to});
        }
        std::ranges::sort(found, [](const Revision &a, const Revision &b) {
            return a.set->revision != b.set->revision ? a.set->revision > b.set->revision
                                                      : a.set->meta.created > b.set->meta.created;
        });
        Section section{tr("Revisions"), {}};
        for (const Revision &revision : found) {
            Line line = link(revision.row);
            line.label.clear();
            line.value = tr("Revision %1").arg(number(revision.set->revision));
            line.detail = m_snapshot.string(revision.set->image);
            if (revision.set->desired || revision.set->current) {
                line.detail += u'\n';
                line.detail += tr("%1 of %2 ready").arg(number(revision.set->ready), number(revision.set->desired));
            } else {
                line.severity.reset(); // of the past, neither well nor ill
            }
            line.since = revision.set->meta.created;
            section.lines.append(line);
        }
        limit(section, 5);
        return section;
    }

    Section jobs() const
    {
        std::vector<RowKey> found;
        for (const relations::Step &step : m_neighbours.ownedBy(std::array{m_row})) {
            if (step.to.kind() == Kind::Job)
                found.push_back(step.to);
        }
        std::ranges::sort(
            found, std::greater(), [&](RowKey row) { return store::recordAt(m_snapshot, row).meta->created; });
        Section section{tr("Jobs"), {}};
        for (const RowKey row : found) {
            Line line = link(row);
            line.label.clear();
            line.since = store::recordAt(m_snapshot, row).meta->created;
            section.lines.append(line);
        }
        limit(section);
        return section;
    }

    // The pods that a service selects: those that are not ready first, for they are asked about.
    Section endpoints() const
    {
        std::vector<RowKey> pods;
        int ready = 0;
        for (const relations::Step &step : m_neighbours.podsSelectedBy(std::array{m_row})) {
            pods.push_back(step.to);
            ready += isReady(step.to) ? 1 : 0;
        }
        std::ranges::sort(pods, [&](RowKey a, RowKey b) {
            const bool readyA = isReady(a);
            const bool readyB = isReady(b);
            return readyA != readyB ? readyB
                                    : store::recordAt(m_snapshot, a).name < store::recordAt(m_snapshot, b).name;
        });
        Section section{tr("Endpoints"), {}};
        if (pods.empty())
            return section;
        const auto count = static_cast<int>(pods.size());
        Line summary;
        summary.label = tr("Ready");
        summary.value = tr("%1 of %2").arg(number(ready), number(count));
        summary.fraction = double(ready) / count;
        section.lines.append(summary);
        for (const RowKey pod : pods)
            section.lines.append(endpoint(pod));
        limit(section, mostLines + 1);
        return section;
    }

    // Only what is not ready needs a word.
    Line endpoint(RowKey pod) const
    {
        Line line = link(pod);
        line.label = isReady(pod) ? QString() : tr("Not ready");
        return line;
    }

    bool isReady(RowKey pod) const { return m_snapshot.table<Kind::Pod>().at(pod.slot())->ready; }

    const store::Snapshot &m_snapshot;
    RowKey m_row;
    relations::Neighbours m_neighbours;
};

} // namespace

Sections recordSections(const store::Snapshot &snapshot, const Item &item)
{
    const std::optional<RowKey> row = store::find(snapshot, item);
    return row ? RecordSections(snapshot, *row).all() : Sections();
}

} // namespace kdra::models
