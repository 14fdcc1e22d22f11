// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/endpoint.h"
#include "metrics/grafanaserver.h"
#include "store/records.h"

#include <QDialog>
#include <QHash>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace kdra::ui {

class GlyphLabel;
class Theme;

// A Grafana server: where it is, which dashboards it has, and which of them shall be taken along; what came of each
// stands beside it. Asks for everything by signals. Deletes itself.
class GrafanaDialog : public QDialog {
    Q_OBJECT
public:
    // What is known of the cluster's Grafana. `services`: those that the cluster may have one at.
    struct Known {
        QList<metrics::Endpoint> services = {};
        metrics::Endpoint endpoint = {}; // null: none was used yet
        bool hasToken = false; // the keychain has one for it
        bool annotates = false;
    };
    GrafanaDialog(const Theme &theme, const Known &known, QWidget *parent);

    // What connectRequested() came to.
    void setEntries(const QList<metrics::GrafanaEntry> &entries);
    void setError(const Error &error);
    // What importRequested() came to for one of them: sentences, the first of which sums up.
    void setResult(const QString &uid, const Result<QStringList> &notes);
    // All that were asked for have their result.
    void setImported();

    metrics::Endpoint endpoint() const;
    QStringList ticked() const;

    QComboBox &serverBox() const { return *m_server; }
    QLineEdit &urlEdit() const { return *m_url; }
    QLineEdit &tokenEdit() const { return *m_token; }
    QLineEdit &searchEdit() const { return *m_search; }
    QTreeWidget &tree() const { return *m_tree; }
    QCheckBox &annotateBox() const { return *m_annotate; }
    QPushButton &connectButton() const { return *m_connect; }
    QPushButton &importButton() const { return *m_import; }
    QString status() const;

Q_SIGNALS:
    // An empty token: the one that is kept, if any.
    void connectRequested(const kdra::metrics::Endpoint &endpoint, const QString &token);
    void annotateChanged(bool on);
    void importRequested(const QStringList &uids);

private:
    void judge();
    void filter();
    void count();
    void tell(store::Severity severity, const QString &text);

    Known m_known;
    bool m_connecting = false;
    int m_importing = 0; // without a result yet
    QComboBox *m_server;
    QFormLayout *m_form;
    QLineEdit *m_url;
    QLineEdit *m_token;
    QCheckBox *m_annotate;
    QPushButton *m_connect;
    QLineEdit *m_search;
    QTreeWidget *m_tree;
    GlyphLabel *m_glyph;
    QLabel *m_status;
    QPushButton *m_import;
    QHash<QString, QTreeWidgetItem *> m_items; // by uid
};

} // namespace kdra::ui
