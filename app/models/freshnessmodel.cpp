// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/freshnessmodel.h"

#include "models/format.h"
#include "models/roles.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::models {

namespace {

qint64 secondsSince(std::chrono::steady_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - time).count();
}

QVariant alignmentOf(int column)
{
    using enum FreshnessModel::Column;
    const bool number = column == SinceColumn || column == ObjectsColumn || column == HeardColumn;
    return QVariant::fromValue((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

QString phaseName(store::KindPhase phase)
{
    using enum store::KindPhase;
    switch (phase) {
    case Waiting:
        return QCoreApplication::translate("models", "Waiting");
    case Listing:
        return QCoreApplication::translate("models", "Loading");
    case Live:
        return QCoreApplication::translate("models", "Live");
    case Stale:
        return QCoreApplication::translate("models", "Reconnecting");
    case Forbidden:
        return QCoreApplication::translate("models", "Not allowed");
    case NotServed:
        return QCoreApplication::translate("models", "Not served");
    case Failed:
        return QCoreApplication::translate("models", "Failed");
    }
    Q_UNREACHABLE_RETURN({});
}

store::Severity phaseSeverity(store::KindPhase phase)
{
    using enum store::KindPhase;
    switch (phase) {
    case Live:
        return store::Severity::Healthy;
    case Waiting:
    case Listing:
        return store::Severity::Progressing;
    case Stale:
        return store::Severity::Warning;
    case Failed:
        return store::Severity::Failing;
    case Forbidden:
    case NotServed:
        return store::Severity::Unknown;
    }
    Q_UNREACHABLE_RETURN(store::Severity::Unknown);
}

Freshness freshnessOf(const store::Snapshot &snapshot)
{
    Freshness result;
    bool loading = false;
    for (const store::KindInfo &info : store::allKinds()) {
        const store::KindState &state = snapshot.state(info.kind);
        switch (state.phase) {
        case store::KindPhase::Waiting:
        case store::KindPhase::Listing:
            loading = true;
            break;
        case store::KindPhase::Live:
            break;
        case store::KindPhase::Stale:
            result.stale.append(info.kind);
            result.silentSeconds = qMax(result.silentSeconds, secondsSince(state.lastHeard));
            break;
        case store::KindPhase::Forbidden:
        case store::KindPhase::NotServed:
        case store::KindPhase::Failed:
            result.denied.append(info.kind);
            break;
        }
    }
    result.state = !result.stale.isEmpty() ? Freshness::State::Stale
        : loading                          ? Freshness::State::Connecting
        : !result.denied.isEmpty()         ? Freshness::State::Partial
                                           : Freshness::State::Live;
    return result;
}

void FreshnessModel::setSnapshot(store::SnapshotPtr snapshot)
{
    m_snapshot = snapshot ? std::move(snapshot) : std::make_shared<store::Snapshot>();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FreshnessModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : store::kindCount;
}

int FreshnessModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FreshnessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn:
        return tr("Kind");
    case StateColumn:
        return tr("State");
    case SinceColumn:
        return tr("Since");
    case ObjectsColumn:
        return tr("Objects");
    case TransportColumn:
        return tr("Arrives by");
    case HeardColumn:
        return tr("Heard");
    default:
        return {};
    }
}

QVariant FreshnessModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto kind = static_cast<store::Kind>(index.row());
    const store::KindState &state = m_snapshot->state(kind);
    const int column = index.column();
    if (role == SeverityRole && column == KindColumn)
        return static_cast<int>(phaseSeverity(state.phase));
    if (role == Qt::ToolTipRole && column == SinceColumn)
        return exactTime(static_cast<quint32>(state.sinceMs / 1000));
    if (role == Qt::ToolTipRole && state.error)
        return state.error->text();
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case KindColumn:
        return kindTitle(kind);
    case StateColumn:
        // Whoever may see one namespace only must not take it for the whole cluster.
        return state.scope.isEmpty() ? phaseName(state.phase)
                                     : tr("%1 in %2", "state, namespace").arg(phaseName(state.phase), state.scope);
    case SinceColumn:
        return state.sinceMs ? shortSpan(nowSeconds() - state.sinceMs / 1000) : QString();
    case ObjectsColumn:
        return QLocale().toString(m_snapshot->count(kind));
    case TransportColumn:
        switch (state.transport) {
        case store::Transport::None:
            return QString();
        case store::Transport::WebSocketStreamingList:
            return tr("WebSocket, streaming list");
        case store::Transport::WebSocket:
            return tr("WebSocket");
        case store::Transport::Http:
            return tr("HTTP");
        }
        return {};
    case HeardColumn:
        return state.lastHeard == std::chrono::steady_clock::time_point() ? QString()
                                                                          : shortSpan(secondsSince(state.lastHeard));
    default:
        return {};
    }
}

} // namespace kdra::models
