// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/alertmodel.h"

#include "models/roles.h"
#include "ui/metrics/alertwords.h"
#include "ui/metrics/rowdifference.h"

namespace kdra::ui {

using metrics::Alert;
using namespace Qt::StringLiterals;

namespace {

// Whatever of it is seen.
bool looksTheSame(const Alert &a, const Alert &b)
{
    return a.state == b.state && a.severity == b.severity && a.labels == b.labels && a.annotations == b.annotations
        && a.since == b.since && a.silencedBy == b.silencedBy && a.inhibitedBy == b.inhibitedBy
        && a.receivers == b.receivers && a.query == b.query && a.value == b.value;
}

// What fires goes before what nobody is told of.
store::Severity worse(store::Severity a, store::Severity b)
{
    if (a == store::Severity::Unknown || b == store::Severity::Unknown)
        return std::min(a, b);
    return std::max(a, b);
}

QString textOf(const Alert &alert, int column, qint64 now)
{
    switch (column) {
    case AlertModel::Name:
        return alert.name;
    case AlertModel::State:
        return stateWord(alert.state);
    case AlertModel::Severity:
        return severityWord(alert.severity);
    case AlertModel::Place:
        return whereWords(alert.place);
    case AlertModel::Since:
        return sinceWords(alert.since, now);
    case AlertModel::Summary:
        return alert.summary.simplified();
    default:
        return {};
    }
}

} // namespace

AlertModel::AlertModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

AlertModel::~AlertModel() = default;

AlertModel::Group AlertModel::groupFor(const Alert &alert, Grouping grouping)
{
    switch (grouping) {
    case Grouping::Severity:
        return {.id = QString::number(static_cast<int>(alert.severity)),
            .title = severityWord(alert.severity),
            .glyph = store::Severity::Unknown,
            .alerts = {}};
    case Grouping::Name:
        return {.id = alert.name, .title = alert.name, .glyph = store::Severity::Unknown, .alerts = {}};
    case Grouping::Place: {
        // A node with all that runs on it.
        const QString where = alert.place.node.isEmpty() ? whereWords(alert.place) : alert.place.node;
        return {.id = where,
            .title = where.isEmpty() ? tr("No particular place") : where,
            .glyph = store::Severity::Unknown,
            .alerts = {}};
    }
    }
    return {};
}

void AlertModel::setAlerts(const QList<Alert> &alerts, Grouping grouping, qint64 now)
{
    std::vector<std::unique_ptr<Group>> wanted;
    QHash<QString, Group *> byId;
    for (const Alert &alert : alerts) {
        Group group = groupFor(alert, grouping);
        Group *&known = byId[group.id];
        if (!known) {
            known = wanted.emplace_back(std::make_unique<Group>(std::move(group))).get();
            known->glyph = glyphOf(alert);
        }
        known->glyph = worse(known->glyph, glyphOf(alert));
        known->alerts.push_back(alert);
    }
    struct Steps {
        AlertModel *model;
        void aboutToInsert(int row) { model->beginInsertRows({}, row, row); }
        void inserted() { model->endInsertRows(); }
        void aboutToRemove(int row) { model->beginRemoveRows({}, row, row); }
        void removed() { model->endRemoveRows(); }
        void aboutToMove(int from, int to) { model->beginMoveRows({}, from, from, {}, to); }
        void moved() { model->endMoveRows(); }
    };
    applyDifference(
        m_groups, std::move(wanted), [](const std::unique_ptr<Group> &group) { return group->id; }, Steps{this},
        [this](int row, std::unique_ptr<Group> &&group) { updateGroup(row, std::move(*group)); });
    setNow(now);
}

void AlertModel::updateGroup(int row, Group &&wanted)
{
    Group &group = *m_groups[static_cast<size_t>(row)];
    const QModelIndex parent = index(row, 0);
    struct Steps {
        AlertModel *model;
        QModelIndex parent;
        void aboutToInsert(int at) { model->beginInsertRows(parent, at, at); }
        void inserted() { model->endInsertRows(); }
        void aboutToRemove(int at) { model->beginRemoveRows(parent, at, at); }
        void removed() { model->endRemoveRows(); }
        void aboutToMove(int from, int to) { model->beginMoveRows(parent, from, from, parent, to); }
        void moved() { model->endMoveRows(); }
    };
    const size_t before = group.alerts.size();
    applyDifference(
        group.alerts, std::move(wanted.alerts), [](const Alert &alert) { return alert.id; }, Steps{this, parent},
        [&](int at, Alert &&alert) {
            Alert &known = group.alerts[static_cast<size_t>(at)];
            if (looksTheSame(known, alert))
                return;
            known = std::move(alert);
            Q_EMIT dataChanged(index(at, 0, parent), index(at, ColumnCount - 1, parent));
        });
    if (group.title != wanted.title || group.glyph != wanted.glyph || before != group.alerts.size()) {
        group.title = wanted.title;
        group.glyph = wanted.glyph;
        Q_EMIT dataChanged(parent, parent.siblingAtColumn(ColumnCount - 1));
    }
}

void AlertModel::setNow(qint64 now)
{
    m_now = now;
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex parent = index(row, 0);
        Q_EMIT dataChanged(index(0, Since, parent), index(rowCount(parent) - 1, Since, parent), {Qt::DisplayRole});
    }
}

