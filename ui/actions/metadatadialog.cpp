// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/metadatadialog.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace kdra::ui {

MetadataDialog::MetadataDialog(const ActionContext &context, actions::Order order, QWidget *parent)
    : ActionDialog(context, std::move(order), parent)
    , m_table(new QTableView)
{
    m_rows.setHorizontalHeaderLabels({tr("Key"), tr("Value")});
    m_table->setAccessibleName(editsLabels() ? tr("Labels") : tr("Annotations"));
    m_table->setModel(&m_rows);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Metrics::rowHeight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setMinimumSize(600, 8 * Metrics::rowHeight);
    m_table->setTabKeyNavigation(false);

    auto *add = new QPushButton(tr("&Add"));
    auto *remove = new QPushButton(tr("Re&move"));
    remove->setEnabled(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    body().addWidget(m_table, 1);
    body().addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &MetadataDialog::addRow);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, remove,
        [remove](const QModelIndex &current) { remove->setEnabled(current.isValid()); });
    const auto removeCurrent = [this] {
        if (const QModelIndex current = m_table->currentIndex(); current.isValid())
            m_rows.removeRow(current.row());
        judge();
    };
    connect(remove, &QPushButton::clicked, this, removeCurrent);
    auto *removeByKey = new QAction(m_table);
    removeByKey->setShortcut(QKeySequence::Delete);
    removeByKey->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(removeByKey);
    connect(removeByKey, &QAction::triggered, this, removeCurrent);
    connect(&m_rows, &QStandardItemModel::itemChanged, this, &MetadataDialog::judge);

    setObstacle(tr("Asking the server for the object…"));
    whenFinished(actions::readMetadata(context.runner.store().client(), this->order().targets.first()), this,
        [this](const Result<actions::Metadata> &metadata) {
            if (metadata)
                fill(editsLabels() ? metadata->labels : metadata->annotations);
            else
                setObstacle(metadata.error().text());
        });
}

bool MetadataDialog::editsLabels()
{
    return order().id == actions::ActionId::EditLabels;
}

void MetadataDialog::fill(const QMap<QString, QString> &seen)
{
    m_seen = seen;
    m_known = true;
    for (const auto &[key, value] : seen.asKeyValueRange())
        m_rows.appendRow({new QStandardItem(key), new QStandardItem(value)});
    judge();
}

void MetadataDialog::addRow()
{
    m_rows.appendRow({new QStandardItem, new QStandardItem});
    const QModelIndex key = m_rows.index(m_rows.rowCount() - 1, 0);
    m_table->setCurrentIndex(key);
    m_table->edit(key);
}

void MetadataDialog::judge()
{
    if (!m_known)
        return;
    QMap<QString, QString> wanted;
    for (int row = 0; row < m_rows.rowCount(); ++row) {
        const QString key = m_rows.item(row, 0)->text().trimmed();
        const QString value = m_rows.item(row, 1)->text();
        // A row that was only begun is none.
        if (key.isEmpty() && value.isEmpty())
            continue;
        if (wanted.contains(key)) {
            setObstacle(tr("The key %1 is there twice.").arg(key));
            return;
        }
        wanted.insert(key, value);
        // What the server accepted before may have been written under older rules: only changes are judged.
        if (m_seen.contains(key) && m_seen.value(key) == value)
            continue;
        const QString problem = editsLabels() ? actions::labelProblem(key, value) : actions::annotationProblem(key);
        if (!problem.isEmpty()) {
            setObstacle(problem);
            return;
        }
    }
    order().parameters.edit = actions::editOf(m_seen, wanted);
    describeOrder();
    setObstacle({});
    agreeButton().setEnabled(agreeButton().isEnabled() && wanted != m_seen);
}

} // namespace kdra::ui
