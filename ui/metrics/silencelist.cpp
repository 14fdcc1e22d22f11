// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/silencelist.h"

#include "metrics/silencing.h"
#include "models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"
#include "ui/metrics/alertwords.h"
#include "ui/metrics/rowdifference.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace kdra::ui {

using metrics::Silence;

void SilenceModel::setSilences(const QList<Silence> &silences, const QList<metrics::Alert> &alerts, qint64 now)
{
    std::vector<Row> wanted;
    for (const Silence &silence : silences)
        wanted.push_back({.silence = silence,
            .alerts = static_cast<int>(std::ranges::count_if(
                alerts, [&](const metrics::Alert &alert) { return alert.silencedBy.contains(silence.id); }))});
    struct Steps {
        SilenceModel *model;
        void aboutToInsert(int row) { model->beginInsertRows({}, row, row); }
        void inserted() { model->endInsertRows(); }
        void aboutToRemove(int row) { model->beginRemoveRows({}, row, row); }
        void removed() { model->endRemoveRows(); }
        void aboutToMove(int from, int to) { model->beginMoveRows({}, from, from, {}, to); }
        void moved() { model->endMoveRows(); }
    };
    m_now = now;
    applyDifference(
        m_rows, std::move(wanted), [](const Row &row) { return row.silence.id; }, Steps{this},
        [this](int row, Row &&changed) {
            m_rows[static_cast<size_t>(row)] = std::move(changed);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        });
}

const Silence *SilenceModel::silence(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() ? &m_rows[static_cast<size_t>(index.row())].silence : nullptr;
}

int SilenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SilenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SilenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    if (role == models::SeverityRole && index.column() == Matchers)
        return static_cast<int>(store::Severity::Unknown);
    if (role == Qt::TextAlignmentRole && index.column() == Alerts)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Until)
        return exactWords(row.silence.endsAt);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Matchers:
        return metrics::textOf(row.silence.matchers);
    case Alerts:
        return QLocale().toString(row.alerts);
    case Until:
        return row.silence.startsAt > m_now ? tr("not yet begun")
                                            : tr("in %1", "an age").arg(sinceWords(m_now, row.silence.endsAt));
    case Creator:
        return row.silence.createdBy;
    case Comment:
        return row.silence.comment.simplified();
    default:
        return {};
    }
}

QVariant SilenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Matchers:
        return tr("Silenced");
    case Alerts:
        return tr("Alerts");
    case Until:
        return tr("Ends");
    case Creator:
        return tr("By");
    case Comment:
        return tr("Comment");
    default:
        return {};
    }
}

SilenceList::SilenceList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_model(new SilenceModel(this))
    , m_view(new QTreeView)
    , m_title(makeSectionTitle(theme, tr("Silences")))
    , m_new(new QPushButton(tr("New silence…")))
    , m_expire(new QPushButton(tr("Expire")))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(theme, m_view));
    m_view->setAccessibleName(tr("Silences"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    const int widths[] = {380, 60, 80, 90};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_view->header()->resizeSection(i, widths[i]);
    m_expire->setToolTip(tr("End the selected silences now (Delete)"));

    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(Metrics::space2, 0, Metrics::space2, 0);
    heading->addWidget(m_title, 1);
    heading->addWidget(m_new);
    heading->addWidget(m_expire);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, Metrics::space2, 0, 0);
    column->setSpacing(Metrics::space1);
    column->addLayout(heading);
    column->addWidget(m_view, 1);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SilenceList::updateButtons);
    connect(m_new, &QPushButton::clicked, this, &SilenceList::newRequested);
    connect(m_expire, &QPushButton::clicked, this, [this] {
        QStringList ids;
        for (const auto rows = m_view->selectionModel()->selectedRows(); const QModelIndex &row : rows) {
            if (const Silence *silence = m_model->silence(row))
                ids += silence->id;
        }
        if (!ids.isEmpty())
            Q_EMIT expireRequested(ids);
    });
    auto *remove = new QAction(tr("Expire"), m_view);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, m_expire, &QPushButton::click);
    m_view->addAction(remove);
    updateButtons();
}

void SilenceList::setSilences(const QList<Silence> &silences, const QList<metrics::Alert> &alerts, qint64 now)
{
    m_model->setSilences(silences, alerts, now);
    m_title->setText(tr("Silences (%1)").arg(QLocale().toString(silences.size())).toUpper());
    updateButtons();
}

void SilenceList::setSilencingProblem(const QString &problem)
{
    m_problem = problem;
    updateButtons();
}

void SilenceList::updateButtons()
{
    m_new->setEnabled(m_problem.isEmpty());
    m_new->setToolTip(m_problem);
    m_expire->setEnabled(m_problem.isEmpty() && m_view->selectionModel()->hasSelection());
}

} // namespace kdra::ui
