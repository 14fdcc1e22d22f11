// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alertmarks.h"
#include "models/clustermodels.h"
#include "models/objectloader.h"
#include "ui/objects/inspectorreport.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace kdra::ui {

class AlertLine;
class DenseTable;
class ElidedLabel;
class EmptyState;
class GlyphLabel;
class SummaryView;
class Theme;
class YamlView;

// What is selected, close up: summary with conditions, its pods, its events, and its YAML, fetched when it is looked
// at.
class Inspector : public QFrame {
    Q_OBJECT
public:
    Inspector(
        const Theme &theme, models::Selection &selection, models::ClusterModels &models, QWidget *parent = nullptr);

    // How to get whole objects; none while not connected.
    void setFetch(models::ObjectFetch fetch);
    // After a batch, and when another cluster is shown.
    void refresh();
    void reset();
    void apply(const store::Batch &batch);
    // What fires in the cluster that is shown.
    void setAlerts(const models::AlertMarks &alerts);

    QString title() const;
    QTabWidget &tabs() const { return *m_tabs; }
    SummaryView &summary() const { return *m_summary; }
    AlertLine &alertLine() const { return *m_alertLine; }

Q_SIGNALS:
    void alertRequested(const QString &id);

private:
    void follow();
    void showDocument();
    models::RowFilter podFilter() const;

    const Theme &m_theme;
    models::Selection &m_selection;
    models::ClusterModels &m_models;
    models::ObjectLoader m_loader;
    InspectorReport m_report;
    models::RecordTableModel m_pods;
    models::RecordTableModel m_events;
    models::Item m_item;
    models::AlertMarks m_alerts;

    QStackedWidget *m_stack;
    EmptyState *m_nothing;
    GlyphLabel *m_glyph;
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    AlertLine *m_alertLine;
    QTabWidget *m_tabs;
    SummaryView *m_summary;
    DenseTable *m_podTable;
    DenseTable *m_eventTable;
    QStackedWidget *m_yamlStack;
    EmptyState *m_yamlState;
    QPushButton *m_retry;
    YamlView *m_yaml;
    QTimer m_ages;
    models::Item m_yamlOf;
};

} // namespace kdra::ui
