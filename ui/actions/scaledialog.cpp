// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/scaledialog.h"

#include "store/clusterstore.h"

#include <QFormLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {

// spec.replicas as it was last heard of; nothing when the object is gone.
std::optional<int> replicasOf(const store::Snapshot &snapshot, const store::Item &item)
{
    const std::optional<store::RowKey> row = store::find(snapshot, item);
    if (!row)
        return {};
    return store::withTable(snapshot, row->kind(), [&](const auto &table) -> std::optional<int> {
        if constexpr (requires { table.at(0)->desired; })
            return static_cast<int>(table.at(row->slot())->desired);
        return {};
    });
}

} // namespace

ScaleDialog::ScaleDialog(const ActionContext &context, actions::Order order, QWidget *parent)
    : ActionDialog(context, std::move(order), parent)
    , m_replicas(new QSpinBox)
{
    m_replicas->setRange(0, 10000);
    m_replicas->setAccessibleName(tr("Replicas"));
    const QList<actions::Target> &targets = this->order().targets;
    const std::optional<int> now = replicasOf(*context.runner.store().snapshot(), targets.first().item);
    m_replicas->setValue(now.value_or(1));
    // What somebody else changed meanwhile is not overwritten unseen.
    if (targets.size() == 1)
        this->order().parameters.scale.expected = now;
    auto *form = new QFormLayout;
    form->addRow(tr("&Replicas"), m_replicas);
    body().addLayout(form);
    const auto follow = [this, now](int value) {
        this->order().parameters.scale.replicas = value;
        describeOrder();
        agreeButton().setEnabled(this->order().targets.size() > 1 || value != now);
    };
    connect(m_replicas, &QSpinBox::valueChanged, this, follow);
    follow(m_replicas->value());
    m_replicas->setFocus();
    m_replicas->selectAll();
}

} // namespace kdra::ui
