// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"

#include "models/format.h"
#include "models/roles.h"

#include <QSet>

namespace kdra::models {

namespace {
constexpr quint32 noPosition = 0xffffffff;
}

RecordTableModel::RecordTableModel(std::shared_ptr<const TableSchema> schema, QObject *parent)
    : QAbstractTableModel(parent)
    , m_schema(std::move(schema))
    , m_columns(m_schema->columns())
    , m_snapshot(std::make_shared<store::Snapshot>())
    , m_judge(*m_schema, m_filter, m_snapshot->strings)
{
    m_due.setSingleShot(true);
    // Rows that jump more often cannot be read.
    m_due.setInterval(500);
    connect(&m_due, &QTimer::timeout, this, &RecordTableModel::compute);
    m_clock.setInterval(5000);
    connect(&m_clock, &QTimer::timeout, this, &RecordTableModel::letTimePass);
}

RecordTableModel::~RecordTableModel()
{
    m_latest.cancel();
    m_future.waitForFinished();
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const Column &column = m_columns.at(section);
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::SizeHintRole:
        return {};
    default:
        return {};
    }
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RowKey row = rowKey(index.row());
    const AnyRecord record = recordAt(*m_snapshot, row);
    if (!record)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return m_schema->display(*m_snapshot, row, column, nowSeconds());
    case Qt::ToolTipRole: {
        const QString text = m_schema->toolTip(*m_snapshot, row, column);
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((m_columns.at(column).number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::AccessibleDescriptionRole:
        return column == m_schema->severityColumn() ? severityName(record.meta->severity) : QString();
    case SeverityRole:
        return column == m_schema->severityColumn() ? QVariant(static_cast<int>(record.meta->severity)) : QVariant();
    case ItemRole:
        return QVariant::fromValue(Item{row.kind(), record.meta->uid});
    case SortRole: {
        const SortKey key = m_schema->sortKey(*m_snapshot, row, column);
        return key.text.empty() ? QVariant(key.number) : QVariant(store::toQString(key.text));
    }
    default:
        return {};
    }
}

Item RecordTableModel::itemAt(int row) const
{
    const RowKey key = rowKey(row);
    const AnyRecord record = recordAt(*m_snapshot, key);
    return record ? Item{key.kind(), record.meta->uid} : Item();
}

int RecordTableModel::rowOf(const Item &item) const
{
    const std::vector<int> rows = rowsOf({item});
    return rows.empty() ? -1 : rows.front();
}

std::vector<int> RecordTableModel::rowsOf(const QList<Item> &items) const
{
    findItems(items);
    std::vector<int> rows;
    for (const Item &item : items) {
        if (!isFound(item))
            continue;
        if (const int row = rowOf(m_found.value(item.uid)); row >= 0)
            rows.push_back(row);
    }
    return rows;
}

// Slots are stable for the life of the object.
bool RecordTableModel::isFound(const Item &item) const
{
    const auto known = m_found.constFind(item.uid);
    if (known == m_found.cend() || known->kind() != item.kind)
        return false;
    const AnyRecord record = recordAt(*m_snapshot, *known);
    return record && record.meta->uid == item.uid;
}

void RecordTableModel::findItems(const QList<Item> &items) const
{
    constexpr qsizetype most = 10'000; // remembered
    QSet<store::Uid> missing;
    for (const Item &item : items) {
        if (!item.isNull() && std::ranges::contains(m_schema->kinds(), item.kind) && !isFound(item))
            missing.insert(item.uid);
    }
    if (missing.isEmpty())
        return;
    if (m_found.size() > most)
        m_found.clear();
    for (const store::Kind kind : m_schema->kinds()) {
        withTable(*m_snapshot, kind, [&](const auto &table) {
            table.forEach([&](const auto &ref) {
                if (missing.contains(ref->meta.uid))
                    m_found.insert(ref->meta.uid, RowKey(kind, ref.slot()));
            });
        });
    }
}

int RecordTableModel::rowOf(RowKey row) const
{
    const std::vector<quint32> &positions = m_positions[static_cast<size_t>(row.kind())];
    const quint32 position = row.slot() < positions.size() ? positions[row.slot()] : noPosition;
    return position == noPosition ? -1 : static_cast<int>(position);
}

quint32 &RecordTableModel::position(RowKey row)
{
    std::vector<quint32> &positions = m_positions[static_cast<size_t>(row.kind())];
    if (row.slot() >= positions.size())
        positions.resize(row.slot() + 1, noPosition);
    return positions[row.slot()];
}

void RecordTableModel::renumber(size_t from)
{
    for (size_t i = from; i < m_rows.size(); ++i)
        position(m_rows[i]) = static_cast<quint32>(i);
}

quint32 RecordTableModel::objectCount() const
{
    quint32 count = 0;
    for (const store::Kind kind : m_schema->kinds())
        count += m_snapshot->count(kind);
    return count;
}

void RecordTableModel::setSnapshot(store::SnapshotPtr snapshot)
{
    beginResetModel();
    m_latest.cancel();
    m_computing = false;
    m_due.stop();
    m_rows.clear();
    for (std::vector<quint32> &positions : m_positions)
        positions.clear();
    m_found.clear();
    m_snapshot = snapshot ? std::move(snapshot) : std::make_shared<store::Snapshot>();
    judgeAnew();
    endResetModel();
    computeIfActive();
}

void RecordTableModel::setFilter(RowFilter filter)
{
    filter.now = m_filter.now;
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    if (m_filter.query.dependsOnTime()) {
        m_filter.now = nowSeconds();
        m_clock.start();
    } else {
        m_clock.stop();
    }
    judgeAnew();
    computeIfActive();
}

void RecordTableModel::judgeAnew()
{
    m_judge = RowJudge(*m_schema, m_filter, m_snapshot->strings);
}

// "age<5m": rows leave without anything happening to them.
void RecordTableModel::letTimePass()
{
    m_filter.now = nowSeconds();
    judgeAnew();
    computeIfActive();
}

void RecordTableModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    computeIfActive();
}

void RecordTableModel::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    if (active) {
        if (std::exchange(m_behind, false))
            compute();
        return;
    }
    m_behind = !isSettled();
    m_latest.cancel();
    m_computing = false;
    m_due.stop();
}

} // namespace kdra::models
