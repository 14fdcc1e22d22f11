// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/plan.h"
#include "environments/planner.h"

#include <QFrame>
#include <QMap>
#include <QSet>

class QLabel;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace kdra::ui {

class CheckLine;
class GlyphLabel;
class Theme;

// What will be made: whether it fits, what it asks for, and each object in the order in which it is applied. What lies
// outside of the namespace has to be agreed to, by name.
class PlanView : public QFrame {
    Q_OBJECT
public:
    // `canTry`: asking the server for a dry run is offered. `isThere`: the plan changes an environment.
    PlanView(const Theme &theme, bool canTry, bool isThere, QWidget *parent = nullptr);

    // `demand`: what of it is asked for now. What the plan keeps is there already.
    void setPlan(const environments::Plan &plan, const environments::Demand &demand);
    void setVerdict(const environments::Verdict &verdict);
    // There is no plan yet, or none any more: `text` says why.
    void clear(const QString &text);

    // What is outside of the namespace and not agreed to.
    QStringList notAgreed() const;
    QPushButton &tryButton() const { return *m_try; }
    QTreeWidget &objects() const { return *m_objects; }
    // Of what is outside of the namespace.
    QList<CheckLine *> agreements() const { return m_agreements.values(); }
    // "Fits", and the reasons, as shown.
    QString verdictText() const;
    // Over the objects, as shown.
    QString heading() const;

Q_SIGNALS:
    void agreementChanged();
    void tryRequested();

private:
    void showEstimate(const environments::Demand &demand);
    void showObjects(const environments::Plan &plan);
    void showAgreements(const QStringList &clusterScoped);

    const Theme &m_theme;
    const bool m_isThere;
    GlyphLabel *m_glyph;
    QLabel *m_verdict;
    QLabel *m_reasons;
    QLabel *m_estimate;
    QLabel *m_count;
    QTreeWidget *m_objects;
    QVBoxLayout *m_agreementColumn;
    QMap<QString, CheckLine *> m_agreements;
    QPushButton *m_try;
    QString m_shown; // what the tree shows, to leave it alone while nothing changes
};

} // namespace kdra::ui
