// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/freshnesspopover.h"

#include "ui/common/itemviews.h"
#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/dialogs/popovers.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>

#include <algorithm>
#include <numeric>

namespace kdra::ui {

namespace {

const QList<int> columnWidths = {190, 128, 60, 76, 178, 64};
constexpr int fewestRows = 5;

// Never none: that all is live is worth a word.
QList<Notice> allNotices(const store::Snapshot &snapshot)
{
    std::array<store::Kind, store::kindCount> kinds{};
    std::ranges::transform(store::allKinds(), kinds.begin(), &store::KindInfo::kind);
    QList<Notice> notices = noticesOf(snapshot, kinds);
    if (notices.isEmpty())
        notices.append(
            {store::Severity::Healthy, FreshnessPopover::tr("Everything that is shown is watched live."), false});
    return notices;
}

} // namespace

FreshnessPopover::FreshnessPopover(const Theme &theme, models::FreshnessModel &model, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_model(model)
    , m_table(new DenseTable(theme, m_noSelection))
    , m_notices(new QVBoxLayout)
    , m_row(new QHBoxLayout)
{
    setObjectName(QStringLiteral("popover"));
    setAccessibleName(tr("Freshness of each kind"));
    m_table->setAccessibleName(accessibleName());
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(&model);
    m_table->setColumns(columnWidths);
    m_table->setFixedWidth(std::accumulate(columnWidths.begin(), columnWidths.end(), 0));
    m_notices->setSpacing(Metrics::space1);
    m_row->setSpacing(Metrics::space2);
    m_row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space2, Metrics::space2, Metrics::space2, Metrics::space2);
    column->setSpacing(Metrics::space2);
    column->addLayout(m_notices);
    column->addWidget(m_table);
    column->addLayout(m_row);
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &FreshnessPopover::tick);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (isVisible())
            tell();
    });
}

void FreshnessPopover::setConnectionActions(const QList<QAction *> &actions)
{
    qDeleteAll(std::exchange(m_buttons, {}));
    for (QAction *action : actions) {
        auto *button = new QPushButton(
            action->text() + QStringLiteral("    ") + action->shortcut().toString(QKeySequence::NativeText));
        button->setAccessibleName(QString(action->text()).remove(u'&'));
        // While a popup is open the window's own keys rest.
        button->setShortcut(action->shortcut());
        connect(button, &QPushButton::clicked, action, [this, action] {
            hide();
            action->trigger();
        });
        m_row->addWidget(button);
        m_buttons.append(button);
    }
}

void FreshnessPopover::openUnder(const QWidget &button)
{
    tell();
    const int top = button.mapTo(button.window(), QPoint(0, button.height())).y() + Metrics::space1;
    m_room = button.window()->height() - top - Metrics::space2;
    fit();
    placeUnder(*this, button);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, 0));
    m_table->setFocus();
}

void FreshnessPopover::fit()
{
    const int whole = store::kindCount * Metrics::rowHeight + m_table->horizontalHeader()->sizeHint().height() + 2;
    m_table->setFixedHeight(whole);
    const int width = layout()->totalSizeHint().width();
    const int over = layout()->totalHeightForWidth(width) - m_room;
    if (over > 0)
        m_table->setFixedHeight(std::max(whole - over, fewestRows * Metrics::rowHeight));
    resize(width, layout()->totalHeightForWidth(width));
}

QString FreshnessPopover::words(const store::Snapshot &snapshot)
{
    QStringList lines;
    for (const Notice &notice : allNotices(snapshot))
        lines.append(notice.text);
    return lines.join(u'\n');
}

void FreshnessPopover::tell()
{
    const QList<Notice> notices = allNotices(m_model.snapshot());
    if (notices == m_told)
        return;
    m_told = notices;
    while (m_banners.size() < notices.size()) {
        m_banners.append(new Banner(m_theme));
        m_notices->addWidget(m_banners.constLast());
    }
    for (qsizetype i = 0; i < m_banners.size(); ++i) {
        if (i < notices.size())
            m_banners[i]->tell(notices[i].severity, notices[i].text);
        else
            m_banners[i]->clear();
    }
    setAccessibleDescription(words(m_model.snapshot()));
    if (isVisible())
        fit();
}

void FreshnessPopover::tick()
{
    m_table->viewport()->update();
    tell();
}

void FreshnessPopover::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_seconds.start();
}

void FreshnessPopover::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_seconds.stop();
}

} // namespace kdra::ui
