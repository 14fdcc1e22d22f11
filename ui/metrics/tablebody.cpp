// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/tablebody.h"

#include "metrics/csv.h"
#include "metrics/tableranks.h"
#include "models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"
#include "ui/metrics/seriescolours.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace kdra::ui {

void AnswerTableModel::setTable(metrics::Table table, std::vector<std::vector<quint32>> ranks)
{
    const auto named = [](const metrics::TableColumn &a, const metrics::TableColumn &b) {
        return a.name == b.name && a.type == b.type;
    };
    const bool isOther = !std::ranges::equal(table.columns, m_table.columns, named);
    std::vector<metrics::PanelSeries> formats;
    for (const metrics::TableColumn &column : table.columns)
        formats.push_back({.name = column.name, .field = column.field, .unit = metrics::Unit(column.field.unit)});
    const auto take = [&] {
        m_table = std::move(table);
        m_formats = std::move(formats);
        m_ranks = std::move(ranks);
    };
    if (isOther) {
        // Other columns are another table.
        beginResetModel();
        take();
        endResetModel();
        return;
    }
    const int before = rowCount();
    const auto after = int(table.rows);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        take();
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        take();
        endInsertRows();
    } else {
        take();
    }
    if (const int kept = std::min(before, after); kept > 0 && !m_table.columns.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(kept - 1, columnCount() - 1));
}

QString AnswerTableModel::text(int row, int column) const
{
    const metrics::TableColumn &about = m_table.columns[column];
    const QVariant &cell = about.cells[row];
    if (!cell.isValid())
        return {};
    if (about.type == metrics::TableColumn::Type::Time)
        return QLocale().toString(cell.toDateTime().toLocalTime(), QLocale::ShortFormat);
    return cell.typeId() == QMetaType::Double ? m_formats[size_t(column)].text(cell.toDouble()) : cell.toString();
}

QByteArray AnswerTableModel::csv() const
{
    QByteArray text;
    for (qsizetype i = 0; i < m_table.columns.size(); ++i)
        text += (i > 0 ? "," : "") + metrics::csvField(m_table.columns[i].name);
    text += "\r\n";
    for (qsizetype row = 0; row < m_table.rows; ++row) {
        for (qsizetype i = 0; i < m_table.columns.size(); ++i) {
            const QVariant &cell = m_table.columns[i].cells[row];
            text += i > 0 ? "," : "";
            if (cell.typeId() == QMetaType::Double)
                text += QByteArray::number(cell.toDouble(), 'g', QLocale::FloatingPointShortest);
            else if (cell.typeId() == QMetaType::QDateTime)
                text += cell.toDateTime().toString(Qt::ISODateWithMs).toLatin1();
            else
                text += metrics::csvField(cell.toString());
        }
        text += "\r\n";
    }
    return text;
}

int AnswerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.rows);
}

int AnswerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.columns.size());
}

QVariant AnswerTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const metrics::TableColumn &about = m_table.columns[index.column()];
    const QVariant &cell = about.cells[index.row()];
    const bool isNumber = about.type == metrics::TableColumn::Type::Number;
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case models::SeverityRole:
        // A threshold's colour as a glyph: what is well has none.
        if (isNumber && cell.isValid()) {
            const auto severity = severityOfColour(m_formats[size_t(index.column())].colorOf(cell.toDouble()));
            if (severity && *severity != store::Severity::Healthy)
                return int(*severity);
        }
        return {};
    default:
        return {};
    }
}

QVariant AnswerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const metrics::TableColumn &column = m_table.columns[section];
    if (role == Qt::DisplayRole)
        return column.name;
    if (role == Qt::TextAlignmentRole)
        return int(
            (column.type == metrics::TableColumn::Type::Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

bool AnswerOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto *table = static_cast<const AnswerTableModel *>(sourceModel());
    const quint32 a = table->rank(left);
    const quint32 b = table->rank(right);
    if (a == metrics::unranked || b == metrics::unranked)
        return sortOrder() == Qt::AscendingOrder ? a < b : b < a;
    return a < b;
}

TableBody::TableBody(const Theme &theme, QWidget *parent)
    : PanelBody(parent)
    , m_model(new AnswerTableModel(this))
    , m_order(new AnswerOrder(this))
    , m_view(new QTableView(this))
{
    m_order->setSourceModel(m_model);
    m_view->setModel(m_order);
    auto *delegate = new CellDelegate(theme, m_view);
    delegate->setRemembered(CellText::onePanel);
    m_view->setItemDelegate(delegate);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(Metrics::rowHeight);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setFrameShape(QFrame::NoFrame);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { m_sized = false; });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space1, 0, Metrics::space1, 0);
    column->addWidget(m_view);
}

void TableBody::setContents(const metrics::Panel &, PanelContents contents)
{
    m_model->setTable(std::move(contents.table), std::move(contents.ranks));
    if (m_sized || m_model->rowCount() == 0)
        return;
    // As wide as the first rows ask for; after that the widths are the user's.
    m_sized = true;
    QHeaderView *header = m_view->horizontalHeader();
    header->setResizeContentsPrecision(50);
    constexpr int widest = 320;
    m_view->resizeColumnsToContents();
    for (int i = 0; i < m_model->columnCount(); ++i)
        header->resizeSection(i, std::min(widest, header->sectionSize(i) + Metrics::space2));
    header->setStretchLastSection(header->length() < width());
}

void TableBody::describe(const QString &title)
{
    m_view->setAccessibleName(title);
}

} // namespace kdra::ui
