// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QWidget>

namespace kdra::ui {

class ParameterField;
class Theme;

// The parameters of a template, one under the other.
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    // `exists`: the environment is there, and its secrets with it.
    ParameterForm(const Theme &theme, const environments::Template &from, const environments::Values &values,
        bool exists, QWidget *parent = nullptr);

    // What the user has given; secrets are not among it.
    environments::Values values() const;
    // The first reason why it is not accepted, with the name of the field; empty when it is.
    QString problem() const;
    // Null where there is no such parameter.
    ParameterField *field(const QString &parameter) const;

Q_SIGNALS:
    void changed();

private:
    QList<ParameterField *> m_fields;
};

} // namespace kdra::ui
