// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tablecolumns.h"

#include <QAction>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTableView>

namespace kdra::ui {

namespace {

// Several columns can be switched in one go.
class ColumnMenu : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (!toggle(actionAt(event->position().toPoint())))
            QMenu::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool chooses = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return;
        if (!chooses || !toggle(activeAction()))
            QMenu::keyPressEvent(event);
    }

private:
    static bool toggle(QAction *action)
    {
        if (!action || !action->isCheckable() || !action->isEnabled())
            return false;
        action->trigger();
        return true;
    }
};

} // namespace

TableColumns::TableColumns(QTableView &view)
    : QObject(&view)
    , m_view(view)
{
    QHeaderView &header = *view.horizontalHeader();
    view.viewport()->installEventFilter(this);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QWidget::customContextMenuRequested, this, [this](const QPoint &place) {
        if (!m_columns.isEmpty() && !m_columns[0].key.isEmpty())
            openMenu(m_view.horizontalHeader()->viewport()->mapToGlobal(place));
    });
    connect(&header, &QHeaderView::sectionResized, this, [this] {
        const QHeaderView &resized = *m_view.horizontalHeader();
        const bool dragged = QGuiApplication::mouseButtons() & Qt::LeftButton;
        if (m_arranging || !dragged || !resized.viewport()->underMouse())
            return;
        m_userSized = true;
        saveLater();
    });
    connect(&header, &QHeaderView::sectionMoved, this, &TableColumns::saveLater);
    connect(&header, &QHeaderView::sortIndicatorChanged, this, &TableColumns::saveSort);
    m_saveLater.setSingleShot(true);
    m_saveLater.setInterval(300);
    connect(&m_saveLater, &QTimer::timeout, this, &TableColumns::save);
}

TableColumns::~TableColumns()
{
    // The view's header is gone by now: what is not saved yet was saved when the view was hidden.
    m_saveLater.stop();
}

void TableColumns::setColumns(QList<TableColumn> columns, const QStringList &order)
{
    m_columns = std::move(columns);
    m_order = order;
    reset();
}

void TableColumns::remember(const QString &name)
{
    m_settings = QStringLiteral("tables/%1/").arg(name);
    restore();
}

int TableColumns::sectionOf(const QString &key) const
{
    for (int section = 0; section < m_columns.size(); ++section) {
        if (m_columns[section].key == key)
            return section;
    }
    return -1;
}

QList<int> TableColumns::shown() const
{
    const QHeaderView &header = *m_view.horizontalHeader();
    QList<int> sections;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int section = header.logicalIndex(visual);
        if (!header.isSectionHidden(section))
            sections.append(section);
    }
    return sections;
}

void TableColumns::setShown(int section, bool shown)
{
    if (section <= 0 || shown != m_view.isColumnHidden(section))
        return;
    m_view.setColumnHidden(section, !shown);
    fit();
    saveLater();
}

void TableColumns::move(int section, int direction)
{
    QHeaderView &header = *m_view.horizontalHeader();
    const int from = header.visualIndex(section);
    int to = from + direction;
    while (to >= 0 && to < header.count() && header.isSectionHidden(header.logicalIndex(to)))
        to += direction;
    if (to >= 0 && to < header.count())
        header.moveSection(from, to);
}

void TableColumns::arrange(const QStringList &keys)
{
    const QScopedValueRollback guard(m_arranging, true);
    QHeaderView &header = *m_view.horizontalHeader();
    int visual = 0;
    for (const QString &key : keys) {
        if (const int section = sectionOf(key); section >= 0)
            header.moveSection(header.visualIndex(section), visual++);
    }
}

void TableColumns::reset()
{
    m_userSized = false;
    const int count = m_view.model() ? m_view.model()->columnCount() : 0;
    QStringList inTurn;
    for (int section = 0; section < count; ++section) {
        m_view.setColumnHidden(section, section >= m_columns.size() || m_columns[section].hidden);
        inTurn.append(section < m_columns.size() ? m_columns[section].key : QString());
    }
    arrange(inTurn);
    arrange(m_order);
    fit();
    saveLater();
}

