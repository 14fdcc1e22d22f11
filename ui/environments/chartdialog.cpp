// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/chartdialog.h"

#include "ui/common/widgets.h"
#include "ui/environments/parameterform.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace kdra::ui {

ChartDialog::ChartDialog(const Theme &theme, const environments::HelmChart &chart, QWidget *parent)
    : QDialog(parent)
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
    , m_import(makePrimaryButton(tr("Import")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import the chart %1 %2").arg(chart.name, chart.version).trimmed());
    environments::Template asked;
    asked.name = chart.name;
    for (environments::Parameter parameter : chart.parameters) {
        if (parameter.type == environments::ParameterType::Secret)
            continue;
        // Without a default the chart decides, until somebody writes something.
        if (parameter.type == environments::ParameterType::String && parameter.defaultValue.isUndefined())
            parameter.defaultValue = QString();
        asked.parameters.append(parameter);
    }
    m_form = new ParameterForm(theme, asked, asked.defaults(), false);
    m_untouched = m_form->values();
    QLabel *title = makeLabel(theme, Theme::FontRole::Title, windowTitle());
    QLabel *about = makeLabel(theme, Theme::FontRole::Body,
        tr("These values of the chart are settled now, for every environment that is made of the template."));
    for (QLabel *label : {title, about, m_problem})
        label->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("failing"));
    auto *area = new QScrollArea;
    area->setWidget(m_form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_import, QDialogButtonBox::AcceptRole);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(title);
    if (!chart.description.isEmpty()) {
        QLabel *description = makeLabel(theme, Theme::FontRole::Body, chart.description, true);
        description->setWordWrap(true);
        column->addWidget(description);
    }
    column->addWidget(about);
    column->addWidget(area, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    resize(520, 560);
    connect(m_form, &ParameterForm::changed, this, &ChartDialog::judge);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        environments::Values changed = m_form->values();
        changed.removeIf([this](const auto &one) { return m_untouched.value(one.key()) == one.value(); });
        Q_EMIT agreed(changed);
        accept();
    });
    judge();
}

void ChartDialog::judge()
{
    const QString problem = m_form->problem();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_import->setEnabled(problem.isEmpty());
}

} // namespace kdra::ui
