// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/tablecopy.h"

#include "base/whenfinished.h"
#include "models/format.h"
#include "ui/common/itemviews.h"

#include <QAbstractProxyModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QtConcurrent>

namespace kdra::ui {

TableCopy::TableCopy(DenseTable &table, models::RecordTableModel &model)
    : QObject(&table)
    , m_table(table)
    , m_model(model)
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_table.addAction(action);
        m_actions.append(action);
    };
    using enum models::KubectlVerb;
    add(tr("Copy the rows"), QKeySequence::Copy, [this] { copyCells(false); });
    add(tr("Copy the rows with titles"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_C),
        [this] { copyCells(true); });
    add(tr("Copy the names"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C), [this] { copyNames(); });
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_actions.append(line);
    add(tr("Copy as “kubectl get”"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_G), [this] { copyCommand(Get); });
    add(tr("Copy as “kubectl describe”"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D),
        [this] { copyCommand(Describe); });
    add(tr("Copy as “kubectl delete”"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_D),
        [this] { copyCommand(Delete); });
}

TableCopy::~TableCopy()
{
    m_latest.cancel();
    m_future.waitForFinished();
}

std::vector<models::RowKey> TableCopy::selectedKeys() const
{
    std::vector<models::RowKey> keys;
    const std::vector<int> rows = selectedRows(*m_table.selectionModel());
    keys.reserve(rows.size());
    for (const int row : rows) {
        QModelIndex index = m_table.model()->index(row, 0);
        while (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(index.model()))
            index = proxy->mapToSource(index);
        keys.push_back(m_model.rowKey(index.row()));
    }
    return keys;
}

template <class Make> void TableCopy::copy(Make make)
{
    std::vector<models::RowKey> keys = selectedKeys();
    if (keys.empty())
        return;
    const auto count = static_cast<qsizetype>(keys.size());
    m_future = QtConcurrent::run([snapshot = m_model.sharedSnapshot(), schema = m_model.sharedSchema(),
                                     keys = std::move(keys), make] { return make(*snapshot, *schema, keys); });
    whenFinished(m_future, this, [this, token = m_latest.next(), count](const QString &text) {
        if (token.isCurrent())
            toClipboard(text, count);
    });
}

void TableCopy::toClipboard(const QString &text, qsizetype rows)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(rows);
}

// What a proxy adds to the records is known to the view only. Such tables are small (nodes).
QString TableCopy::cellsOfView(bool header) const
{
    const QAbstractItemModel &model = *m_table.model();
    const QList<int> columns = m_table.columns().shown();
    QStringList lines;
    QStringList cells;
    if (header) {
        for (const int column : columns)
            cells.append(model.headerData(column, Qt::Horizontal).toString());
        lines.append(models::tsvLine(cells));
    }
    for (const int row : selectedRows(*m_table.selectionModel())) {
        cells.clear();
        for (const int column : columns)
            cells.append(model.index(row, column).data().toString());
        lines.append(models::tsvLine(cells));
    }
    return lines.join(u'\n');
}

void TableCopy::copyCells(bool header)
{
    if (m_table.model() != &m_model) {
        m_latest.cancel();
        if (m_table.selectionModel()->hasSelection())
            toClipboard(cellsOfView(header), static_cast<qsizetype>(selectedRows(*m_table.selectionModel()).size()));
        return;
    }
    copy([columns = m_table.columns().shown(), header](
             const store::Snapshot &snapshot, const models::TableSchema &schema, std::span<const models::RowKey> rows) {
        return models::asTsv(snapshot, schema, rows, columns, header, models::nowSeconds());
    });
}

void TableCopy::copyNames()
{
    copy([](const store::Snapshot &snapshot, const models::TableSchema &, std::span<const models::RowKey> rows) {
        return models::asNames(snapshot, rows);
    });
}

void TableCopy::copyCommand(models::KubectlVerb verb)
{
    copy([verb, context = m_context](const store::Snapshot &snapshot, const models::TableSchema &,
             std::span<const models::RowKey> rows) { return models::asKubectl(snapshot, rows, verb, context); });
}

} // namespace kdra::ui