void TableColumns::fit()
{
    // Names tell rows apart: they keep more room than what stands beside them.
    const auto leastOf = [](int section) { return section == 0 ? 150 : 60; };
    constexpr int wide = 120; // columns of words, not of figures
    if (m_userSized || !m_view.model())
        return;
    const QScopedValueRollback guard(m_arranging, true);
    int wanted = 0;
    int spare = 0;
    int words = 0;
    for (int section = 0; section < m_columns.size(); ++section) {
        if (m_view.isColumnHidden(section))
            continue;
        const int width = m_columns[section].width;
        wanted += width;
        spare += qMax(0, width - leastOf(section));
        words += width >= wide ? width : 0;
    }
    const int missing = wanted - m_view.viewport()->width();
    for (int section = 0; section < m_columns.size(); ++section) {
        const int width = m_columns[section].width;
        int given = width;
        // Words that are cut short everywhere are worse than having to scroll.
        if (missing > 0 && missing <= spare * 4 / 5)
            given -= (missing * qMax(0, width - leastOf(section)) + spare - 1) / spare;
        else if (missing < 0 && width >= wide)
            given += qMin(width, -missing * width / words);
        if (!m_view.isColumnHidden(section))
            m_view.setColumnWidth(section, given);
    }
}

bool TableColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit();
    else if (event->type() == QEvent::Hide && m_saveLater.isActive())
        save();
    return QObject::eventFilter(watched, event);
}

void TableColumns::fill(QMenu &menu)
{
    for (int section = 0; section < m_columns.size(); ++section) {
        QAction *action = menu.addAction(m_columns[section].title);
        action->setCheckable(true);
        action->setChecked(!m_view.isColumnHidden(section));
        action->setEnabled(section > 0);
        connect(action, &QAction::toggled, this, [this, section](bool on) { setShown(section, on); });
    }
    menu.addSeparator();
    const int current = m_view.currentIndex().isValid() ? m_view.currentIndex().column() : -1;
    const auto addMove = [&](const QString &text, Qt::Key key, int direction) {
        QAction *action = menu.addAction(text, this, [this, current, direction] { move(current, direction); });
        action->setShortcut(QKeySequence(Qt::ALT | Qt::SHIFT | key));
        action->setEnabled(current >= 0);
    };
    addMove(tr("Move this column to the left"), Qt::Key_Left, -1);
    addMove(tr("Move this column to the right"), Qt::Key_Right, 1);
    menu.addAction(tr("Reset the columns"), this, &TableColumns::reset);
}

void TableColumns::openMenu(const QPoint &globalPosition)
{
    auto *menu = new ColumnMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Columns"));
    fill(*menu);
    menu->popup(globalPosition);
}

void TableColumns::saveLater()
{
    if (!m_settings.isEmpty() && !m_arranging)
        m_saveLater.start();
}

// "name:260:shown" from left to right; the width is 0 while it is not the user's.
void TableColumns::save()
{
    m_saveLater.stop();
    const QHeaderView &header = *m_view.horizontalHeader();
    QStringList entries;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int section = header.logicalIndex(visual);
        if (section >= m_columns.size())
            continue;
        const int width = m_userSized ? header.sectionSize(section) : 0;
        entries.append(QStringLiteral("%1:%2:%3")
                .arg(m_columns[section].key)
                .arg(width)
                .arg(header.isSectionHidden(section) ? QStringLiteral("hidden") : QStringLiteral("shown")));
    }
    QSettings().setValue(m_settings + QStringLiteral("columns"), entries);
}

void TableColumns::saveSort()
{
    const QHeaderView &header = *m_view.horizontalHeader();
    const int section = header.sortIndicatorSection();
    if (m_settings.isEmpty() || m_arranging || section < 0 || section >= m_columns.size())
        return;
    QSettings().setValue(m_settings + QStringLiteral("sort"),
        QString(m_columns[section].key
            + (header.sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(":ascending")
                                                                 : QStringLiteral(":descending"))));
}

void TableColumns::restore()
{
    const QSettings settings;
    const QStringList entries = settings.value(m_settings + QStringLiteral("columns")).toStringList();
    QStringList keys;
    for (const QString &entry : entries) {
        const QStringList parts = entry.split(u':');
        const int section = sectionOf(parts.value(0));
        if (section < 0 || parts.size() != 3)
            continue;
        keys.append(parts[0]);
        m_view.setColumnHidden(section, section > 0 && parts[2] == QLatin1StringView("hidden"));
        if (const int width = parts[1].toInt(); width > 0) {
            m_userSized = true;
            m_view.setColumnWidth(section, width);
        }
    }
    arrange(keys);
    fit();
    const QStringList sort = settings.value(m_settings + QStringLiteral("sort")).toString().split(u':');
    if (const int section = sectionOf(sort.value(0)); section >= 0)
        m_view.sortByColumn(
            section, sort.value(1) == QLatin1StringView("descending") ? Qt::DescendingOrder : Qt::AscendingOrder);
}

} // namespace kdra::ui
