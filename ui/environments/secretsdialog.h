// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/spec.h"

#include <QDialog>

namespace kdra::ui {

class Theme;

// A secret that was made for an environment.
struct GeneratedSecret {
    QString title = {}; // of the parameter
    QString value = {};
};

// Those of a plan that was just carried out; with `part` only those of the part of this name.
QList<GeneratedSecret> generatedSecrets(const environments::Spec &spec, const QString &part = {});

// Shows them this once, each hidden until somebody wants to see it. Deletes itself.
class SecretsDialog : public QDialog {
    Q_OBJECT
public:
    SecretsDialog(const Theme &theme, const QString &environment, const QList<GeneratedSecret> &secrets,
        QWidget *parent = nullptr);
};

} // namespace kdra::ui
