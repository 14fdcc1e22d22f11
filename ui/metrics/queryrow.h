// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/dashboard.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace kdra::ui {

class GlyphLabel;
class PromqlEdit;
class Theme;

// One query of a page that asks several: its letter (which switches it off and on), the query, the names of its series,
// and what the server says against it. GUI thread.
class QueryRow : public QFrame {
    Q_OBJECT
public:
    explicit QueryRow(const Theme &theme, QWidget *parent = nullptr);

    // "A", "B": as the answers name it.
    void setRefId(const QString &refId);
    metrics::Query query() const;
    void setQuery(const metrics::Query &query);
    // `asked` is the query as the server saw it, with variables put in.
    void setError(const std::optional<Error> &error, const QString &asked = {});
    // One alone cannot be removed.
    void setRemovable(bool removable);

    PromqlEdit &edit() const { return *m_edit; }
    QLineEdit &legendEdit() const { return *m_legend; }
    QToolButton &switchButton() const { return *m_switch; }
    QToolButton &removeButton() const { return *m_remove; }
    // The sentence below the query; empty for none.
    QString problem() const;

Q_SIGNALS:
    void runRequested();
    void removeRequested();
    // Something of query() has changed.
    void changed();

private:
    QString m_refId;
    QToolButton *m_switch;
    PromqlEdit *m_edit;
    QLineEdit *m_legend;
    QToolButton *m_remove;
    QFrame *m_strip;
    QLabel *m_problem;
};

} // namespace kdra::ui
