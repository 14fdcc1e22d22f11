// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"
#include "kube/clustermarks.h"

#include <QAction>
#include <QMap>
#include <QObject>

#include <chrono>
#include <optional>

class QMenu;
class QWidget;

namespace kdra::ui {

// What can be done to the environment that is chosen, each with a key. What cannot be done now says why in its tool
// tip.
class EnvironmentActions : public QObject {
    Q_OBJECT
public:
    enum class Id : quint8 {
        Open,
        Resume,
        RollBack,
        Pause,
        Unpause,
        Extend,
        Change,
        Add, // a template
        Remove, // something that was added
        Move,
        Clone,
        Export,
        Delete,
    };

    // The keys work while `page` or something in it has the focus.
    explicit EnvironmentActions(QWidget *page);

    void setEnvironment(const std::optional<environments::Environment> &environment);
    void setMarks(const kube::Marks &marks);

    QAction *action(Id id) const { return m_actions.value(id); }
    // Why all that changes it is off, as a sentence; empty when it is not.
    QString standstill() const;

    // Those that are offered for it, for a context menu; `owner` takes the separators.
    QList<QAction *> offered(QObject *owner) const;
    // How long it may live from now on.
    void fillExtensions(QMenu &menu);
    void fillExports(QMenu &menu);
    // What could be added, by category.
    void fillTemplates(QMenu &menu, const QList<environments::TemplatePtr> &templates);
    // What there is of it to change or to remove.
    void fillParts(QMenu &menu, Id id);

Q_SIGNALS:
    void triggered(Id id);
    // Since it was made; 0: for ever.
    void extensionChosen(std::chrono::seconds timeToLive);
    void exportChosen(bool kustomize);
    void templateChosen(const QString &templateId);
    // To be changed or removed; empty: the first template.
    void partChosen(Id id, const QString &part);

private:
    bool isOffered(Id id) const;
    QString obstacle(Id id) const;
    void update();

    std::optional<environments::Environment> m_environment;
    kube::Marks m_marks;
    QMap<Id, QAction *> m_actions;
};

} // namespace kdra::ui
