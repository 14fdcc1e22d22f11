// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/target.h"
#include "environments/helm.h"
#include "environments/library.h"

#include <QObject>

class QAction;
class QMenu;

namespace kdra::ui {

class Session;
class TemplatePalette;

// How templates come and go: a namespace of the cluster, a Kustomize directory or a Helm chart becomes one in the
// user's folder, and one is shared with everybody who uses the cluster. GUI thread; files are written on a worker.
class TemplateDesk : public QObject {
    Q_OBJECT
public:
    TemplateDesk(Session &session, environments::TemplateLibrary &library, TemplatePalette &palette, QWidget *window);

    // For the window's menu.
    QList<QAction *> actions() const { return m_actions; }
    // For the menus of what is selected; visible when a template could be made of it.
    QAction *selectionAction() const { return m_saveSelection; }

    void saveNamespace(const QString &ns, const QString &name);
    // What is selected, by its topmost owners. Nothing when it is gone.
    void saveSelection(const QString &name);
    // As a ConfigMap of that namespace.
    void share(const QString &templateId, const QString &ns);

Q_SIGNALS:
    // What was done, and what was left out and why.
    void done(const QString &title, const QStringList &notes);
    void failed(const QString &title, const kdra::Error &error);

private:
    void addActions(const QString &templateId, QMenu &menu);
    void askForNamespace(
        const QString &title, const QString &question, const std::function<void(const QString &)> &use);
    void updateSelection();
    void askForName();
    Result<QList<actions::Target>> selectedTargets() const;
    void importDirectory();
    void chooseChart();
    // What its schema has to say is asked first.
    void askForValues(const environments::HelmChart &chart);
    void importChart(const environments::HelmChart &chart, const environments::Values &values);
    // Into the user's folder, under a name that is free there.
    void keep(const QString &name, const QList<environments::TemplateFile> &files, const QStringList &notes);

    Session &m_session;
    environments::TemplateLibrary &m_library;
    QWidget *m_window;
    QList<QAction *> m_actions;
    QAction *m_saveSelection;
};

} // namespace kdra::ui
