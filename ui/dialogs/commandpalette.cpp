// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/commandpalette.h"

#include "models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {
constexpr int actionRole = Qt::UserRole + 100; // index into the actions; -1 searches pods
constexpr int visibleRows = 12;
} // namespace

bool CommandPalette::Filter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    // Objects were found by the text already.
    if (index.data(actionRole).toInt() == -1 || index.data(models::ItemRole).isValid())
        return true;
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

CommandPalette::CommandPalette(const Theme &theme, const models::ClusterModels &models, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_models(models)
    , m_edit(new QLineEdit)
    , m_list(new QListView)
{
    setObjectName(QStringLiteral("popover"));
    setAccessibleName(tr("Search, or run a command"));
    m_edit->setPlaceholderText(tr("Search, or run a command…"));
    m_edit->setAccessibleName(accessibleName());
    m_edit->installEventFilter(this);
    m_list->setItemDelegate(new CellDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setFixedHeight(visibleRows * Metrics::rowHeight);

    m_commands.setColumnCount(1);
    m_all.addSourceModel(&m_commands);
    m_all.addSourceModel(&m_objects);
    m_podSearch.setColumnCount(1);
    m_all.addSourceModel(&m_podSearch);
    m_filtered.setSourceModel(&m_all);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(&m_filtered);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space2, Metrics::space2, Metrics::space2, Metrics::space2);
    column->setSpacing(Metrics::space2);
    column->addWidget(m_edit);
    column->addWidget(m_list);

    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    connect(&m_objects, &models::ObjectSearch::answered, this, [this] {
        if (!m_chosen || !m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_filtered.index(0, 0));
    });
}

void CommandPalette::open(const QPoint &topLeft, int width)
{
    m_edit->clear();
    filter({});
    setFixedWidth(width);
    adjustSize();
    move(topLeft);
    show();
    m_edit->setFocus();
}

void CommandPalette::filter(const QString &text)
{
    m_chosen = false;
    m_commands.removeRows(0, m_commands.rowCount());
    m_podSearch.removeRows(0, m_podSearch.rowCount());
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QAction &action = *m_actions[i];
        if (!action.isEnabled())
            continue;
        QString title = action.text().remove(u'&');
        if (!action.shortcut().isEmpty())
            title += QStringLiteral("   ") + action.shortcut().toString(QKeySequence::NativeText);
        auto *item = new QStandardItem(title);
        item->setData(static_cast<int>(i), actionRole);
        m_commands.appendRow(item);
    }
    if (!text.isEmpty()) {
        auto *item = new QStandardItem(tr("Pods that match “%1”").arg(text));
        item->setData(-1, actionRole);
        m_podSearch.appendRow(item);
    }
    m_filtered.setFilterFixedString(text);
    m_objects.search(m_models.snapshot(), text);
    m_list->setCurrentIndex(m_filtered.index(0, 0));
}

void CommandPalette::run()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const QString text = m_edit->text();
    const QVariant action = index.data(actionRole);
    const QVariant item = index.data(models::ItemRole);
    hide();
    if (action.isValid() && action.toInt() >= 0)
        m_actions[action.toInt()]->trigger();
    else if (action.isValid())
        Q_EMIT podSearchRequested(text);
    else if (item.isValid())
        Q_EMIT objectChosen(item.value<models::Item>());
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int row = m_list->currentIndex().row();
    const int rows = m_filtered.rowCount();
    m_chosen = m_chosen || key->key() == Qt::Key_Down || key->key() == Qt::Key_Up || key->key() == Qt::Key_PageDown
        || key->key() == Qt::Key_PageUp;
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (rows > 0) {
            const int step = key->key() == Qt::Key_Down ? 1 : rows - 1;
            m_list->setCurrentIndex(m_filtered.index((qMax(row, 0) + step) % rows, 0));
        }
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        m_list->setCurrentIndex(m_filtered.index(
            qBound(0, row + (key->key() == Qt::Key_PageDown ? visibleRows : -visibleRows), rows - 1), 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace kdra::ui
