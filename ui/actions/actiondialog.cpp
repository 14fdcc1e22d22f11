// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiondialog.h"

#include "store/clusterstore.h"
#include "ui/common/widgets.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kdra::ui {

QString plainTitle(actions::ActionId id)
{
    return actions::actionTitle(id).remove(u'…').trimmed();
}

ActionDialog::ActionDialog(const ActionContext &context, actions::Order order, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_order(std::move(order))
    , m_description(makeLabel(context.theme, Theme::FontRole::Body))
    , m_obstacle(makeLabel(context.theme, Theme::FontRole::Body))
    , m_body(new QVBoxLayout)
    , m_agree(makePrimaryButton(plainTitle(m_order.id)))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(plainTitle(m_order.id));
    QLabel *title = makeLabel(
        context.theme, Theme::FontRole::Title, tr("%1: %2").arg(plainTitle(m_order.id), displayOf(m_order.targets)));
    title->setWordWrap(true);
    QLabel *cluster = makeLabel(context.theme, Theme::FontRole::Small,
        context.marks.production ? tr("Cluster %1, marked production").arg(context.cluster)
                                 : tr("Cluster %1").arg(context.cluster),
        true);
    if (context.marks.production)
        cluster->setObjectName(QStringLiteral("failing"));
    m_description->setWordWrap(true);
    m_obstacle->setWordWrap(true);
    m_obstacle->setObjectName(QStringLiteral("failing"));
    m_obstacle->hide();
    m_body->setSpacing(Metrics::space2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(title);
    column->addWidget(cluster);
    column->addWidget(m_description);
    column->addLayout(m_body, 1);
    column->addWidget(m_obstacle);
    if (context.marks.production && actions::isDestructive(m_order.id)) {
        m_confirmation = new QLineEdit;
        m_confirmation->setAccessibleName(tr("Type %1 to confirm").arg(confirmationText()));
        auto *label = makeLabel(context.theme, Theme::FontRole::Strong, m_confirmation->accessibleName());
        label->setWordWrap(true);
        column->addWidget(label);
        column->addWidget(m_confirmation);
        connect(m_confirmation, &QLineEdit::textChanged, this, &ActionDialog::updateAgree);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_agree, QDialogButtonBox::AcceptRole);
    // What is destructive is not agreed to by a stray Return.
    QPushButton *cancel = buttons->button(QDialogButtonBox::Cancel);
    (actions::isDestructive(m_order.id) ? cancel : m_agree)->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT agreed(m_order);
        accept();
    });
    describeOrder();
    updateAgree();
}

QString ActionDialog::confirmationText() const
{
    return m_order.targets.size() == 1 ? m_order.targets.first().name : m_context.cluster;
}

void ActionDialog::setDescription(const QString &text)
{
    m_description->setText(text);
    m_description->setVisible(!text.isEmpty());
}

void ActionDialog::describeOrder()
{
    setDescription(actions::describe(*m_context.runner.store().snapshot(), m_order));
}

void ActionDialog::setObstacle(const QString &text)
{
    m_obstacle->setText(text);
    m_obstacle->setVisible(!text.isEmpty());
    updateAgree();
}

bool ActionDialog::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show || event->type() == QEvent::Resize)
        fit();
    return handled;
}

// Texts that come later are wrapped: what they need depends on the width, which a layout alone does not ask for.
void ActionDialog::fit()
{
    const int narrowest = qMax(440, layout()->totalMinimumSize().width());
    setMinimumSize(narrowest, layout()->totalMinimumHeightForWidth(qMax(width(), narrowest)));
}

void ActionDialog::updateAgree()
{
    const bool typed = !m_confirmation || m_confirmation->text().trimmed() == confirmationText();
    m_agree->setEnabled(typed && m_obstacle->text().isEmpty());
}

} // namespace kdra::ui
