// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/discovery.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace kdra::ui {

class Theme;

// Where the numbers of a cluster come from: every candidate with what it said, and what else can be told: a URL with
// credentials, a Service, a label. Deletes itself.
class SourceDialog : public QDialog {
    Q_OBJECT
public:
    // What is asked for: where the numbers come from, or where alerts are silenced.
    enum class Source : quint8 { Prometheus, Alertmanager };

    SourceDialog(const Theme &theme, const metrics::Choice &choice, const QList<metrics::Finding> &findings,
        QWidget *parent, Source source = Source::Prometheus);

    QTreeWidget &candidates() const { return *m_candidates; }
    QComboBox &kindBox() const { return *m_kind; }
    QLineEdit &urlEdit() const { return *m_url; }
    QLineEdit &serviceEdit() const { return *m_service; }
    QPushButton &useButton() const { return *m_use; }
    metrics::Choice choice() const;

Q_SIGNALS:
    void chosen(const kdra::metrics::Choice &choice, const kdra::metrics::Secrets &secrets);
    void searchRequested();

private:
    void fill(const QList<metrics::Finding> &findings);
    void judge();
    metrics::Secrets secrets() const;

    const Theme &m_theme;
    QList<metrics::Finding> m_findings;
    QTreeWidget *m_candidates;
    QComboBox *m_kind;
    QFormLayout *m_form;
    QLineEdit *m_url;
    QLineEdit *m_service;
    QLineEdit *m_selector;
    QLineEdit *m_prefix;
    QLineEdit *m_tenant;
    QComboBox *m_login;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_certificate;
    QLineEdit *m_key;
    QLineEdit *m_authority;
    QCheckBox *m_insecure;
    QLabel *m_problem;
    QPushButton *m_use;
};

} // namespace kdra::ui
