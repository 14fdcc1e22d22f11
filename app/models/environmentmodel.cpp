// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environmentmodel.h"

#include "base/quantity.h"
#include "models/environmenttext.h"
#include "models/format.h"
#include "models/roles.h"

#include <QLocale>

#include <algorithm>
#include <limits>
#include <tuple>

namespace kdra::models {

using environments::Environment;

namespace {

bool isNumber(int column)
{
    return column == EnvironmentModel::AgeColumn
        || (column >= EnvironmentModel::PodsColumn && column <= EnvironmentModel::MemoryUsedColumn);
}

QString mebibytes(qint64 bytes)
{
    return QLocale().toString((bytes + (1 << 19)) >> 20);
}

bool isBefore(const Environment &a, const Environment &b)
{
    return std::tie(a.name, a.ns) < std::tie(b.name, b.ns);
}

qint64 secondsOf(const QDateTime &time)
{
    return time.isValid() ? time.toSecsSinceEpoch() : 0;
}

QString display(const Environment &environment, int column)
{
    switch (column) {
    case EnvironmentModel::NameColumn:
        return environment.name;
    case EnvironmentModel::StateColumn:
        return environments::stateText(environment.state);
    case EnvironmentModel::NamespaceColumn:
        return environment.ns;
    case EnvironmentModel::TemplateColumn:
        return templateText(environment);
    case EnvironmentModel::OwnerColumn:
        return environment.owner;
    case EnvironmentModel::AgeColumn:
        return age(static_cast<quint32>(secondsOf(environment.created)), nowSeconds());
    case EnvironmentModel::TimeLeftColumn:
        return timeLeftText(environment, QDateTime::currentDateTime());
    case EnvironmentModel::PlacementColumn:
        return placementText(environment.placement);
    case EnvironmentModel::PodsColumn:
        return partText(environment.readyPods, environment.pods);
    case EnvironmentModel::CpuColumn:
        return formatCores(environment.cpuMilli);
    case EnvironmentModel::MemoryColumn:
        return mebibytes(environment.memory);
    case EnvironmentModel::ReasonColumn:
        return environment.reason;
    }
    return {};
}

QString toolTip(const Environment &environment, int column)
{
    switch (column) {
    case EnvironmentModel::NameColumn:
    case EnvironmentModel::StateColumn:
        return environment.reason;
    case EnvironmentModel::AgeColumn:
        return exactTime(static_cast<quint32>(secondsOf(environment.created)));
    case EnvironmentModel::TimeLeftColumn:
        return expiryText(environment, QDateTime::currentDateTime());
    case EnvironmentModel::PlacementColumn:
        return environment.nodes.join(u'\n');
    case EnvironmentModel::MemoryColumn:
        return formatBytes(environment.memory);
    default:
        return {};
    }
}

QVariant sortKey(const Environment &environment, int column)
{
    switch (column) {
    case EnvironmentModel::StateColumn: {
        // What needs somebody comes first; what nobody knows last.
        const auto severity = environments::severityOf(environment.state);
        return severity == store::Severity::Unknown ? 100LL : -static_cast<qint64>(severity);
    }
    case EnvironmentModel::AgeColumn:
        return -secondsOf(environment.created);
    case EnvironmentModel::TimeLeftColumn:
        return environment.expires ? secondsOf(*environment.expires) : std::numeric_limits<qint64>::max();
    case EnvironmentModel::PodsColumn:
        return static_cast<qint64>(environment.pods);
    case EnvironmentModel::CpuColumn:
        return environment.cpuMilli;
    case EnvironmentModel::MemoryColumn:
        return environment.memory;
    default:
        return display(environment, column);
    }
}

} // namespace

EnvironmentModel::EnvironmentModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void EnvironmentModel::setEnvironments(QList<Environment> environments)
{
    std::ranges::sort(environments, isBefore);
    // Two answers for one environment would be two rows that nobody can tell apart.
    const auto repeated = std::ranges::unique(environments, &Environment::isSame);
    environments.erase(repeated.begin(), repeated.end());
    removeMissing(environments);
    insertNew(environments);
    updateChanged(environments);
}

void EnvironmentModel::removeMissing(const QList<Environment> &wanted)
{
    const auto isMissing = [&wanted](
                               const Environment &one) { return !std::ranges::binary_search(wanted, one, isBefore); };
    for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
        if (!isMissing(m_rows[last]))
            continue;
        int first = last;
        while (first > 0 && isMissing(m_rows[first - 1]))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void EnvironmentModel::insertNew(const QList<Environment> &wanted)
{
    // Whatever is left is in `wanted`, too: where the two differ, something new begins.
    for (int row = 0; row < wanted.size(); ++row) {
        const bool known = row < m_rows.size() && m_rows[row].isSame(wanted[row]);
        if (known)
            continue;
        int end = row + 1;
        while (end < wanted.size() && !(row < m_rows.size() && m_rows[row].isSame(wanted[end])))
            ++end;
        beginInsertRows({}, row, end - 1);
        for (int i = row; i < end; ++i)
            m_rows.insert(i, wanted[i]);
        endInsertRows();
        row = end - 1;
    }
}

void EnvironmentModel::updateChanged(const QList<Environment> &wanted)
{
    for (int first = 0; first < wanted.size(); ++first) {
        int end = first;
        while (end < wanted.size() && m_rows[end] != wanted[end]) {
            m_rows[end] = wanted[end];
            ++end;
        }
        if (end == first)
            continue;
        Q_EMIT dataChanged(index(first, 0), index(end - 1, ColumnCount - 1));
        first = end;
    }
}

void EnvironmentModel::setUses(const EnvironmentUses &uses)
{
    if (uses == m_uses)
        return;
    m_uses = uses;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, CpuUsedColumn), index(static_cast<int>(m_rows.size()) - 1, MemoryUsedColumn));
}

