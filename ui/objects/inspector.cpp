// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/inspector.h"

#include "models/format.h"
#include "models/summary.h"
#include "ui/common/alertline.h"
#include "ui/common/itemviews.h"
#include "ui/common/widgets.h"
#include "ui/objects/summaryview.h"
#include "ui/objects/yamlview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>

namespace kdra::ui {

namespace {

// Of the pods' and events' columns these fit beside the canvas.
void keepColumns(DenseTable &table, std::initializer_list<std::pair<int, int>> columnsAndWidths)
{
    for (int column = 0; column < table.model()->columnCount(); ++column)
        table.setColumnHidden(column, true);
    for (const auto &[column, width] : columnsAndWidths) {
        table.setColumnHidden(column, false);
        table.setColumnWidth(column, width);
    }
}

} // namespace

Inspector::Inspector(const Theme &theme, models::Selection &selection, models::ClusterModels &models, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_selection(selection)
    , m_models(models)
    , m_report(models)
    , m_pods(models::podSchema())
    , m_events(models::eventSchema())
    , m_stack(new QStackedWidget)
    , m_nothing(new EmptyState(theme, QStringLiteral("inspector"), tr("Nothing selected"),
          tr("Select a node, a pod or a row, and it is shown here close up.")))
    , m_glyph(new GlyphLabel(theme))
    , m_title(new ElidedLabel)
    , m_subtitle(new ElidedLabel)
    , m_alertLine(new AlertLine(theme))
    , m_tabs(new QTabWidget)
    , m_summary(new SummaryView(theme))
    , m_podTable(new DenseTable(theme, selection))
    , m_eventTable(new DenseTable(theme, selection))
    , m_yamlStack(new QStackedWidget)
    , m_yamlState(new EmptyState(theme, QStringLiteral("file"), {}, {}))
    , m_retry(m_yamlState->addButton(tr("Try again")))
    , m_yaml(new YamlView(theme))
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setMinimumWidth(280);

    m_nothing->findChildren<QLabel *>().constLast()->setFixedWidth(230);
    m_title->setFont(theme.font(Theme::FontRole::Title));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_subtitle->setFont(theme.font(Theme::FontRole::Small));
    m_subtitle->setObjectName(QStringLiteral("dim"));

    m_podTable->setModel(&m_pods);
    m_podTable->sortByColumn(2, Qt::AscendingOrder);
    keepColumns(*m_podTable, {{0, 168}, {2, 80}, {8, 40}});
    m_podTable->setAccessibleName(tr("Pods of the selected object"));
    m_eventTable->setModel(&m_events);
    m_eventTable->sortByColumn(5, Qt::AscendingOrder);
    keepColumns(*m_eventTable, {{0, 110}, {2, 140}, {5, 40}});
    m_eventTable->setAccessibleName(tr("Events of the selected object"));

    m_yaml->setAccessibleName(tr("YAML of the selected object"));
    m_yamlStack->addWidget(m_yaml);
    m_yamlStack->addWidget(m_yamlState);
    m_yamlState->findChildren<QLabel *>().constLast()->setFixedWidth(250);
    connect(m_retry, &QPushButton::clicked, &m_loader, &models::ObjectLoader::retry);

    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("What is known of the selected object"));
    m_summary->setAccessibleName(tr("Summary of the selected object"));
    m_tabs->addTab(m_summary, tr("Summary"));
    m_tabs->addTab(m_podTable, tr("Pods"));
    m_tabs->addTab(m_eventTable, tr("Events"));
    m_tabs->addTab(m_yamlStack, tr("YAML"));

    auto *name = new QHBoxLayout;
    name->setSpacing(Metrics::space2);
    name->addWidget(m_glyph);
    name->addWidget(m_title, 1);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, Metrics::space3, 0, 0);
    column->setSpacing(2);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(Metrics::space4, 0, Metrics::space4, Metrics::space1);
    head->setSpacing(2);
    head->addLayout(name);
    head->addWidget(m_subtitle);
    head->addWidget(m_alertLine);
    column->addLayout(head);
    column->addWidget(m_tabs, 1);

    m_stack->addWidget(m_nothing);
    m_stack->addWidget(content);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);

    m_ages.setInterval(5000);
    connect(&m_ages, &QTimer::timeout, this, &Inspector::refresh);
    connect(&m_selection, &models::Selection::changed, this, &Inspector::follow);
    connect(&m_loader, &models::ObjectLoader::changed, this, &Inspector::showDocument);
    connect(&m_report, &InspectorReport::changed, this, [this] { m_summary->setReport(m_report.report()); });
    connect(m_alertLine, &AlertLine::followed, this, &Inspector::alertRequested);
    connect(m_summary, &SummaryView::followed, this, [this](const models::Item &item) { m_selection.set(item); });
    follow();
}

void Inspector::setFetch(models::ObjectFetch fetch)
{
    m_loader.look({}, {}, {}, 0);
    m_loader.setFetch(std::move(fetch));
    refresh();
}

