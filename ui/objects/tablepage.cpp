// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/tablepage.h"

#include "ui/common/widgets.h"
#include "ui/objects/notice.h"

#include <QAbstractProxyModel>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace kdra::ui {

TablePage::TablePage(const Theme &theme, models::Selection &selection, const QString &title,
    models::RecordTableModel &model, QAbstractItemModel &shown, int sortColumn, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_banner(new Banner(theme))
    , m_filter(new QLineEdit)
    , m_problems(new QToolButton)
    , m_count(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_table(new DenseTable(theme, selection))
    , m_empty(makeLabel(theme, Theme::FontRole::Body, {}, true))
{
    m_filter->setPlaceholderText(tr("Filter %1").arg(title));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(280);
    m_problems->setText(tr("Problems only"));
    m_problems->setCheckable(true);
    m_problems->setFocusPolicy(Qt::TabFocus);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space3);
    head->setSpacing(Metrics::space3);
    head->addWidget(makeLabel(theme, Theme::FontRole::Title, title));
    head->addWidget(m_count, 0, Qt::AlignBaseline);
    head->addStretch(1);
    head->addWidget(m_filter, 2);
    head->addWidget(m_problems);

    m_table->setAccessibleName(title);
    m_table->setModel(&shown);
    m_table->setFinder([&model, &shown](const models::Item &item) {
        const int row = model.rowOf(item);
        if (row < 0)
            return QModelIndex();
        QModelIndex index = model.index(row, 0);
        // Up through the proxies to what the view shows.
        QList<QAbstractProxyModel *> chain;
        for (auto *proxy = qobject_cast<QAbstractProxyModel *>(&shown); proxy;
            proxy = qobject_cast<QAbstractProxyModel *>(proxy->sourceModel()))
            chain.prepend(proxy);
        for (const QAbstractProxyModel *proxy : chain)
            index = proxy->mapFromSource(index);
        return index;
    });
    QList<int> widths;
    for (const models::Column &column : model.schema().columns())
        widths.append(column.width);
    m_table->setColumns(widths);
    m_table->sortByColumn(sortColumn, Qt::AscendingOrder);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_banner);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &TablePage::applyFilter);
    connect(m_problems, &QToolButton::toggled, this, &TablePage::applyFilter);
    for (const auto signal : {&QAbstractItemModel::modelReset})
        connect(&m_model, signal, this, &TablePage::updateCount);
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

void TablePage::applyFilter()
{
    models::RowFilter filter = m_model.filter();
    filter.text = m_filter->text().trimmed().toLower().toStdString();
    filter.problemsOnly = m_problems->isChecked();
    m_model.setFilter(std::move(filter));
    updateCount();
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
