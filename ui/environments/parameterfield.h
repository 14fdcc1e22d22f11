// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QWidget>

class QLabel;

namespace kdra::ui {

class Theme;

// Asks for the value of one parameter in the way its type suggests, and says why a value is not accepted while it is
// typed.
class ParameterField : public QWidget {
    Q_OBJECT
public:
    // `value` to begin with; undefined: none yet. `exists`: the environment is there, and its secrets with it.
    ParameterField(const Theme &theme, environments::Parameter parameter, const QJsonValue &value, bool exists,
        QWidget *parent = nullptr);

    const environments::Parameter &parameter() const { return m_parameter; }
    // Undefined where there is none: nothing is typed, or a secret.
    QJsonValue value() const;
    // Why the value is not accepted, as a sentence; empty when it is.
    QString problem() const;
    // What takes the keys; null for secrets.
    QWidget *input() const { return m_input; }

Q_SIGNALS:
    void changed();

private:
    QWidget *makeInput(const Theme &theme, const QJsonValue &value);
    QString range() const;
    void judge();

    const environments::Parameter m_parameter;
    QWidget *m_input = nullptr;
    QLabel *m_reading; // what a quantity comes to, in plain units
    QLabel *m_problem;
};

} // namespace kdra::ui
