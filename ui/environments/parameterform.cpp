// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/parameterform.h"

#include "ui/common/theme.h"
#include "ui/environments/parameterfield.h"

#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using environments::Values;

ParameterForm::ParameterForm(
    const Theme &theme, const environments::Template &from, const Values &values, bool exists, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space3);
    for (const environments::Parameter &parameter : from.parameters) {
        const auto given = values.constFind(parameter.name);
        auto *field =
            new ParameterField(theme, parameter, given == values.constEnd() ? parameter.defaultValue : *given, exists);
        connect(field, &ParameterField::changed, this, &ParameterForm::changed);
        column->addWidget(field);
        m_fields.append(field);
    }
}

Values ParameterForm::values() const
{
    Values all;
    for (const ParameterField *field : m_fields) {
        if (const QJsonValue value = field->value(); !value.isUndefined())
            all.insert(field->parameter().name, value);
    }
    return all;
}

QString ParameterForm::problem() const
{
    for (const ParameterField *field : m_fields) {
        if (const QString problem = field->problem(); !problem.isEmpty()) {
            const environments::Parameter &parameter = field->parameter();
            return tr("%1: %2", "parameter and what is wrong with it")
                .arg(parameter.title.isEmpty() ? parameter.name : parameter.title, problem);
        }
    }
    return {};
}

ParameterField *ParameterForm::field(const QString &parameter) const
{
    const auto at =
        std::ranges::find_if(m_fields, [&](const ParameterField *one) { return one->parameter().name == parameter; });
    return at == m_fields.end() ? nullptr : *at;
}

} // namespace kdra::ui