QString Inspector::title() const
{
    return m_stack->currentIndex() == 0 ? QString() : m_title->text();
}

void Inspector::follow()
{
    const models::Item item = m_selection.current();
    // A pod picked in the list of a node's pods is one more thing to look at, not the end of that list.
    if (item == m_item)
        return;
    m_item = item;
    m_summary->setConditions({});
    m_summary->setDetails({});
    reset();
}

void Inspector::reset()
{
    const std::optional<models::Summary> summary =
        models::summarize(*m_models.snapshot(), m_item, m_models.nodesWithLoad.load(), models::nowSeconds());
    models::RowFilter events;
    events.about = store::subjectOf(*m_models.snapshot(), m_item);
    const bool hasPods = m_item.kind != store::Kind::Pod && m_item.kind <= store::Kind::Job;
    m_tabs->setTabVisible(1, hasPods);
    const store::SnapshotPtr snapshot = summary ? m_models.snapshot() : nullptr;
    m_report.clear();
    m_pods.setSnapshot(nullptr);
    m_events.setSnapshot(nullptr);
    m_pods.setFilter(podFilter());
    m_events.setFilter(std::move(events));
    if (snapshot && hasPods)
        m_pods.setSnapshot(snapshot);
    m_events.setSnapshot(snapshot);
    refresh();
}

models::RowFilter Inspector::podFilter() const
{
    models::RowFilter filter;
    const store::Snapshot &snapshot = *m_models.snapshot();
    if (m_item.kind == store::Kind::Node) {
        if (const auto row = models::find(snapshot, m_item))
            filter.node = models::recordAt(snapshot, *row).name;
        return filter;
    }
    filter.owners.push_back(m_item.uid);
    // A deployment's pods belong to its replica sets.
    if (m_item.kind == store::Kind::Deployment) {
        snapshot.table<store::Kind::ReplicaSet>().forEach([&](const auto &set) {
            if (set->meta.owner == m_item.uid)
                filter.owners.push_back(set->meta.uid);
        });
    }
    return filter;
}

void Inspector::apply(const store::Batch &batch)
{
    if (m_item.isNull())
        return;
    if (m_tabs->isTabVisible(1)) {
        m_pods.apply(batch);
        if (m_item.kind == store::Kind::Deployment && !batch.delta(store::Kind::ReplicaSet).isEmpty())
            m_pods.setFilter(podFilter());
    }
    m_events.apply(batch);
    refresh();
}

void Inspector::setAlerts(const models::AlertMarks &alerts)
{
    m_alerts = alerts;
    m_alertLine->setMark(m_alerts.objects.value(m_item.uid));
}

void Inspector::refresh()
{
    const std::optional<models::Summary> summary =
        models::summarize(*m_models.snapshot(), m_item, m_models.nodesWithLoad.load(), models::nowSeconds());
    m_stack->setCurrentIndex(summary ? 1 : 0);
    if (!summary) {
        m_nothing->setText(m_item.isNull() ? tr("Nothing selected") : tr("It is gone"),
            m_item.isNull() ? tr("Select a node, a pod or a row, and it is shown here close up.")
                            : tr("The selected object has been deleted, or is not in this cluster."));
        m_ages.stop();
        m_loader.look({}, {}, {}, 0);
        m_report.clear();
        return;
    }
    if (!m_ages.isActive())
        m_ages.start();
    m_glyph->setSeverity(summary->severity);
    m_glyph->setAccessibleName(models::severityName(summary->severity));
    m_title->setText(summary->name);
    m_title->setToolTip(summary->name);
    m_subtitle->setText(summary->subtitle);
    m_subtitle->setToolTip(summary->subtitle);
    m_alertLine->setMark(m_alerts.objects.value(m_item.uid));
    m_summary->setSummary(*summary);
    m_loader.look(m_item, summary->ns, summary->name, summary->version);
    m_report.look(m_item);
}

void Inspector::showDocument()
{
    switch (m_loader.state()) {
    case models::ObjectLoader::State::Nothing:
        m_yamlState->setText(tr("Not connected"), tr("The whole object is fetched from the server once it answers."));
        break;
    case models::ObjectLoader::State::Loading:
        m_yamlState->setText(tr("Loading…"), tr("The whole object is being fetched from the server."));
        break;
    case models::ObjectLoader::State::Failed:
        m_yamlState->setText(
            m_loader.error().what, QStringList{m_loader.error().where, m_loader.error().remedy}.join(u'\n').trimmed());
        break;
    case models::ObjectLoader::State::Ready:
        m_yaml->setYaml(m_loader.document().yaml, m_yamlOf == m_item);
        m_yamlOf = m_item;
        m_summary->setConditions(m_loader.document().conditions);
        m_summary->setDetails(m_loader.document().sections);
        break;
    }
    m_retry->setVisible(m_loader.state() == models::ObjectLoader::State::Failed);
    m_yamlStack->setCurrentIndex(m_loader.state() == models::ObjectLoader::State::Ready ? 0 : 1);
}

} // namespace kdra::ui
