// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/drawer.h"

#include "ui/actions/tasklist.h"
#include "ui/common/itemviews.h"
#include "ui/common/widgets.h"
#include "ui/session.h"

#include <QHeaderView>
#include <QLocale>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace kdra::ui {

Drawer::Drawer(Session &session, QWidget *parent)
    : QFrame(parent)
    , m_session(session)
    , m_warnings(models::eventSchema())
    , m_table(new DenseTable(session.theme(), session.selection()))
    , m_list(new QStackedWidget)
    , m_tasks(new TaskList(session.theme(), session.tasks()))
    , m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("drawer"));
    setMinimumHeight(96);
    m_table->setAccessibleName(tr("Warnings"));
    m_table->setModel(&m_warnings);
    m_table->sortByColumn(5, Qt::AscendingOrder);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_table->setColumns({150, 240, 400, 120, 44, 56});

    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Warnings and tasks"));
    QLabel *calm = makeLabel(session.theme(), Theme::FontRole::Body, tr("There are no warnings."), true);
    calm->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    calm->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, 0);
    m_list->addWidget(calm);
    m_list->addWidget(m_table);
    m_tabs->addTab(m_list, tr("Warnings"));
    m_tabs->addTab(m_tasks, tr("Tasks"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, Metrics::space1, 0, 0);
    column->addWidget(m_tabs);

    const auto fitNamespace = [this] {
        models::RowFilter filter;
        filter.problemsOnly = true;
        filter.ns = m_session.ns().toStdString();
        m_warnings.setFilter(std::move(filter));
    };
    fitNamespace();
    connect(&m_session, &Session::namespaceChanged, this, fitNamespace);
    connect(
        &m_session, &Session::currentChanged, this, [this] { m_warnings.setSnapshot(m_session.models().snapshot()); });
    connect(&m_session, &Session::published, &m_warnings, &models::RecordTableModel::apply);
    connect(&m_warnings, &QAbstractItemModel::rowsInserted, this, &Drawer::updateTitle);
    connect(&m_warnings, &QAbstractItemModel::rowsRemoved, this, &Drawer::updateTitle);
    connect(&m_warnings, &QAbstractItemModel::modelReset, this, &Drawer::updateTitle);
    connect(&m_session.tasks(), &models::TaskModel::countsChanged, this, &Drawer::updateTasksTitle);
}

void Drawer::showTasks()
{
    m_tabs->setCurrentWidget(m_tasks);
}

void Drawer::updateTasksTitle()
{
    const int running = m_session.tasks().runningCount();
    m_tabs->setTabText(1, running == 0 ? tr("Tasks") : tr("Tasks %1").arg(QLocale().toString(running)));
}

void Drawer::updateTitle()
{
    const int count = m_warnings.rowCount();
    m_list->setCurrentIndex(count == 0 ? 0 : 1);
    m_tabs->setTabText(0, count == 0 ? tr("Warnings") : tr("Warnings %1").arg(QLocale().toString(count)));
}

} // namespace kdra::ui