const Alert *AlertModel::alert(const QModelIndex &index) const
{
    const auto *group = static_cast<const Group *>(index.internalPointer());
    if (!index.isValid() || !group || index.row() >= static_cast<int>(group->alerts.size()))
        return nullptr;
    return &group->alerts[static_cast<size_t>(index.row())];
}

QModelIndex AlertModel::indexOf(const QString &id) const
{
    for (const auto &group : m_groups) {
        const auto found = std::ranges::find(group->alerts, id, &Alert::id);
        if (found != group->alerts.end())
            return createIndex(static_cast<int>(found - group->alerts.begin()), 0, group.get());
    }
    return {};
}

QModelIndex AlertModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_groups[static_cast<size_t>(parent.row())].get() : nullptr);
}

QModelIndex AlertModel::parent(const QModelIndex &child) const
{
    const auto *group = static_cast<const Group *>(child.internalPointer());
    if (!child.isValid() || !group)
        return {};
    const auto found = std::ranges::find(m_groups, group, [](const auto &one) { return one.get(); });
    return found == m_groups.end() ? QModelIndex()
                                   : createIndex(static_cast<int>(found - m_groups.begin()), 0, nullptr);
}

int AlertModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalPointer() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<size_t>(parent.row())]->alerts.size());
}

int AlertModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant AlertModel::groupData(const Group &group, int column, int role) const
{
    if (column != Name)
        return {};
    const auto count = static_cast<int>(group.alerts.size());
    switch (role) {
    case Qt::DisplayRole:
        return tr("%1  (%2)", "a group of alerts, and how many they are").arg(group.title, QLocale().toString(count));
    case Qt::AccessibleTextRole:
        return tr("%1, %n alert(s)", nullptr, count).arg(group.title);
    case models::SeverityRole:
        return static_cast<int>(group.glyph);
    default:
        return {};
    }
}

QVariant AlertModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Alert *found = alert(index);
    if (!found)
        return groupData(*m_groups[static_cast<size_t>(index.row())], index.column(), role);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*found, index.column(), m_now);
    case Qt::ToolTipRole:
        if (index.column() == Since)
            return exactWords(found->since);
        if (index.column() == Summary)
            return found->summary.left(2000);
        return {};
    case Qt::AccessibleTextRole:
        if (index.column() != Name)
            return textOf(*found, index.column(), m_now);
        return QStringList{
            found->name, stateWord(found->state), severityWord(found->severity), whereWords(found->place)}
            .join(u", "_s);
    case models::SeverityRole:
        return index.column() == State ? QVariant(static_cast<int>(glyphOf(*found))) : QVariant();
    default:
        return {};
    }
}

QVariant AlertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Alert");
    case State:
        return tr("State");
    case Severity:
        return tr("Severity");
    case Place:
        return tr("Where");
    case Since:
        return tr("Since");
    case Summary:
        return tr("Summary");
    default:
        return {};
    }
}

} // namespace kdra::ui
