// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/deletedialog.h"

#include "base/whenfinished.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace kdra::ui {

DeleteDialog::DeleteDialog(const Theme &theme, const environments::Environment &environment, const kube::Marks &marks,
    bool rollsBack, const QFuture<Answer> &contents, QWidget *parent)
    : QDialog(parent)
    , m_environment(environment)
    , m_production(marks.production)
    , m_status(makeLabel(theme, Theme::FontRole::Body, tr("Asking the server what goes with it…")))
    , m_contents(new QTreeWidget)
    , m_ask(makeLabel(theme, Theme::FontRole::Strong, tr("Type %1 to confirm").arg(environment.name)))
    , m_confirmation(new QLineEdit)
    , m_delete(makePrimaryButton(rollsBack ? tr("Roll back") : tr("Delete")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(rollsBack ? tr("Roll back %1").arg(environment.name) : tr("Delete %1").arg(environment.name));
    resize(520, 480);
    QLabel *title = makeLabel(theme, Theme::FontRole::Title, windowTitle());
    QLabel *undo = makeLabel(theme, Theme::FontRole::Small,
        tr("For 10 seconds nothing happens yet: until then it can be undone in the list of tasks."), true);
    undo->setObjectName(QStringLiteral("undo"));
    undo->setVisible(!rollsBack); // which happens at once
    for (QLabel *label : {title, m_status, m_ask, undo})
        label->setWordWrap(true);
    m_contents->setHeaderHidden(true);
    m_contents->setRootIsDecorated(false);
    m_contents->setIndentation(Metrics::space3);
    m_contents->setUniformRowHeights(true);
    m_contents->setItemDelegate(new CellDelegate(theme, m_contents));
    m_contents->setAccessibleName(tr("What goes with it"));
    m_contents->hide();
    m_confirmation->setAccessibleName(m_ask->text());

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(title);
    if (m_production) {
        QLabel *production = makeLabel(theme, Theme::FontRole::Small, tr("The cluster is marked production."));
        production->setObjectName(QStringLiteral("failing"));
        column->addWidget(production);
    }
    column->addWidget(m_status);
    column->addWidget(m_contents, 1);
    column->addStretch(0);
    column->addWidget(undo);
    column->addWidget(m_ask);
    column->addWidget(m_confirmation);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_delete, QDialogButtonBox::AcceptRole);
    // A stray Return deletes nothing.
    m_delete->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT agreed();
        accept();
    });
    connect(m_confirmation, &QLineEdit::textChanged, this, &DeleteDialog::judge);
    judge();
    if (contents.isValid())
        whenFinished(QFuture<Answer>(contents), this, [this](const Answer &answer) { tell(answer); });
    else
        tell(std::unexpected(Error{.what = tr("It is not known what goes with it.")}));
}

void DeleteDialog::tell(const Answer &contents)
{
    m_known = true;
    if (contents) {
        m_weighty = !contents->claims.isEmpty() || !contents->strangers.isEmpty() || m_environment.claims > 0;
        const int count = static_cast<int>(contents->members.size());
        m_status->setText(m_environment.ownNamespace
                ? tr("Its namespace %1 goes with everything in it: %n object(s) of the environment.", nullptr, count)
                      .arg(m_environment.ns)
                : tr("%n object(s) of the environment go; the namespace %1 stays.", nullptr, count)
                      .arg(m_environment.ns));
        addGroup(tr("Data that is lost"), contents->claims);
        addGroup(tr("In its namespace, made by others"), contents->strangers);
        addGroup(tr("The environment"), contents->members);
        m_contents->setVisible(m_contents->topLevelItemCount() > 0);
        m_contents->expandAll();
    } else {
        // Whoever may delete it may well not be allowed to look: said, and asked for more than a click.
        m_weighty = true;
        m_status->setText(tr("What goes with it could not be read: %1").arg(contents.error().text()));
        m_status->setObjectName(QStringLiteral("failing"));
        m_status->setStyle(style());
    }
    judge();
    if (m_production || m_weighty)
        m_confirmation->setFocus();
}

void DeleteDialog::addGroup(const QString &title, const QStringList &names)
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

void DeleteDialog::judge()
{
    const bool asks = m_production || m_weighty;
    m_ask->setVisible(asks);
    m_confirmation->setVisible(asks);
    m_delete->setEnabled(m_known && (!asks || m_confirmation->text().trimmed() == m_environment.name));
}

} // namespace kdra::ui
