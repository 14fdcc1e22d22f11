// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/tasklist.h"

#include "ui/actions/taskdetails.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QTableView>

namespace kdra::ui {

using actions::Task;
using models::TaskModel;

TaskList::TaskList(const Theme &theme, models::TaskModel &tasks, QWidget *parent)
    : QStackedWidget(parent)
    , m_theme(theme)
    , m_tasks(tasks)
    , m_table(new QTableView)
{
    QLabel *calm = makeLabel(theme, Theme::FontRole::Body,
        tr("Nothing is being changed. What KDRA does in the cluster is listed here while it runs."), true);
    calm->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    calm->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, 0);

    m_table->setAccessibleName(tr("Tasks"));
    m_table->setModel(&m_tasks);
    m_table->setItemDelegate(new CellDelegate(theme, m_table));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMouseTracking(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Metrics::rowHeight);
    QHeaderView *header = m_table->horizontalHeader();
    header->hide();
    header->setSectionResizeMode(QHeaderView::Fixed);
    // Both are sentences, and as long as names and languages make them.
    for (const int column : {TaskModel::TaskColumn, TaskModel::StepColumn})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    const std::pair<int, int> widths[] = {
        {TaskModel::ProgressColumn, 180}, {TaskModel::TimeColumn, 64}, {TaskModel::WayBackColumn, 96}};
    for (const auto &[column, width] : widths)
        header->resizeSection(column, width);
    m_table->installEventFilter(this);
    addWidget(calm);
    addWidget(m_table);

    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == TaskModel::WayBackColumn)
            actOn(m_tasks.taskAt(index.row()));
    });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != TaskModel::WayBackColumn)
            showDetails(*m_tasks.taskAt(index.row()));
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &TaskList::openMenu);
    const auto choose = [this] { setCurrentIndex(m_tasks.rowCount() == 0 ? 0 : 1); };
    connect(&m_tasks, &QAbstractItemModel::rowsInserted, this, choose);
    connect(&m_tasks, &QAbstractItemModel::rowsRemoved, this, choose);
    choose();
}

Task *TaskList::currentTask() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_tasks.taskAt(index.row()) : nullptr;
}

void TaskList::actOn(Task *task)
{
    if (task->isRunning())
        task->cancel();
    else if (task->canUndo())
        task->undo();
}

Task *TaskList::newestUndoable() const
{
    for (int row = 0; row < m_tasks.rowCount(); ++row) {
        if (Task *task = m_tasks.taskAt(row); !task->isRunning() && task->canUndo())
            return task;
    }
    return nullptr;
}

void TaskList::undoNewest()
{
    if (Task *task = newestUndoable())
        task->undo();
}

void TaskList::showDetails(const Task &task)
{
    (new TaskDetails(m_theme, task, window()))->open();
}

void TaskList::openMenu(const QPoint &position)
{
    Task *task = currentTask();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (task) {
        menu->addAction(tr("Show what happened"), task, [this, task] { showDetails(*task); });
        menu->addAction(tr("Cancel"), task, &Task::cancel)->setEnabled(task->isRunning());
        QAction *undo = menu->addAction(task->canUndo() ? task->undoTitle() : tr("Undo"), task, &Task::undo);
        undo->setEnabled(!task->isRunning() && task->canUndo());
        menu->addSeparator();
    }
    menu->addAction(tr("Clear what has finished"), &m_tasks, &TaskModel::clearFinished);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

bool TaskList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        Task *task = currentTask();
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (task && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            showDetails(*task);
            return true;
        }
        if (task && key == Qt::Key_Space) {
            actOn(task);
            return true;
        }
    }
    return QStackedWidget::eventFilter(watched, event);
}

} // namespace kdra::ui