void EnvironmentModel::setAlerts(const AlertMarks &alerts)
{
    if (alerts.environments == m_alerts)
        return;
    m_alerts = alerts.environments;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, AlertsColumn), index(static_cast<int>(m_rows.size()) - 1, AlertsColumn));
}

std::optional<EnvironmentUse> EnvironmentModel::useOf(const Environment &environment) const
{
    const auto use = m_uses.constFind({environment.ns, environment.name});
    return use == m_uses.constEnd() ? std::nullopt : std::optional(*use);
}

int EnvironmentModel::rowOf(const QString &ns, const QString &name) const
{
    const auto at =
        std::ranges::find_if(m_rows, [&](const Environment &one) { return one.name == name && one.ns == ns; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int EnvironmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EnvironmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EnvironmentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Environment &environment = m_rows[index.row()];
    const int column = index.column();
    if (column == CpuUsedColumn || column == MemoryUsedColumn) {
        const auto use = useOf(environment);
        if (role == Qt::DisplayRole && use)
            return column == CpuUsedColumn ? formatCores(use->cpuMilli) : mebibytes(use->memory);
        if (role == Qt::ToolTipRole && use && column == MemoryUsedColumn)
            return formatBytes(use->memory);
        if (role == SortRole)
            return !use ? -1 : column == CpuUsedColumn ? use->cpuMilli : use->memory;
        if (role != Qt::TextAlignmentRole)
            return {};
    }
    if (column == AlertsColumn && role != Qt::TextAlignmentRole)
        return alertData(environment, role);
    switch (role) {
    case Qt::DisplayRole:
        return display(environment, column);
    case Qt::ToolTipRole: {
        const QString text = toolTip(environment, column);
        return text.isEmpty() ? QVariant() : text;
    }
    case Qt::AccessibleTextRole:
        if (column == NameColumn)
            return tr("%1, %2", "environment, state").arg(environment.name, environments::stateText(environment.state));
        return {};
    case Qt::TextAlignmentRole:
        if (isNumber(column))
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case SeverityRole:
        if (column == NameColumn)
            return static_cast<int>(environments::severityOf(environment.state));
        if (column == TimeLeftColumn && environment.isExpired(QDateTime::currentDateTime()))
            return static_cast<int>(store::Severity::Warning);
        return {};
    case SortRole:
        return sortKey(environment, column);
    default:
        return {};
    }
}

QVariant EnvironmentModel::alertData(const Environment &environment, int role) const
{
    const AlertMark mark = m_alerts.value({environment.ns, environment.name});
    if (role == SortRole)
        return -static_cast<qint64>(mark.count);
    if (!mark.count)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return QLocale().toString(mark.count);
    case Qt::ToolTipRole:
        return mark.lines.join(u'\n');
    case SeverityRole:
        return static_cast<int>(mark.worst);
    default:
        return {};
    }
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Environment");
    case StateColumn:
        return tr("State");
    case AlertsColumn:
        return tr("Alerts");
    case NamespaceColumn:
        return tr("Namespace");
    case TemplateColumn:
        return tr("Template");
    case OwnerColumn:
        return tr("Owner");
    case AgeColumn:
        return tr("Age");
    case TimeLeftColumn:
        return tr("Time left");
    case PlacementColumn:
        return tr("Placement");
    case PodsColumn:
        return tr("Pods ready");
    case CpuColumn:
        return tr("CPU requested (cores)");
    case MemoryColumn:
        return tr("Memory requested (MiB)");
    case CpuUsedColumn:
        return tr("CPU used (cores)");
    case MemoryUsedColumn:
        return tr("Memory used (MiB)");
    case ReasonColumn:
        return tr("Reason");
    }
    return {};
}

} // namespace kdra::models
