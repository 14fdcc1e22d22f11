// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/tablepage.h"

#include "ui/common/notice.h"
#include "ui/common/widgets.h"
#include "ui/objects/querycompleter.h"
#include "ui/objects/queryedit.h"
#include "ui/objects/queryhelp.h"
#include "ui/objects/tablecopy.h"

#include <QAbstractProxyModel>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QShortcut>
#include <QToolButton>

namespace kdra::ui {

namespace {

// Through the proxies to what the view shows. By the model's own rows, so that many items cost one look.
QModelIndexList indexesOf(
    const models::RecordTableModel &model, const QAbstractItemModel &shown, const QList<models::Item> &items)
{
    QList<const QAbstractProxyModel *> chain;
    for (auto *proxy = qobject_cast<const QAbstractProxyModel *>(&shown); proxy;
        proxy = qobject_cast<const QAbstractProxyModel *>(proxy->sourceModel()))
        chain.prepend(proxy);
    QModelIndexList indexes;
    for (const int row : model.rowsOf(items)) {
        QModelIndex index = model.index(row, 0);
        for (const QAbstractProxyModel *proxy : std::as_const(chain))
            index = proxy->mapFromSource(index);
        if (index.isValid())
            indexes.append(index);
    }
    return indexes;
}

QList<TableColumn> columnsOf(const models::RecordTableModel &model)
{
    QList<TableColumn> columns;
    for (const models::Column &column : model.columns())
        columns.append({store::toQString(column.key), column.title, column.width, column.hidden});
    return columns;
}

} // namespace

TablePage::TablePage(const Theme &theme, models::Selection &selection, const QString &title,
    models::RecordTableModel &model, QAbstractItemModel &shown, int sortColumn, QWidget *parent,
    const QList<TableColumn> &extra, const QStringList &order)
    : QFrame(parent)
    , m_model(model)
    , m_banner(new Banner(theme))
    , m_wrong(new Banner(theme))
    , m_filter(new QueryEdit(theme))
    , m_problems(new QToolButton)
    , m_columns(new QToolButton)
    , m_help(new QueryHelp(theme, model.columns(), this))
    , m_count(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_table(new DenseTable(theme, selection))
    , m_empty(makeLabel(theme, Theme::FontRole::Body, {}, true))
{
    const QString settings = store::kindName(model.schema().kinds().front());
    m_table->setAccessibleName(title);
    m_table->setModel(&shown);
    m_table->setFinder([&model, &shown](const QList<models::Item> &items) { return indexesOf(model, shown, items); });
    m_table->columns().setColumns(columnsOf(model) + extra, order);
    m_table->sortByColumn(sortColumn, Qt::AscendingOrder);
    m_table->columns().remember(settings);
    m_copy = new TableCopy(*m_table, model);
    m_table->setRowActions([this](const QList<models::Item> &items, QObject *owner) {
        QList<QAction *> actions = m_copy->actions();
        const QList<QAction *> more =
            m_rowActions && !items.isEmpty() ? m_rowActions(items, owner) : QList<QAction *>();
        if (!more.isEmpty()) {
            auto *line = new QAction(owner);
            line->setSeparator(true);
            actions.append(line);
        }
        return actions + more;
    });
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(makeHead(theme, title));
    column->addWidget(m_banner);
    column->insertWidget(1, m_wrong);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);

    m_filter->setHistorySettings(QStringLiteral("tables/%1/history").arg(settings));
    new QueryCompleter(*m_filter, model);
    connect(m_filter, &QLineEdit::textChanged, this, &TablePage::applyFilter);
    connect(m_filter, &QueryEdit::helpRequested, this, &TablePage::openHelp);
    connect(m_filter, &QueryEdit::left, this, [this] { m_table->setFocus(); });
    connect(m_filter, &QLineEdit::editingFinished, this, [this] {
        if (m_error.isEmpty())
            m_filter->keepText();
    });
    m_tellError.setSingleShot(true);
    m_tellError.setInterval(500);
    connect(&m_tellError, &QTimer::timeout, this, [this] { tellError(m_error); });
    connect(m_problems, &QToolButton::toggled, this, &TablePage::applyFilter);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TablePage::updateCount);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &TablePage::updateCount);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &TablePage::updateCount);

    // Ages: only while somebody sees them, and only what is on the screen.
    m_ages.setInterval(5000);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        m_table->viewport()->update();
        refresh();
    });
    setWatching(false);
    updateCount();
}

