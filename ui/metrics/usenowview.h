// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/metricsserver.h"
#include "metrics/panelseries.h"
#include "ui/metrics/viewstate.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace kdra::ui {

class Banner;
class DashboardGrid;
class PanelView;
class Theme;

// What metrics-server knows where there is no Prometheus: what nodes and pods use just now, and nothing of the past. It
// says so, and how to get more. GUI thread.
class UseNowView : public QFrame {
    Q_OBJECT
public:
    explicit UseNowView(const Theme &theme, QWidget *parent = nullptr);

    // Why there is no Prometheus, and whether the template that brings one is offered.
    void setReason(const QString &title, const QString &text, bool canInstall);
    // `cores` and `bytes`: what each node has for pods, by its name.
    void setUse(const metrics::ResourceUse &nodes, const metrics::ResourceUse &pods,
        const QHash<QString, double> &cores, const QHash<QString, double> &bytes);
    // What is shown stays; nothing takes it back.
    void setProblem(const std::optional<Error> &error);

    DashboardGrid &grid() const { return *m_grid; }
    QList<metrics::PanelAnswer> answers(int panel) const { return m_answers.value(panel); }
    QString problem() const { return m_problem; }
    // The title and the text above.
    QString reason() const;

Q_SIGNALS:
    void installRequested();
    void sourceRequested();

private:
    void update(int panel);

    ViewState m_state;
    QHash<int, QList<metrics::PanelAnswer>> m_answers;
    QString m_problem;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_install;
    Banner *m_banner;
    DashboardGrid *m_grid;
};

} // namespace kdra::ui
