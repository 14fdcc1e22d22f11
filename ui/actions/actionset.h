// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/runner.h"
#include "base/latest.h"
#include "kube/clustermarks.h"
#include "models/selection.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QAction;
class QMenu;
class QWidget;

namespace kdra::ui {

class Theme;

// Everything that can be done to what is selected, as actions with keys: those that make no sense for the selection
// are hidden, those that the server does not allow are disabled and say why. Asks what has to be asked, then starts the
// task. GUI thread.
class ActionSet : public QObject {
    Q_OBJECT
public:
    ActionSet(const Theme &theme, models::Selection &selection, QWidget *window);

    // The cluster that is shown; null for none.
    void setRunner(actions::Runner *runner, const QString &cluster);
    void setMarks(const kube::Marks &marks);
    // What is selected may have changed.
    void apply(const store::Batch &batch);

    // All of them, in menu order.
    QList<QAction *> actions() const;
    QAction *action(actions::ActionId id) const { return m_actions.value(id); }
    // Those that make sense for what is selected, with the reasons of those that are not allowed.
    // `more`: what others offer for it, before what is destructive.
    void fillMenu(QMenu &menu, const QList<QAction *> &more = {}) const;
    // No question to the server is open.
    bool isSettled() const { return !m_due.isActive() && !m_asking; }

Q_SIGNALS:
    void started(kdra::actions::Task *task);
    // An action could not even be asked about.
    void failed(const kdra::Error &error);
    void settled();

private:
    void look();
    void show(const QList<actions::Offer> &offers);
    void trigger(actions::ActionId id);
    void run(const actions::Order &order);

    const Theme &m_theme;
    models::Selection &m_selection;
    QWidget *m_window;
    QPointer<actions::Runner> m_runner;
    QString m_cluster;
    kube::Marks m_marks;
    QHash<actions::ActionId, QAction *> m_actions;
    QTimer m_due;
    Latest m_latest;
    bool m_asking = false;
};

} // namespace kdra::ui