// A hidden table of 150,000 rows need not be kept in order. One that others look at through a proxy stays awake.
void TablePage::setWatching(bool watching)
{
    if (m_table->model() == &m_model)
        m_model.setActive(watching);
}

void TablePage::showEvent(QShowEvent *event)
{
    setWatching(true);
    QFrame::showEvent(event);
    m_ages.start();
    refresh();
}

void TablePage::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    setWatching(false);
    m_ages.stop();
}

QLayout *TablePage::makeHead(const Theme &theme, const QString &title)
{
    m_filter->setPlaceholderText(tr("Filter by words or columns (F1: how)"));
    m_filter->setAccessibleName(tr("Filter %1").arg(title));
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(560);
    auto *help = new QToolButton;
    help->setText(QStringLiteral("?"));
    help->setToolTip(tr("How to filter (F1 in the box)"));
    help->setAccessibleName(tr("How to filter"));
    help->setFocusPolicy(Qt::TabFocus);
    connect(help, &QToolButton::clicked, this, &TablePage::openHelp);
    m_problems->setText(tr("Problems only"));
    m_problems->setCheckable(true);
    m_problems->setFocusPolicy(Qt::TabFocus);
    m_columns->setText(tr("Columns"));
    m_columns->setShortcut(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_C));
    m_columns->setToolTip(
        tr("Which columns are shown (%1)").arg(m_columns->shortcut().toString(QKeySequence::NativeText)));
    m_columns->setFocusPolicy(Qt::TabFocus);
    connect(m_columns, &QToolButton::clicked, this, &TablePage::openColumns);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });

    auto *head = new QHBoxLayout;
    head->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space3);
    head->setSpacing(Metrics::space2);
    head->addWidget(makeLabel(theme, Theme::FontRole::Title, title));
    head->addWidget(m_count, 0, Qt::AlignBaseline);
    head->addStretch(1);
    head->addWidget(m_filter, 4);
    head->addWidget(help);
    head->addWidget(m_problems);
    head->addWidget(m_columns);
    return head;
}

QLineEdit &TablePage::filterEdit() const
{
    return *m_filter;
}

QString TablePage::queryError() const
{
    return m_wrong->isHidden() ? QString() : m_wrong->accessibleName();
}

void TablePage::setKubectlContext(const QString &context)
{
    m_copy->setContext(context);
}

void TablePage::openHelp()
{
    m_help->openUnder(*m_filter);
}

void TablePage::openColumns()
{
    m_table->columns().openMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height() + Metrics::space1)));
}

// What is not understood leaves the last good filter in place.
void TablePage::applyFilter()
{
    auto query = models::Query::parse(m_filter->text(), m_model.columns());
    models::RowFilter filter = m_model.filter();
    filter.problemsOnly = m_problems->isChecked();
    if (query) {
        m_error.clear();
        m_filter->setMark(0, 0);
        tellError({});
        filter.query = *std::move(query);
    } else {
        // Half of a term is no mistake yet: told when the user pauses.
        m_error = query.error().error.text();
        m_filter->setMark(query.error().position, query.error().length);
        if (m_wrong->isHidden())
            m_tellError.start();
        else
            tellError(m_error);
    }
    m_model.setFilter(std::move(filter));
    updateCount();
}

void TablePage::tellError(const QString &error)
{
    m_tellError.stop();
    m_filter->setAccessibleDescription(error);
    if (error.isEmpty())
        m_wrong->clear();
    else
        m_wrong->tell(store::Severity::Failing, error);
}

void TablePage::updateCount()
{
    const int rows = m_model.rowCount();
    m_count->setText(QLocale().toString(rows));
    const bool filtered = !m_filter->text().isEmpty() || m_problems->isChecked() || !m_model.filter().ns.empty();
    m_empty->setText(filtered ? tr("Nothing matches this filter.") : tr("There is nothing here."));
    m_empty->setVisible(rows == 0);
    m_table->setVisible(rows != 0);
}

void TablePage::refresh()
{
    if (!isVisible())
        return;
    const Notice notice = noticeOf(m_model.snapshot(), m_model.schema().kinds());
    m_ages.setInterval(notice.counting ? 1000 : 5000);
    if (notice.text.isEmpty())
        m_banner->clear();
    else
        m_banner->tell(notice.severity, notice.text);
}

} // namespace kdra::ui
