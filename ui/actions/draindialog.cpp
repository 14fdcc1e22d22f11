// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/draindialog.h"

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
        actions::previewDrain(context().runner.store().client(), target.name)
            .then(this, [this, node = target.name](const Result<actions::DrainPreview> &preview) {
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
    static const auto words = [](Fate fate) {
        switch (fate) {
        case Fate::Evicted:
            return tr("evicted");
        case Fate::Finished:
            return tr("has ended; removed");
        case Fate::DaemonSet:
            return tr("stays: belongs to a daemon set");
        case Fate::Mirror:
            return tr("stays: the kubelet runs it from a file");
        case Fate::Unmanaged:
            return tr("deleted; nobody makes it anew");
        case Fate::LocalData:
            return tr("evicted; its local data is lost");
        }
        return QString();
    };
    m_previews.append(preview);
    m_texts.append(preview.text(node));
    for (const actions::DrainedPod &pod : preview.pods) {
        m_pods.appendRow({new QStandardItem(pod.ns + QLatin1Char('/') + pod.name), new QStandardItem(words(pod.fate))});
    }
}

void DrainDialog::judge()
{
    actions::DrainOptions &options = order().parameters.drain;
    options.force = m_force->isChecked();
    options.deleteEmptyDirData = m_deleteLocalData->isChecked();
    const auto has = [this](Fate fate) {
        return std::ranges::any_of(
            m_previews, [fate](const actions::DrainPreview &preview) { return preview.count(fate) > 0; });
    };
    m_force->setVisible(has(Fate::Unmanaged));
    m_deleteLocalData->setVisible(has(Fate::LocalData));
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
