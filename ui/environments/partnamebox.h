// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/spec.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace kdra::ui {

class Theme;

// What is added to an environment is called something: its objects are named after it.
class PartNameBox : public QWidget {
    Q_OBJECT
public:
    // Proposes a name. `taken`: what it must not be called, besides the environment and what is part of it.
    PartNameBox(const Theme &theme, const environments::Spec &environment, const QString &templateName,
        const QStringList &taken, QWidget *parent = nullptr);

    QString name() const;
    QString problem() const;
    QLineEdit &edit() const { return *m_name; }

Q_SIGNALS:
    void changed();

private:
    void judge();

    const QString m_environment;
    QStringList m_parts; // names in the environment
    const QStringList m_taken;
    QLineEdit *m_name;
    QLabel *m_explanation;
    QLabel *m_problem;
};

} // namespace kdra::ui
