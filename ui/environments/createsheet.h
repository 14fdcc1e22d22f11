// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "ui/environments/createcontext.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace kdra::ui {

class Banner;
class NameBox;
class NetworkBox;
class ParameterForm;
class PartNameBox;
class PlacementBox;
class PlanView;
class Theme;
class TimeToLiveBox;

// One sheet between a template and an environment: what is asked on the left, what comes of it on the right. Also for
// cloning, changing, moving and adding to one that is there. Deletes itself.
class CreateSheet : public QDialog {
    Q_OBJECT
public:
    CreateSheet(const Theme &theme, CreateContext context, QWidget *parent = nullptr);

    // What is asked for now; its values are complete when nothing is wrong.
    environments::Spec spec() const;
    // Why it cannot be created, as a sentence; empty when it can.
    QString obstacle() const;
    const CreateContext &context() const { return m_context; }
    // Of what is in the form; nothing while it is being made (isPlanning()) or cannot be (obstacle() says why).
    const std::optional<environments::Plan> &plan() const { return m_ready; }
    bool isPlanning() const;
    environments::Fit fit() const { return m_fit; }
    // What is known of the cluster, or of what may be done in it, has changed.
    void updateVerdict();
    // For a sheet that opens although no review was asked for: a whole sentence over the form.
    void tellWhyItAsks(const QString &reason);
    // As the button does: agreed() unless there is an obstacle; when the change takes something away, after it has been
    // shown what, and agreed to.
    void create();

    NameBox &nameBox() const { return *m_name; }
    // Null unless something is added.
    PartNameBox *partNameBox() const { return m_partName; }
    ParameterForm &form() const { return *m_form; }
    PlacementBox &placementBox() const { return *m_placement; }
    TimeToLiveBox &timeToLiveBox() const { return *m_timeToLive; }
    NetworkBox &networkBox() const { return *m_network; }
    PlanView &planView() const { return *m_plan; }
    QPushButton &createButton() const { return *m_create; }
    // Null unless the cluster is marked production.
    QLineEdit *confirmation() const { return m_confirmation; }

Q_SIGNALS:
    // The user wants exactly this.
    void agreed(const kdra::environments::Plan &plan);
    // obstacle(), plan() or fit() may have changed.
    void judged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeForm();
    QWidget *makeFoot();
    void fill();
    void changed();
    void makePlan();
    void showPlan(const Result<environments::Plan> &plan);
    void judge();
    void askForLoss();
    void tryPlan();
    QString formProblem() const;
    environments::Target target() const;
    environments::Spec specWithPart() const;
    environments::Values &editedValues(environments::Spec &spec) const;
    QString editedPart() const;
    const environments::Demand &judgedDemand() const;

    const Theme &m_theme;
    const CreateContext m_context;
    Banner *m_why;
    QScrollArea *m_scroll;
    NameBox *m_name;
    PartNameBox *m_partName = nullptr;
    ParameterForm *m_form;
    PlacementBox *m_placement;
    TimeToLiveBox *m_timeToLive;
    NetworkBox *m_network;
    PlanView *m_plan;
    QLabel *m_obstacle;
    QLineEdit *m_confirmation = nullptr;
    QPushButton *m_create;
    QTimer m_due; // a new plan, after the user has paused
    Latest m_latest;
    // The plan of what is in the form; nothing while it is being made or cannot be.
    std::optional<environments::Plan> m_ready;
    environments::Loss m_loss; // what m_ready takes away from what is there
    environments::Fit m_fit = environments::Fit::Unknown;
    QString m_planProblem;
    environments::Values m_secrets; // made once, so that the plan does not change by itself
};

} // namespace kdra::ui
