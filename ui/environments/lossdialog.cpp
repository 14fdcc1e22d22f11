// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/lossdialog.h"

#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace kdra::ui {

LossDialog::LossDialog(const Theme &theme, const Words &words, const QString &environment,
    const environments::Loss &loss, const kube::Marks &marks, QWidget *parent)
    : QDialog(parent)
    , m_contents(new QTreeWidget)
    , m_confirmation(new QLineEdit)
    , m_agree(makePrimaryButton(words.verb))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(words.title);
    resize(520, 420);
    QLabel *title = makeLabel(theme, Theme::FontRole::Title, words.title);
    QLabel *text = makeLabel(theme, Theme::FontRole::Body, words.text);
    QLabel *ask = makeLabel(theme, Theme::FontRole::Strong, tr("Type %1 to confirm").arg(environment));
    for (QLabel *label : {title, text, ask})
        label->setWordWrap(true);
    m_contents->setHeaderHidden(true);
    m_contents->setRootIsDecorated(false);
    m_contents->setIndentation(Metrics::space3);
    m_contents->setUniformRowHeights(true);
    m_contents->setItemDelegate(new CellDelegate(theme, m_contents));
    m_contents->setAccessibleName(tr("What is deleted"));
    addGroup(tr("Data that is lost"), loss.claims);
    addGroup(tr("Objects"), loss.objects);
    m_contents->setVisible(m_contents->topLevelItemCount() > 0);
    m_contents->expandAll();
    m_confirmation->setAccessibleName(ask->text());

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(title);
    if (marks.production) {
        QLabel *production = makeLabel(theme, Theme::FontRole::Small, tr("The cluster is marked production."));
        production->setObjectName(QStringLiteral("failing"));
        column->addWidget(production);
    }
    column->addWidget(text);
    column->addWidget(m_contents, 1);
    column->addStretch(0);
    column->addWidget(ask);
    column->addWidget(m_confirmation);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_agree, QDialogButtonBox::AcceptRole);
    // A stray Return takes nothing away.
    m_agree->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT agreed();
        accept();
    });
    const bool asks = marks.production || !loss.claims.isEmpty();
    ask->setVisible(asks);
    m_confirmation->setVisible(asks);
    m_agree->setEnabled(!asks);
    if (asks)
        m_confirmation->setFocus();
    connect(m_confirmation, &QLineEdit::textChanged, this,
        [this, environment](const QString &typed) { m_agree->setEnabled(typed.trimmed() == environment); });
}

void LossDialog::addGroup(const QString &title, const QStringList &names)
{
    if (names.isEmpty())
        return;
    auto *group = new QTreeWidgetItem(m_contents, {title});
    group->setFlags(Qt::ItemIsEnabled);
    QFont strong = m_contents->font();
    strong.setWeight(QFont::DemiBold);
    group->setFont(0, strong);
    for (const QString &name : names)
        new QTreeWidgetItem(group, {name});
}

} // namespace kdra::ui
