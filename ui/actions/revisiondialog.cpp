// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/revisiondialog.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/common/theme.h"

#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

namespace kdra::ui {

RevisionDialog::RevisionDialog(const ActionContext &context, actions::Order order, QWidget *parent)
    : ActionDialog(context, std::move(order), parent)
    , m_list(new QListWidget)
{
    m_list->setAccessibleName(tr("Revisions"));
    m_list->setMinimumSize(520, 6 * Metrics::rowHeight);
    body().addWidget(m_list, 1);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (!item)
            return;
        this->order().parameters.revision = item->data(Qt::UserRole).toInt();
        describeOrder();
        setObstacle({});
    });
    setObstacle(tr("Asking the server for the revisions…"));
    whenFinished(actions::readRevisions(context.runner.store().client(), this->order().targets.first()), this,
        [this](const Result<QList<actions::Revision>> &revisions) {
            if (revisions)
                fill(*revisions);
            else
                setObstacle(revisions.error().text());
        });
}

void RevisionDialog::fill(const QList<actions::Revision> &revisions)
{
    const QLocale locale;
    for (const actions::Revision &revision : revisions) {
        QStringList parts{revision.images.join(QStringLiteral(", "))};
        if (!revision.changeCause.isEmpty())
            parts.append(revision.changeCause);
        if (revision.created.isValid())
            parts.append(locale.toString(revision.created.toLocalTime(), QLocale::ShortFormat));
        const QString what = parts.join(QStringLiteral(" · "));
        auto *item = new QListWidgetItem(revision.current ? tr("Revision %1 (now): %2").arg(revision.number).arg(what)
                                                          : tr("Revision %1: %2").arg(revision.number).arg(what));
        item->setData(Qt::UserRole, static_cast<int>(revision.number));
        item->setToolTip(what);
        if (revision.current)
            item->setFlags(Qt::NoItemFlags);
        m_list->addItem(item);
    }
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->flags() != Qt::NoItemFlags) {
            m_list->setCurrentRow(row);
            m_list->setFocus();
            return;
        }
    }
    setObstacle(tr("There is no earlier revision to go back to."));
}

} // namespace kdra::ui
