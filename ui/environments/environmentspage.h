// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/lifecycle.h"
#include "environments/reapers.h"
#include "models/environmentmodel.h"
#include "models/selection.h"
#include "ui/common/itemviews.h"
#include "ui/common/notice.h"
#include "ui/environments/environmentactions.h"

#include <QFrame>
#include <QFuture>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QSplitter;
class QToolButton;

namespace kdra::ui {

class Banner;
class EmptyState;
class EnvironmentDetails;
class ReaperNotice;

// All environments of a cluster: how they fare, whose they are, how long they have, and what can be done to them. It
// knows no network: what the user wants is told by signals.
class EnvironmentsPage : public QFrame {
    Q_OBJECT
public:
    // What goes with an environment; asked before it is deleted.
    using ContentsReader =
        std::function<QFuture<Result<environments::Contents>>(const environments::Environment &environment)>;

    explicit EnvironmentsPage(const Theme &theme, QWidget *parent = nullptr);
    ~EnvironmentsPage() override;

    void setEnvironments(const QList<environments::Environment> &environments);
    // What can be added to one.
    void setTemplates(const QList<environments::TemplatePtr> &templates) { m_templates = templates; }
    // What they use, where the cluster's Prometheus says it.
    void setUses(const models::EnvironmentUses &uses);
    // What fires in them.
    void setAlerts(const models::AlertMarks &alerts);
    void setContentsReader(ContentsReader reader) { m_readContents = std::move(reader); }
    void setMarks(const kube::Marks &marks);
    // What has to be said about the kinds that environments consist of; an empty text: nothing.
    void setNotice(const Notice &notice);
    // Where something in the cluster deletes what has expired; nothing while that is not known.
    void setReaping(const std::optional<environments::Reaping> &reaping);

    // Selects it as soon as it is there.
    void select(const QString &ns, const QString &name);
    std::optional<environments::Environment> current() const;

    DenseTable &table() const { return *m_table; }
    QLineEdit &filterEdit() const { return *m_filter; }
    EnvironmentActions &actions() const { return *m_actions; }
    EnvironmentDetails &details() const { return *m_details; }
    EmptyState &empty() const { return *m_empty; }
    ReaperNotice &reaperNotice() const { return *m_reaperNotice; }

Q_SIGNALS:
    // Opens the palette of templates.
    void createRequested();
    // The template that deletes what has expired.
    void reaperRequested();
    // An incomplete one: go on with it, or take back what there is.
    void resumeRequested(const kdra::environments::Environment &environment);
    void rollBackRequested(const kdra::environments::Environment &environment);
    void pauseRequested(const kdra::environments::Environment &environment);
    void unpauseRequested(const kdra::environments::Environment &environment);
    // `timeToLive` since it was made; 0: for ever.
    void extendRequested(const kdra::environments::Environment &environment, std::chrono::seconds timeToLive);
    // An interrupted change: back to what the environment was before.
    void takeBackRequested(const kdra::environments::Environment &environment);
    // `part`: what was added under this name; empty: the first template.
    void changeRequested(const kdra::environments::Environment &environment, const QString &part = {});
    void addRequested(const kdra::environments::Environment &environment, const QString &templateId);
    void removeRequested(const kdra::environments::Environment &environment, const QString &part);
    void moveRequested(const kdra::environments::Environment &environment);
    void cloneRequested(const kdra::environments::Environment &environment);
    void exportRequested(const kdra::environments::Environment &environment, const QString &folder, bool kustomize);
    // The user has seen what goes, and agreed.
    void deleteRequested(const kdra::environments::Environment &environment);
    // Another one was chosen, or none.
    void currentChanged();
    void alertRequested(const QString &id);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool event(QEvent *event) override;

private:
    QLayout *makeHead(const Theme &theme);
    void makeTable();
    void act(EnvironmentActions::Id id);
    void openInBrowser(const environments::Environment &environment);
    void askToDelete(const environments::Environment &environment, bool rollsBack);
    void askForFolder(bool kustomize);
    void popUp(EnvironmentActions::Id id);
    void trySelect();
    void updateRows();
    void updateCurrent();
    void updateReaper();

    const Theme &m_theme;
    models::EnvironmentModel m_model;
    models::EnvironmentUses m_uses;
    models::AlertMarks m_alerts;
    std::unique_ptr<QSortFilterProxyModel> m_sorted;
    // The table's own: environments are no items of the store.
    models::Selection m_selection;
    EnvironmentActions *m_actions;
    Banner *m_notice;
    ReaperNotice *m_reaperNotice;
    QLabel *m_count;
    QLineEdit *m_filter;
    QToolButton *m_columns;
    DenseTable *m_table;
    QLabel *m_noMatch;
    EmptyState *m_empty;
    EnvironmentDetails *m_details;
    QSplitter *m_parts;
    ContentsReader m_readContents;
    QList<environments::TemplatePtr> m_templates;
    kube::Marks m_marks;
    std::optional<environments::Reaping> m_reaping;
    std::optional<std::pair<QString, QString>> m_wanted; // namespace and name
    QTimer m_ages;
};

} // namespace kdra::ui
