// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/helm.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace kdra::ui {

class ParameterForm;
class Theme;

// The form that a Helm chart's values.schema.json stands for: asked before the chart becomes a template, since its
// values are settled by that. Secrets are not asked: they would stay in the template's files. Deletes itself.
class ChartDialog : public QDialog {
    Q_OBJECT
public:
    ChartDialog(const Theme &theme, const environments::HelmChart &chart, QWidget *parent);

    ParameterForm &form() const { return *m_form; }
    QPushButton &importButton() const { return *m_import; }

Q_SIGNALS:
    // With what the user changed.
    void agreed(const kdra::environments::Values &values);

private:
    void judge();

    environments::Values m_untouched;
    ParameterForm *m_form;
    QLabel *m_problem;
    QPushButton *m_import;
};

} // namespace kdra::ui
