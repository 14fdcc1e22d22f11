// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/draindialog.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using Fate = actions::DrainedPod::Fate;

DrainDialog::DrainDialog(const ActionContext &context, actions::Order order, QWidget *parent)
    : ActionDialog(context, std::move(order), parent)
    , m_force(new QCheckBox(tr("Also delete pods that nobody makes &anew")))
    , m_deleteLocalData(new QCheckBox(tr("Also evict pods with local &data, which is lost")))
{
    auto *table = new QTableView;
    table->setAccessibleName(tr("Pods of the node, and what becomes of them"));
    table->setModel(&m_pods);
    table->setItemDelegate(new CellDelegate(context.theme, table));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Metrics::rowHeight);
    table->setMinimumSize(520, 8 * Metrics::rowHeight);
    m_pods.setHorizontalHeaderLabels({tr("Pod"), tr("What becomes of it")});
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    body().addWidget(table, 1);
    body().addWidget(m_force);
    body().addWidget(m_deleteLocalData);
    for (QCheckBox *box : {m_force, m_deleteLocalData}) {
        box->hide();
        connect(box, &QCheckBox::toggled, this, &DrainDialog::judge);
    }
    ask();
}

void DrainDialog::ask()
{
    setObstacle(tr("Asking the server for the pods…"));
    for (const actions::Target &target : std::as_const(order().targets)) {
        whenFinished(actions::previewDrain(context().runner.store().client(), target.name), this,
            [this, node = target.name](const Result<actions::DrainPreview> &preview) {
                if (preview) {
                    show(*preview, node);
                } else {
                    m_failure = preview.error().text();
                }
                judge();
            });
    }
}

void DrainDialog::show(const actions::DrainPreview &preview, const QString &node)
{
    const auto words = [](const actions::DrainedPod &pod) {
        QString text;
        switch (pod.fate) {
        case Fate::Evicted:
            text = tr("evicted");
            break;
        case Fate::Finished:
            text = tr("has ended; removed");
            break;
        case Fate::Unmanaged:
            text = tr("deleted; nobody makes it anew");
            break;
        case Fate::DaemonSet:
            return tr("stays: belongs to a daemon set");
        case Fate::Mirror:
            return tr("stays: the kubelet runs it from a file");
        }
        return pod.localData ? tr("%1; its local data is lost").arg(text) : text;
    };
    m_previews.append(preview);
    m_texts.append(preview.text(node));
    for (const actions::DrainedPod &pod : preview.pods) {
        m_pods.appendRow({new QStandardItem(pod.display()), new QStandardItem(words(pod))});
    }
}

void DrainDialog::judge()
{
    actions::DrainOptions &options = order().parameters.drain;
    options.force = m_force->isChecked();
    options.deleteEmptyDirData = m_deleteLocalData->isChecked();
    m_force->setVisible(std::ranges::any_of(
        m_previews, [](const actions::DrainPreview &preview) { return preview.count(Fate::Unmanaged) > 0; }));
    m_deleteLocalData->setVisible(std::ranges::any_of(
        m_previews, [](const actions::DrainPreview &preview) { return preview.localDataCount() > 0; }));
    if (!m_texts.isEmpty())
        setDescription(m_texts.join(u'\n'));
    if (!m_failure.isEmpty()) {
        setObstacle(m_failure);
        return;
    }
    if (m_previews.size() < order().targets.size())
        return;
    QStringList obstacles;
    for (const actions::DrainPreview &preview : std::as_const(m_previews))
        obstacles += preview.obstacles(options);
    obstacles.removeDuplicates();
    setObstacle(obstacles.join(u'\n'));
}

} // namespace kdra::ui
