// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/queryhistory.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

constexpr QLatin1StringView settingsKey{"explore/history"};
constexpr QSize popupSize{560, 360};

} // namespace

QueryHistory::QueryHistory(const Theme &theme, QWidget *parent)
    : QToolButton(parent)
    , m_popup(new QFrame(this, Qt::Popup))
    , m_search(new QLineEdit)
    , m_list(new QListWidget)
    , m_nothing(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_use(makePrimaryButton(tr("Use")))
    , m_remove(new QPushButton(tr("Remove")))
    , m_clear(new QPushButton(tr("Remove all")))
{
    setText(tr("History") + u"  ▾"_s);
    setAccessibleName(tr("Queries that were run before"));
    setToolTip(accessibleName());
    m_popup->setObjectName(u"popup"_s);
    m_popup->setFrameShape(QFrame::StyledPanel);
    m_search->setPlaceholderText(tr("Search the history"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_list->setAccessibleName(accessibleName());
    m_list->setFont(theme.font(Theme::FontRole::Mono));
    m_list->setUniformItemSizes(true);
    m_list->setSpacing(2);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::space2);
    buttons->addWidget(m_nothing, 1);
    for (QPushButton *button : {m_clear, m_remove, m_use}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *column = new QVBoxLayout(m_popup);
    column->setContentsMargins(Metrics::space3, Metrics::space3, Metrics::space3, Metrics::space3);
    column->setSpacing(Metrics::space2);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);

    m_search->installEventFilter(this);
    m_list->installEventFilter(this);
    connect(this, &QToolButton::clicked, this, &QueryHistory::openPopup);
    connect(m_search, &QLineEdit::textChanged, this, &QueryHistory::fill);
    connect(m_list, &QListWidget::itemActivated, this, &QueryHistory::choose);
    connect(m_use, &QPushButton::clicked, this, &QueryHistory::choose);
    connect(m_remove, &QPushButton::clicked, this, &QueryHistory::removeCurrent);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        QSettings().remove(settingsKey);
        fill();
    });
}

QStringList QueryHistory::queries()
{
    return QSettings().value(settingsKey).toStringList();
}

void QueryHistory::keep(const QStringList &queries)
{
    QStringList all = QueryHistory::queries();
    for (const QString &query : queries) {
        const QString kept = query.trimmed();
        if (kept.isEmpty())
            continue;
        all.removeAll(kept);
        all.prepend(kept);
    }
    QSettings().setValue(settingsKey, all.first(std::min(most, all.size())));
}

void QueryHistory::openPopup()
{
    m_search->clear();
    fill();
    m_popup->resize(popupSize);
    QPoint corner = mapToGlobal(QPoint(0, height() + 2));
    const QRect room = screen()->availableGeometry();
    corner.setX(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - m_popup->width())));
    m_popup->move(corner);
    m_popup->show();
    m_search->setFocus();
}

void QueryHistory::fill()
{
    const int row = m_list->currentRow();
    m_list->clear();
    const QString wanted = m_search->text().trimmed();
    const QStringList all = queries();
    for (const QString &query : all) {
        if (!query.contains(wanted, Qt::CaseInsensitive))
            continue;
        auto *item = new QListWidgetItem(query.simplified());
        item->setData(Qt::UserRole, query);
        item->setToolTip(Qt::convertFromPlainText(query));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
    const bool any = m_list->count() > 0;
    m_use->setEnabled(any);
    m_remove->setEnabled(any);
    m_clear->setEnabled(!all.isEmpty());
    if (all.isEmpty())
        m_nothing->setText(tr("Nothing has been run yet."));
    else
        m_nothing->setText(any ? QString() : tr("No query has this in it."));
}

void QueryHistory::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString query = item->data(Qt::UserRole).toString();
    m_popup->hide();
    Q_EMIT chosen(query);
}

void QueryHistory::removeCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    QStringList all = queries();
    all.removeAll(item->data(Qt::UserRole).toString());
    QSettings().setValue(settingsKey, all);
    fill();
}

// From the search one goes into the list and takes what is there without leaving the keys.
bool QueryHistory::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QToolButton::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_list && key == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    if (watched == m_search && (key == Qt::Key_Down || key == Qt::Key_Up)) {
        const int row = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
        m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
        return true;
    }
    if (watched == m_search && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose();
        return true;
    }
    return QToolButton::eventFilter(watched, event);
}

} // namespace kdra::ui
