// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/timerangepicker.h"

#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

const QList<metrics::TimeRange> &offeredRanges()
{
    static const QList<metrics::TimeRange> ranges{{u"now-5m"_s, u"now"_s}, {u"now-15m"_s, u"now"_s},
        {u"now-30m"_s, u"now"_s}, {u"now-1h"_s, u"now"_s}, {u"now-3h"_s, u"now"_s}, {u"now-6h"_s, u"now"_s},
        {u"now-12h"_s, u"now"_s}, {u"now-24h"_s, u"now"_s}, {u"now-2d"_s, u"now"_s}, {u"now-7d"_s, u"now"_s},
        {u"now-30d"_s, u"now"_s}, {u"now/d"_s, u"now/d"_s}, {u"now-1d/d"_s, u"now-1d/d"_s}};
    return ranges;
}

} // namespace

TimeRangePicker::TimeRangePicker(const Theme &theme, QWidget *parent)
    : QToolButton(parent)
    , m_popup(new QFrame(this, Qt::Popup))
    , m_presets(new QListWidget)
    , m_from(new QLineEdit)
    , m_to(new QLineEdit)
    , m_utcBox(new QCheckBox(tr("Times in UTC")))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
    , m_apply(makePrimaryButton(tr("Apply")))
{
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setAccessibleName(tr("Time range"));
    m_popup->setObjectName(u"popup"_s);
    m_popup->setFrameShape(QFrame::StyledPanel);
    m_presets->setAccessibleName(tr("Usual time ranges"));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    m_problem->setObjectName(u"failing"_s);
    m_problem->setWordWrap(true);
    for (const metrics::TimeRange &range : offeredRanges())
        m_presets->addItem(metrics::textOf(range, zone()));
    m_presets->setFixedWidth(m_presets->sizeHintForColumn(0) + 2 * Metrics::space4);
    m_presets->setMinimumHeight(m_presets->sizeHintForRow(0) * static_cast<int>(offeredRanges().size()) + 4);

    auto *form = new QVBoxLayout;
    form->setSpacing(Metrics::space1);
    for (const auto &[name, edit] : {std::pair(tr("From"), m_from), std::pair(tr("To"), m_to)}) {
        QLabel *label = makeLabel(theme, Theme::FontRole::Small, name, true);
        label->setBuddy(edit);
        edit->setMinimumWidth(190);
        form->addWidget(label);
        form->addWidget(edit);
        form->addSpacing(Metrics::space1);
        connect(edit, &QLineEdit::textChanged, this, &TimeRangePicker::judge);
        connect(edit, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
    }
    form->addWidget(m_problem);
    form->addWidget(m_utcBox);
    form->addStretch();
    form->addWidget(m_apply);
    auto *row = new QHBoxLayout(m_popup);
    row->setContentsMargins(Metrics::space3, Metrics::space3, Metrics::space3, Metrics::space3);
    row->setSpacing(Metrics::space4);
    row->addWidget(m_presets);
    row->addLayout(form);

    connect(this, &QToolButton::clicked, this, &TimeRangePicker::openPopup);
    // A click, or Return.
    connect(
        m_presets, &QListWidget::itemClicked, this, [this] { choose(offeredRanges().at(m_presets->currentRow())); });
    connect(
        m_presets, &QListWidget::itemActivated, this, [this] { choose(offeredRanges().at(m_presets->currentRow())); });
    connect(m_apply, &QPushButton::clicked, this, &TimeRangePicker::chooseTyped);
    connect(m_utcBox, &QCheckBox::toggled, this, [this](bool on) {
        if (on == m_utc)
            return;
        setUtc(on);
        Q_EMIT zoneChosen(on);
    });
    say();
}

void TimeRangePicker::setRange(const metrics::TimeRange &range)
{
    m_range = range;
    say();
}

QTimeZone TimeRangePicker::zone() const
{
    return m_utc ? QTimeZone::utc() : QTimeZone::systemTimeZone();
}

void TimeRangePicker::setUtc(bool utc)
{
    m_utc = utc;
    m_utcBox->setChecked(utc);
    say();
}

void TimeRangePicker::openPopup()
{
    say();
    m_presets->setCurrentRow(static_cast<int>(offeredRanges().indexOf(m_range)));
    m_popup->adjustSize();
    // Under the button, its right edge on the button's, inside of the screen.
    QPoint corner = mapToGlobal(QPoint(width() - m_popup->width(), height() + 2));
    const QRect room = screen()->availableGeometry();
    corner.setX(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - m_popup->width())));
    m_popup->move(corner);
    m_popup->show();
    m_presets->setFocus();
}

void TimeRangePicker::choose(const metrics::TimeRange &range)
{
    m_popup->hide();
    if (range == m_range)
        return;
    setRange(range);
    Q_EMIT chosen(range);
}

// A date that was typed means a moment, whatever zone it is shown in later.
void TimeRangePicker::chooseTyped()
{
    metrics::TimeRange range{m_from->text().trimmed(), m_to->text().trimmed()};
    const auto moments = metrics::resolve(range, QDateTime::currentMSecsSinceEpoch(), zone());
    if (!moments)
        return;
    if (!range.from.startsWith("now"_L1))
        range.from = QString::number(moments->from);
    if (!range.to.startsWith("now"_L1))
        range.to = QString::number(moments->to);
    choose(range);
}

void TimeRangePicker::judge()
{
    const auto moments = metrics::resolve({m_from->text(), m_to->text()}, QDateTime::currentMSecsSinceEpoch(), zone());
    m_problem->setText(moments ? QString() : moments.error().what + u' ' + moments.error().remedy);
    m_problem->setVisible(!moments);
    m_apply->setEnabled(moments.has_value());
    if (m_popup->isVisible())
        m_popup->adjustSize();
}

void TimeRangePicker::say()
{
    setText(metrics::textOf(m_range, zone()) + (m_utc ? u" UTC"_s : QString()) + u"  ▾"_s);
    // Absolute ends as dates that can be edited.
    const auto shown = [this](const QString &end) {
        bool isNumber = false;
        const qint64 moment = end.toLongLong(&isNumber);
        return isNumber ? QDateTime::fromMSecsSinceEpoch(moment, zone()).toString(u"yyyy-MM-dd HH:mm:ss"_s) : end;
    };
    m_from->setText(shown(m_range.from));
    m_to->setText(shown(m_range.to));
    judge();
}

} // namespace kdra::ui
