// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"
#include "models/alertmarks.h"
#include "models/environmentmodel.h"
#include "ui/environments/environmentactions.h"

#include <QFrame>
#include <QMap>

#include <optional>

class QFormLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace kdra::ui {

class AlertLine;
class GlyphLabel;
class Theme;

// All there is to know of one environment, and what can be done to it.
class EnvironmentDetails : public QFrame {
    Q_OBJECT
public:
    EnvironmentDetails(const Theme &theme, EnvironmentActions &actions, QWidget *parent = nullptr);

    void setEnvironment(const std::optional<environments::Environment> &environment);
    // Of the environment that is shown; nothing while it is not known.
    void setUse(const std::optional<models::EnvironmentUse> &use);
    // What fires in the environment that is shown.
    void setAlerts(const models::AlertMark &mark);
    // What is told of it, a line each: for tests and for those who listen.
    QStringList facts() const;
    // The sentence over the buttons: why all of them are off, or what has to be decided.
    QString remark() const;
    // Null for those that have none.
    QToolButton *buttonOf(EnvironmentActions::Id id) const { return m_buttons.value(id); }
    AlertLine &alertLine() const { return *m_alertLine; }

Q_SIGNALS:
    void alertRequested(const QString &id);

private:
    QWidget *makeButtons();
    void addFact(const QString &title, QLabel *&value);
    void tell(QLabel *value, const QString &text);

    const Theme &m_theme;
    EnvironmentActions &m_actions;
    QScrollArea *m_scroll;
    QLabel *m_none;
    QLabel *m_name;
    GlyphLabel *m_glyph;
    QLabel *m_state;
    QLabel *m_reason;
    AlertLine *m_alertLine;
    QLabel *m_remark;
    QPushButton *m_resume;
    QPushButton *m_rollBack;
    QFormLayout *m_facts;
    QMap<EnvironmentActions::Id, QToolButton *> m_buttons;
    QLabel *m_template = nullptr;
    QLabel *m_added = nullptr;
    QLabel *m_namespace = nullptr;
    QLabel *m_owner = nullptr;
    QLabel *m_created = nullptr;
    QLabel *m_timeLeft = nullptr;
    QLabel *m_placement = nullptr;
    QLabel *m_nodes = nullptr;
    QLabel *m_pods = nullptr;
    QLabel *m_requests = nullptr;
    QLabel *m_use = nullptr;
    QLabel *m_storage = nullptr;
    QLabel *m_address = nullptr;
    QLabel *m_tooling = nullptr;
};

} // namespace kdra::ui
