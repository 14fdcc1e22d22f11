// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/partnamebox.h"

#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace kdra::ui {

PartNameBox::PartNameBox(const Theme &theme, const environments::Spec &environment, const QString &templateName,
    const QStringList &taken, QWidget *parent)
    : QWidget(parent)
    , m_environment(environment.name)
    , m_taken(taken)
    , m_name(new QLineEdit)
    , m_explanation(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
{
    for (const environments::Part &part : environments::allParts(environment))
        m_parts.append(part.name);
    m_name->setAccessibleName(tr("Name of what is added"));
    m_name->setMaxLength(63);
    m_name->setText(environments::proposedPartName(environment, templateName, taken));
    m_name->selectAll();
    m_explanation->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("failing"));
    m_problem->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_problem, m_explanation})
        column->addWidget(widget);
    connect(m_name, &QLineEdit::textChanged, this, &PartNameBox::judge);
    judge();
}

QString PartNameBox::name() const
{
    return m_name->text().trimmed();
}

QString PartNameBox::problem() const
{
    if (const QString problem = environments::nameProblem(name()); !problem.isEmpty())
        return problem;
    if (m_parts.contains(name()))
        return tr("Something in %1 is called %2 already.").arg(m_environment, name());
    return m_taken.contains(name()) ? tr("There is an environment %1 in the namespace.").arg(name()) : QString();
}

void PartNameBox::judge()
{
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_name->setAccessibleDescription(text);
    m_explanation->setText(tr("Its objects are called after it: %1-…").arg(name()));
    m_explanation->setVisible(text.isEmpty());
    Q_EMIT changed();
}

} // namespace kdra::ui
